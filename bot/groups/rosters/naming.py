"""Finds of which class a group is, from the name that a teacher gave it and the classes that are known."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

_PARTS = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class ClassNames:
    """The known classes by their letters and digits alone: `2B-WI` as 2BWI."""

    by_letters: Mapping[str, str]

    @classmethod
    def of(cls, known: Collection[str]) -> "ClassNames":
        """These classes."""
        return cls({"".join(_words(name)): name for name in known})

    def in_name(self, display_name: str) -> Sequence[str]:
        """The classes that a group's name names, in order: one is the answer, several must be asked about.

        `Klas 2b mentor` names 2B, `H3C - mentorgroep` names H3C, and `2B-wi` names 2B-WI, or 2B when there is no such
        class. A class is whole words of the name, never a piece of one: 12B is not 2B.
        """
        words = _words(display_name)
        places = [
            (start, end, self.by_letters[letters])
            for start in range(len(words))
            for end in range(start + 1, len(words) + 1)
            if (letters := "".join(words[start:end])) in self.by_letters
        ]
        # Of 2B and 2B-WI the longer one is meant where its words stand.
        outer = (name for start, end, name in places if not any(_inside(start, end, *other[:2]) for other in places))
        return list(dict.fromkeys(outer))


def _words(name: str) -> list[str]:
    return [part.upper() for part in _PARTS.findall(name)]


def _inside(start: int, end: int, from_: int, until: int) -> bool:
    return (start, end) != (from_, until) and from_ <= start and end <= until
