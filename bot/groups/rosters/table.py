"""Finds the table in a class list: what separates its cells, which row is the heading, and which line is which row."""

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from bot.groups.rosters.decoding import Refusal, RosterRefused

WORDS = Path(__file__).with_name("words.tsv")

_SEPARATORS = ";,\t|"
_NOT_A_SEPARATOR = "\x1f"
_HEADING_WITHIN = 40
_LINES_OF_A_ROW = 5
"""A cell may hold a line end; a quote that stays open longer is a mistake in that row, not the end of the list."""

_LINE_END = re.compile(r"\r\n|\r|\n")
_INVISIBLE = re.compile(r"[\u200b-\u200f\u2060\ufeff\u00ad]")
_AS_TEXT = re.compile(r'="([^"]*)"')


class Meaning(StrEnum):
    """What a column says of a pupil, or a word in a cell of the list itself."""

    CLASS = "class"
    LESSON = "lesson"
    EMAIL = "email"
    GIVEN = "given"
    PARTICLE = "particle"
    SURNAME = "surname"
    FULL = "full"
    TOTAL = "total"
    MONTH = "month"


_COLUMNS = frozenset(Meaning) - {Meaning.TOTAL, Meaning.MONTH}


@dataclass(frozen=True, slots=True)
class Words:
    """The words of class lists by their meaning, the better one first."""

    by_meaning: Mapping[Meaning, Sequence[str]]

    @classmethod
    def load(cls) -> "Words":
        """The words of `words.tsv`."""
        found: dict[Meaning, list[str]] = {meaning: [] for meaning in Meaning}
        for line in WORDS.read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                meaning, word = line.split("\t")
                found[Meaning(meaning)].append(word)
        return cls(found)

    def column(self, heading: str) -> tuple[Meaning, int] | None:
        """What a column with this heading says, and how good the word is (0 is best)."""
        word = bare(heading)
        # "E-mail leerling" and "Leerling: roepnaam" mean the pupil's; "E-mail ouder 1" means somebody else's.
        endings = (
            word,
            word.removesuffix("vandeleerling"),
            word.removesuffix("leerling"),
            word.removeprefix("leerling"),
        )
        for tried in endings:
            for meaning in _COLUMNS:
                if tried in self.by_meaning[meaning]:
                    return meaning, self.by_meaning[meaning].index(tried)
        return None

    def is_total(self, cell: str) -> bool:
        """Whether a row that begins with this cell counts pupils, or tells about the list."""
        first = bare(re.split(r"[:\d]", cell, maxsplit=1)[0])
        return first in self.by_meaning[Meaning.TOTAL]


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row; `number` is its first line in the file, from 1. Without cells it cannot be read."""

    number: int
    cells: tuple[str, ...] | None
    unended: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A list with its heading; `columns` holds for each meaning the places of its cells, the best one first."""

    before: tuple[Row, ...]
    heading: Row
    columns: Mapping[Meaning, tuple[int, ...]]
    rows: tuple[Row, ...]

    def cells(self, row: Row, meaning: Meaning) -> list[str]:
        """What a row says about this, without empty cells."""
        cells = row.cells or ()
        found = (cells[place] for place in self.columns.get(meaning, ()) if place < len(cells))
        return [cell for cell in found if cell]


def find_table(text: str, words: Words) -> Table:
    """The table in a text; raises RosterRefused where no heading with an e-mail column is."""
    written = _LINE_END.split(text)
    ended = not written[-1].strip()
    lines = _unwrapped(written)
    best: tuple[int, Table] | None = None
    for separator in _SEPARATORS:
        rows = list(_rows(lines[:_HEADING_WITHIN], separator, ended=True))
        for place, row in enumerate(rows):
            columns = _columns(row.cells or (), words)
            if Meaning.EMAIL in columns and (best is None or len(columns) > best[0]):
                best = (
                    len(columns),
                    Table(tuple(rows[:place]), row, columns, _after(row, lines, separator, ended=ended)),
                )
    if best is None:
        raise RosterRefused(Refusal.NO_HEADER)
    return best[1]


def _after(heading: Row, lines: Sequence[str], separator: str, *, ended: bool) -> tuple[Row, ...]:
    return tuple(row for row in _rows(lines, separator, ended=ended) if row.number > heading.number)


def _columns(cells: Sequence[str], words: Words) -> dict[Meaning, tuple[int, ...]]:
    found: dict[Meaning, list[tuple[int, int]]] = {}
    for place, cell in enumerate(cells):
        known = words.column(cell)
        if known is not None:
            found.setdefault(known[0], []).append((known[1], place))
    return {meaning: tuple(place for _, place in sorted(places)) for meaning, places in found.items()}


def _rows(lines: Sequence[str], separator: str, *, ended: bool) -> Iterator[Row]:
    place = 0
    while place < len(lines):
        cells, used = _row(lines[place : place + _LINES_OF_A_ROW], separator)
        at_end = place + used >= len(lines) and not ended
        yield Row(place + 1, cells, unended=at_end)
        place += used


def _row(lines: Sequence[str], separator: str) -> tuple[tuple[str, ...] | None, int]:
    """The cells of the row that begins these lines, and how many of them it takes."""
    for used in range(1, len(lines) + 1):
        piece = lines[:used]
        # With all quotes closed a strange quote stands inside a name, and the row can still be read.
        closed = used == 1 and piece[0].count('"') % 2 == 0
        cells = _parsed(piece, separator, strict=not closed)
        if cells is not None:
            return tuple(clean(cell) for cell in cells), used
    return None, 1


def _parsed(lines: Iterable[str], separator: str, *, strict: bool) -> list[str] | None:
    try:
        rows = list(csv.reader([f"{line}\n" for line in lines], delimiter=separator, strict=strict))
    except csv.Error:
        return None
    return rows[0] if len(rows) == 1 else ([] if not rows else None)


def _unwrapped(lines: Sequence[str]) -> Sequence[str]:
    """The lines without the quotes that some programs put around a whole line; as they are where one has none."""
    whole = [_parsed([line], _NOT_A_SEPARATOR, strict=True) if line.strip() else [""] for line in lines]
    quoted = [line for line in lines if line.strip()]
    if all(line.startswith('"') for line in quoted) and all(cells is not None for cells in whole):
        inside = [cells[0] if cells else "" for cells in whole]
        if any(separator in line for line in inside for separator in _SEPARATORS):
            return inside
    return lines


def clean(cell: str) -> str:
    """A cell without stray and invisible spaces; `="2B"`, with which Excel keeps a text a text, is that text."""
    text = " ".join(_INVISIBLE.sub("", unicodedata.normalize("NFC", cell)).split())
    kept = _AS_TEXT.fullmatch(text)
    return kept[1].strip() if kept else text


def bare(text: str) -> str:
    """Small letters and digits only, without accents: how words are compared."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in plain if letter.isalnum())
