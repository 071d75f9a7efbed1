"""Reads when a protocol took effect and when it would be evaluated: from its version table, else from its sentences."""

import re
from collections.abc import Iterable
from datetime import date

from bot.protocol.document import Block, BlockKind, Version
from bot.protocol.reading.refusal import ProtocolRefused

_MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)
_ENGLISH_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_TOOK_EFFECT = re.compile(r"inwerkingtreding|in werking|ingangsdatum|effective|in effect", re.IGNORECASE)
_EVALUATION = re.compile(r"evaluatie", re.IGNORECASE)
_WRITTEN_DAY = re.compile(rf"\b([0-9]{{1,2}}) ({'|'.join((*_MONTHS, *_ENGLISH_MONTHS))}) ([0-9]{{4}})\b", re.IGNORECASE)
_NUMERIC_DAY = re.compile(r"\b([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})\b")
_YEAR = re.compile(r"\b(20[0-9][0-9])\b")
_SAID_TO_TAKE_EFFECT = re.compile(
    r"\b(?:inwerkingtreding|(?:treedt|trad|treden) in werking|in werking getreden|ingangsdatum|geldig vanaf"
    r"|gaat in op|geldt vanaf|geldt met ingang van|effective (?:date|from)|in effect from|takes effect on)\b",
    re.IGNORECASE,
)
_SAID_TO_BE_EVALUATED = re.compile(
    r"\bevaluatie(?:datum)?\b[^.;]{0,30}?\b(20[0-9][0-9])\b|\b(20[0-9][0-9])\b(?:(?!20[0-9][0-9])[^.;]){0,20}ge[eë]valueerd"
    r"|\bge[eë]valueerd\b[^.;]{0,20}?\b(20[0-9][0-9])\b",
    re.IGNORECASE,
)
_SAID_WITHIN = 40
"""Characters between the words that say that it takes effect and the day; further on, a day is of something else."""

_NOT_OF_THE_TEXT = frozenset({BlockKind.NOTE, BlockKind.PAGE, BlockKind.CONTENTS, BlockKind.FOOTNOTE})


def version_of(blocks: Iterable[Block]) -> Version:
    """What the protocol says of itself; raises `ProtocolRefused` for a day in the table that does not exist."""
    effective: date | None = None
    evaluation: int | None = None
    said_effective: date | None = None
    said_evaluation: int | None = None
    for block in blocks:
        if block.kind is BlockKind.TABLE_ROW:
            if _TOOK_EFFECT.search(block.text):
                effective = _day(block)
            elif _EVALUATION.search(block.text) and (year := _YEAR.search(block.text)):
                evaluation = int(year[1])
        elif block.kind not in _NOT_OF_THE_TEXT:
            said_effective = said_effective or _said_day(block.text)
            said_evaluation = said_evaluation or _said_year(block.text)
    return Version(effective or said_effective, evaluation or said_evaluation)


def _day(block: Block) -> date | None:
    try:
        return _day_in(block.text)
    except ValueError as error:
        raise ProtocolRefused(block.line, "Deze datum bestaat niet.") from error


def _day_in(text: str) -> date | None:
    if written := _WRITTEN_DAY.search(text):
        return date(int(written[3]), _month(written[2].casefold()), int(written[1]))
    if numeric := _NUMERIC_DAY.search(text):
        return date(int(numeric[3]), int(numeric[2]), int(numeric[1]))
    return None


def _month(name: str) -> int:
    return (_MONTHS if name in _MONTHS else _ENGLISH_MONTHS).index(name) + 1


def _said_day(text: str) -> date | None:
    said = _SAID_TO_TAKE_EFFECT.search(text)
    if said is None:
        return None
    try:
        return _day_in(text[said.end() : said.end() + _SAID_WITHIN])
    except ValueError:
        # In a sentence a day that does not exist is left as it is: the sentence is quoted, and no day is read from it.
        return None


def _said_year(text: str) -> int | None:
    said = _SAID_TO_BE_EVALUATED.search(text)
    return None if said is None else int(next(year for year in said.groups() if year))
