"""kill -9 between storing and delivering: what was confirmed or stored is delivered once, whatever dies when."""

import time
from pathlib import Path

from simulator import faults
from tests.processes.school import HANS, OLGA, School, school

STORY = "Iemand stuurt elke avond nare berichten."
WAITS = ["Er staat iets voor je klaar."]


def wait_for_lease_to_end(here: School) -> None:
    """Leases go by real time: 15 s for what a request tried itself (bot/outbox/sending.py)."""
    time.sleep(16)


def wait_for_a_call(here: School, before: int) -> None:
    """Until the bot is in the middle of a call to Google."""
    until = time.monotonic() + 15
    while here.running.world.faults.struck <= before:
        assert time.monotonic() < until, "the bot never called Google"
        time.sleep(0.02)


def kill_in_the_middle(here: School, fault: str) -> None:
    review = here.review(STORY)
    here.running.world.faults.slow_seconds = 4.0
    before = here.running.world.faults.struck
    here.fault(fault)
    pressing = here.send_in_background(review)
    wait_for_a_call(here, before)
    time.sleep(0.3)
    here.kill_bot()
    pressing.join(30)
    here.fault(fault, on=False)


def test_killed_while_google_was_slow_the_message_is_there_once_after_one_sweep(tmp_path: Path) -> None:
    with school(tmp_path / "bot") as here:
        kill_in_the_middle(here, faults.SLOW_API)
        wait_for_lease_to_end(here)
        here.start_bot()
        assert here.sweep().exit == 0
        assert here.notices(OLGA) == WAITS
        assert here.notices(HANS) == WAITS
        assert here.sweep().exit == 0
        assert here.notices(OLGA) == WAITS
