"""Reads from the school's file which units and Google groups give a role, each error with what to write instead."""

import re

from bot.school.accounts.placing import COUNTS_FIRST, AccountRules
from bot.school.people import Role
from bot.school.reading.place import Place, SchoolFileError

UNITS, GROUPS = "eenheden", "groepen"

_UNIT = re.compile(r"/|(/[^/]+)+")
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def read_account_rules(place: Place) -> AccountRules:
    """The rules in `[gids]`; raises SchoolFileError."""
    place.only(UNITS, GROUPS)
    units = _roles(place.sub(UNITS), _UNIT, "een eenheid begint met een streep, bijvoorbeeld “/Leerlingen”.")
    groups = _roles(place.sub(GROUPS), _ADDRESS, "schrijf het e-mailadres van de Google-groep.")
    return AccountRules({name.casefold(): role for name, role in units.items()}, groups)


def _roles(place: Place, pattern: re.Pattern[str], what_to_write: str) -> dict[str, Role]:
    roles: dict[str, Role] = {}
    allowed = {role.value: role for role in COUNTS_FIRST}
    for name in place.table:
        said = place.text(name, "de rol")
        if pattern.fullmatch(name) is None:
            raise SchoolFileError(f"{place.where} > {name}: {what_to_write}")
        if said not in allowed:
            # Who leads, decides or administers is named: moving an account must never give that.
            raise SchoolFileError(
                f"{place.where} > {name}: “{said}” geef je aan mensen bij [[mensen]]. Kies uit: {', '.join(allowed)}."
            )
        roles[name.lower() if pattern is _ADDRESS else name] = allowed[said]
    return roles
