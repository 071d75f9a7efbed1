"""How cards are written now: the two dialects differ only in how a button says what it does."""

from dataclasses import dataclass
from typing import Any

from bot.school.spaces import Dialect

Json = dict[str, Any]
"""A JSON object on its way out; nothing reads it back."""


@dataclass(frozen=True, slots=True)
class Wire:
    """How cards are written now: the dialect, and the address that add-on buttons call (an exact audience of ours)."""

    dialect: Dialect
    callback_url: str
