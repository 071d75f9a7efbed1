"""What a section's title tells: what the section does, whom it speaks to, and the letter of its articles' codes."""

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import chain

from bot.protocol.document import Audience, SectionKind

FOOTNOTES_LETTER = "F"
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class TitleMeaning:
    """What the title of a section says about it."""

    letter: str
    kind: SectionKind
    audience: Audience


_KNOWN: tuple[tuple[re.Pattern[str], str, SectionKind, Audience | None], ...] = (
    (re.compile(r"versiebeheer"), "V", SectionKind.VERSIONS, Audience.EVERYONE),
    (re.compile(r"inleiding|introductie"), "I", SectionKind.INTRODUCTION, Audience.EVERYONE),
    (re.compile(r"uitgangspunt"), "U", SectionKind.PRINCIPLES, Audience.EVERYONE),
    (re.compile(r"doelgroep|reikwijdte"), "D", SectionKind.SCOPE, Audience.EVERYONE),
    (re.compile(r"sanctie|gevolgen|overtreding|niet aan de regels"), "S", SectionKind.SANCTIONS, Audience.EVERYONE),
    (re.compile(r"werksituatie"), "W", SectionKind.RULES, Audience.STAFF),
    (re.compile(r"priv[eé]situatie"), "P", SectionKind.RULES, Audience.STAFF),
    (re.compile(r"alle (betrokkenen|gebruikers)"), "A", SectionKind.RULES, Audience.EVERYONE),
    (re.compile(r"richtlijn|afspra|regel"), "R", SectionKind.RULES, None),
)
"""Words that Dutch schools use in titles; the first that fits counts. None: other words of the title tell for whom."""


def is_known_title(text: str) -> bool:
    """Whether a text has a word that Dutch schools use in the titles of a protocol."""
    folded = text.casefold()
    return any(pattern.search(folded) for pattern, *_ in _KNOWN)


def meaning_of(title: str, taken: AbstractSet[str]) -> TitleMeaning:
    """What a title means, with a letter that no other section has; two letters when the single ones are used up."""
    folded = title.casefold()
    known = ((letter, kind, whom) for pattern, letter, kind, whom in _KNOWN if pattern.search(folded))
    wanted, kind, audience = next(known, ("", SectionKind.OTHER, None))
    singles = wanted + re.sub(r"[^A-Z]", "", title.upper()) + _ALPHABET
    pairs = (first + second for first in singles for second in _ALPHABET)
    free = (letter for letter in chain(singles, pairs) if letter not in taken and letter != FOOTNOTES_LETTER)
    return TitleMeaning(next(free), kind, audience or audience_of(title))


def short(title: str) -> str:
    """The title as it is cited: without an explanation in brackets at its end."""
    return re.sub(r"\s*\([^()]*\)$", "", " ".join(title.split()))


def unabbreviated(title: str, earlier: str | None) -> str:
    """A title that opens with dots, with the opening words of an earlier title in their place."""
    if not title.startswith("..") or earlier is None:
        return title
    rest = title.lstrip(". …")
    opening, joint, _ = earlier.partition(f" {rest.split(maxsplit=1)[0]} ")
    return f"{opening} {rest}" if joint else rest


def audience_of(text: str) -> Audience:
    """Whom a text speaks to, as far as it names only staff, or only pupils and parents."""
    folded = text.casefold()
    staff = re.search(r"medewerker|personeel|docent", folded) is not None
    pupils = re.search(r"leerling|ouders|verzorgers", folded) is not None
    if staff == pupils:
        return Audience.EVERYONE
    return Audience.STAFF if staff else Audience.PUPILS
