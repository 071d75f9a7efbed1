"""`make bench`: what the bot costs beside bare Flask, in one run, as a table and as JSON in `var/bench.json`."""

import argparse
import json
import os
import statistics
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from simulator.demo.bot_process import BotProcess
from simulator.demo.environment import free_port
from tests.bench import figures
from tests.bench.events import KINDS, Recorded, record
from tests.bench.figures import Figure
from tests.bench.filling import fill
from tests.bench.load import Load, measure_load
from tests.bench.measuring import Cost, matching, measure, quantile
from tests.bench.outgoing import Outgoing, measure_outgoing
from tests.bench.page import first_paint
from tests.bench.starting import Start, measure_start
from tests.bench.worker import ROOT, Worker, bare_flask, worker_of
from tests.databases import opened
from tests.processes.school import School, school

SIZES = (10, 1_000, 100_000)
RUNS, ROUNDS, BLOCK = 3, 5, 40
RESULT = ROOT / "var" / "bench.json"

REAL_CLOCK = {"CLOCK_URL": ""}
"""As at a school: no clock is asked over HTTP for each event."""


@dataclass
class Bench:
    """All that was measured; milliseconds where nothing else is said."""

    runs: list[list[Cost]] = field(default_factory=list)
    by_size: dict[int, list[Cost]] = field(default_factory=dict)
    filled: dict[int, float] = field(default_factory=dict)
    memory: float = 0.0
    bare_memory: float = 0.0
    start: Start | None = None
    matching: list[float] = field(default_factory=list)
    load: Load | None = None
    outgoing: Outgoing | None = None
    first_paint: float | None = None
    figures: list[Figure] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """For `var/bench.json`."""
        return {
            "machine": machine(),
            "runs": [[asdict(cost) for cost in run] for run in self.runs],
            "by_size": {size: [asdict(cost) for cost in costs] for size, costs in self.by_size.items()},
            "megabytes": {"bot": self.memory, "bare": self.bare_memory},
            "start_seconds": asdict(self.start) if self.start else None,
            "matching": {"mean": statistics.mean(self.matching), "p99": quantile(self.matching, 0.99)},
            "load": asdict(self.load) if self.load else None,
            "outgoing": asdict(self.outgoing) if self.outgoing else None,
            "first_paint": self.first_paint,
            "figures": [asdict(figure) | {"met": figure.met} for figure in self.figures],
        }


def main(arguments: list[str] | None = None) -> int:
    """Measure, print and keep; 1 with `--check` when a figure is missed."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--check", action="store_true", help="end with 1 when a figure of the design is missed")
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)), help="so many groups and reports, in turn")
    parser.add_argument("--runs", type=int, default=RUNS)
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="bench") as folder:
        bench = take(Path(folder), [int(size) for size in asked.sizes.split(",")], runs=asked.runs)
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(bench.as_json(), indent=1) + "\n", encoding="utf-8")
    say(*report(bench), f"Kept in {RESULT.relative_to(ROOT)}.")
    missed = [figure for figure in bench.figures if not figure.met]
    return 1 if asked.check and missed else 0


def take(folder: Path, sizes: Sequence[int], *, runs: int, rounds: int = ROUNDS, block: int = BLOCK) -> Bench:
    """Measure everything, the database growing to each of the sizes; the runs are at the first of them."""
    bench = Bench()
    with (
        school(folder / "bot", besides=REAL_CLOCK, log_level="INFO") as here,
        bare_flask(here.environ, folder / "bare.log") as bare,
    ):
        recorded, bot = record(here), serving(here)
        full = 0
        for size in sizes:
            with opened(here.environ["DATABASE_URL"]) as engine:
                bench.filled[size] = fill(engine, full, size)
            full = size
            taken = [
                measure(recorded, KINDS, bot, bare, rounds=rounds, block=block)
                for _ in range(runs if size == sizes[0] else 1)
            ]
            bench.runs += taken if size == sizes[0] else []
            bench.by_size[size] = taken[-1]
        bench.memory, bench.bare_memory = bot.memory(), bare.memory()
        bench.load = busy_morning(recorded, here, folder)
        bench.outgoing = measure_outgoing(here, 60)
        bench.first_paint = first_paint(here.running.address, 5)
        bench.start = measure_start(here.environ, 5)
    bench.matching = matching(300)
    bench.figures = compared(bench)
    return bench


def serving(here: School) -> Worker:
    """The worker of the bot that runs."""
    assert here.bot is not None
    return worker_of(here.bot._process.pid, here.port)


def busy_morning(recorded: Recorded, here: School, folder: Path, seconds: float = 10.0) -> Load:
    """Twenty questions a second, to two workers."""
    port = free_port()
    with BotProcess(here.environ, ROOT, port, folder / "second.log") as second:
        second.wait_until_ready()
        return measure_load(recorded, (here.port, port), per_second=20.0, seconds=seconds)


def compared(bench: Bench) -> list[Figure]:
    """What the design promises, beside what was measured."""
    assert bench.start is not None
    assert bench.load is not None
    return [
        *figures.of_events(figures.middle(bench.runs), statistics.mean(bench.matching)),
        *figures.of_process(bench.start, bench.memory),
        Figure("matching, median", statistics.median(bench.matching), figures.MATCHING_MEDIAN, "ms"),
        Figure("matching, p99", quantile(bench.matching, 0.99), figures.MATCHING_P99, "ms"),
        Figure("a question, 20 a second on two workers, p99", bench.load.p99, figures.REQUEST_P99, "ms"),
    ]


def report(bench: Bench) -> list[str]:
    """The table."""
    assert bench.start is not None
    assert bench.outgoing is not None
    paint = "no browser here" if bench.first_paint is None else f"{bench.first_paint:.0f} ms"
    return [
        f"{machine()['cores']} cores; load {machine()['load']}; {len(bench.runs)} runs; SQLite.",
        "CPU is that of the serving process, p50 and p99 are by the clock; milliseconds a request.",
        *figures.events_table(bench.runs),
        "",
        *figures.growth_table(bench.by_size),
        "",
        f"memory: {bench.memory:.0f} MB a worker; bare Flask {bench.bare_memory:.0f} MB",
        f"start: {bench.start.cpu:.2f} s of CPU; {bench.start.wall:.2f} s by the clock",
        f"one outgoing message: {bench.outgoing.cpu:.1f} ms of CPU ({bench.outgoing.messages} sent)",
        f"first paint of the simulator's page: {paint}",
        "",
        *(figure.line() for figure in bench.figures),
    ]


def machine() -> dict[str, Any]:
    """Where this was measured."""
    return {"cores": os.cpu_count(), "load": f"{os.getloadavg()[0]:.1f}", "python": sys.version.split()[0]}


def say(*lines: str) -> None:
    """Print."""
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    sys.exit(main())
