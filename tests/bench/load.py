"""Questions as a busy morning brings them: so many a second, evenly, to two workers that share one database."""

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass

from tests.bench.events import QUESTION, Recorded
from tests.bench.measuring import quantile
from tests.bench.worker import Line

HANDS = 8


@dataclass(frozen=True, slots=True)
class Load:
    """Milliseconds by the clock of a whole request at this rate."""

    per_second: float
    requests: int
    p50: float
    p99: float


def measure_load(recorded: Recorded, ports: Sequence[int], *, per_second: float, seconds: float) -> Load:
    """Ask at this rate; a request that starts late because all hands are full counts from when it should have."""
    count = int(per_second * seconds)
    stream = recorded.copies(QUESTION)
    waiting = [(number, *next(stream)) for number in range(count)]
    walls: list[float] = []
    lock, begin = threading.Lock(), time.perf_counter() + 0.2

    def ask() -> None:
        lines = [Line(port) for port in ports]
        while True:
            with lock:
                if not waiting:
                    break
                number, headers, body = waiting.pop(0)
            due = begin + number / per_second
            time.sleep(max(0.0, due - time.perf_counter()))
            lines[number % len(lines)].post(headers, body)
            walls.append((time.perf_counter() - due) * 1000)
        for line in lines:
            line.close()

    hands = [threading.Thread(target=ask) for _ in range(HANDS)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    return Load(per_second, len(walls), quantile(walls, 0.5), quantile(walls, 0.99))
