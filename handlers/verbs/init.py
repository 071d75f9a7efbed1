"""`protocolbot init`: fifteen questions make a school's file, and say what must still be decided, and by whom."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TextIO

import click

from bot.school.facts import Part
from bot.school.file import NEEDED_DECISIONS, read_school
from bot.school.reading.place import SchoolFileError
from bot.school.writing import ROLES, people, school_file, spans
from handlers.verbs.saying import as_json, say

PEOPLE = "Naam <adres>, met komma's ertussen"
DECIDED_BY: Mapping[str, str] = {
    "hosting": "bestuur: waar de bot draait, en de verwerkersovereenkomst",
    "onder_18": "beheerder van Google met de schoolleiding: mogen leerlingen onder 18 deze app gebruiken",
    "dpia": "functionaris gegevensbescherming: de risico's van meldingen, op papier",
    "mr": "medezeggenschapsraad: instemming met meldingen en met wat er bewaard wordt",
    "ontvangers": "schoolleiding en bestuur: wie meldingen leest, en wie hen vervangt",
    "bewaartermijnen": "schoolleiding met de functionaris: hoe lang een afgesloten melding blijft",
    "vault": "beheerder van Google met de functionaris: wat Google Vault van de chat bewaart",
    "route_ouders": "schoolleiding: waar ouders melden, want zij hebben geen schoolaccount",
}


QUESTIONS: tuple[tuple[str, str, str | None], ...] = (
    ("name", "1. Hoe heet de school?", None),
    ("short", "2. En kort, zoals leerlingen haar noemen?", None),
    ("staff_domain", "3. Wat staat achter de @ bij medewerkers (school.nl)?", None),
    ("pupil_domain", "4. En bij leerlingen (leerling.school.nl)?", None),
    ("region", "5. In welke vakantieregio ligt de school: noord, midden of zuid?", "zuid"),
    ("lessons", "6. Van wanneer tot wanneer zijn er lessen?", "08:30-16:10"),
    ("breaks", "7. Wanneer zijn de pauzes?", "10:10-10:30, 12:10-12:40"),
    ("leaders", f"8. Wie van de schoolleiding leest meldingen? {PEOPLE}", None),
    ("board", f"9. En wie van het bestuur, minstens drie? {PEOPLE}", None),
    ("supervisors", f"10. En wie van de raad van toezicht, minstens drie? {PEOPLE}", None),
    ("last", "11. Wie leest wat niemand anders mag zien, zoals een vertrouwenspersoon? Naam <adres>", None),
    ("admins", f"12. Wie keuren groepen goed, liefst twee mensen? {PEOPLE}", None),
    ("contact", "13. Wie kun je op school bellen?", "De receptie"),
    ("phone", "14. Met welk nummer?", None),
    ("own_groups", "15. Is een groep die een medewerker toevoegt meteen goedgekeurd? (ja of nee)", "ja"),
)
"""What is asked, in this order: the key of the answer, the words, and what most schools will answer."""


@click.command(epilog="Example: protocolbot init --to mijn-school.toml")
@click.option(
    "--to", "target", type=click.Path(path_type=Path, dir_okay=False), default=Path("school.toml"), show_default=True
)
@click.option("--answers", type=click.File(encoding="utf-8"), help="The answers as JSON, instead of the questions.")
@click.option("--print", "only_print", is_flag=True, help="Write the file to the terminal and nowhere else.")
@as_json
def init(*, target: Path, answers: TextIO | None, only_print: bool, json_wanted: bool) -> None:
    """Ask what the bot must know of a school, write its file, and list what is still to be decided."""
    if not only_print and target.exists():
        raise click.ClickException(
            f"{target.name} bestaat al. Geef een andere naam met --to, of pas het bestand zelf aan."
        )
    told = _from_file(answers) if answers is not None else _asked()
    text = school_file(told)
    try:
        read_school(text)
    except SchoolFileError as problem:
        raise click.ClickException(f"Met deze antwoorden kan het niet. {problem}") from None
    if only_print:
        click.echo(text)
        return
    target.write_text(text, encoding="utf-8")
    decisions = {part.value: list(NEEDED_DECISIONS[part]) for part in Part}
    sentence = f"{target.name} is klaar. Alle onderdelen staan nog uit.\n\n{open_decisions()}"
    say(json_wanted, {"file": target.name, "to_decide": decisions}, sentence)


def _asked() -> Mapping[str, str]:
    told = {}
    for key, words, default in QUESTIONS:
        answer = click.prompt(words, default=default).strip()
        while not _fits(key, answer):
            click.echo("Dat kan ik niet lezen. Schrijf het zoals in het voorbeeld.")
            answer = click.prompt(words, default=default).strip()
        told[key] = answer
    return told


def _from_file(answers: TextIO) -> Mapping[str, str]:
    try:
        given = json.load(answers)
    except ValueError:
        raise click.ClickException("De antwoorden zijn geen JSON.") from None
    told = {key: str(given.get(key, default or "")).strip() for key, _, default in QUESTIONS}
    wrong = [f"{key}: {words}" for key, words, _ in QUESTIONS if not _fits(key, told[key])]
    if wrong:
        raise click.ClickException("Deze antwoorden ontbreken of zijn niet te lezen:\n" + "\n".join(wrong))
    return told


def _fits(key: str, answer: str) -> bool:
    match key:
        case "lessons" | "breaks":
            return bool(spans(answer))
        case "last":
            return len(people(answer)) == 1
        case _ if key in ROLES:
            return bool(people(answer))
        case "own_groups":
            return answer in {"ja", "nee"}
        case _:
            return bool(answer)


def open_decisions() -> str:
    """What must be decided for each part, and by whom."""
    lines = ["Wat de school nog moet besluiten, en wie. Zet elk besluit daarna in [besluiten], en het onderdeel aan:"]
    seen: set[str] = set()
    for part in Part:
        lines.append(f"\n{part.value}")
        for name in NEEDED_DECISIONS[part]:
            lines.append(f"  {name}: {'zie hierboven' if name in seen else DECIDED_BY[name]}")
            seen.add(name)
    return "\n".join([*lines, "\nDaarna: protocolbot doctor. Begin met antwoorden, in één groep."])
