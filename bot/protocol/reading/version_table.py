"""Reads from the version table when a protocol took effect and when it would be evaluated."""

import re
from collections.abc import Iterable
from datetime import date

from bot.protocol.document import Block, BlockKind, Version
from bot.protocol.reading.refusal import ProtocolRefused

_MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)
_TOOK_EFFECT = re.compile(r"inwerkingtreding|in werking", re.IGNORECASE)
_EVALUATION = re.compile(r"evaluatie", re.IGNORECASE)
_WRITTEN_DAY = re.compile(rf"(\d{{1,2}}) ({'|'.join(_MONTHS)}) (\d{{4}})", re.IGNORECASE)
_NUMERIC_DAY = re.compile(r"(\d{1,2})-(\d{1,2})-(\d{4})")
_YEAR = re.compile(r"\b(20\d\d)\b")


def version_of(blocks: Iterable[Block]) -> Version:
    """What the rows of the version table say; raises `ProtocolRefused` for a day that does not exist."""
    effective: date | None = None
    evaluation: int | None = None
    for block in blocks:
        if block.kind is not BlockKind.TABLE_ROW:
            continue
        if _TOOK_EFFECT.search(block.text):
            effective = _day(block)
        elif _EVALUATION.search(block.text) and (year := _YEAR.search(block.text)):
            evaluation = int(year[1])
    return Version(effective, evaluation)


def _day(block: Block) -> date | None:
    try:
        if written := _WRITTEN_DAY.search(block.text):
            return date(int(written[3]), _MONTHS.index(written[2].casefold()) + 1, int(written[1]))
        if numeric := _NUMERIC_DAY.search(block.text):
            return date(int(numeric[3]), int(numeric[2]), int(numeric[1]))
    except ValueError as error:
        raise ProtocolRefused(block.line, "Deze datum bestaat niet.") from error
    return None
