"""The JSON schema of the school's file (for editors that check while you type) knows the same words as the reader."""

import json
import tomllib
from collections.abc import Mapping
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest

from bot.school.facts import Part
from bot.school.file import DOMAIN_ROLES, NEEDED_DECISIONS, read_school
from bot.school.people import Role
from bot.school.reading.place import Place
from bot.school.writing import FILE

ROOT = Path(__file__).parents[3]
SCHEMA: dict[str, Any] = json.loads((ROOT / "deploy" / "school.schema.json").read_text(encoding="utf-8"))
SCHOOL = (ROOT / "school.toml").read_text(encoding="utf-8")

BESIDES = """
[gids.eenheden]
"/Leerlingen" = "leerling"
[gids.groepen]
"docenten@rgo.example" = "medewerker"

[[tijden.stil]]
van = 2026-12-10
tot = 2026-12-11
naam = "Toetsweek"

[[tijden.locatie]]
naam = "Middelharnis"
in_groepsnaam = ["MH"]
lessen_van = 08:15:00
lessen_tot = 16:00:00

[[tijden.locatie.pauze]]
van = 10:00:00
tot = 10:15:00
"""


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> dict[str, set[str]]:
    """The words that the reader takes, by the block that they stand in; rows of a list without their number."""
    found: dict[str, set[str]] = {}
    checked = Place.only

    def only(self: Place, *words: str) -> None:
        where = " > ".join(part.partition(",")[0] for part in self.where.split(" > "))
        found.setdefault(where, set()).update(words)
        checked(self, *words)

    monkeypatch.setattr(Place, "only", only)
    return found


def words(node: Mapping[str, Any], where: str = "") -> dict[str, set[str]]:
    """The same of the schema."""
    if node.get("type") == "array":
        return words(node["items"], where)
    if "properties" not in node:
        return {}
    found = {where: set(node["properties"])}
    for name, inner in node["properties"].items():
        found |= words(inner, f"{where} > {name}" if where else name)
    return found


def test_reader_and_schema_take_the_same_words(known: dict[str, set[str]]) -> None:
    read_school(SCHOOL + BESIDES)
    schema = words(SCHEMA)
    # What may stand there is no list of words to the reader: any decision, and the parts that there are.
    decisions = {where for where in schema if where.startswith("besluiten")}
    assert schema.pop("onderdelen") == {part.value for part in Part}
    assert {where: taken for where, taken in schema.items() if where not in decisions} == {
        where: taken for where, taken in known.items() if where not in decisions
    }


def test_roles_decisions_and_terms_are_those_of_the_reader() -> None:
    there = SCHEMA["properties"]
    roles = there["mensen"]["items"]["properties"]["rollen"]["items"]["enum"]
    assert set(roles) == {role.value for role in Role if role is not Role.UNKNOWN}
    assert set(there["domeinen"]["additionalProperties"]["enum"]) == {role.value for role in DOMAIN_ROLES}
    assert {name for names in NEEDED_DECISIONS.values() for name in names} <= set(there["besluiten"]["properties"])


@pytest.mark.parametrize("text", [SCHOOL, SCHOOL + BESIDES])
def test_a_file_that_the_reader_takes_fits_the_schema(text: str) -> None:

    assert list(misfits(tomllib.loads(text), SCHEMA)) == []


def test_a_file_that_init_writes_names_the_schema() -> None:
    assert "school.schema.json" in FILE.splitlines()[0]


def misfits(value: Any, node: Mapping[str, Any], where: str = "") -> list[str]:
    """What of the value does not fit; as much of JSON Schema as the file uses."""
    kinds = {"string": str | date | time, "object": dict, "array": list, "boolean": bool, "integer": int}
    if not isinstance(value, kinds[node["type"]]):
        return [where]
    found = [where] if "enum" in node and value not in node["enum"] else []
    if isinstance(value, dict):
        found += [f"{where}.{name}" for name in node.get("required", []) if name not in value]
        for name, inner in value.items():
            known = node.get("properties", {}).get(name, node["additionalProperties"])
            found += [f"{where}.{name}"] if known is False else misfits(inner, known, f"{where}.{name}")
    if isinstance(value, list):
        found += [where] if len(value) < node.get("minItems", 0) else []
        for each in value:
            found += misfits(each, node["items"], f"{where}[]")
    return found
