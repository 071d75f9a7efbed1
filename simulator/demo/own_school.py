"""Makes a scenario of a school's own file: its people, two made-up pupils, a made-up teacher, and one class group."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from simulator.demo.bot_process import DemoFailed
from simulator.scenarios.writing import table
from simulator.seed import SEED

PUPIL, STAFF = "leerling", "medewerker"
MADE_UP = ((PUPIL, "Leerling Een"), (PUPIL, "Leerling Twee"), (STAFF, "Docent Een"))
"""Who is there beside those whom the file names; their addresses are in the domains that the file names."""

FIRST_USER = 1001


def write_scenario(school: Path, to: Path) -> Path:
    """A scenario file (the form of simulator/seed.toml) for this school's file; raises DemoFailed."""
    try:
        told = tomllib.loads(school.read_text(encoding="utf-8-sig"))
    except OSError as problem:
        raise DemoFailed(f"Het schoolbestand {school.name} is niet te lezen ({problem.strerror}).") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        raise DemoFailed(
            f"Het schoolbestand {school.name} is geen geldige TOML; protocolbot doctor zegt waar."
        ) from None
    people = list(_people(told))
    to.write_text("\n".join(_lines(people)), encoding="utf-8")
    return to


def _people(told: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    number = FIRST_USER
    listed: Sequence[Mapping[str, Any]] = told.get("mensen", [])
    for person in listed:
        roles = ", ".join(person.get("rollen", []))
        yield _person(number, str(person.get("naam", "")), str(person.get("email", "")), roles)
        number += 1
    domains = {role: domain for domain, role in told.get("domeinen", {}).items()}
    for role, name in MADE_UP:
        if role in domains:
            yield _person(number, name, f"{name.lower().replace(' ', '.')}@{domains[role]}", role)
            number += 1


def _person(number: int, name: str, email: str, roles: str) -> dict[str, str]:
    return {"user": f"users/{number}", "name": name, "email": email, "label": roles, "group": roles}


def _lines(people: Sequence[Mapping[str, str]]) -> Iterator[str]:
    seed = tomllib.loads(SEED.read_text(encoding="utf-8"))
    yield "# De mensen van het schoolbestand, met een verzonnen klas."
    yield from table("[bot]", seed["bot"])
    for person in people:
        yield from table("[[people]]", person)
    made_up = [person for person in people if any(person["name"] == name for _, name in MADE_UP)]
    teacher = next((person["user"] for person in made_up if person["label"] == STAFF), None)
    if made_up:
        group = {
            "name": "spaces/KLAS1A",
            "display_name": "Klas 1A",
            "members": [person["user"] for person in made_up],
        }
        yield from table("[[spaces]]", group | ({"bot_added_by": teacher} if teacher is not None else {}))
    for command in seed["commands"]:
        yield from table("[[commands]]", command)
