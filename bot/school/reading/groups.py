"""Reads from the school's file which groups need no admin's word, each error with what to write instead."""

import re

from bot.school.facts import GroupRules
from bot.school.reading.place import Place, SchoolFileError
from bot.school.spaces import SpaceName

STAFF, NAMES, BEFOREHAND = "medewerker_mag_zelf_toevoegen", "namen", "vooraf_goedgekeurd"

_LINK = re.compile(r"https://(?:chat\.google\.com|mail\.google\.com/chat)/\S*?(?:room|space)/([A-Za-z0-9_-]+)\S*")
_NAME = re.compile(r"spaces/([A-Za-z0-9_-]+)")


def read_group_rules(place: Place) -> GroupRules:
    """The rules in `[groepen]`; raises SchoolFileError."""
    place.only(STAFF, NAMES, BEFOREHAND)
    names = place.texts(NAMES, "de namen van groepen, zoals “Klas *”,")
    if any(not name.strip("*? ") for name in names):
        raise SchoolFileError(f"groepen > {NAMES}: een naam heeft letters of cijfers, bijvoorbeeld “Klas *”.")
    spaces: set[SpaceName] = set()
    titles: set[str] = set()
    for said in place.texts(BEFOREHAND, "wat vooraf is goedgekeurd,"):
        space = space_of(said)
        if space is not None:
            spaces.add(space)
        elif not said or said.startswith(("http:", "https:", "spaces/")):
            raise SchoolFileError(f"groepen > {BEFOREHAND}: schrijf de link van een groep in Google Chat, of de naam.")
        else:
            titles.add(said.casefold())
    return GroupRules(place.flag(STAFF), names, frozenset(spaces), frozenset(titles))


def space_of(said: str) -> SpaceName | None:
    """The space that a link or id names; None for anything else, such as a group's title."""
    found = _NAME.fullmatch(said.strip()) or _LINK.fullmatch(said.strip())
    return None if found is None else SpaceName(f"spaces/{found[1]}")
