"""`protocolbot keys`: under which keys reports lie, and bringing all of them under the first one."""

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import click

from bot.reports.categories import Categories
from bot.reports.keeping.auditing import Auditor
from bot.reports.keeping.rewrapping import BATCH, Batch, Rewrapping
from bot.reports.sealing import Keyring
from bot.reports.submitting import Intake
from bot.school.calendar import SchoolCalendar
from bot.storage.transactions import Store, Transaction
from bot.wiring import read_keys, read_school_file
from handlers import start
from handlers.verbs.opening import open_store
from handlers.verbs.saying import as_json, say, saying_what_is_wrong
from handlers.verbs.shell.progress import progress

SWEEPS_AT_MOST = 5
"""How often to come back for rows that somebody else was changing."""

_KINDS: Mapping[str, str] = {"cases": "meldingen", "drafts": "concepten", "heads": "handtekeningen"}


@dataclass(frozen=True, slots=True)
class Rotated:
    """How many rows were taken over now, and how many still need an older key."""

    cases: int
    drafts: int
    heads: int
    older: Mapping[str, Mapping[str, int]]


@click.group()
def keys() -> None:
    """The keys that reports lie under; shows counts and ids of keys, never a key or a report."""


@keys.command(epilog="Example: protocolbot keys show")
@as_json
@saying_what_is_wrong
def show(json_wanted: bool) -> None:  # noqa: FBT001 - click hands every option over by name
    """Count the rows under each key, and say which key can be dropped."""
    store, _ = open_store()
    keyring = read_keys(start.read_settings())
    with store.read() as transaction:
        counts = {kind: dict(found) for kind, found in transaction.rewrapping.marks().items()}
    ids = [key.id for key in keyring.keys]
    unknown = sorted({key for found in counts.values() for key in found} - set(ids))
    for key in (*ids, *unknown):
        words = ", ".join(f"{found.get(key, 0)} {_KINDS[kind]}" for kind, found in counts.items())
        role = "verzegelt" if key == ids[0] else "ontbreekt in REPORT_KEYS" if key in unknown else "opent alleen nog"
        numbers = {kind: found.get(key, 0) for kind, found in counts.items()}
        fields = {"key": key, "first": key == ids[0], "known": key not in unknown, **numbers}
        say(json_wanted, fields, f"{key} ({role}): {words}")


@keys.command(epilog="Example: protocolbot keys rotate")
@as_json
@saying_what_is_wrong
def rotate(json_wanted: bool) -> None:  # noqa: FBT001 - click hands every option over by name
    """Bring every report under the first key of REPORT_KEYS; can be stopped and started again at any moment."""
    store, _ = open_store()
    settings = start.read_settings()
    keyring = read_keys(settings)
    intake = Intake(keyring, Categories.load(), SchoolCalendar(read_school_file(settings.school_file).hours))
    with store.read() as transaction:
        marks = transaction.rewrapping.marks()
    waiting = sum(number for found in marks.values() for key, number in found.items() if key != keyring.keys[0].id)
    with progress(waiting, "Sleutels") as done_more:
        done = take_over(store, keyring, intake, tell=done_more)
    older = {kind: sum(found.values()) for kind, found in done.older.items()}
    counts = {"cases": done.cases, "drafts": done.drafts, "heads": done.heads}
    words = ", ".join(f"{number} {_KINDS[kind]}" for kind, number in counts.items())
    sentence = f"Onder sleutel {keyring.keys[0].id} gebracht: {words}.\n{_rest(older)}"
    say(json_wanted, {**counts, "older": older}, sentence)
    if any(older.values()):
        sys.exit(1)


def take_over(
    store: Store,
    keyring: Keyring,
    intake: Intake,
    *,
    most: int = BATCH,
    tell: Callable[[int], None] = lambda _done: None,
) -> Rotated:
    """Take over all that lies under an older key; each batch commits by itself, and `tell` hears its size."""
    with store.read() as transaction:
        rewrapping = Rewrapping.of(keyring, intake.reporter_of, transaction.rewrapping)
    cases = _in_batches(store, lambda found, after: rewrapping.cases(found.rewrapping, after=after, most=most), tell)
    drafts = _in_batches(store, lambda found, after: rewrapping.drafts(found.rewrapping, after=after, most=most), tell)
    with store.write() as transaction:
        heads = Auditor(keyring).sign_with_first_key(transaction.audit)
    with store.read() as transaction:
        marks = transaction.rewrapping.marks()
    first = keyring.keys[0].id
    older = {kind: {key: number for key, number in found.items() if key != first} for kind, found in marks.items()}
    return Rotated(cases, drafts, heads, older)


def _in_batches(store: Store, work: Callable[[Transaction, str], Batch], tell: Callable[[int], None]) -> int:
    """Go through all rows, and again for what was locked; tells how many were changed."""
    total = 0
    for _ in range(SWEEPS_AT_MOST):
        after: str | None = ""
        changed = 0
        while after is not None:
            with store.write() as transaction:
                batch = work(transaction, after)
            changed, after = changed + batch.changed, batch.last
            tell(batch.changed)
        total += changed
        if not changed:
            break
    return total


def _rest(older: Mapping[str, int]) -> str:
    if not any(older.values()):
        return "Er ligt niets meer onder een oudere sleutel. Haal die pas weg na een uur: zo lang leven concepten."
    words = ", ".join(f"{number} {_KINDS[kind]}" for kind, number in older.items() if number)
    return (
        f"Nog onder een andere sleutel: {words}. Geef het nog een keer; blijft het, kijk dan met protocolbot keys show."
    )
