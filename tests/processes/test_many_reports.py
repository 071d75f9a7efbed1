"""A school with very many reports: the inbox and a new report cost hardly more than with a few."""

import statistics
import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import Engine, insert, text

from bot.reports.ports import Urgency
from bot.storage.rows.outbox import DeliveryRow
from bot.storage.rows.reports import CaseStepRow, GrantRow, ReportRow
from tests.cast import HANS, OLGA
from tests.dialogue import SCHOOL_DAY, Dialogue, start
from tests.scenarios.test_reporting import send, tell
from tests.wire_events import Someone

FEW, MANY, SHORT = 100, 100_000, 3_000
TRIES = 15
AT_MOST = 2.0


def fill(engine: Engine, begin: int, end: int) -> None:
    """Reports as they lie there after years, open and closed, each with two readers and its notices."""
    with engine.begin() as connection:
        for first in range(begin, end, 5_000):
            numbers = range(first, min(first + 5_000, end))
            connection.execute(insert(ReportRow), [report(number) for number in numbers])
            connection.execute(insert(GrantRow), [grant(number, who) for number in numbers for who in (OLGA, HANS)])
            connection.execute(insert(CaseStepRow), [step(number) for number in numbers])
            connection.execute(insert(DeliveryRow), [delivery(number) for number in numbers])
        connection.execute(text("ANALYZE"))


def report(number: int) -> dict[str, object]:
    moment = SCHOOL_DAY - timedelta(minutes=number + 1)
    return {
        "id": f"{number:032x}",
        "code": f"C-{number}",
        "urgency": Urgency.SOON.value,
        "wrapped_key": b"k1:" + bytes(60),
        "body": bytes(700),
        "reporter_index": f"{number % 900:064x}",
        "received_at": moment,
        "retain_until": SCHOOL_DAY + timedelta(days=300),
        "closed_at": moment if number % 3 else None,
        # Most open ones were read or taken on; of some the timer has something to do today.
        "look_at": SCHOOL_DAY + timedelta(hours=number % 50) if number % 30 == 0 else None,
        "held": False,
    }


def grant(number: int, who: Someone) -> dict[str, object]:
    moment = SCHOOL_DAY - timedelta(minutes=number + 1)
    return {
        "case_id": f"{number:032x}",
        "user_id": who.user,
        "granted_at": moment,
        "opened_at": moment,
        "sees_story": True,
    }


def step(number: int) -> dict[str, object]:
    return {"case_id": f"{number:032x}", "number": 0, "body": bytes(200)}


def delivery(number: int) -> dict[str, object]:
    moment = SCHOOL_DAY - timedelta(minutes=number + 1)
    return {
        "id": f"d{number:031x}",
        "kind": "report.waits",
        "address": f"person:{OLGA.user}",
        "subject": f"{number:032x}",
        "priority": 1,
        "message_id": f"client-{number:040x}",
        "created_at": moment,
        "not_before": moment,
        "state": "delivered",
        "attempts": 0,
        "delivered_at": moment,
    }


def milliseconds(act: Callable[[], object], clock: Callable[[], float]) -> float:
    """The median of many times, in milliseconds."""
    times = []
    for _ in range(TRIES):
        begun = clock()
        act()
        times.append((clock() - begun) * 1000)
    return statistics.median(times)


def measured(talk: Dialogue, clock: Callable[[], float]) -> tuple[float, float]:
    inbox = milliseconds(lambda: talk.slash(OLGA, OLGA.direct, 9, dialog=True), clock)
    return inbox, milliseconds(lambda: send(talk, tell(talk)), clock)


@pytest.mark.parametrize(
    ("backend", "many"),
    [
        ("sqlite", SHORT),
        pytest.param("sqlite", MANY, marks=pytest.mark.slow),
        pytest.param("postgres", MANY, marks=pytest.mark.slow),
    ],
)
def test_with_very_many_reports_the_inbox_and_a_new_report_cost_at_most_twice_as_much(
    request: pytest.FixtureRequest, backend: str, many: int
) -> None:
    # SQLite works in this very process: its CPU says more than a clock beside other work.
    clock = time.process_time if backend == "sqlite" else time.perf_counter
    engine: Engine = request.getfixturevalue(f"{backend}_engine")
    talk = start(engine=engine)
    fill(engine, 0, FEW)
    inbox_few, new_few = measured(talk, clock)
    fill(engine, FEW, many)
    inbox_many, new_many = measured(talk, clock)
    talk.bot.engine.dispose()
    costs = (inbox_few, inbox_many, new_few, new_many)
    # Half a millisecond is what a clock and a busy machine add by themselves.
    assert inbox_many <= AT_MOST * inbox_few + 0.5, costs
    assert new_many <= AT_MOST * new_few + 0.5, costs
