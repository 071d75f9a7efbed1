"""Cuts a protocol's text into lines that remember their white space and know what they look like."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum, auto

LONGEST_HEADING = 120
"""Characters; a longer line without a full stop is a sentence that lost its stop, not a heading."""

_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_NUMBERED = re.compile(r"(\d{1,3})[.)][ \t]+(?=\S)")
_BULLET = re.compile(r"[•▪‣*\u2013-][ \t]+(?=\S)")
_FOOTNOTE = re.compile(rf"([{_SUPERSCRIPTS}]+)[ \t]*(?=\S)")
_CONTENTS_ENTRY = re.compile(r".*\S\t+ *\d{1,3}$")


class Shape(Enum):
    """What a line looks like on its own, before its place in the text decides what it is."""

    NOTE = auto()
    NUMBERED = auto()
    BULLET = auto()
    FOOTNOTE = auto()
    TABLE_ROW = auto()
    HEADING = auto()
    SENTENCE = auto()


@dataclass(frozen=True, slots=True)
class Line:
    """A line with text; `before + text + after` is the source. `number` counts from 1, `marker` is its own number."""

    number: int
    shape: Shape
    before: str
    text: str
    after: str
    marker: int | None
    after_blank: bool

    @property
    def is_contents_entry(self) -> bool:
        """Whether it reads as "title, tab, page"."""
        return _CONTENTS_ENTRY.fullmatch(self.text) is not None


def lines_of(source: str) -> Iterator[Line]:
    """The lines with text, in order; blank lines go with the line above them, those at the top with the first one."""
    blanks = ""
    pending: Line | None = None
    for number, raw in enumerate(source.splitlines(keepends=True), start=1):
        if not raw.strip("\ufeff \t\r\n\f\v"):
            blanks += raw
            continue
        if pending is None:
            pending = _line(number, blanks, raw, after_blank=True)
        else:
            yield replace(pending, after=pending.after + blanks)
            pending = _line(number, "", raw, after_blank=bool(blanks))
        blanks = ""
    if pending is not None:
        yield replace(pending, after=pending.after + blanks)


def _line(number: int, blanks: str, raw: str, *, after_blank: bool) -> Line:
    inner = raw.lstrip("\ufeff \t")
    indent = raw[: len(raw) - len(inner)]
    text = inner.rstrip(" \r\n\f\v")
    after = inner[len(text) :]
    shape, marker, prefix = _shape(text)
    return Line(number, shape, blanks + indent + prefix, text[len(prefix) :], after, marker, after_blank)


def _shape(text: str) -> tuple[Shape, int | None, str]:
    """The shape, the number that the line carries itself, and the characters that only mark it."""
    if found := _NUMBERED.match(text):
        return Shape.NUMBERED, int(found[1]), found[0]
    if found := _FOOTNOTE.match(text):
        return Shape.FOOTNOTE, int("".join(str(_SUPERSCRIPTS.index(sign)) for sign in found[1])), found[0]
    if found := _BULLET.match(text):
        return Shape.BULLET, None, found[0]
    return _unmarked(text), None, ""


def _unmarked(text: str) -> Shape:
    if text.startswith("#"):
        return Shape.NOTE
    if "\t" in text:
        return Shape.TABLE_ROW
    is_heading = len(text) <= LONGEST_HEADING and text[-1] not in ".;,!"
    return Shape.HEADING if is_heading else Shape.SENTENCE
