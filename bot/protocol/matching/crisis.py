"""Finds words of danger in what somebody types, so that help can come before any answer."""

import re
from dataclasses import dataclass
from enum import Enum, auto
from functools import reduce
from pathlib import Path

from bot.protocol.bank import BankRefused, rows
from bot.protocol.matching.features import fold

_GAP = re.compile(r" ?\{(\d)\} ?")


class Danger(Enum):
    """What the words of a text say about danger."""

    SIGN = auto()
    FIGURE = auto()
    NOTHING = auto()


@dataclass(frozen=True, slots=True)
class CrisisWords:
    """Patterns of danger, and figures of speech that only sound like it; both on folded text."""

    signs: tuple[re.Pattern[str], ...]
    figures: tuple[re.Pattern[str], ...]

    def heard_in(self, text: str) -> Danger:
        """A sign of danger, else a figure of speech that only sounds like one, else nothing."""
        folded = fold(text)
        plain = reduce(lambda left, figure: figure.sub(" ", left), self.figures, folded)
        if any(sign.search(plain) for sign in self.signs):
            return Danger.SIGN
        return Danger.NOTHING if plain == folded else Danger.FIGURE


def load_crisis_words(path: Path) -> CrisisWords:
    """Read the patterns; raises `BankRefused` with file and line when one cannot be used."""
    found: dict[str, list[re.Pattern[str]]] = {"sign": [], "figure": []}
    for number, (kind, _, pattern) in rows(path, 3):
        if kind not in found:
            raise BankRefused(f"{path.name}, regel {number}: kies uit {', '.join(found)}.")
        try:
            found[kind].append(re.compile(_GAP.sub(r" (?:[^ ]+ ){0,\1}", pattern)))
        except re.error as error:
            raise BankRefused(f"{path.name}, regel {number}: dit patroon klopt niet ({error}).") from error
    return CrisisWords(tuple(found["sign"]), tuple(found["figure"]))
