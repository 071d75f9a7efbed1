"""`protocolbot doctor`: what is missing before the bot may go live, and what to do about each."""

import json
import os
import sys
import tomllib
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import click
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.checkup.findings import Finding, Weight, error
from bot.checkup.live import check_accounts, check_chat, no_account
from bot.checkup.routes import check_routes
from bot.checkup.running import Kept, check_kept, check_protocol, check_settings
from bot.checkup.school import check_decisions, check_people, check_reach
from bot.checkup.seats import check_seats
from bot.directory.opening import open_accounts
from bot.etiquette.items import Items, ItemsRefused
from bot.google_account.secrets import SecretUnavailable
from bot.outbox.delivery import LATE_AFTER
from bot.protocol.quoting import Quotations
from bot.reports.categories import Categories, CategoriesRefused
from bot.reports.keeping.heads import ROLL
from bot.reports.routing import readers_of_anything
from bot.school.accounts.ports import Account
from bot.school.calendar import SchoolCalendar
from bot.school.facts import Part, SchoolFacts
from bot.school.file import NEEDED_DECISIONS
from bot.school.people import UserId
from bot.school.seats.seats import with_seats
from bot.settings import Settings, SettingsError
from bot.storage.engine import open_engine
from bot.storage.migrate import at_head
from bot.storage.transactions import Store
from bot.wiring import open_chat, read_facts, read_keys, read_protocol
from handlers import start

HALF_DONE = "Verbeter dit eerst; daarna ziet doctor de rest."


@click.command(epilog="Example: protocolbot doctor --live")
@click.option("--live", is_flag=True, help="Ask Google too: the token, a list of groups, the directory.")
@click.option("--json", "json_wanted", is_flag=True, help="Write JSON, one finding a line.")
def doctor(*, live: bool, json_wanted: bool) -> None:
    """Look at settings, school file, protocol, decisions, routes and timer; changes nothing.

    Ends with 1 when something must be mended before anybody uses the bot.
    """
    findings = list(all_findings(datetime.now(UTC)))
    if live:
        findings += live_findings()
    for each in findings:
        click.echo(_line(each) if json_wanted else _sentence(each))
    errors = sum(each.weight is Weight.ERROR for each in findings)
    if not json_wanted:
        mistakes, others = _several(errors, "fout", "fouten"), _several(len(findings) - errors, "punt", "punten")
        click.echo(f"{mistakes}, {others} om naar te kijken." if findings else "Alles is in orde.")
    if errors:
        sys.exit(1)


def _several(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"


def all_findings(now: datetime) -> Iterator[Finding]:
    """Everything that can be told today; what cannot be read is one finding, and the rest waits for it."""
    try:
        settings = start.read_settings()
    except (SettingsError, SecretUnavailable) as problem:
        yield error("instellingen", f"De instellingen kloppen niet. {problem}.", HALF_DONE)
        return
    today = now.date()
    yield from _about_keys(settings)
    yield from _about_protocol(settings, today)
    try:
        facts = read_facts(settings)
    except SettingsError as problem:
        yield error("schoolbestand", f"Het schoolbestand is niet te gebruiken. {problem}", HALF_DONE)
        return
    calendar = SchoolCalendar(facts.hours)
    yield from check_decisions(facts, _wanted(settings.school_file), NEEDED_DECISIONS, today)
    yield from check_people(facts)
    yield from check_reach(facts, calendar, today)
    yield from _about_what_is_kept(settings, facts, now)


def live_findings() -> Iterator[Finding]:
    """What Google says; nothing where the settings or the school's file cannot be read, which is a finding already."""
    try:
        settings = start.read_settings()
        facts = read_facts(settings)
        chat = open_chat(settings)
    except (SecretUnavailable, SettingsError) as problem:
        if "GOOGLE_APPLICATION_CREDENTIALS" in str(problem):
            yield no_account()
        return
    try:
        yield from check_chat(chat, _readers(settings, facts))
    finally:
        chat.close()
    if facts.account_rules:
        yield from check_accounts(lambda: _accounts(settings))


def _readers(settings: Settings, facts: SchoolFacts) -> list[UserId]:
    try:
        with Store(open_engine(settings.database_url)).read() as transaction:
            bound = transaction.people.of_emails(readers_of_anything(facts)).values()
    except (SQLAlchemyError, OSError):
        # A finding of its own, above.
        return []
    return [binding.user for binding in bound if binding.direct_message is not None]


def _accounts(settings: Settings) -> Sequence[Account]:
    accounts = open_accounts(settings.directory_subject, settings.chat_api_endpoint)
    try:
        return accounts.all()
    finally:
        accounts.close()


def _about_keys(settings: Settings) -> Iterator[Finding]:
    try:
        keys = len(read_keys(settings).keys)
    except SettingsError as problem:
        yield error(
            "sleutels",
            f"De sleutels van de meldingen kloppen niet. {problem}",
            "Maak een sleutel zoals in deploy/runbook.md.",
        )
        keys = 0
    yield from check_settings(settings, os.environ, keys)


def _about_protocol(settings: Settings, today: date) -> Iterator[Finding]:
    try:
        loaded, items = read_protocol(settings.protocol_dir), Items.load()
    except SettingsError as problem:
        yield error(
            "protocol", f"Het protocol is niet te lezen. {problem}", "Kijk het na met protocolbot protocol check."
        )
        return
    except ItemsRefused as problem:
        yield error("herinneringen", str(problem), "Verbeter de herinneringen op die plek.")
        return
    quotations = Quotations(loaded.document, loaded.reviewed)
    codes = [article.code for article in loaded.document.articles]
    reviewed = [code for code in codes if quotations.is_reviewed(code)]
    yield from check_protocol(loaded.document, reviewed, len(items.usable(codes, reviewed)), today)


def _about_what_is_kept(settings: Settings, facts: SchoolFacts, now: datetime) -> Iterator[Finding]:
    try:
        categories = Categories.load()
    except CategoriesRefused as problem:
        yield error("onderwerpen", f"De tabel met onderwerpen klopt niet. {problem}", "Verbeter de tabel op die plek.")
        return
    try:
        engine = open_engine(settings.database_url)
        if not at_head(engine):
            yield error("database_niet_bij", "De database is niet bij.", "Geef: protocolbot migrate.")
            return
        yield from _in_database(engine, facts, categories, now)
    except (SQLAlchemyError, OSError) as problem:
        # Its message may hold the address with the password.
        kind = type(problem).__name__
        yield error(
            "database", f"De database is niet te gebruiken ({kind}).", "Staat de server aan, en klopt DATABASE_URL?"
        )


def _in_database(engine: Engine, facts: SchoolFacts, categories: Categories, now: datetime) -> Iterator[Finding]:
    with Store(engine).read() as transaction:
        roll, in_force = transaction.audit.head(ROLL), transaction.seats.in_force()
        # Routes are those that hold, or will once a first list is confirmed.
        holds = facts if in_force is None else with_seats(facts, in_force.seats, reports_open=True)
        bindings = transaction.people.of_emails(readers_of_anything(holds))
        kept = Kept(
            late_notices=transaction.deliveries.late(now),
            unwatched_cases=transaction.reports.unwatched(now - LATE_AFTER),
            cases=len(transaction.audit.cases()),
            signed_on=roll.day if roll is not None else None,
        )
    reachable = {email for email, bound in bindings.items() if bound.direct_message is not None}
    yield from check_routes(holds, categories, reachable)
    yield from check_kept(kept, now.date())
    yield from check_seats(facts, in_force)


def _wanted(path: Path) -> frozenset[Part]:
    """The parts that the file switches on, decided or not; the file was read before and is TOML."""
    table = tomllib.loads(path.read_text(encoding="utf-8-sig")).get("onderdelen", {})
    return frozenset(part for part in Part if table.get(part.value) is True)


def _sentence(each: Finding) -> str:
    return f"{each.weight.value.upper()}: {each.what}\n  -> {each.fix}"


def _line(each: Finding) -> str:
    fields = {"weight": each.weight.value, "key": each.key, "what": each.what, "fix": each.fix}
    return json.dumps(fields, ensure_ascii=False)
