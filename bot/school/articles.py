"""How an article of the protocol is named and cited, wherever somebody speaks about one."""

from dataclasses import dataclass
from datetime import date
from typing import NewType

ArticleCode = NewType("ArticleCode", str)
"""An article's code, as people say it: `A6`; made from its section and number."""


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a text stands, in fields: a caller words "Richtlijnen voor alle betrokkenen, artikel 6 (A6)".

    `number` is the source's own (`6`, but also `4.2` or `b`), None for what the source does not count. `version` is
    None when the protocol names no day.
    """

    code: ArticleCode
    section: str
    number: int | str | None
    version: date | None
