"""`protocolbot roster`: read class lists from a file, and show which classes have one; of pupils it shows nothing."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import click
from google.auth.exceptions import GoogleAuthError

from bot.directory.classroom import SCOPES, ClassroomCourses
from bot.google_account.delegation import DelegationImpossible, delegated_credentials
from bot.groups.rosters.decoding import MOST_BYTES, Refusal, RosterRefused
from bot.groups.rosters.ports import CourseUnknown
from bot.groups.rosters.reading import Problem, Reason, RosterFile, class_key, is_class, read_course, read_roster
from bot.settings import Settings
from bot.wiring import read_school_file
from handlers import start
from handlers.verbs.opening import open_store
from handlers.verbs.saying import as_json, say, saying_what_is_wrong

REFUSALS: Mapping[Refusal, str] = {
    Refusal.EMPTY: "Het bestand is leeg.",
    Refusal.TOO_LARGE: f"Het bestand is te groot voor een klassenlijst (meer dan {MOST_BYTES // 1_000_000} MB).",
    Refusal.WORKBOOK: "Dit is een werkmap van Excel. Open het in Excel en kies: Opslaan als, CSV UTF-8.",
    Refusal.OTHER_KIND: "Dit is geen CSV-bestand. Exporteer de lijst opnieuw, als CSV.",
    Refusal.NO_HEADER: "Er is geen rij met koppen gevonden. Er moet een kolom E-mail zijn, en liefst ook Klas.",
    Refusal.NO_CLASS: "Er is geen kolom Klas gevonden. Voeg die toe, of zeg met --class van welke klas de lijst is.",
}

REASONS: Mapping[Reason, str] = {
    Reason.NO_EMAIL: "er staat geen e-mailadres",
    Reason.BAD_EMAIL: "wat er staat is geen e-mailadres",
    Reason.OUTSIDE: "het adres is niet van een leerling van de school",
    Reason.STAFF: "het adres is van een medewerker",
    Reason.FORMULA: "er staat een formule",
    Reason.NO_CLASS: "er staat geen klas",
    Reason.BAD_CLASS: "wat er staat is geen klas; Excel maakt soms een getal of een datum van een klas",
    Reason.TWICE: "deze leerling stond al in deze klas",
    Reason.UNREADABLE: "de rij is niet te lezen; er ontbreekt een aanhalingsteken",
    Reason.CUT_OFF: "hier houdt het bestand midden in een rij op; exporteer het opnieuw",
    Reason.TWO_CLASSES: "deze leerling staat ook in een andere klas; de leerling staat nu in allebei",
    Reason.NAME_LEFT_OUT: "de naam is niet te gebruiken; de leerling staat er met het adres",
}


@click.group()
def roster() -> None:
    """Class lists: read them from a file (CSV), and show which classes have one."""


@roster.command("import", epilog="Example: protocolbot roster import klassen.csv --dry-run")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--class", "only_class", help="Read this class only, or say of which class a list without classes is.")
@click.option("--whole-school", is_flag=True, help="Forget the classes that are not in FILE.")
@click.option("--dry-run", is_flag=True, help="Only say what would happen.")
@as_json
@saying_what_is_wrong
def import_file(file: Path, only_class: str | None, *, whole_school: bool, dry_run: bool, json_wanted: bool) -> None:
    """Keep the class lists in FILE, each in the place of its old one; rows that cannot be used are listed."""
    if whole_school and only_class is not None:
        raise click.UsageError("Kies: één klas (--class), of de hele school (--whole-school).")
    _check_class(only_class)
    read = _read(file, only_class, json_wanted=json_wanted)
    for problem in read.problems:
        _say_problem(problem, json_wanted=json_wanted)
    if not read.classes:
        raise click.ClickException("Er is geen leerling gevonden die op een lijst kan. Er is niets veranderd.")
    if whole_school and read.cut_off:
        raise click.ClickException(
            "Het bestand is afgebroken: welke klassen ontbreken, is niet te zeggen. Er is niets veranderd."
        )
    _keep(read, whole_school=whole_school, dry_run=dry_run, json_wanted=json_wanted)


@roster.command("classroom", epilog="Example: protocolbot roster classroom 123456789 --class 2B --dry-run")
@click.argument("course")
@click.option("--class", "class_name", required=True, help="The class that the pupils of this course are.")
@click.option("--dry-run", is_flag=True, help="Only say what would happen.")
@as_json
@saying_what_is_wrong
def import_course(course: str, class_name: str, *, dry_run: bool, json_wanted: bool) -> None:
    """Keep the pupils of a Google Classroom COURSE (its id) as a class list, seen as DIRECTORY_SUBJECT."""
    _check_class(class_name)
    settings = start.read_settings()
    school = read_school_file(settings.school_file)
    courses = _open_courses(settings)
    try:
        read = read_course(courses.pupils_of(course), class_name, school.person)
    except CourseUnknown as unknown:
        raise click.ClickException(str(unknown)) from None
    finally:
        courses.close()
    for problem in read.problems:
        _say_problem(problem, json_wanted=json_wanted, what="leerling")
    if not read.classes:
        raise click.ClickException("Er is geen leerling gevonden die op een lijst kan. Er is niets veranderd.")
    _keep(read, whole_school=False, dry_run=dry_run, json_wanted=json_wanted)


def _check_class(class_name: str | None) -> None:
    if class_name is not None and not is_class(class_key(class_name)):
        raise click.UsageError("Geef bij --class een klas, zoals 2B.")


def _open_courses(settings: Settings) -> ClassroomCourses:
    if settings.directory_subject is None:
        raise click.ClickException("Zet in DIRECTORY_SUBJECT het adres van wie alle vakken in Classroom mag zien.")
    try:
        credentials = delegated_credentials(settings.directory_subject, SCOPES)
    except (GoogleAuthError, DelegationImpossible):
        raise click.ClickException(
            "Hier is geen serviceaccount. Zet in GOOGLE_APPLICATION_CREDENTIALS waar het sleutelbestand staat."
        ) from None
    # Where Google Chat is played on one machine, Google is played as a whole: no real school is asked.
    return ClassroomCourses(credentials, settings.chat_api_endpoint)


def _keep(read: RosterFile, *, whole_school: bool, dry_run: bool, json_wanted: bool) -> None:
    store, moment = open_store()
    with store.read() as look:
        before = {name: count for name, (count, _) in look.rosters.sizes().items()}
    gone = [name for name in before if name not in read.classes] if whole_school else []
    if not dry_run:
        with store.write() as change:
            for name, pupils in read.classes.items():
                change.rosters.replace(name, pupils, moment)
            if whole_school:
                gone = list(change.rosters.forget_all_but(read.classes.keys()))
    _say_classes(read, before, gone, dry_run=dry_run, json_wanted=json_wanted)


@roster.command(epilog="Example: protocolbot roster show")
@as_json
@saying_what_is_wrong
def show(*, json_wanted: bool) -> None:
    """List the classes that have a list, with how many pupils and since when."""
    store, moment = open_store()
    with store.read() as look:
        sizes = look.rosters.sizes()
    for name, (pupils, imported_at) in sizes.items():
        day = imported_at.astimezone(moment.tzinfo).date()
        say(json_wanted, {"class": name, "pupils": pupils, "since": str(day)}, f"{name:<10} {pupils:>3}  sinds {day}")
    if not sizes and not json_wanted:
        click.echo("Er zijn nog geen klassenlijsten. Lees ze in met: protocolbot roster import BESTAND")


def _read(file: Path, only_class: str | None, *, json_wanted: bool) -> RosterFile:
    school = read_school_file(start.read_settings().school_file)
    try:
        with file.open("rb") as opened:
            data = opened.read(MOST_BYTES + 1)
    except OSError as problem:
        raise click.ClickException(f"Het bestand is niet te lezen: {problem.strerror}.") from None
    try:
        return read_roster(data, school.person, only_class)
    except RosterRefused as refused:
        if json_wanted:
            click.echo(json.dumps({"refused": refused.reason.value}))
        raise click.ClickException(REFUSALS[refused.reason]) from None


def _say_problem(problem: Problem, *, json_wanted: bool, what: str = "regel") -> None:
    # The line number and the reason only: a name or an address here would end up in somebody's scroll or mail.
    fields = {"line": problem.line, "reason": problem.reason.value, "goes_in": problem.reason.goes_in}
    say(json_wanted, fields, f"{what} {problem.line}: {REASONS[problem.reason]}")


def _say_classes(
    read: RosterFile, before: Mapping[str, int], gone: Sequence[str], *, dry_run: bool, json_wanted: bool
) -> None:
    for name, pupils in read.classes.items():
        fields = {"class": name, "pupils": len(pupils), "before": before.get(name, 0), "kept": not dry_run}
        earlier = f" (was {before[name]})" if name in before else " (nieuw)"
        counted = "1 leerling" if len(pupils) == 1 else f"{len(pupils)} leerlingen"
        say(json_wanted, fields, f"{name}: {counted}{earlier}")
    for name in gone:
        say(json_wanted, {"class": name, "forgotten": not dry_run}, f"{name}: staat niet in het bestand, lijst weg")
    left_out = sum(not problem.reason.goes_in for problem in read.problems)
    ending = "Er is niets veranderd (--dry-run)." if dry_run else "De lijsten zijn bewaard."
    if not json_wanted:
        click.echo(f"Niet te gebruiken rijen: {left_out}. {ending}")
