"""The figures that the design promises (section 6), beside what was measured: what is met and what is missed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tests.bench.events import CHANGES_NOTHING, KINDS, QUESTION
from tests.bench.measuring import Cost
from tests.bench.starting import Start

RATIO_AT_MOST = 1.5
"""Of bare Flask's CPU, for an event that changes nothing."""

CHANGE_AT_MOST = 4.0
"""Milliseconds of CPU for an event that changes something, besides matching."""

START_AT_MOST = 1.5
"""Seconds for import and construction."""

MEMORY_AT_MOST = 180.0
"""Megabytes a worker."""

MATCHING_MEDIAN, MATCHING_P99, REQUEST_P99 = 15.0, 100.0, 150.0
"""Milliseconds: of matching, and of a whole request at 20 questions a second on two workers."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One promise: what was measured, at most what, and in which unit."""

    name: str
    measured: float
    at_most: float
    unit: str

    @property
    def met(self) -> bool:
        """Whether it is kept."""
        return self.measured <= self.at_most

    def line(self) -> str:
        """One line of the table."""
        verdict = "met" if self.met else "MISSED"
        return f"{verdict:7}{self.name:56}{self.measured:9.2f} of {self.at_most:g} {self.unit}"


def of_events(costs: Iterable[Cost], matching_median: float) -> list[Figure]:
    """The promises about events; a question's own matching is taken off."""
    found = []
    for cost in costs:
        if cost.kind in CHANGES_NOTHING:
            found.append(Figure(f"CPU against bare Flask: {cost.kind}", cost.ratio, RATIO_AT_MOST, "times"))
        else:
            besides = cost.cpu - (matching_median if cost.kind == QUESTION else 0.0)
            found.append(Figure(f"CPU besides matching: {cost.kind}", besides, CHANGE_AT_MOST, "ms"))
    return found


def of_process(start: Start, memory: float) -> list[Figure]:
    """The promises about a process; by CPU, for the clock of a shared machine says little."""
    return [
        Figure("import and construction (CPU)", start.cpu, START_AT_MOST, "s"),
        Figure("memory of a worker after every kind of event", memory, MEMORY_AT_MOST, "MB"),
    ]


def events_table(runs: Sequence[Sequence[Cost]]) -> list[str]:
    """A line for each kind: medians over the runs, and the spread of the ratio."""
    head = (
        f"{'event':30}{'CPU ms':>8}{'bare':>7}{'ratio':>7}{'  spread':13}{'p50':>7}{'p99':>7}{'bare p50':>10}{'p99':>6}"
    )
    lines = [head]
    for kind in KINDS:
        costs = sorted((cost for run in runs for cost in run if cost.kind == kind), key=lambda cost: cost.ratio)
        if not costs:
            continue
        middle = costs[len(costs) // 2]
        spread = f"  {costs[0].ratio:.2f}-{costs[-1].ratio:.2f}"
        lines.append(
            f"{kind:30}{middle.cpu:8.2f}{middle.bare_cpu:7.2f}{middle.ratio:7.2f}{spread:13}"
            f"{middle.p50:7.1f}{middle.p99:7.1f}{middle.bare_p50:10.1f}{middle.bare_p99:6.1f}"
        )
    return lines


def middle(runs: Sequence[Sequence[Cost]]) -> list[Cost]:
    """Each kind's run with the median ratio."""
    found = []
    for kind in KINDS:
        costs = sorted((cost for run in runs for cost in run if cost.kind == kind), key=lambda cost: cost.ratio)
        found += costs[len(costs) // 2 : len(costs) // 2 + 1]
    return found


def growth_table(by_size: Mapping[int, Sequence[Cost]]) -> list[str]:
    """A line for each kind: CPU with so many groups and reports."""
    lines = [f"{'CPU ms with groups and reports':30}" + "".join(f"{size:>10,}" for size in by_size)]
    for kind in KINDS:
        row = [cost.cpu for costs in by_size.values() for cost in costs if cost.kind == kind]
        if row:
            lines.append(f"{kind:30}" + "".join(f"{cpu:10.2f}" for cpu in row))
    return lines
