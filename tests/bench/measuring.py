"""The measuring itself: bot and bare Flask take turns with the same events, and CPU is what counts.

Wall time on a shared machine says little, so each figure is the CPU time of the serving process. What a database server
of its own spends is not in it; with SQLite the database is in it.
"""

import statistics
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from bot.protocol.loading import RGO_PROTOCOL, load
from bot.school.people import Role
from tests.bench.events import Recorded, asked
from tests.bench.worker import Line, Worker

Sent = Iterator[tuple[Mapping[str, str], bytes]]


@dataclass(frozen=True, slots=True)
class Block:
    """Requests of one kind, one after another: CPU of the worker a request, and each one's wall time; milliseconds."""

    cpu: float
    walls: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Cost:
    """One kind of event in one run: the medians of its rounds, in milliseconds a request; quantiles of wall time."""

    kind: str
    cpu: float
    bare_cpu: float
    ratio: float
    p50: float
    p99: float
    bare_p50: float
    bare_p99: float


def measure(
    recorded: Recorded, kinds: Sequence[str], bot: Worker, bare: Worker, *, rounds: int, block: int
) -> list[Cost]:
    """What each kind costs; every round is a block for the bare app and the same block for the bot, for each kind."""
    lines = Line(bot.port), Line(bare.port)
    streams = {kind: recorded.copies(kind) for kind in kinds}
    taken: dict[str, list[tuple[Block, Block]]] = {kind: [] for kind in kinds}
    for kind in kinds:
        _block(bot, lines[0], streams[kind], block)
        _block(bare, lines[1], streams[kind], block)
    for number in range(rounds):
        for kind in kinds:
            # Who goes first alternates, so that a machine that slows down slows both.
            if number % 2:
                ours = _block(bot, lines[0], streams[kind], block)
                theirs = _block(bare, lines[1], streams[kind], block)
            else:
                theirs = _block(bare, lines[1], streams[kind], block)
                ours = _block(bot, lines[0], streams[kind], block)
            taken[kind].append((ours, theirs))
    for line in lines:
        line.close()
    return [_cost(kind, pairs) for kind, pairs in taken.items()]


def matching(times: int) -> list[float]:
    """Milliseconds of CPU that finding the answer to one question takes by itself, in this process, of many."""
    protocol = load(RGO_PROTOCOL)
    questions = asked()
    for question in questions[:20]:
        protocol.answer(question, Role.PUPIL, "nl")
    spent = []
    for number in range(times):
        begun = time.process_time()
        protocol.answer(questions[number % len(questions)], Role.PUPIL, "nl")
        spent.append((time.process_time() - begun) * 1000)
    return spent


def quantile(values: Sequence[float], part: float) -> float:
    """The value below which this part of them lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


def _block(worker: Worker, line: Line, events: Sent, count: int) -> Block:
    sent = list(islice(events, count))
    before, walls = worker.cpu(), []
    for headers, body in sent:
        begun = time.perf_counter()
        line.post(headers, body)
        walls.append((time.perf_counter() - begun) * 1000)
    return Block((worker.cpu() - before) / count * 1000, tuple(walls))


def _cost(kind: str, pairs: Sequence[tuple[Block, Block]]) -> Cost:
    ours = [wall for one, _ in pairs for wall in one.walls]
    theirs = [wall for _, one in pairs for wall in one.walls]
    return Cost(
        kind=kind,
        cpu=statistics.median(one.cpu for one, _ in pairs),
        bare_cpu=statistics.median(one.cpu for _, one in pairs),
        ratio=statistics.median(one.cpu / other.cpu for one, other in pairs),
        p50=quantile(ours, 0.5),
        p99=quantile(ours, 0.99),
        bare_p50=quantile(theirs, 0.5),
        bare_p99=quantile(theirs, 0.99),
    )
