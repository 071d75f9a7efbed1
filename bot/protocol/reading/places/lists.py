"""Follows the numbers of a list: what comes next, what stands within a rule, and what the reader has to look at."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.protocol.reading.layout.markers import NUMBERED, Marker, Style, follows, is_first, order
from bot.protocol.reading.layout.sorting import Seen
from bot.protocol.reading.places.parts import Text

_PLAIN_NUMBERS = frozenset({Style.ARABIC, Style.BARE, Style.DOTTED, Style.WORDED})
"""Kinds of number that may stand in one list beside one another, such as 1. and 1.1."""


@dataclass(slots=True)
class OpenList:
    """The list under one heading; `before` says how far each kind of number came under earlier headings."""

    before: Mapping[Style, tuple[int, ...]] = field(default_factory=dict)
    style: Style | None = None
    bullet: str = ""
    indent: int = 0
    last_item: Text | None = None
    below_sentence: Style | None = None
    reached: dict[Style, tuple[int, ...]] = field(default_factory=dict)
    _used: set[tuple[Style, str]] = field(default_factory=set)
    _below: tuple[Style, int] | None = None

    def next_one(self) -> "OpenList":
        """The list under the next heading, whose numbers may go on where these end."""
        return OpenList({**self.before, **self.reached})

    def close(self) -> None:
        """Something else began; what comes is no part of the last rule any more."""
        self.last_item, self.style, self.below_sentence, self._below = None, None, None, None

    def hang_below(self, seen: Seen, marker: Marker, sentence: Text) -> None:
        """The items that follow finish a sentence without a number: quoted alone they could say its opposite."""
        self.last_item, self.style, self.below_sentence = sentence, marker.style, marker.style
        self.indent, self.bullet = seen.line.indent, _bullet(seen)

    def expects(self, marker: Marker) -> bool:
        """Whether this is the list's next number."""
        at = self.reached.get(marker.style)
        return marker.style in NUMBERED and at is not None and follows(at, order(marker))

    def holds(self, seen: Seen, marker: Marker) -> bool:
        """Whether this line stands within the last rule instead of beside it."""
        if self.style is None or self.last_item is None:
            return False
        deeper = seen.line.indent > self.indent + 1
        if self.below_sentence is not None:
            return marker.style is self.below_sentence or marker.style is Style.BULLET or deeper
        opens = self.last_item.lines[-1].rstrip().endswith(":")
        if marker.style in {Style.ARTICLE, Style.DOTTED}:
            return False
        if marker.style is Style.BULLET:
            same = self.style is Style.BULLET and _bullet(seen) == self.bullet
            return not same or deeper
        if self._is_same_kind(marker.style):
            if self._below is not None and self._below[0] is marker.style:
                return (seen.line.indent >= self._below[1] > self.indent and not self.expects(marker)) or deeper
            return is_first(marker) and not self.expects(marker) and (deeper or opens)
        if self.style in {Style.BULLET, Style.SMALL_LETTER} and marker.style is not Style.SMALL_LETTER:
            return deeper or opens or self._below is not None
        return True

    def is_new_below(self, marker: Marker) -> bool:
        """Whether the list within the rule begins with this line."""
        return self._below is None or self._below[0] is not marker.style

    def note_below(self, seen: Seen, marker: Marker) -> None:
        """A list within the rule goes on, or begins."""
        if self._below is None or self._below[0] is not marker.style:
            self._below = (marker.style, seen.line.indent)

    def doubt_about(self, marker: Marker) -> str | None:
        """What is odd about the number of a rule; it is cited as the source has it all the same."""
        if marker.style not in NUMBERED:
            return None
        if (marker.style, marker.label) in self._used:
            return f"nummer {marker.label} staat in dit deel meer dan een keer"
        reached = self.reached.get(marker.style)
        at = order(marker)
        if reached is None:
            before = self.before.get(marker.style)
            goes_on = is_first(marker) or (before is not None and follows(before, at))
            return None if goes_on else f"de nummers beginnen hier bij {marker.label}"
        if follows(reached, at):
            return None
        return f"nummer {marker.label} volgt niet op het nummer erboven"

    def take(self, seen: Seen, marker: Marker, text: Text) -> None:
        """A rule of the list itself."""
        if self.style is None:
            self.indent, self.bullet = seen.line.indent, _bullet(seen)
        self.style, self.last_item, self.below_sentence, self._below = marker.style, text, None, None
        if marker.style in NUMBERED:
            self.reached[marker.style] = order(marker)
            self._used.add((marker.style, marker.label))

    def _is_same_kind(self, style: Style) -> bool:
        return style is self.style or {style, self.style} <= _PLAIN_NUMBERS


def _bullet(seen: Seen) -> str:
    return seen.marked_text[:1]
