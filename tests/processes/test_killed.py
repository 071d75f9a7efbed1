"""kill -9 between storing and delivering: what was confirmed or stored is delivered once, whatever dies when."""

import time
from pathlib import Path

import pytest

from simulator import faults
from simulator.records import Dialect
from tests.processes.school import HANS, OLGA, School, school

STORY = "Iemand stuurt elke avond nare berichten."
WAITS = ["Er staat iets voor je klaar."]


LEASE_SECONDS = 15.5
"""Leases go by real time: 15 s for what a request tried itself (bot/outbox/sending.py)."""

REPORTS = 20


def wait_for_a_call(here: School, before: int) -> None:
    """Until the bot is in the middle of a call to Google."""
    until = time.monotonic() + 15
    while here.running.world.faults.struck <= before:
        assert time.monotonic() < until, "the bot never called Google"
        time.sleep(0.02)


def kill_in_the_middle(here: School, fault: str) -> float:
    """Kill the bot while its call to Google hangs; returns when that was (monotonic seconds)."""
    review = here.review(STORY)
    here.running.world.faults.slow_seconds = 4.0
    before = here.running.world.faults.struck
    here.fault(fault)
    pressing = here.send_in_background(review)
    wait_for_a_call(here, before)
    called = time.monotonic()
    time.sleep(0.3)
    here.kill_bot()
    pressing.join(30)
    here.fault(fault, on=False)
    return called


def test_killed_while_google_was_slow_the_message_is_there_once_after_one_sweep(tmp_path: Path) -> None:
    with school(tmp_path / "bot") as here:
        called = kill_in_the_middle(here, faults.SLOW_API)
        here.start_bot()
        time.sleep(max(0.0, called + LEASE_SECONDS - time.monotonic()))
        assert here.sweep().exit == 0
        assert here.notices(OLGA) == WAITS
        assert here.notices(HANS) == WAITS
        assert here.sweep().exit == 0
        assert here.notices(OLGA) == WAITS


def test_killed_after_google_had_the_message_but_before_it_was_marked_nobody_sees_it_twice(tmp_path: Path) -> None:
    with school(tmp_path / "bot") as here:
        here.fault(faults.CUT_AFTER_CREATE, hits=1, of=1)
        assert "nog niet afgeleverd" in str(here.send(here.review(STORY)).as_json())
        assert here.notices(OLGA) == WAITS
        here.kill_bot()
        here.fault(faults.CUT_AFTER_CREATE, on=False)
        here.start_bot()
        # The failed tries wait two to three seconds before they are tried again.
        time.sleep(3.5)
        assert here.sweep().exit == 0
        assert (here.notices(OLGA), here.notices(HANS)) == (WAITS, WAITS)


@pytest.mark.slow
@pytest.mark.parametrize("backend", ["sqlite", "postgres"])
def test_killed_again_and_again_while_google_fails_nothing_is_lost_and_nothing_is_seen_twice(
    tmp_path: Path, request: pytest.FixtureRequest, backend: str
) -> None:
    """Twenty reports, the bot killed at another moment of each, Google failing every third call."""
    database = ""
    if backend == "postgres":
        server = request.getfixturevalue("postgres_server")
        server.run("CREATE DATABASE killed")
        database = server.url("killed")
    with school(tmp_path / "bot", Dialect.CLASSIC, database=database, log_level="INFO") as here:
        here.fault(faults.API_500)
        here.fault(faults.CUT_AFTER_CREATE)
        here.running.world.faults.slow_seconds = 0.15
        here.fault(faults.SLOW_API)
        for number in range(REPORTS):
            pressing = here.send_in_background(here.review(STORY))
            here.running.world.clock.forward(11)
            time.sleep(0.02 + number * 0.05)
            here.kill_bot()
            pressing.join(30)
            here.start_bot()
        for name in (faults.API_500, faults.CUT_AFTER_CREATE, faults.SLOW_API):
            here.fault(name, on=False)
        time.sleep(LEASE_SECONDS)
        for _ in range(4):
            assert here.sweep().exit == 0
            time.sleep(3)
        # What would say the same within ten minutes of a message waits for its turn.
        here.running.world.clock.forward(11)
        assert here.sweep().exit == 0
        confirmed = sum("Je melding is opgeslagen" in str(shown.as_json()) for shown in here.shown)
        stored = cases_of(here, OLGA)
        # Some were killed before the answer and some after it, or this would prove less than it says.
        assert 0 < confirmed < REPORTS
        assert confirmed <= stored
        assert here.running.world.faults.struck > 0
        assert stored == cases_of(here, HANS)
        # What comes within ten minutes is one message; each report's notice is there with it.
        assert here.owed() == 0
        for user in (OLGA, HANS):
            assert 0 < len(here.notices(user)) <= stored


def cases_of(here: School, user: str) -> int:
    """How many reports somebody can see in `/zaken`."""
    inbox = here.running.chat.type(user, f"spaces/DM{user.removeprefix('users/')}", "/zaken")
    return str(inbox.as_json()).count("Openen")
