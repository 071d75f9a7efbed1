"""A new version takes over from the old one while people ask and report: no event is lost and none counts twice.

PostgreSQL, two workers, the old one told to stop (SIGTERM) with requests under way. Whatever is cut off is sent again,
to the new one, as Google does.
"""

import os
import signal
import threading
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import text

from simulator import faults
from simulator.demo.bot_process import BotProcess, migrate
from simulator.demo.environment import free_port
from simulator.posting import Answer, NoAnswer, over_http
from simulator.records import Dialog, Outcome
from tests.databases import PostgresServer, opened
from tests.processes.school import OLGA, ROOT, SANNE, School, school

REPORTS = 6
QUESTIONS = 40
A_CALL = 0.4
"""Seconds that Google takes for a call, so that reports are under way when the old worker must go."""

SECONDS_TO_STOP = 30.0


@dataclass
class FrontEnd:
    """What stands before the workers, as App Engine does: events go to the worker that has the traffic."""

    old: int
    new: int
    moved: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)
    under_way: int = 0
    finished_by_old_after: int = 0
    retried: int = 0

    def __call__(self, address: str, headers: Mapping[str, str], body: bytes) -> Answer:
        went_to_old = not self.moved.is_set()
        to = address if went_to_old else address.replace(str(self.old), str(self.new))
        with self.lock:
            self.under_way += went_to_old
        try:
            answer = over_http(to, headers, body)
        except NoAnswer:
            with self.lock:
                self.retried += 1
            raise
        finally:
            with self.lock:
                self.under_way -= went_to_old
        with self.lock:
            self.finished_by_old_after += went_to_old and self.moved.is_set()
        return answer


@pytest.fixture
def database(postgres_server: PostgresServer) -> Iterator[str]:
    """An empty database behind a unix socket, as Cloud SQL's."""
    with postgres_server.database("template0") as name:
        yield postgres_server.url(name)


@contextmanager
def rolling(folder: Path, database: str) -> Iterator[tuple[School, FrontEnd, BotProcess]]:
    """The old worker serves, and the new one is ready."""
    with school(folder, database=database, log_level="INFO") as here:
        port = free_port()
        with BotProcess(here.environ, ROOT, port, folder / "new.log") as new:
            new.wait_until_ready()
            front = FrontEnd(here.port, port)
            here.running.chat.poster.send = front
            here.running.chat.poster.retries = 5
            yield here, front, new


def send_away(here: School) -> float:
    """SIGTERM to the old worker; the seconds until it was gone."""
    assert here.bot is not None
    begun = time.monotonic()
    os.kill(here.bot._process.pid, signal.SIGTERM)
    here.bot._process.wait(SECONDS_TO_STOP)
    return time.monotonic() - begun


def ask(here: School, number: int) -> Outcome:
    return here.running.chat.type(SANNE, "spaces/DM101", f"Mag ik foto {number} van mijn klas online zetten?")


def test_the_old_worker_goes_while_reports_are_sent_and_nothing_is_lost_or_doubled(
    tmp_path: Path, database: str
) -> None:
    with rolling(tmp_path / "bot", database) as (here, front, _):
        pages = [here.review(f"Iemand stuurt nare berichten, nummer {number}.") for number in range(REPORTS)]
        here.running.world.faults.slow_seconds = A_CALL
        here.fault(faults.SLOW_API)
        with ThreadPoolExecutor(REPORTS + 2) as people:
            sent = [people.submit(here.send, page) for page in pages]
            asked = [people.submit(ask, here, number) for number in range(QUESTIONS)]
            while front.under_way < REPORTS // 2:
                time.sleep(0.01)
            front.moved.set()
            took = send_away(here)
            reports, answers = [one.result() for one in sent], [one.result() for one in asked]
        here.fault(faults.SLOW_API, on=False)
        assert front.finished_by_old_after > 0, "nothing was under way; the test shows nothing"
        assert took < SECONDS_TO_STOP
        assert all("Je melding is opgeslagen" in str(shown.as_json()) for shown in reports)
        assert all(answer.ok for answer in answers)
        with opened(database) as engine, engine.connect() as connection:
            stored = connection.execute(text("SELECT count(*) FROM reports")).scalar_one()
        assert stored == REPORTS
        assert inbox(here) == REPORTS


@pytest.mark.slow
def test_a_request_that_the_old_worker_cut_off_is_done_once_by_the_new_one(tmp_path: Path, database: str) -> None:
    with rolling(tmp_path / "bot", database) as (here, front, _):
        page = here.review("Iemand stuurt nare berichten.")
        here.running.world.faults.slow_seconds = 2.0
        here.fault(faults.SLOW_API)
        pressed = here.send_in_background(page)
        while not front.under_way:
            time.sleep(0.01)
        time.sleep(0.3)
        front.moved.set()
        # Harder than App Engine ever is: it does not wait until the request is over.
        here.kill_bot()
        pressed.join(60)
        here.fault(faults.SLOW_API, on=False)
        assert front.retried >= 1
        assert "Je melding is opgeslagen" in str(here.shown[-1].as_json())
        assert inbox(here) == 1


def test_a_dialog_that_was_begun_with_the_old_worker_is_finished_with_the_new_one(
    tmp_path: Path, database: str
) -> None:
    with rolling(tmp_path / "bot", database) as (here, front, new):
        page = here.review("Iemand stuurt nare berichten.")
        front.moved.set()
        send_away(here)
        assert "Je melding is opgeslagen" in str(here.send(page).as_json())
        assert new.is_running
        assert inbox(here) == 1


def test_the_old_worker_survives_a_migration_that_adds(tmp_path: Path, database: str) -> None:
    with rolling(tmp_path / "bot", database) as (here, _, _new):
        page = here.review("Iemand stuurt nare berichten.")
        with opened(database) as engine, engine.begin() as connection:
            for table in ("reports", "deliveries", "grants", "people", "spaces", "seen_events", "drafts"):
                connection.execute(text(f"ALTER TABLE {table} ADD COLUMN of_the_next_version VARCHAR(32)"))
            connection.execute(text("CREATE TABLE of_the_next_version (id VARCHAR(32) PRIMARY KEY)"))
        # The step itself, given again while both serve, finds nothing to do.
        migrate(here.environ, ROOT, here.log)
        assert "Je melding is opgeslagen" in str(here.send(page).as_json())
        assert ask(here, 1).ok
        assert inbox(here) == 1


def inbox(here: School) -> int:
    """How many reports a leader finds."""
    shown: Dialog | None = here.running.chat.type(OLGA, "spaces/DM301", "/zaken").dialog
    assert shown is not None
    return str(shown.card).count("Openen")
