"""Writes a backup of a serving bot: what the database holds at one moment, and the keys to it somewhere else.

Our own copy of the tables, on both databases alike: `pg_dump` and SQLite's own backup copy whole rows, and so would put
the keys of the cases beside the cases.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, select

from bot.reports.ports import CaseId
from bot.storage.backups.keys_folder import KeysFolder
from bot.storage.backups.lines import Fields, encoded, write_lines
from bot.storage.engine import reading
from bot.storage.migrate import revisions
from bot.storage.rows.audit import PurgedCaseRow
from bot.storage.rows.reports import ReportRow
from bot.storage.rows.schema import schema

SHORT_LIVED = frozenset({"drafts", "seen_events", "question_memory", "exports", "rounds", "pace_lanes", "pace_spaces"})
"""Gone within hours, and promised to be: they are in no backup."""

KEY_COLUMN = ReportRow.wrapped_key.key


@dataclass(frozen=True, slots=True)
class Written:
    """The files of one backup, with how many rows and keys are in them."""

    data: Path
    keys: Path
    rows: int
    cases: int


def write_backup(engine: Engine, data: Path, keys: KeysFolder, now: datetime) -> Written:
    """Write both files; the keys of cases that were purged go from the folder's other files too."""
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    wrapped: dict[CaseId, bytes] = {}
    with reading(engine).connect() as connection, connection.begin():
        path = data / f"data-{name}.jsonl.gz"
        opening = {"revision": revisions()[-1], "taken_at": encoded(now)}
        rows = write_lines(path, opening, _rows(connection, wrapped))
        purged = [CaseId(case) for case in connection.scalars(select(PurgedCaseRow.case_id))]
    written = keys.write(name, now, wrapped)
    keys.let_go(purged, now)
    return Written(path, written, rows, len(wrapped))


def _rows(connection: Connection, wrapped: dict[CaseId, bytes]) -> Iterator[Fields]:
    """All rows, those that others point to first; the wrapped keys are left out and put into `wrapped`."""
    for table in schema().sorted_tables:
        if table.name in SHORT_LIVED:
            continue
        for row in connection.execute(select(table)).mappings():
            fields = dict(row)
            if table.name == ReportRow.__tablename__:
                wrapped[CaseId(fields["id"])] = fields.pop(KEY_COLUMN)
            yield {"table": table.name, "row": {name: encoded(value) for name, value in fields.items()}}
