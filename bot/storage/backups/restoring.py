"""Puts a backup into an empty database, without what was purged since: it is never there, not even for a moment."""

import itertools
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, func, insert, select
from sqlalchemy.orm import Session

from bot.reports.keeping.auditing import Auditor, Books
from bot.reports.keeping.backups import KEYS_KEPT
from bot.reports.ports import CaseId
from bot.reports.sealing import Keyring
from bot.storage.backups.keys_folder import BackedUpKeys, KeysFolder, read_keys
from bot.storage.backups.lines import BackupRefused, Fields, decoded, read_lines
from bot.storage.backups.writing import KEY_COLUMN
from bot.storage.migrate import migrate, revisions
from bot.storage.rows.audit import AuditHeadRow, PurgedCaseRow
from bot.storage.rows.reports import ReportRow
from bot.storage.rows.schema import schema
from bot.storage.transactions import transaction_in

_AT_ONCE = 200
_KEPT_OF_PURGED = frozenset({AuditHeadRow.__tablename__, PurgedCaseRow.__tablename__})
"""The purge itself looks after these."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore put back, and how many cases it left out because they were purged or past their time."""

    rows: int
    cases: int
    purged: int


@dataclass(slots=True)
class _Counts:
    rows: int = 0
    cases: int = 0
    left_out: set[CaseId] = field(default_factory=set)
    without_key: int = 0
    unknown_key: Counter[str] = field(default_factory=Counter)


def restore_backup(engine: Engine, data: Path, keys: Path, keyring: Keyring, *, day: date, now: datetime) -> Restored:
    """Fill an empty database from both files, in one transaction; `day` is today at school.

    Raises BackupRefused, and leaves the database empty, when a file is not whole or of another version of the bot, when
    keys are too old, missing or under a master key that is not there, or when the list of purges is not beside them.
    """
    opened, purged = read_keys(keys), KeysFolder(keys.parent).deletions()
    if opened.taken_at < now - KEYS_KEPT:
        raise BackupRefused(f"Deze sleutels zijn ouder dan {KEYS_KEPT.days} dagen en mogen niet meer bestaan.")
    lines = read_lines(data, "gegevens")
    if next(lines).get("revision") != revisions()[-1]:
        raise BackupRefused("Deze reservekopie is van een andere versie van de bot. Zet haar terug met die versie.")
    migrate(engine)
    with Session(engine, execution_options={"populate_existing": True}) as session, session.begin():
        connection = session.connection()
        _refuse_unless_empty(connection)
        counts = _fill(connection, lines, opened, purged, keyring)
        transaction = transaction_in(session)
        books, auditor = Books(transaction.reports, transaction.histories, transaction.audit), Auditor(keyring)
        if counts.left_out:
            auditor.remove(books, sorted(counts.left_out), day, now)
        over = auditor.purge(books, day, now)
    return Restored(counts.rows, counts.cases - over, len(counts.left_out) + over)


def _refuse_unless_empty(connection: Connection) -> None:
    for table in schema().sorted_tables:
        if connection.scalar(select(func.count()).select_from(table)):
            raise BackupRefused("De database is niet leeg. Zet een reservekopie alleen in een nieuwe database.")


def _refuse_unreadable(counts: _Counts) -> None:
    if counts.without_key:
        raise BackupRefused(
            f"Van {counts.without_key} meldingen staat de sleutel niet in dit bestand. "
            "Neem het bestand met sleutels van hetzelfde moment, of van later."
        )
    if counts.unknown_key:
        ids = ", ".join(sorted(counts.unknown_key))
        raise BackupRefused(
            f"REPORT_KEYS mist de sleutel waaronder deze meldingen liggen: {ids}. Zet die er achteraan bij."
        )


def _fill(
    connection: Connection,
    lines: Iterator[Fields],
    opened: BackedUpKeys,
    purged: Collection[CaseId],
    keyring: Keyring,
) -> _Counts:
    counts, tables = _Counts(), schema().tables
    for name, group in itertools.groupby(lines, key=lambda line: str(line["table"])):
        table = tables.get(name)
        if table is None:
            raise BackupRefused("Dit is geen bestand met gegevens van deze bot.")
        rows = _wanted(table, group, opened, purged, keyring, counts)
        while some := list(itertools.islice(rows, _AT_ONCE)):
            connection.execute(insert(table), some)
            counts.rows += len(some)
        _refuse_unreadable(counts)
    return counts


def _wanted(
    table: Table,
    lines: Iterator[Fields],
    opened: BackedUpKeys,
    purged: Collection[CaseId],
    keyring: Keyring,
    counts: _Counts,
) -> Iterator[dict[str, Any]]:
    known = {key.id for key in keyring.keys}
    for line in lines:
        row = {name: decoded(value) for name, value in line["row"].items()}
        if table.name not in _KEPT_OF_PURGED and _is_about(row, purged):
            if table.name == ReportRow.__tablename__:
                counts.left_out.add(CaseId(str(row["id"])))
            continue
        if table.name == ReportRow.__tablename__:
            wrapped = opened.keys.get(CaseId(str(row["id"])))
            if wrapped is None:
                counts.without_key += 1
                continue
            key_id = wrapped.partition(b":")[0].decode("ascii", errors="replace")
            if key_id not in known:
                counts.unknown_key[key_id] += 1
            row[KEY_COLUMN] = wrapped
            counts.cases += 1
        yield row


def _is_about(row: Mapping[str, object], cases: Collection[CaseId]) -> bool:
    """Whether any field is the id of one of these cases: its own row, a grant, a step, a delivery."""
    return any(value in cases for value in row.values() if isinstance(value, str))
