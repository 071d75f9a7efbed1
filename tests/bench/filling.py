"""Fills a database with groups and reports as they lie there after years, thousands a second."""

import time
from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine, insert, text

from bot.storage.rows.outbox import DeliveryRow
from bot.storage.rows.reports import CaseStepRow, GrantRow, ReportRow
from bot.storage.rows.spaces import SpaceRow
from tests.processes.school import HANS, OLGA
from tests.processes.test_many_reports import delivery, report, step

AT_ONCE = 5_000


def fill(engine: Engine, begin: int, end: int) -> float:
    """Add groups and reports number `begin` up to `end`; the seconds that it took."""
    begun = time.monotonic()
    for first in range(begin, end, AT_ONCE):
        numbers = range(first, min(first + AT_ONCE, end))
        with engine.begin() as connection:
            connection.execute(insert(SpaceRow), [_group(number) for number in numbers])
            connection.execute(insert(ReportRow), [report(number) for number in numbers])
            connection.execute(insert(GrantRow), [_grant(number, who) for number in numbers for who in (OLGA, HANS)])
            connection.execute(insert(CaseStepRow), [step(number) for number in numbers])
            connection.execute(insert(DeliveryRow), [delivery(number) for number in numbers])
    with engine.begin() as connection:
        connection.execute(text("ANALYZE"))
    return time.monotonic() - begun


def _grant(number: int, user: str) -> dict[str, object]:
    received = report(number)["received_at"]
    return {
        "case_id": f"{number:032x}",
        "user_id": user,
        "granted_at": received,
        "opened_at": received,
        "sees_story": True,
    }


def _group(number: int) -> dict[str, object]:
    return {
        "name": f"spaces/FILL{number}",
        "ref": f"f{number:031x}",
        "kind": "SPACE",
        "display_name": f"Groep {number}",
        "state": "sanctioned",
        "dialect": "classic",
        "added_by": "users/201",
        "added_at": datetime.now(UTC) - timedelta(days=9),
    }
