"""Finds possible recipients in a story, so that nobody reads what is about them."""

import re
import unicodedata
from collections.abc import Iterable

from rapidfuzz import fuzz

from bot.school.people import Email, Person

PARTICLES = frozenset({"van", "de", "der", "den", "het", "ten", "ter", "te", "in", "op", "von", "la", "el", "al"})
ALIKE = 80.0
"""Percent of likeness (rapidfuzz ratio) from which a misspelt surname counts; doubt excludes, it never holds."""

SHORTEST_FUZZY = 5
"""Characters; shorter names must be spelt as they are, or too many words would look like them."""


def mentioned(story: str, people: Iterable[Person]) -> frozenset[Email]:
    """Whom of these people the story may be about, by first name or surname, spelling mistakes included."""
    words = _words(story)
    return frozenset(person.email for person in people if any(_is_in(part, words) for part in _parts(person.name)))


def _parts(name: str) -> list[str]:
    return [part for part in _words(name) if part not in PARTICLES]


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return re.findall(r"[^\W\d_]+", plain)


def _is_in(part: str, words: list[str]) -> bool:
    if part in words:
        return True
    return len(part) >= SHORTEST_FUZZY and any(
        len(word) >= SHORTEST_FUZZY and fuzz.ratio(part, word) >= ALIKE for word in words
    )
