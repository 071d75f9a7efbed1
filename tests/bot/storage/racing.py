"""Lets several workers, threads or processes, start on the same thing at the same moment."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from bot.storage.delivery_store import SqlDeliveryStore
from bot.storage.seen_events import First, SeenEvents
from tests.databases import opened

Result = TypeVar("Result")

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
A_LONG_TIME = timedelta(hours=1)


def at_once(count: int, work: Callable[[int], Result]) -> list[Result]:
    """What `work` gave in each of `count` threads that were let go together; raises what one of them raised."""
    gate = threading.Barrier(count, timeout=10)

    def behind_the_gate(number: int) -> Result:
        gate.wait()
        return work(number)

    with ThreadPoolExecutor(count) as threads:
        return list(threads.map(behind_the_gate, range(count)))


def take_all(deliveries: SqlDeliveryStore) -> list[str]:
    """Take one delivery after another until there is none; the ids."""
    taken: list[str] = []
    while found := deliveries.lease(now=NOW, real_now=NOW, until=NOW + A_LONG_TIME, most=1):
        taken += [delivery.id for delivery in found]
    return taken


def claim_all(events: SeenEvents, keys: Sequence[str]) -> list[str]:
    """The keys of the events that this worker may handle."""
    return [key for key in keys if isinstance(events.begin(key, NOW), First)]


def work_in_a_process(url: str, keys: Sequence[str]) -> tuple[list[str], list[str]]:
    """What a whole worker of its own takes: deliveries and events."""
    with opened(url) as engine:
        events = claim_all(SeenEvents(engine), keys)
        return take_all(SqlDeliveryStore(engine)), events
