"""A short form of `make bench` with loose bounds that hold on a busy machine: nothing became many times as dear."""

from pathlib import Path

import pytest

from tests.bench.events import CHANGES_NOTHING, KINDS, record
from tests.bench.figures import Figure, events_table
from tests.bench.filling import fill
from tests.bench.measuring import Cost, measure, quantile
from tests.bench.worker import bare_flask, worker_of
from tests.databases import opened
from tests.processes.school import school

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/schedstat").exists(), reason="only Linux tells the CPU of each thread like this"
)

LOOSE_RATIO, LOOSE_CHANGE, LOOSE_QUESTION, LOOSE_MEMORY = 12.0, 30.0, 80.0, 260.0
GROUPS = 500


def cost(kind: str, ratio: float) -> Cost:
    return Cost(kind, ratio, 1.0, ratio, 1.0, 2.0, 1.0, 2.0)


def test_each_kind_of_event_costs_no_more_than_loosely_expected(tmp_path: Path) -> None:
    with (
        school(tmp_path / "bot", besides={"CLOCK_URL": ""}, log_level="INFO") as here,
        bare_flask(here.environ, tmp_path / "bare.log") as bare,
    ):
        recorded = record(here)
        assert here.bot is not None
        bot = worker_of(here.bot._process.pid, here.port)
        with opened(here.environ["DATABASE_URL"]) as engine:
            fill(engine, 0, GROUPS)
        costs = {one.kind: one for one in measure(recorded, KINDS, bot, bare, rounds=3, block=10)}
        memory = bot.memory()
    assert set(costs) == set(KINDS)
    for kind, found in costs.items():
        if kind in CHANGES_NOTHING:
            assert found.ratio <= LOOSE_RATIO, (kind, found)
        assert found.cpu <= (LOOSE_QUESTION if kind == "question" else LOOSE_CHANGE), (kind, found)
    assert memory <= LOOSE_MEMORY


def test_a_figure_above_its_bound_is_named_as_missed() -> None:
    assert Figure("memory", 181.0, 180.0, "MB").line().startswith("MISSED")
    assert Figure("memory", 180.0, 180.0, "MB").line().startswith("met")


def test_the_table_shows_the_median_run_and_the_spread_of_the_ratio() -> None:
    table = events_table([[cost(KINDS[0], ratio)] for ratio in (3.0, 1.0, 2.0)])
    assert len(table) == 2
    assert "2.00  1.00-3.00" in table[1]


def test_a_quantile_is_one_of_the_values() -> None:
    assert quantile([5.0, 1.0, 3.0], 0.5) == 3.0
    assert quantile(list(map(float, range(100))), 0.99) == 99.0
