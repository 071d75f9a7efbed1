"""Counts as Word counts: the number that a page shows is not in the text, but follows from the numbering's rules."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.protocol.reading.word.names import Element, child, each, is_on, left_of, number, value

LEVELS = 9
LARGEST_ROMAN = 3999
LARGEST_LETTER = 26 * 20

_ROMANS = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC")),
    *((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list; `restart` is the level (from 1) after which it begins anew, 0 for never.

    `left` is how far it stands in, in twentieths of a point.
    """

    start: int
    form: str
    text: str
    restart: int | None
    legal: bool
    style: str | None
    left: int = 0


@dataclass(frozen=True, slots=True)
class Override:
    """What one list changes of its definition: a level, or where it starts."""

    level: Level | None
    start: int | None


@dataclass(frozen=True, slots=True)
class Mark:
    """What Word shows before a paragraph: a number, "" for a bullet; `known` is False for what nobody can tell."""

    level: int
    text: str
    known: bool = True
    left: int = 0


@dataclass(slots=True)
class Numbering:
    """All lists of one file, and how far each of them is."""

    abstract: dict[str, dict[int, Level]] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)
    overrides: dict[str, dict[int, Override]] = field(default_factory=dict)
    _counters: dict[str, list[int | None]] = field(default_factory=dict)
    _begun: set[str] = field(default_factory=set)

    def level_of_style(self, list_id: str, style: str | None) -> int | None:
        """The level that a list keeps for a paragraph style."""
        levels = self.abstract.get(self.lists.get(list_id, ""), {})
        return next((depth for depth, level in levels.items() if style is not None and level.style == style), None)

    def count(self, list_id: str, depth: int) -> Mark | None:
        """The mark of the next paragraph in a list, None when Word shows none; every paragraph is counted once."""
        name = self.lists.get(list_id)
        level = self._level(list_id, depth)
        if name is None or level is None:
            return Mark(depth, "", known=False)
        counters = self._counters.setdefault(name, [None] * LEVELS)
        self._begin(list_id, counters)
        held = counters[depth]
        counters[depth] = level.start if held is None else held + 1
        for deeper in range(depth + 1, LEVELS):
            below = self._level(list_id, deeper)
            restart = deeper if below is None or below.restart is None else below.restart
            if restart and depth < restart:
                counters[deeper] = None
        return self._shown(list_id, depth, level, counters)

    def _begin(self, list_id: str, counters: list[int | None]) -> None:
        """A list that says where it starts does so at its first paragraph, whatever its definition counted before."""
        if list_id in self._begun:
            return
        self._begun.add(list_id)
        for depth, override in self.overrides.get(list_id, {}).items():
            if override.start is not None:
                counters[depth] = override.start - 1

    def _level(self, list_id: str, depth: int) -> Level | None:
        override = self.overrides.get(list_id, {}).get(depth)
        if override is not None and override.level is not None:
            return override.level
        return self.abstract.get(self.lists.get(list_id, ""), {}).get(depth)

    def _shown(self, list_id: str, depth: int, level: Level, counters: list[int | None]) -> Mark | None:
        if level.form == "bullet":
            return Mark(depth, "", left=level.left)
        if level.form == "none" or not level.text:
            return None
        unknown = False

        def written(found: re.Match[str]) -> str:
            nonlocal unknown
            place = int(found[1]) - 1
            above = self._level(list_id, place)
            if above is None:
                unknown = True
                return ""
            held = counters[place]
            told = above.start if held is None else held
            text = write_number(told, "decimal" if level.legal else above.form)
            unknown = unknown or text is None
            return text or ""

        text = re.sub(r"%([1-9])", written, level.text)
        return Mark(depth, "" if unknown else text.strip(), known=not unknown, left=level.left)


def write_number(told: int, form: str) -> str | None:
    """A number in one of Word's forms; None for a form that depends on language or that we do not know."""
    if form == "none":
        return ""
    if told < 0:
        return None
    match form:
        case "decimal":
            return str(told)
        case "decimalZero":
            return f"{told:02}"
        case "lowerLetter" | "upperLetter" if 0 < told <= LARGEST_LETTER:
            # Word goes on after z with aa, bb, cc.
            letter = chr(ord("a") + (told - 1) % 26) * ((told - 1) // 26 + 1)
            return letter.upper() if form == "upperLetter" else letter
        case "lowerRoman" | "upperRoman" if 0 < told <= LARGEST_ROMAN:
            roman = _roman(told)
            return roman if form == "upperRoman" else roman.lower()
        case _:
            return None


def _roman(told: int) -> str:
    written = ""
    for worth, letters in _ROMANS:
        while told >= worth:
            written += letters
            told -= worth
    return written


def numbering_of(root: Element | None) -> Numbering:
    """The lists that a file's numbering part defines."""
    found = Numbering()
    links: dict[str, str] = {}
    styles: dict[str, str] = {}
    for abstract in each(root, "abstractNum"):
        name = value(abstract, "abstractNumId") or ""
        levels = (_level(level) for level in each(abstract, "lvl"))
        found.abstract[name] = {depth: level for depth, level in levels if 0 <= depth < LEVELS}
        if linked := value(child(abstract, "numStyleLink")):
            links[name] = linked
        if defines := value(child(abstract, "styleLink")):
            styles[defines] = name
    for item in each(root, "num"):
        list_id = value(item, "numId") or ""
        name = value(child(item, "abstractNumId")) or ""
        found.lists[list_id] = styles.get(links.get(name, ""), name)
        found.overrides[list_id] = dict(_overrides(item))
    return found


def _overrides(item: Element) -> Iterator[tuple[int, Override]]:
    for override in each(item, "lvlOverride"):
        depth = number(override, "ilvl")
        own = child(override, "lvl")
        if depth is not None and 0 <= depth < LEVELS:
            level = None if own is None else _level(own)[1]
            yield depth, Override(level, number(child(override, "startOverride")))


def _level(element: Element) -> tuple[int, Level]:
    depth = number(element, "ilvl")
    start = number(child(element, "start"))
    return (
        -1 if depth is None else depth,
        Level(
            start=0 if start is None else start,
            form=value(child(element, "numFmt")) or "decimal",
            text=value(child(element, "lvlText")) or "",
            restart=number(child(element, "lvlRestart")),
            legal=is_on(child(element, "isLgl")),
            style=value(child(element, "pStyle")),
            left=left_of(element),
        ),
    )
