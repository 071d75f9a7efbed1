"""The hour's round as a process of its own, against the local Google Chat: its real lists, its real errors."""

import json
from pathlib import Path

from simulator.control.jobs import Job
from simulator.demo.bot_process import command
from tests.processes.school import KLAS_3B, ROOT, School, school


def hour(here: School) -> dict[str, object]:
    run = Job((command("protocolbot"), "jobs", "run", "hour", "--json"), here.environ, ROOT).run()
    assert run.exit == 0, run.output
    line = next(each for each in run.output.splitlines() if each.startswith("{"))
    found: dict[str, object] = json.loads(line)
    return found


def test_it_looks_at_every_group_once_an_hour_and_notices_that_it_was_removed(tmp_path: Path) -> None:
    with school(tmp_path / "bot") as here:
        first = hour(here)
        assert first["round_done"] is True
        assert isinstance(first["looked"], int)
        assert first["looked"] >= 1
        assert "round_done" not in hour(here)
        here.running.world.change_space(KLAS_3B, bot_member=False)
        here.running.world.clock.forward(61)
        later = hour(here)
        assert (later["gone"], later.get("looked", 0)) == (1, first["looked"] - 1)
