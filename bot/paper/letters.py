"""Chooses for every letter a font that has a picture of it; what no font can show gets a clear sign, never a gap.

The typesetter would choose by itself, and then loses the letter under an accent that only another font has, without a
word. So it is told which font to use where, and whatever belongs together comes from one font.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Self

import typst
import uharfbuzz

FIRST = ("Noto Sans", "Noto Sans Arabic", "Noto Emoji", "Noto Sans Symbols")
"""Asked in this order, and then the others: a letter of ours looks alike wherever it stands."""

LONGEST_WORD = 40
"""Characters without a space; a longer row gets places where a line may end, or it would leave the paper."""

BREAK = "\u200b"
JOINER = "\u200d"

_NUMBER = "[U+{:04X}]"
_BELONGS = frozenset({"Mn", "Me", "Mc"})
"""Unicode categories of what stands on, under or around the letter before it."""

_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Turn the direction of what follows: with them a text on paper could say something else than was typed."""

_SKIN_TONES = "\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"
_RIGHT_TO_LEFT = frozenset({"R", "AL"})
_PLAIN = frozenset({*range(0x20, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x180)})


@dataclass(frozen=True, slots=True)
class Font:
    """A family of letters, and the code points that it has a picture of."""

    family: str
    known: frozenset[int]

    def has(self, letters: str) -> bool:
        """Whether all of these can be shown in it."""
        return all(ord(letter) in self.known for letter in letters)


Run = tuple[str, str]
"""A family, and the letters that are to be shown in it."""


@dataclass(frozen=True, slots=True)
class Letters:
    """The fonts in the order in which they are asked; the first one shows all that is ours."""

    fonts: tuple[Font, ...]

    @classmethod
    def load(cls, fonts: typst.Fonts) -> Self:
        """Ask every font of the typesetter what it has."""
        known = {
            info.family: frozenset(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(info.path)).unicodes)
            for info in fonts.fonts()
            if info.style == "normal" and info.path is not None
        }
        others = sorted(known.keys() - set(FIRST))
        return cls(tuple(Font(family, known[family]) for family in (*FIRST, *others)))

    def plain(self) -> Self:
        """Only the letters of Western Europe, of which no shaping can go wrong; all others are marked."""
        first = self.fonts[0]
        return type(self)((Font(first.family, first.known & _PLAIN),))

    def runs(self, line: str) -> list[Run]:
        """One line as it can be shown whole; a letter without a picture becomes its number, as [U+4F60]."""
        runs: list[Run] = []
        length = 0
        for cluster in _clusters(unicodedata.normalize("NFC", line)):
            for family, shown in self._shown(cluster, runs[-1][0] if runs else ""):
                length = 0 if shown == " " else length + len(shown)
                if length > LONGEST_WORD:
                    _add(runs, self.fonts[0].family, BREAK)
                    length = len(shown)
                _add(runs, family, shown)
        return runs

    def lines(self, text: str) -> Iterator[list[Run]]:
        """The lines of a text; empty ones too."""
        for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
            yield self.runs(line)

    def _shown(self, cluster: str, current: str) -> Iterator[Run]:
        if cluster.isspace():
            # In the font of what stands before it, so that a sentence is not cut at every space.
            here = next((font for font in self.fonts if font.family == current and font.has(" ")), self.fonts[0])
            yield here.family, " "
            return
        if not any(map(_is_refused, cluster)):
            for kept in (cluster, "".join(letter for letter in cluster if not _is_invisible(letter))):
                font = self._font_of(kept)
                if font is not None and kept:
                    yield font.family, kept
                    return
        for place, letter in enumerate(cluster):
            shown = self._alone(letter, belongs=place > 0 and unicodedata.category(letter) in _BELONGS)
            if shown is not None:
                yield shown

    def _alone(self, letter: str, *, belongs: bool) -> Run | None:
        """One letter of what no font shows together; what belongs to another one is named by its number."""
        if _is_invisible(letter) and letter not in _TURNING:
            return None
        ours = self.fonts[0]
        font = None if belongs or _is_refused(letter) else self._font_of(letter)
        if font is not None:
            return font.family, letter
        plain = unicodedata.normalize("NFKC", letter)
        if plain != letter and not belongs and ours.has(plain):
            # A letter in fancy dress, such as a wide or a gothic one, is still that letter.
            return ours.family, plain
        return ours.family, _NUMBER.format(ord(letter))

    def _font_of(self, letters: str) -> Font | None:
        return next((font for font in self.fonts if font.has(letters)), None)


def is_right_to_left(line: Sequence[Run]) -> bool:
    """Whether a line begins at the right: its first letter with a direction decides (Unicode UAX 9, rule P2)."""
    directions = (unicodedata.bidirectional(letter) for _, letters in line for letter in letters)
    return next((each for each in directions if each in {"L", *_RIGHT_TO_LEFT}), "L") in _RIGHT_TO_LEFT


def _clusters(text: str) -> Iterator[str]:
    """Letters with all that belongs to them: accents, joiners, skin tones, the other people of a joined emoji."""
    cluster = ""
    for letter in text:
        if cluster and _goes_with(letter, cluster):
            cluster += letter
            continue
        if cluster:
            yield cluster
        cluster = letter
    if cluster:
        yield cluster


def _goes_with(letter: str, cluster: str) -> bool:
    if cluster == "\t" or cluster.isspace():
        return False
    category = unicodedata.category(letter)
    joined = cluster[-1] == JOINER and category == "So"
    return joined or category in _BELONGS or letter in _SKIN_TONES or _is_invisible(letter)


def _add(runs: list[Run], family: str, letters: str) -> None:
    if runs and runs[-1][0] == family:
        runs[-1] = (family, runs[-1][1] + letters)
    else:
        runs.append((family, letters))


def _is_refused(letter: str) -> bool:
    """What must not stand in a text of an archive's PDF, whatever the fonts say."""
    return letter in _TURNING or unicodedata.category(letter) in {"Cc", "Cs", "Co", "Cn"} or letter == "\ufeff"


def _is_invisible(letter: str) -> bool:
    """Whether it only says how its neighbours look, or nothing at all: without a picture nothing is missing."""
    return unicodedata.category(letter) == "Cf" or "VARIATION SELECTOR" in unicodedata.name(letter, "")
