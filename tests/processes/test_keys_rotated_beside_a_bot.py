"""The verb itself, killed from outside again and again, while a real bot serves on the same database."""

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from simulator.demo.bot_process import command
from tests.processes.school import OLGA, ROOT, SANNE, School, school
from tests.processes.test_keys_rotated import NEW

STORY = "Iemand stuurt elke avond nare berichten."
REPORTS, KILLS = 12, 6


def rotate(here: School, keys: str, *, kill_after: float | None = None) -> int:
    """Run `protocolbot keys rotate`; SIGKILL after so many seconds."""
    environ = {**here.environ, "REPORT_KEYS": keys}
    verb = subprocess.Popen(
        [command("protocolbot"), "keys", "rotate"],
        env=environ,
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    if kill_after is not None:
        time.sleep(kill_after)
        os.kill(verb.pid, signal.SIGKILL)
    return verb.wait(60)


def seen(here: School) -> int:
    return str(here.running.chat.type(OLGA, "spaces/DM301", "/zaken").as_json()).count("Openen")


def own(here: School) -> int:
    return str(here.running.chat.type(SANNE, "spaces/DM101", "/mijnberichten").as_json()).count("Bekijken")


@pytest.mark.slow
@pytest.mark.parametrize("backend", ["sqlite", "postgres"])
def test_killed_from_outside_beside_a_bot_that_serves(
    tmp_path: Path, request: pytest.FixtureRequest, backend: str
) -> None:
    database = ""
    if backend == "postgres":
        server = request.getfixturevalue("postgres_server")
        server.run("CREATE DATABASE rotated")
        database = server.url("rotated")
    with school(tmp_path / "bot", database=database, log_level="INFO") as here:
        old = here.environ["REPORT_KEYS"]
        for _ in range(REPORTS):
            here.send(here.review(STORY))
        here.kill_bot()
        here.environ["REPORT_KEYS"] = f"{NEW},{old}"
        here.start_bot()
        codes = []
        for number in range(KILLS):
            codes.append(rotate(here, f"{NEW},{old}", kill_after=0.9 + number * 0.08))
            here.send(here.review(STORY))
            assert (seen(here), own(here)) == (REPORTS + number + 1, REPORTS + number + 1)
        assert -signal.SIGKILL in codes
        assert rotate(here, f"{NEW},{old}") == 0
        review = here.review(STORY)
        assert rotate(here, NEW) == 0
        here.kill_bot()
        here.environ["REPORT_KEYS"] = NEW
        here.start_bot()
        assert seen(here) == own(here) == REPORTS + KILLS
        here.send(review)
        assert STORY in str(here.read(OLGA)[-1].as_json())
        assert seen(here) == REPORTS + KILLS + 1
