"""Reads a school's facts from its TOML file; an error names the line's meaning and what is expected there."""

import re
import tomllib
from collections.abc import Mapping

from bot.school.duty import Duty
from bot.school.facts import Contact, Decision, Part, SchoolFacts, Terms
from bot.school.people import Email, Person, Role
from bot.school.reading.accounts import read_account_rules
from bot.school.reading.groups import read_group_rules
from bot.school.reading.hours import read_hours
from bot.school.reading.place import Place, SchoolFileError

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


DOMAIN_ROLES = frozenset({Role.PUPIL, Role.STAFF, Role.PARENT})
"""What a whole domain may be; every other role gives rights, and those are given to people by name."""

EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
DOMAIN = re.compile(r"[^@\s.]+(\.[^@\s.]+)+")


def read_school(text: str) -> SchoolFacts:
    """The facts in this file; raises SchoolFileError."""
    try:
        top = Place("", tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise SchoolFileError(f"Het schoolbestand is geen geldige TOML: {error}") from error
    _refuse_unknown_words(top)
    school = top.sub("school")
    people = _people(top)
    decisions = _decisions(top)
    rows = {role: _chain(top, role.value, people, role) for role in (Role.LEADER, Role.BOARD, Role.SUPERVISOR)}
    return SchoolFacts(
        name=school.text("naam", "de naam van de school"),
        short_name=school.text("korte_naam", "de korte naam van de school"),
        demo=top.flag("demo"),
        people=people,
        domain_roles=_domains(top.sub("domeinen")),
        leadership=rows[Role.LEADER],
        board=rows[Role.BOARD],
        supervisors=rows[Role.SUPERVISOR],
        last_resort=_last_resort(top, people, rows),
        duties=_duties(top, on_call=(*rows[Role.LEADER], *rows[Role.BOARD])),
        hours=read_hours(top),
        contacts=tuple(
            Contact(name=row.text("naam", "wie het is"), phone=row.text("telefoon", "het telefoonnummer"))
            for row in top.rows("contact", "de contactpersonen")
        ),
        parts_on=_parts(top, decisions),
        decisions=decisions,
        groups=read_group_rules(top.sub("groepen")),
        reminder_seed=school.text("zaad_herinneringen", "de tekst waaruit de herinneringen worden geloot", "protocol"),
        terms=_terms(top.sub("bewaartermijnen")),
        account_rules=read_account_rules(top.sub("gids")),
    )


def _refuse_unknown_words(top: Place) -> None:
    top.only(
        "demo",
        "school",
        "domeinen",
        "groepen",
        "mensen",
        "ontvangers",
        "piket",
        "contact",
        "tijden",
        "onderdelen",
        "besluiten",
        "bewaartermijnen",
        "gids",
    )
    top.sub("bewaartermijnen").only("behandeld", "overig")
    top.sub("school").only("naam", "korte_naam", "zaad_herinneringen")
    top.sub("ontvangers").only("schoolleiding", "bestuur", "toezicht", "laatste")
    top.sub("piket").only("dienst")
    for row in top.sub("piket").rows("dienst", "de diensten"):
        row.only("van", "tot", "wie", "vervanger")
    for row in top.rows("mensen", "de lijst van mensen"):
        row.only("email", "naam", "rollen", "klassen", "ook_bekend_als", "leidinggevende")
    for row in top.rows("contact", "de contactpersonen"):
        row.only("naam", "telefoon")


def _people(top: Place) -> dict[Email, Person]:
    people: dict[Email, Person] = {}
    for row in top.rows("mensen", "de lijst van mensen"):
        email = Email(row.text("email", "het e-mailadres").lower())
        if EMAIL.fullmatch(email) is None:
            raise SchoolFileError(f"{row.where} > email: dit is geen e-mailadres.")
        if email in people:
            raise SchoolFileError(f"{row.where} > email: dit adres staat er al.")
        people[email] = Person(
            email=email,
            name=row.text("naam", "de naam"),
            roles=_roles(row),
            classes=frozenset(row.texts("klassen", "de klassen")),
            aliases=tuple(row.texts("ook_bekend_als", "de andere namen")),
            line_manager=Email(row.text("leidinggevende", "de leidinggevende", "").lower()) or None,
        )
    for person in people.values():
        manager = people.get(person.line_manager) if person.line_manager is not None else None
        if person.line_manager is not None and (manager is None or not manager.is_staff or manager is person):
            raise SchoolFileError(
                f"mensen > {person.email} > leidinggevende: noem iemand anders, die bij [[mensen]] staat en hier werkt."
            )
    return people


def _roles(row: Place) -> frozenset[Role]:
    roles = frozenset(_role_named(row, name) for name in row.texts("rollen", "de rollen"))
    if not roles:
        # A misspelt key would make a teacher somebody without any role.
        raise SchoolFileError(f'{row.where} > rollen: noem minstens één rol, bijvoorbeeld rollen = ["medewerker"].')
    return roles


def _domains(place: Place) -> dict[str, Role]:
    roles: dict[str, Role] = {}
    for domain in place.table:
        role = _role_named(place, place.text(domain, "de rol"))
        if DOMAIN.fullmatch(domain) is None:
            raise SchoolFileError(f"{place.where} > {domain}: schrijf tussen aanhalingstekens wat achter de @ staat.")
        if role not in DOMAIN_ROLES:
            allowed = ", ".join(sorted(role.value for role in DOMAIN_ROLES))
            raise SchoolFileError(
                f"{place.where} > {domain}: “{role.value}” geef je aan mensen bij [[mensen]]. Kies uit: {allowed}."
            )
        roles[domain.lower()] = role
    return roles


def _role_named(place: Place, name: str) -> Role:
    try:
        return Role(name)
    except ValueError:
        known = ", ".join(role.value for role in Role)
        raise SchoolFileError(f"{place.where}: “{name}” is geen rol. Kies uit: {known}.") from None


def _chain(top: Place, key: str, people: Mapping[Email, Person], role: Role) -> tuple[Email, ...]:
    emails = tuple(Email(email.lower()) for email in top.sub("ontvangers").texts(key, f"de ontvangers van {key}"))
    for email in emails:
        if email not in people or role not in people[email].roles:
            raise SchoolFileError(f"ontvangers > {key}: {email} staat niet bij [[mensen]] met de rol {role.value}.")
    if role is not Role.LEADER and len(emails) < LEAST_IN_CHAIN:
        raise SchoolFileError(f"ontvangers > {key}: noem minstens {LEAST_IN_CHAIN} verschillende mensen.")
    if not emails:
        raise SchoolFileError(f"ontvangers > {key}: noem minstens één ontvanger.")
    if len(set(emails)) < len(emails):
        raise SchoolFileError(f"ontvangers > {key}: hier staat iemand twee keer.")
    return emails


def _last_resort(top: Place, people: Mapping[Email, Person], rows: Mapping[Role, tuple[Email, ...]]) -> Email:
    email = Email(top.sub("ontvangers").text("laatste", "wie ontvangt wat niemand anders mag zien").lower())
    if email not in people:
        raise SchoolFileError(f"ontvangers > laatste: {email} staat niet bij [[mensen]].")
    if people[email].is_any(Role.PUPIL, Role.LEADER, Role.BOARD, Role.SUPERVISOR, Role.ADMIN, Role.UNKNOWN):
        raise SchoolFileError(
            "ontvangers > laatste: dit moet iemand buiten de lijn zijn, zoals een vertrouwenspersoon."
        )
    if any(email in row for row in rows.values()):
        raise SchoolFileError("ontvangers > laatste: noem iemand buiten de lijn, die in geen andere rij staat.")
    return email


def _duties(top: Place, *, on_call: tuple[Email, ...]) -> tuple[Duty, ...]:
    duties: list[Duty] = []
    for row in top.sub("piket").rows("dienst", "de diensten"):
        duty = Duty(
            first=row.day("van", "de eerste dag van de dienst"),
            last=row.day("tot", "de laatste dag van de dienst"),
            person=_on_call(row, "wie", "wie dienst heeft", on_call),
            deputy=_on_call(row, "vervanger", "wie de vervanger is", on_call),
        )
        if duty.last < duty.first:
            raise SchoolFileError(f"{row.where} > tot: de laatste dag komt niet voor de eerste.")
        if duty.deputy == duty.person:
            raise SchoolFileError(f"{row.where} > vervanger: noem iemand anders dan wie dienst heeft.")
        for number, other in enumerate(duties, start=1):
            if duty.meets(other):
                raise SchoolFileError(f"{row.where}: op een van deze dagen loopt ook dienst nummer {number}.")
        duties.append(duty)
    return tuple(sorted(duties, key=lambda duty: duty.first))


def _on_call(row: Place, key: str, meaning: str, on_call: tuple[Email, ...]) -> Email:
    email = Email(row.text(key, meaning).lower())
    if email not in on_call:
        # Further rows get no report in the first place: such a duty would warn nobody, in silence.
        raise SchoolFileError(
            f"{row.where} > {key}: {email} staat niet bij [ontvangers], bij schoolleiding of bestuur."
        )
    return email


def _terms(place: Place) -> Terms:
    """The terms of closed cases; a pupil's file is as a rule not kept for more than two years (R39)."""
    handled = place.number("behandeld", "het aantal dagen na het afsluiten", Terms().handled, least=30, most=730)
    other = place.number("overig", "het aantal dagen na het afsluiten", Terms().other, least=7, most=182)
    if other > handled:
        raise SchoolFileError(
            "bewaartermijnen > overig: wat niet behandeld is, wordt niet langer bewaard dan wat dat wel is."
        )
    return Terms(handled, other)


def _decisions(top: Place) -> tuple[Decision, ...]:
    place = top.sub("besluiten")
    decisions = []
    for name in place.table:
        row = place.sub(name)
        by, on = row.text("door", "wie dit besloot"), row.day("datum", "wanneer dit besloten is")
        row.only("door", "datum")
        decisions.append(Decision(name, by, on))
    return tuple(decisions)


def _parts(top: Place, decisions: tuple[Decision, ...]) -> frozenset[Part]:
    place = top.sub("onderdelen")
    known = {part.value for part in Part}
    for name in place.table:
        if name not in known:
            raise SchoolFileError(
                f"onderdelen > {name}: dit onderdeel bestaat niet. Kies uit: {', '.join(sorted(known))}."
            )
    decided = {decision.name for decision in decisions}
    return frozenset(part for part in Part if place.flag(part.value) and decided.issuperset(NEEDED_DECISIONS[part]))
