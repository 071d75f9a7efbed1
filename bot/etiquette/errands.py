"""Hears that the bot is asked to tell the class something: about homework, a lesson, a trip (W1: Magister first)."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Self

_WORD = re.compile(r"\w+")
WORDS_AT_MOST = 60
"""A longer text is a message, and no errand."""


@dataclass(frozen=True, slots=True)
class Errands:
    """The words of telling, of whom and of what; one of each makes an errand, unless it begins as a question does."""

    telling: re.Pattern[str]
    whom: re.Pattern[str]
    what: re.Pattern[str]
    asking: re.Pattern[str]

    @classmethod
    def load(cls) -> Self:
        """The words that ship with the bot."""
        source = resources.files("bot.etiquette").joinpath("data/errands.toml").read_text(encoding="utf-8")
        table = tomllib.loads(source)
        return cls(*(_pattern(table[name]) for name in ("vertellen", "aan_wie", "waarover", "vraag")))

    def is_one(self, text: str) -> bool:
        """Whether somebody asks for something to be told."""
        words = _WORD.findall(text.casefold())
        if not 0 < len(words) <= WORDS_AT_MOST or self.asking.match(words[0]):
            return False
        said = f" {' '.join(words)} "
        return all(words_of.search(said) for words_of in (self.telling, self.whom, self.what))


def _pattern(entries: Sequence[str]) -> re.Pattern[str]:
    # Between two words a star stands for at most six others, behind one for the rest of it.
    forms = (re.escape(entry).replace(r"\ \*\ ", r" (?:\w+ ){0,6}").replace(r"\*", r"\w*") for entry in entries)
    return re.compile(rf"\b(?:{'|'.join(forms)})\b")
