"""Right after thousands of reminders were planned the database has counted none of them, and leases are still quick."""

import time
from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine, insert

from bot.outbox.delivery import Kind, Priority, owe, to_group
from bot.school.spaces import SpaceName
from bot.storage.delivery_store import SqlDeliveryStore
from bot.storage.rows.outbox import DeliveryRow

NOW = datetime(2026, 11, 24, 9, 15, tzinfo=UTC)
PLANNED = 8000


def test_a_round_is_leased_in_a_moment_before_the_database_has_counted_its_rows(engine: Engine) -> None:
    rows = []
    for number in range(PLANNED):
        owed = owe(Kind.REMINDER, to_group(SpaceName(f"spaces/{number}")), "1", Priority.REMINDER, now=NOW)
        row = {name: getattr(owed, name) for name in DeliveryRow.__table__.columns.keys()}  # noqa: SIM118 - not a dict
        rows.append(row | {"kind": owed.kind.value, "state": owed.state.value, "priority": owed.priority.value})
    with engine.begin() as connection:
        connection.execute(insert(DeliveryRow), rows)
    store = SqlDeliveryStore(engine)
    began = time.perf_counter()
    for _ in range(4):
        assert len(store.lease(now=NOW, real_now=NOW, until=NOW + timedelta(seconds=20), most=16)) == 16
    # It was more than a second for one; sixteen messages a round leave a third of a second.
    assert time.perf_counter() - began < 1.2
