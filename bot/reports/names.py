"""Finds possible recipients in a story, so that nobody reads what is about them."""

import re
import unicodedata
from collections.abc import Iterable

from rapidfuzz.distance import DamerauLevenshtein

from bot.school.people import Email, Person, Role

PARTICLES = frozenset({"van", "de", "der", "den", "het", "ten", "ter", "te", "in", "op", "von", "la", "el", "al"})
TITLES = {
    Role.LEADER: (
        *("directeur", "directrice", "rector", "conrector", "schoolleider", "teamleider", "afdelingsleider"),
        *("locatieleider", "locatiedirecteur", "adjunct", "principal", "headteacher", "headmaster"),
    ),
    Role.BOARD: ("bestuurder", "bestuursvoorzitter", "bestuurslid"),
    Role.SUPERVISOR: ("toezichthouder", "commissaris"),
    Role.CONFIDANT: ("vertrouwenspersoon",),
}
"""How people of a row are called without their name; whoever is called so may be any of them."""

_CALLED = re.compile(
    r"\b(meneer|mevrouw|mevr|mw|mr|mrs|ms|dhr|heer|juf|juffrouw|meester|docent|directeur)\.?\s+([^\W\d_])\b\.?"
)
_INITIALS = re.compile(r"\b([^\W\d_])\.\s?([^\W\d_])\.")

WITHOUT_STROKE = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "\u0131": "i", "æ": "ae", "œ": "oe", "þ": "th"})
"""Letters that Unicode does not take apart into a plain one and an accent; people type them without."""

SHORTEST_POSSESSIVE = 3

SHORTEST_FUZZY = 5
"""Characters; shorter names must be spelt as they are, or too many words would look like them."""

LONG = 8
"""Characters from which a name may hold two mistakes instead of one; doubt excludes, it never holds a report."""


def mentioned(story: str, people: Iterable[Person]) -> frozenset[Email]:
    """Whom of these people the story may be about, by first name or surname, spelling mistakes included."""
    words = _words(story)
    # "Toms kamer" is about Tom: a possessive s is no part of the name.
    words += [word[:-1] for word in words if word.endswith("s") and len(word) > SHORTEST_POSSESSIVE]
    letters = _lone_letters(story)
    return frozenset(
        person.email
        for person in people
        if any(_is_in(part, words) for part in _parts(person)) or _is_abbreviated(person, letters)
    )


def _parts(person: Person) -> list[str]:
    """First name, surname, surname with its particles in one ("vandenberg"), and what such a person is called.

    A letter alone is left out: an initial, or the 't of a surname, stands in many a story.
    """
    words = _words(person.name)
    parts = [word for word in words if word not in PARTICLES and len(word) > 1] or words
    # "annemarie" for "Anne-Marie".
    parts += ["".join(_words(piece)) for piece in person.name.split() if len(_words(piece)) > 1]
    titles = [title for role, titles in TITLES.items() if role in person.roles for title in titles]
    aliases = [word for alias in person.aliases for word in _words(alias)]
    return [*parts, "".join(words[1:]), *titles, *aliases]


def _lone_letters(story: str) -> frozenset[str]:
    """What stands for a name: the letter in "meneer B.", and the two in "O.O."."""
    plain = _plain(story)
    called = {letter for _, letter in _CALLED.findall(plain)}
    return frozenset(called | {first + last for first, last in _INITIALS.findall(plain)})


def _is_abbreviated(person: Person, letters: frozenset[str]) -> bool:
    words = [word for word in _words(person.name) if word not in PARTICLES]
    if not words:
        return False
    return not letters.isdisjoint({words[0][0], words[-1][0], words[0][0] + words[-1][0]})


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", _plain(text))


def _plain(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold()).translate(WITHOUT_STROKE)
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def _is_in(part: str, words: list[str]) -> bool:
    if part and part in words:
        return True
    mistakes = 2 if len(part) >= LONG else 1
    # People get the first letter of a name right; without it too many names look like each other.
    return len(part) >= SHORTEST_FUZZY and any(
        word[0] == part[0] and DamerauLevenshtein.distance(part, word, score_cutoff=mistakes) <= mistakes
        for word in words
    )
