"""`protocolbot reports`: numbers about a year, and drills; never a report, a name in one, or who made one."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime

import click

from bot.outbox.delivery import with_mail
from bot.reports.casefile import Casefile
from bot.reports.categories import Categories
from bot.reports.histories import ChainBroken, Histories
from bot.reports.overview.counting import Overview
from bot.reports.overview.gathering import Overviews, Sources
from bot.reports.overview.joining import Row
from bot.reports.routing import Chain, candidates
from bot.reports.sealing import CannotOpen
from bot.reports.submitting import Intake
from bot.reports.trials.status import Answer, Sent, answers
from bot.reports.trials.trials import Trials
from bot.school.calendar import SchoolCalendar
from bot.school.facts import SchoolFacts
from bot.school.people import Email, UserId
from bot.storage.transactions import Store, Transaction
from bot.wiring import read_keys
from bot.wording.catalogue import Wording
from handlers import start
from handlers.conversations.cases import overview as words
from handlers.verbs.opening import open_store, school_in_force
from handlers.verbs.saying import as_json, say, saying_what_is_wrong

FIRST_YEAR, LAST_YEAR = 2000, 2999


@click.group()
def reports() -> None:
    """Numbers and drills; shows nothing of any one report."""


@reports.command(epilog="Example: protocolbot reports overview --year 2026 --for schoolleiding")
@click.option("--year", type=click.IntRange(FIRST_YEAR, LAST_YEAR), required=True)
@click.option(
    "--for",
    "whose",
    type=click.Choice([Chain.LEADERSHIP.value, Chain.BOARD.value]),
    default=Chain.LEADERSHIP.value,
    help="Whose overview: give the board's to the board only.",
)
@as_json
@saying_what_is_wrong
def overview(year: int, whose: str, *, json_wanted: bool) -> None:
    """A year in numbers, from which no single report can be told; only what all of the row may read counts."""
    store, now = open_store()
    facts, keyring = school_in_force(store, now), read_keys(start.read_settings())
    row = Chain(whose)
    try:
        with store.read() as transaction:
            sources = Sources(transaction.people, transaction.overview, transaction.histories)
            intake = Intake(keyring, Categories.load(), SchoolCalendar(facts.hours))
            made = Overviews(facts, intake).of(row, year, sources)
    except (CannotOpen, ChainBroken):
        raise click.ClickException("Een zaak is niet te openen. Geef: protocolbot audit verify.") from None
    say(json_wanted, _fields(row, made), _on_paper(row, made))


def _fields(row: Chain, made: Overview) -> dict[str, object]:
    return {
        "year": made.year,
        "for": row.value,
        "total": made.total,
        "topics": _rows(made.topics),
        "urgencies": _rows(made.urgencies),
        "read": _rows(made.readings),
        "ended": _rows(made.ends),
    }


def _rows(rows: tuple[Row, ...]) -> list[Mapping[str, object]]:
    return [{"names": list(row.names), "number": row.number} for row in rows]


def _on_paper(row: Chain, made: Overview) -> str:
    t = Wording.load().dutch
    lines = [t("overview.title", year=made.year, whose=t(f"overview.of.{row}"))]
    lines.append(f"{t('overview.total')}: {words.total(made, t)}")
    for heading, rows in words.tables(made, t):
        lines += ["", heading, *(f"  {name}: {number}" for name, number in rows)]
    return "\n".join([*lines, "", *words.explained(row, t)])


@reports.command(epilog="Example: protocolbot reports drill --status")
@click.option("--status", "asked", is_flag=True, help="Say who has not confirmed the last drill.")
@click.option("--again", is_flag=True, help="Send one, also when another one is not over yet.")
@as_json
@saying_what_is_wrong
def drill(*, asked: bool, again: bool, json_wanted: bool) -> None:
    """Send a marked trial through every route; each recipient confirms it in /zaken. It is gone after a week."""
    store, now = open_store()
    settings = start.read_settings()
    facts, trials = school_in_force(store, now), Trials(read_keys(settings))
    if not asked:
        send_drill(store, facts, trials, now.astimezone(UTC), again=again, by_mail=settings.smtp_url is not None)
    with store.read() as transaction:
        found = last_drill(trials, transaction, now)
        people = _people(facts, transaction)
    if not found:
        raise click.ClickException("Er is geen oefening geweest in de laatste zeven dagen.")
    told = answers(facts, found, people)
    for answer in told:
        say(json_wanted, asdict(answer), _sentence(answer, facts))
    missing = sum(not answer.confirmed for answer in told)
    if not json_wanted:
        click.echo(f"Bevestigd: {len(told) - missing} van de {len(told)}.")
    if asked and missing:
        sys.exit(1)


def send_drill(
    store: Store, facts: SchoolFacts, trials: Trials, now: datetime, *, again: bool, by_mail: bool = False
) -> None:
    """Keep the trials with their notices, by every road; raises ClickException while another drill is not over."""
    calendar, story = SchoolCalendar(facts.hours), Wording.load().dutch("trial.story")
    histories = Histories(trials.keyring)
    with store.write() as transaction:
        if last_drill(trials, transaction, now) and not again:
            raise click.ClickException("Er loopt nog een oefening. Kijk met --status, of stuur er nog een met --again.")
        bindings = transaction.people.of_emails(candidates(facts))
        reachable = {email: bound for email, bound in bindings.items() if bound.direct_message is not None}
        for trial in trials.drill(facts, reachable, calendar, story, now=now):
            transaction.reports.add(trial.case, trial.grants)
            histories.append(trial.case, Casefile(trial.case.urgency), trial.entry, transaction.histories)
            for notice in trial.deliveries:
                for delivery in with_mail(notice) if by_mail else (notice,):
                    transaction.deliveries.add(delivery)


def last_drill(trials: Trials, transaction: Transaction, now: datetime) -> Sequence[Sent]:
    """The trials that were sent together last."""
    kept = [(case, trials.chain_of(case)) for case in transaction.overview.over_at_once(now)]
    last = max((case.received_at for case, chain in kept if chain is not None), default=None)
    return [
        Sent(chain, transaction.reports.readers(case.id), transaction.deliveries.about(case.id))
        for case, chain in kept
        if chain is not None and case.received_at == last
    ]


def _people(facts: SchoolFacts, transaction: Transaction) -> Mapping[UserId, Email]:
    return {bound.user: email for email, bound in transaction.people.of_emails(candidates(facts)).items()}


def _sentence(answer: Answer, facts: SchoolFacts) -> str:
    where = f"{answer.chain}, kopie" if answer.copy else answer.chain.value
    if not answer.reached:
        state = "niet bereikt: heeft nog geen privégesprek met de bot"
    elif answer.confirmed:
        state = "bevestigd"
    else:
        state = "nog niet bevestigd, bericht is er" if answer.delivered else "nog niet bevestigd, bericht is onderweg"
    return f"{where}: {facts.person(answer.person).name}: {state}"
