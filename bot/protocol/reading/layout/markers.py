"""Knows the marks that schools put before a rule: numbers of every kind, letters, bullets and footnote signs."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto


class Style(Enum):
    """The kind of a mark; `WORDED` is a number behind a word of its own, such as "Regel 3:"."""

    ARABIC = auto()
    BARE = auto()
    DOTTED = auto()
    SMALL_LETTER = auto()
    CAPITAL = auto()
    ROMAN = auto()
    ARTICLE = auto()
    PARAGRAPH = auto()
    WORDED = auto()
    BULLET = auto()
    FOOTNOTE = auto()


NUMBERED = frozenset(Style) - {Style.BULLET, Style.FOOTNOTE}


@dataclass(frozen=True, slots=True)
class Marker:
    """The mark of one line: `label` is the number or letter as the source writes it, empty for a bullet.

    `length` counts the characters of the line that are only mark.
    """

    style: Style
    label: str
    length: int

    @property
    def depth(self) -> int:
        """How many parts the label has more than one: 1 for "4.2"."""
        return self.label.count(".")


SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_UPPER = r"[A-ZÀ-Þ\"'\u2018\u2019\u201c\u201e(\u00ab]"
_WORDS = "regel|tip|afspraak|stap|punt|gouden regel|vuistregel|lid|vraag"

_PATTERNS: tuple[tuple[Style, re.Pattern[str]], ...] = (
    (Style.FOOTNOTE, re.compile(rf"([{SUPERSCRIPTS}]+)[ \t\xa0]*(?=\S)|\[([0-9]{{1,2}})\][ \t\xa0]+(?=\S)")),
    (
        Style.ARTICLE,
        re.compile(
            r"(?i:artikel|art\.?)[ \t\xa0]+([0-9]{1,3}(?:\.[0-9]{1,2})*[a-z]?)"
            rf"(?:[ \t\xa0]*[.:)\u2013-]+(?:[ \t\xa0]+|$)|[ \t\xa0]+(?={_UPPER})|$)",
        ),
    ),
    (Style.PARAGRAPH, re.compile(r"§[ \t\xa0]*([0-9]{1,3}(?:\.[0-9]{1,2})*)(?:[.:)]?[ \t\xa0]+|$)")),
    (
        Style.WORDED,
        re.compile(rf"(?:{_WORDS})[ \t\xa0]+([0-9]{{1,3}})[ \t\xa0]*[.:)\u2013-]+[ \t\xa0]+(?=\S)", re.IGNORECASE),
    ),
    (
        Style.DOTTED,
        re.compile(rf"([0-9]{{1,2}}(?:\.[0-9]{{1,2}}){{1,3}}[a-z]?)(?:[.:)][ \t\xa0]+(?=\S)|[ \t\xa0]+(?={_UPPER}))"),
    ),
    (
        Style.ARABIC,
        re.compile(
            rf"\(?([0-9]{{1,3}}[a-z]?)(?:[.)]+[ \t\xa0]+(?=\S)|[.)](?={_UPPER})|:[ \t\xa0]+(?=\S)"
            rf"|[ \t\xa0]?[\u2013-][ \t\xa0]+(?={_UPPER}))"
        ),
    ),
    (Style.ARABIC, re.compile(r"\(?([0-9]{1,3}[a-z]?)[.)]+$")),
    (Style.BARE, re.compile(rf"([0-9]{{1,2}})[ \t\xa0]+(?={_UPPER})")),
    (Style.ROMAN, re.compile(r"\(?([IVXL]{2,6}|[ivxl]{2,6})[.)]+[ \t\xa0]+(?=\S)")),
    (Style.CAPITAL, re.compile(r"([A-Z])[.)][ \t\xa0]+(?=\S)")),
    (Style.SMALL_LETTER, re.compile(r"\(?([a-z])[.)][ \t\xa0]+(?=\S)")),
    (
        Style.BULLET,
        re.compile(
            r"(?:[•▪‣◦●○■□►▶➢➤→✓✔✗✘❌✅·∙*+\u2013\u2014\uf0b7\uf0a7\uf0fc\uf0d8-]|o(?=\t| +[^\W\d_]))()[ \t\xa0]+(?=\S)"
        ),
    ),
)
"""In the order in which they are tried; the label is the first group that matched."""

_SINGLE_ROMANS = frozenset("IVXivx")
_ROMAN_DIGITS: Mapping[str, int] = {"i": 1, "v": 5, "x": 10, "l": 50}


def marker_of(text: str) -> Marker | None:
    """The mark at the beginning of a line, None when it has none."""
    for style, pattern in _PATTERNS:
        if found := pattern.match(text):
            label = next((group for group in found.groups() if group is not None), "")
            if style is Style.FOOTNOTE:
                label = label.translate(str.maketrans(SUPERSCRIPTS, "0123456789"))
            return Marker(style, label, found.end())
    return None


def as_roman(marker: Marker) -> Marker:
    """The same mark, its letter I, V or X read as a number; for texts that count I, II, III."""
    if marker.style in {Style.CAPITAL, Style.SMALL_LETTER} and marker.label in _SINGLE_ROMANS:
        return Marker(Style.ROMAN, marker.label, marker.length)
    return marker


def order(marker: Marker) -> tuple[int, ...]:
    """Where the label comes in its list; for comparing labels of one style."""
    label = marker.label
    if marker.style is Style.ROMAN:
        return (_roman(label.casefold()),)
    if marker.style in {Style.SMALL_LETTER, Style.CAPITAL}:
        return (ord(label.casefold()) - ord("a") + 1,)
    number = label.rstrip("abcdefghijklmnopqrstuvwxyz")
    parts = tuple(int(part) for part in number.split("."))
    return (*parts, ord(label[-1]) - ord("a") + 1) if number != label else parts


def follows(earlier: tuple[int, ...], later: tuple[int, ...]) -> bool:
    """Whether a label is the next one: 4 after 3, 4.2 after 4.1, 3a after 3 and 4 after 3b."""
    next_ones = [(*earlier[:cut], earlier[cut] + 1) for cut in range(len(earlier))]
    return later == (*earlier, 1) or any(later in {after, (*after, 1)} for after in next_ones)


def is_first(marker: Marker) -> bool:
    """Whether a list begins here."""
    return marker.style is Style.BULLET or order(marker)[-1] == 1


def _roman(label: str) -> int:
    values = [_ROMAN_DIGITS[letter] for letter in label]
    return sum(
        -value if any(later > value for later in values[place + 1 : place + 2]) else value
        for place, value in enumerate(values)
    )
