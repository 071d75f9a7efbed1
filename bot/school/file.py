"""Reads a school's facts from its TOML file; an error names the line's meaning and what is expected there."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any
from zoneinfo import ZoneInfo

from bot.school.facts import Contact, Decision, Part, SchoolFacts, SchoolHours
from bot.school.people import Email, Person, Role

LEAST_IN_CHAIN = 3
"""Every chain names at least three people, so that two can be excluded and somebody is left."""

NEEDED_DECISIONS: Mapping[Part, tuple[str, ...]] = {
    Part.ANSWERS: ("hosting", "onder_18"),
    Part.ETIQUETTE: ("hosting", "onder_18"),
    Part.STAFF_REPORTS: ("hosting", "onder_18", "dpia", "mr", "ontvangers", "bewaartermijnen", "vault"),
    Part.PUPIL_REPORTS: (
        "hosting",
        "onder_18",
        "dpia",
        "mr",
        "ontvangers",
        "bewaartermijnen",
        "vault",
        "route_ouders",
    ),
}
"""What must have been decided before a part may be on (design: section 2.5, `[onderdelen]` and `[besluiten]`)."""


class SchoolFileError(ValueError):
    """The school's file cannot be used; the message says where and what is expected."""


@dataclass(frozen=True, slots=True)
class _Place:
    """A table of the file with its name, so that an error can say where it is."""

    where: str
    table: Mapping[str, Any]

    def sub(self, key: str) -> "_Place":
        value = self.table.get(key, {})
        if not isinstance(value, dict):
            raise SchoolFileError(f"{self._at(key)}: hier hoort een blok [{key}] te staan.")
        return _Place(self._at(key), value)

    def text(self, key: str, meaning: str, default: str | None = None) -> str:
        value = self.table.get(key, default)
        if not isinstance(value, str) or (not value.strip() and default is None):
            raise SchoolFileError(f"{self._at(key)}: {meaning} ontbreekt of is geen tekst tussen aanhalingstekens.")
        return value.strip()

    def flag(self, key: str) -> bool:
        value = self.table.get(key, False)
        if not isinstance(value, bool):
            raise SchoolFileError(f"{self._at(key)}: schrijf true of false.")
        return value

    def day(self, key: str, meaning: str) -> date:
        value = self.table.get(key)
        if not isinstance(value, date):
            raise SchoolFileError(f"{self._at(key)}: {meaning} ontbreekt; schrijf een datum als 2026-09-01.")
        return value

    def hour(self, key: str, meaning: str) -> time:
        value = self.table.get(key)
        if not isinstance(value, time):
            raise SchoolFileError(f"{self._at(key)}: {meaning} ontbreekt; schrijf een tijd als 08:30:00.")
        return value

    def rows(self, key: str, meaning: str) -> list["_Place"]:
        value = self.table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
            raise SchoolFileError(f"{self._at(key)}: {meaning} hoort een lijst van blokken [[{key}]] te zijn.")
        return [_Place(f"{self._at(key)}, nummer {number}", row) for number, row in enumerate(value, start=1)]

    def texts(self, key: str, meaning: str) -> tuple[str, ...]:
        value = self.table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise SchoolFileError(f"{self._at(key)}: {meaning} hoort een lijst van teksten te zijn.")
        return tuple(item.strip() for item in value)

    def _at(self, key: str) -> str:
        return f"{self.where} > {key}" if self.where else key


def read_school(text: str) -> SchoolFacts:
    """The facts in this file; raises SchoolFileError."""
    try:
        top = _Place("", tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise SchoolFileError(f"Het schoolbestand is geen geldige TOML: {error}") from error
    school = top.sub("school")
    people = _people(top)
    decisions = _decisions(top)
    roles = top.sub("domeinen")
    return SchoolFacts(
        name=school.text("naam", "de naam van de school"),
        short_name=school.text("korte_naam", "de korte naam van de school"),
        demo=top.flag("demo"),
        people=people,
        domain_roles={domain.lower(): _role(roles, domain) for domain in roles.table},
        leadership=_chain(top, "schoolleiding", people, Role.LEADER),
        board=_chain(top, "bestuur", people, Role.BOARD),
        supervisors=_chain(top, "toezicht", people, Role.SUPERVISOR),
        last_resort=_last_resort(top, people),
        hours=_hours(top),
        contacts=tuple(
            Contact(name=row.text("naam", "wie het is"), phone=row.text("telefoon", "het telefoonnummer"))
            for row in top.rows("contact", "de contactpersonen")
        ),
        parts_on=_parts(top, decisions),
        decisions=decisions,
        staff_may_add_groups=top.sub("groepen").flag("medewerker_mag_zelf_toevoegen"),
        reminder_seed=school.text("zaad_herinneringen", "de tekst waaruit de herinneringen worden geloot", "protocol"),
    )


def _people(top: _Place) -> dict[Email, Person]:
    people: dict[Email, Person] = {}
    for row in top.rows("mensen", "de lijst van mensen"):
        email = Email(row.text("email", "het e-mailadres").lower())
        if "@" not in email:
            raise SchoolFileError(f"{row.where} > email: dit is geen e-mailadres.")
        if email in people:
            raise SchoolFileError(f"{row.where} > email: dit adres staat er al.")
        people[email] = Person(
            email=email,
            name=row.text("naam", "de naam"),
            roles=frozenset(_role_named(row, name) for name in row.texts("rollen", "de rollen")),
            classes=frozenset(row.texts("klassen", "de klassen")),
        )
    return people


def _role(place: _Place, key: str) -> Role:
    return _role_named(place, place.text(key, "de rol"))


def _role_named(place: _Place, name: str) -> Role:
    try:
        return Role(name)
    except ValueError:
        known = ", ".join(role.value for role in Role)
        raise SchoolFileError(f"{place.where}: “{name}” is geen rol. Kies uit: {known}.") from None


def _chain(top: _Place, key: str, people: Mapping[Email, Person], role: Role) -> tuple[Email, ...]:
    emails = tuple(Email(email.lower()) for email in top.sub("ontvangers").texts(key, f"de ontvangers van {key}"))
    for email in emails:
        if email not in people or role not in people[email].roles:
            raise SchoolFileError(f"ontvangers > {key}: {email} staat niet bij [[mensen]] met de rol {role.value}.")
    if role is not Role.LEADER and len(set(emails)) < LEAST_IN_CHAIN:
        raise SchoolFileError(f"ontvangers > {key}: noem minstens {LEAST_IN_CHAIN} verschillende mensen.")
    if not emails:
        raise SchoolFileError(f"ontvangers > {key}: noem minstens één ontvanger.")
    return emails


def _last_resort(top: _Place, people: Mapping[Email, Person]) -> Email:
    email = Email(top.sub("ontvangers").text("laatste", "wie ontvangt wat niemand anders mag zien").lower())
    if email not in people:
        raise SchoolFileError(f"ontvangers > laatste: {email} staat niet bij [[mensen]].")
    return email


def _hours(top: _Place) -> SchoolHours:
    hours = top.sub("tijden")
    zone = hours.text("tijdzone", "de tijdzone", "Europe/Amsterdam")
    try:
        ZoneInfo(zone)
    except (KeyError, ValueError):
        raise SchoolFileError("tijden > tijdzone: deze tijdzone bestaat niet; schrijf Europe/Amsterdam.") from None
    region = hours.text("regio", "de vakantieregio (noord, midden of zuid)").lower()
    if region not in {"noord", "midden", "zuid"}:
        raise SchoolFileError("tijden > regio: kies noord, midden of zuid.")
    return SchoolHours(
        time_zone=zone,
        speak_from=hours.hour("spreken_van", "vanaf wanneer de bot iets mag sturen"),
        speak_until=hours.hour("spreken_tot", "tot wanneer de bot iets mag sturen"),
        lessons_from=hours.hour("lessen_van", "het begin van de lessen"),
        lessons_until=hours.hour("lessen_tot", "het einde van de lessen"),
        breaks=tuple(
            (row.hour("van", "het begin van de pauze"), row.hour("tot", "het einde van de pauze"))
            for row in hours.rows("pauze", "de pauzes")
        ),
        region=region,
        days_off=tuple(
            (row.day("van", "de eerste vrije dag"), row.day("tot", "de laatste vrije dag"), row.text("naam", "waarom"))
            for row in hours.rows("vrij", "de eigen vrije dagen")
        ),
    )


def _decisions(top: _Place) -> tuple[Decision, ...]:
    place = top.sub("besluiten")
    return tuple(
        Decision(
            name=name,
            by=place.sub(name).text("door", "wie dit besloot"),
            on=place.sub(name).day("datum", "wanneer dit besloten is"),
        )
        for name in place.table
    )


def _parts(top: _Place, decisions: tuple[Decision, ...]) -> frozenset[Part]:
    place = top.sub("onderdelen")
    known = {part.value for part in Part}
    for name in place.table:
        if name not in known:
            raise SchoolFileError(
                f"onderdelen > {name}: dit onderdeel bestaat niet. Kies uit: {', '.join(sorted(known))}."
            )
    decided = {decision.name for decision in decisions}
    return frozenset(part for part in Part if place.flag(part.value) and decided.issuperset(NEEDED_DECISIONS[part]))
