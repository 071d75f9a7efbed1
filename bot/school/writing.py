"""Writes a school's file from the answers to a few questions, in the words and the order of the example."""

import json
from collections.abc import Mapping, Sequence
from email.utils import getaddresses

from bot.school.facts import Part

ROLES = {
    "leaders": "schoolleiding",
    "board": "bestuur",
    "supervisors": "toezicht",
    "last": "vertrouwenspersoon",
    "admins": "beheerder",
}
"""Which role the people of each answer have."""

AT_WORK_HERE = frozenset({"schoolleiding", "beheerder"})
"""Roles of people who are staff as well."""

FILE = """\
#:schema deploy/school.schema.json
# De feiten van de school, gemaakt met protocolbot init. Elke regel mag je aanpassen; protocolbot doctor kijkt ze na.

[school]
naam = {name}
korte_naam = {short}
zaad_herinneringen = {short}

# Wie niet bij [[mensen]] staat, krijgt de rol van het domein van zijn adres.
[domeinen]
{pupil_domain} = "leerling"
{staff_domain} = "medewerker"

[groepen]
medewerker_mag_zelf_toevoegen = {own_groups}

{people}

[ontvangers]
schoolleiding = {leaders}
bestuur = {board}
toezicht = {supervisors}
laatste = {last}

[[contact]]
naam = {contact}
telefoon = {phone}

[tijden]
tijdzone = "Europe/Amsterdam"
regio = {region}
spreken_van = 08:00:00
spreken_tot = 18:00:00
lessen_van = {lessons_from}:00
lessen_tot = {lessons_until}:00

{breaks}

[onderdelen]
{parts}

# Zo zet je een besluit neer: hosting = {{ door = "bestuur", datum = 2026-09-01 }}
[besluiten]
"""


def school_file(told: Mapping[str, str]) -> str:
    """The file for these answers; `bot.school.file.read_school` says whether it can be used."""
    rows = {key: people(told[key]) for key in ROLES}
    listed = {key: _list([email for _, email in rows[key]]) for key in ("leaders", "board", "supervisors")}
    texts = {key: _text(told[key]) for key in ("name", "short", "contact", "phone")}
    lower = {key: _text(told[key].lower()) for key in ("pupil_domain", "staff_domain", "region")}
    [(lessons_from, lessons_until), *_] = spans(told["lessons"])
    breaks = (f"[[tijden.pauze]]\nvan = {start}:00\ntot = {end}:00" for start, end in spans(told["breaks"]))
    return FILE.format(
        **texts,
        **lower,
        **listed,
        last=_text(rows["last"][0][1]),
        own_groups="true" if told["own_groups"] == "ja" else "false",
        people="\n\n".join(_everybody(rows)),
        lessons_from=lessons_from,
        lessons_until=lessons_until,
        breaks="\n\n".join(breaks),
        parts="\n".join(f"{part.value} = false" for part in Part),
    )


def people(answer: str) -> Sequence[tuple[str, str]]:
    """Name and address of each in `Naam <adres>, Naam <adres>`; none when one of them cannot be read."""
    found = [(name.strip(), email.strip().lower()) for name, email in getaddresses([answer])]
    return found if all(name and "@" in email for name, email in found) else ()


def spans(answer: str) -> Sequence[tuple[str, str]]:
    """Times such as `10:10-10:30, 12:10-12:40`; none when one of them cannot be read."""
    pairs = [tuple(part.strip().rjust(5, "0") for part in span.partition("-")[::2]) for span in answer.split(",")]
    return [(start, end) for start, end in pairs] if all(map(_is_time, [one for pair in pairs for one in pair])) else ()


def _is_time(text: str) -> bool:
    hour, colon, minute = text.partition(":")
    digits = hour.isdecimal() and minute.isdecimal() and bool(colon)
    return digits and int(hour) < 24 and len(minute) == 2 and int(minute) < 60  # noqa: PLR2004 - a clock


def _everybody(rows: Mapping[str, Sequence[tuple[str, str]]]) -> Sequence[str]:
    roles: dict[str, list[str]] = {}
    names: dict[str, str] = {}
    for key, role in ROLES.items():
        for name, email in rows[key]:
            names.setdefault(email, name)
            roles.setdefault(email, []).extend(["medewerker", role] if role in AT_WORK_HERE else [role])
    return [
        f"[[mensen]]\nemail = {_text(email)}\nnaam = {_text(name)}\nrollen = {_list(roles[email])}"
        for email, name in names.items()
    ]


def _text(value: str) -> str:
    # JSON's strings are TOML's basic strings, control characters included.
    return json.dumps(value, ensure_ascii=False)


def _list(values: Sequence[str]) -> str:
    return "[" + ", ".join(map(_text, dict.fromkeys(values))) + "]"
