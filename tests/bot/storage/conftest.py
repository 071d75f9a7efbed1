"""Runs what uses `kept` on the fakes, on SQLite and on PostgreSQL: a fake that behaves differently is a lie."""

import pytest
from sqlalchemy import Engine

from bot.storage.delivery_store import SqlDeliveryStore
from bot.storage.seen_events import SeenEvents
from bot.storage.transactions import Store
from tests.bot.storage.kept import Kept
from tests.fakes.store import FakeStore


@pytest.fixture(params=["fake", "sqlite", "postgres"])
def kept(request: pytest.FixtureRequest) -> Kept:
    if request.param == "fake":
        fake = FakeStore()
        return Kept(fake, fake.content.deliveries, fake.content.events)
    engine: Engine = request.getfixturevalue(f"{request.param}_engine")
    return Kept(Store(engine), SqlDeliveryStore(engine), SeenEvents(engine))
