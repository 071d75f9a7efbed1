"""Thousands of groups are due at once: every group hears it once, Google refuses nothing, and no report waits.

In real time, against the local Google Chat with Google's quotas as sliding windows and 150 ms for a call.
"""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, insert, text

from bot.outbox.delivery import Kind, Priority, owe, to_group
from bot.outbox.pace import GOOGLES_MINUTE, KEPT_FOR_REPORTS
from bot.school.spaces import SpaceName
from bot.storage.rows.outbox import DeliveryRow
from bot.storage.rows.spaces import ReminderRow, SpaceRow
from simulator import faults
from simulator.demo.bot_process import command
from simulator.google.quota import Limits
from tests.databases import PostgresServer, opened
from tests.processes.school import OLGA, ROOT, School, school

A_CALL = 0.150
WORKERS = 4
ALLOWED = 1.10
"""How much longer than Google's quota less the reserve it may take."""

STARTING = 12.0
"""Seconds for four commands to start on two cores, before the first message; not part of the quota."""

A_REPORT_WAITS = 10.0
ITEM = "A1"


@dataclass
class Morning:
    """A school whose groups are all due, with timers that send and pupils who report meanwhile."""

    here: School
    groups: tuple[SpaceName, ...]
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)

    def start_workers(self, count: int = WORKERS) -> None:
        for _ in range(count):
            self.workers.append(
                subprocess.Popen(
                    [command("protocolbot"), "jobs", "run", "send"],
                    env=self.here.environ,
                    cwd=ROOT,
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    start_new_session=True,
                )
            )

    def kill_one(self) -> None:
        """SIGKILL, while it holds leases and permits."""
        os.killpg(self.workers[0].pid, signal.SIGKILL)
        self.workers[0].wait()

    def heard(self) -> list[int]:
        """How many messages each group has."""
        return [len(self.here.running.world.messages_in(group)) for group in self.groups]

    def wait_for(self, count: int, seconds: float) -> None:
        until = time.monotonic() + seconds
        while (heard := sum(self.heard())) < count:
            assert time.monotonic() < until, f"{heard} of {len(self.groups)} groups have heard something"
            time.sleep(0.25)
            self.next_minute()

    def next_minute(self) -> None:
        """The timer comes again: what a killed worker held is free when its lease is over."""
        if all(worker.poll() is not None for worker in self.workers):
            self.start_workers(1)

    def report(self) -> None:
        """Somebody reports; remembers how long it took until a leader was told."""
        # Whoever was told less than ten minutes ago is not told again.
        self.here.running.world.clock.forward(11)
        before, review = len(self.here.notices(OLGA)), self.here.review("Iemand stuurt nare berichten.")
        pressed = time.monotonic()
        self.here.send(review)
        while len(self.here.notices(OLGA)) == before:
            assert time.monotonic() - pressed < 60, "nobody was told"
            time.sleep(0.05)
        self.waits.append(time.monotonic() - pressed)

    def stop(self) -> None:
        for worker in self.workers:
            if worker.poll() is None:
                os.killpg(worker.pid, signal.SIGKILL)
            worker.wait()


def fill(engine: Engine, groups: tuple[SpaceName, ...], now: datetime) -> None:
    """Every group is sanctioned, and its reminder is owed since now."""
    spaces, reminders, deliveries = [], [], []
    for number, group in enumerate(groups):
        ref = f"{number:032x}"
        spaces.append(
            {
                "name": group,
                "ref": ref,
                "kind": "SPACE",
                "display_name": f"Groep {number}",
                "state": "sanctioned",
                "dialect": "classic",
                "added_by": "users/201",
                "added_at": now - timedelta(days=9),
            }
        )
        reminders.append({"id": ref, "space": group, "slot": now, "item": ITEM})
        owed = owe(Kind.REMINDER, to_group(group), ref, Priority.REMINDER, now=now)
        row = {name: getattr(owed, name) for name in DeliveryRow.__table__.columns.keys()}  # noqa: SIM118 - not a dict
        deliveries.append(row | {"kind": owed.kind.value, "state": owed.state.value, "priority": owed.priority.value})
    with engine.begin() as connection:
        for table, rows in ((SpaceRow, spaces), (ReminderRow, reminders), (DeliveryRow, deliveries)):
            for first in range(0, len(rows), 1000):
                connection.execute(insert(table), rows[first : first + 1000])


@contextmanager
def morning(folder: Path, database: str, count: int) -> Iterator[Morning]:
    with school(folder, database=database, log_level="INFO", limits=Limits()) as here:
        world = here.running.world
        members = ("users/101", "users/201")
        groups = tuple(SpaceName(world.add_space(f"Groep {n}", members, bot_member=True).name) for n in range(count))
        with opened(here.environ["DATABASE_URL"]) as engine:
            fill(engine, groups, world.clock.now())
        world.faults.slow_seconds = A_CALL
        world.faults.set(faults.SLOW_API, True)
        at_work = Morning(here, groups)
        try:
            yield at_work
        finally:
            at_work.stop()


def go_through(at_work: Morning, *, reports_every: float, killed_at: float = 0.5) -> float:
    """Send to all, with one worker killed on the way and reports meanwhile; how many seconds it took."""
    over = threading.Event()

    def keep_reporting() -> None:
        while not over.wait(reports_every):
            at_work.report()

    quota = at_work.here.running.quota
    before = quota.refused
    reporting = threading.Thread(target=keep_reporting)
    began = time.monotonic()
    at_work.start_workers()
    reporting.start()
    try:
        at_most = len(at_work.groups) / 20 + 90
        at_work.wait_for(int(len(at_work.groups) * killed_at), at_most)
        at_work.kill_one()
        at_work.wait_for(len(at_work.groups), at_most)
        took = time.monotonic() - began
    finally:
        over.set()
        reporting.join()
    assert set(at_work.heard()) == {1}, "every group once"
    assert quota.refused == before, "Google had to say that it was too much"
    return took


def a_quota_of(groups: int) -> float:
    """The seconds that Google's quota less the reserve allows for so many."""
    return groups / (GOOGLES_MINUTE - KEPT_FOR_REPORTS) * 60


def settled(at_work: Morning) -> int:
    with opened(at_work.here.environ["DATABASE_URL"]) as engine, engine.connect() as connection:
        there = text("SELECT count(*) FROM deliveries WHERE kind = 'etiquette.reminder' AND state = 'delivered'")
        return int(connection.execute(there).scalar_one())


def test_three_hundred_groups_hear_it_once_while_a_worker_is_killed_and_somebody_reports(
    tmp_path: Path, postgres_server: PostgresServer
) -> None:
    with postgres_server.database("template0") as name, morning(tmp_path / "b", postgres_server.url(name), 300) as now:
        # A killed worker's leases end after 22 seconds at most; whoever comes then takes over.
        assert go_through(now, reports_every=3, killed_at=0.1) < a_quota_of(300) * ALLOWED + STARTING + 25
        assert max(now.waits) < A_REPORT_WAITS


@pytest.mark.slow
def test_three_hundred_groups_of_a_school_with_one_machine_and_a_file(tmp_path: Path) -> None:
    with morning(tmp_path / "bot", "", 300) as now:
        assert go_through(now, reports_every=3) < a_quota_of(300) * ALLOWED + STARTING + 25
        assert max(now.waits) < A_REPORT_WAITS


@pytest.mark.slow
def test_ten_thousand_groups_are_done_within_a_tenth_of_what_googles_quota_allows(
    tmp_path: Path, postgres_server: PostgresServer
) -> None:
    name = postgres_server.database("template0")
    with name as it, morning(tmp_path / "bot", postgres_server.url(it), 10_000) as now:
        took = go_through(now, reports_every=15)
        print(f"10,000 groups in {took:.0f} s; reports waited {max(now.waits):.1f} s at most of {len(now.waits)}")  # noqa: T201 - `pytest -rP` shows it
        assert took < a_quota_of(10_000) * ALLOWED
        assert len(now.waits) >= 10
        assert max(now.waits) < A_REPORT_WAITS
        for worker in now.workers[1:]:
            assert worker.wait(60) == 0
        assert settled(now) == 10_000
