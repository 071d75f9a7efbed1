"""`protocolbot school diff|apply`: what the school's file says otherwise about who reads reports, and proposing it."""

import sys
from datetime import datetime

import click

from bot.school.facts import SchoolFacts
from bot.school.people import Email
from bot.school.seats.agreeing import InForce
from bot.school.seats.seats import Difference, Seats, differences, seats_in
from bot.storage.seats.known import KnownSchool
from bot.storage.transactions import Store
from bot.wiring import read_school_file
from handlers import start
from handlers.conversations.leading.proposing import propose
from handlers.verbs.opening import open_store
from handlers.verbs.saying import as_json, say, saying_what_is_wrong

SAME = "Wie meldingen leest, is in het schoolbestand hetzelfde als wat nu geldt."
WAITS = "Het voorstel wacht tot iemand van de schoolleiding of het bestuur in Google Chat akkoord is."
NOT_CONFIRMED = (
    "De lijst in het schoolbestand is nog door niemand bevestigd. Iedereen op de lijst bevestigt hem zelf, met /zaken."
)


@click.group()
def school() -> None:
    """The school's file beside what holds; most of it holds at the next start, who reads reports only when agreed."""


@school.command(epilog="Example: protocolbot school diff")
@as_json
@saying_what_is_wrong
def diff(*, json_wanted: bool) -> None:
    """Say what the school's file has otherwise about who reads reports; ends with 1 when there is something."""
    _, _, in_force, wanted = _both()
    found = differences(in_force.seats, wanted)
    for each in found:
        say(json_wanted, _fields(each), _sentence(each, in_force.seats, wanted))
    if not found and not json_wanted:
        click.echo(SAME if in_force.was_ever_confirmed else NOT_CONFIRMED)
    if found:
        sys.exit(1)


@school.command(epilog="Example: protocolbot school apply --as arie@school.nl --reason Wissel")
@click.option("--as", "proposer", required=True, metavar="EMAIL", help="Who proposes this; somebody else agrees.")
@click.option("--reason", required=True, help="Why; whoever agrees reads it.")
@click.option("--dry-run", is_flag=True, help="Only say what would be proposed.")
@as_json
@saying_what_is_wrong
def apply(proposer: str, reason: str, *, dry_run: bool, json_wanted: bool) -> None:
    """Propose the file's list of who reads reports; it holds when somebody who sits already agrees in Chat."""
    store, now, in_force, wanted = _both()
    by = Email(proposer.strip().lower())
    if by not in _facts().people:
        raise click.ClickException("Wie dit voorstelt, staat niet bij [[mensen]] in het schoolbestand.")
    if not in_force.was_ever_confirmed:
        raise click.ClickException(NOT_CONFIRMED)
    found = differences(in_force.seats, wanted)
    proposed = False
    if found and not dry_run:
        with store.write() as change:
            proposed = propose(change, in_force, wanted, now, by=by, reason=" ".join(reason.split())) is not None
    fields = {"differences": [_fields(each) for each in found], "proposed": proposed, "dry_run": dry_run}
    lines = [_sentence(each, in_force.seats, wanted) for each in found] or [SAME]
    if found:
        lines.append("Er is niets voorgesteld." if dry_run else WAITS)
    say(json_wanted, fields, "\n".join(lines))


def _both() -> tuple[Store, datetime, InForce, Seats]:
    store, now = open_store()
    facts = _facts()
    return store, now, KnownSchool(facts, store, lambda: now).in_force(), seats_in(facts)


def _facts() -> SchoolFacts:
    return read_school_file(start.read_settings().school_file)


def _fields(each: Difference) -> dict[str, object]:
    return {"row": each.row.value, "who": each.who, "comes": each.comes, "of": each.of}


def _sentence(each: Difference, before: Seats, after: Seats) -> str:
    seats = after if each.comes else before
    of = f" van {seats.name(each.of)}" if each.of is not None else ""
    return f"{'+' if each.comes else '-'} {each.row.value}{of}: {seats.name(each.who)} ({each.who})"
