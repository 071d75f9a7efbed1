"""The doors to one place that keeps things, fake or real, so that one test can be run on all of them."""

from dataclasses import dataclass

from bot.storage.delivery_store import SqlDeliveryStore
from bot.storage.seen_events import SeenEvents
from bot.storage.transactions import Store
from tests.fakes.deliveries import FakeDeliveries
from tests.fakes.seen_events import FakeSeenEvents
from tests.fakes.store import FakeStore


@dataclass(frozen=True, slots=True)
class Kept:
    """A store with the two ports that open transactions of their own."""

    store: Store | FakeStore
    deliveries: SqlDeliveryStore | FakeDeliveries
    events: SeenEvents | FakeSeenEvents
