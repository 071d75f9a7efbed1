"""Cuts a protocol's text into lines that remember their white space: joined again they are the source."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

_UNSEEN = "\ufeff\u200b\u200c\u200d\u2060\u00ad"
"""Characters that take no room: byte order mark, joiners and the hyphen that shows only at a line's end."""

_BLANK = (
    " \t\r\n\f\v\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000"
    "\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
)
WHITE = _BLANK + _UNSEEN
"""What counts as nothing at the ends of a line."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line with text; `before + text + after` is the source.

    `number` counts from 1. `indent` counts characters, a tab as four. `after_blank` also holds for the first line.
    """

    number: int
    before: str
    text: str
    after: str
    after_blank: bool
    indent: int = 0

    def without_opening(self, length: int) -> "Line":
        """The same line, its first characters only marking what follows."""
        return replace(self, before=self.before + self.text[:length], text=self.text[length:])

    def with_opening(self, length: int) -> "Line":
        """The same line, the mark before it part of its text again."""
        cut = len(self.before) - length
        return replace(self, before=self.before[:cut], text=self.before[cut:] + self.text)

    def with_tabs(self) -> "Line":
        """The same line with the tabs at its end in its text: the empty cells of a table's row."""
        tabs = self.after[: len(self.after) - len(self.after.lstrip("\t"))]
        return replace(self, text=self.text + tabs, after=self.after[len(tabs) :])


def lines_of(source: str) -> Iterator[Line]:
    """The lines with text, in order; blank lines go with the line above them, those at the top with the first one."""
    blanks: list[str] = []
    pending: Line | None = None
    for number, raw in enumerate(source.splitlines(keepends=True), start=1):
        if not raw.strip(WHITE):
            blanks.append(raw)
            continue
        if pending is None:
            pending = _line(number, "".join(blanks), raw, after_blank=True)
        else:
            yield replace(pending, after=pending.after + "".join(blanks))
            pending = _line(number, "", raw, after_blank=bool(blanks))
        blanks = []
    if pending is not None:
        yield replace(pending, after=pending.after + "".join(blanks))


def _line(number: int, blanks: str, raw: str, *, after_blank: bool) -> Line:
    inner = raw.lstrip(WHITE)
    opening = raw[: len(raw) - len(inner)]
    text = inner.rstrip(WHITE)
    indent = len(opening.strip("\r\n\f" + _UNSEEN).expandtabs(4))
    return Line(number, blanks + opening, text, inner[len(text) :], after_blank or "\f" in opening, indent)


def is_lower(text: str) -> bool:
    """Whether a text opens with a small letter."""
    return text[:1].islower()


def is_unfinished(text: str) -> bool:
    """Whether a text ends without a sign that a sentence, a title or an enumeration is done."""
    return text.rstrip("\"'\u2019\u201d)\u00bb*")[-1:] not in {*".!?:;\u2026"}


def wrap_width(lines: Sequence[Line]) -> int:
    """The width at which the text was cut into lines, in characters; `sys.maxsize` when it was not cut."""
    widths = [len(line.text) + line.indent for line in lines]
    long = [width for width in widths if width >= _SHORTEST_CUT]
    broken = sum(
        1
        for above, below in pairwise(lines)
        if len(above.text) >= _SHORTEST_CUT
        and not below.after_blank
        and is_unfinished(above.text)
        and is_lower(below.text)
    )
    if broken < _FEWEST_CUT or max(long) > _WIDEST_CUT or broken * 5 < len(long):
        return sys.maxsize
    return max(long)


_SHORTEST_CUT, _WIDEST_CUT, _FEWEST_CUT = 40, 110, 3


def was_cut(line: Line, following: Line, width: int) -> bool:
    """Whether the next line's first word did not fit any more behind this line, so that the sentence goes on there."""
    if width == sys.maxsize or len(line.text) < _SHORTEST_CUT // 2:
        return False
    word = following.text.split(maxsplit=1)[0]
    return len(line.text) + line.indent + 1 + len(word) > width
