"""The whole store in memory: transactions that undo themselves when an exception comes out."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from typing import Any

from tests.fakes.absences import FakeAbsences
from tests.fakes.bindings import FakeBindings
from tests.fakes.cases import FakeCases, FakeDrafts, FakeHistories
from tests.fakes.deliveries import FakeDeliveries
from tests.fakes.groups import FakeGroups, FakeReminders
from tests.fakes.seen_events import FakeSeenEvents


@dataclass(frozen=True, slots=True)
class FakeTransaction:
    """What `bot.storage.transactions.Transaction` holds; `deliveries` and `events` play the ones outside it too."""

    deliveries: FakeDeliveries = field(default_factory=FakeDeliveries)
    events: FakeSeenEvents = field(default_factory=FakeSeenEvents)
    people: FakeBindings = field(default_factory=FakeBindings)
    absences: FakeAbsences = field(default_factory=FakeAbsences)
    spaces: FakeGroups = field(default_factory=FakeGroups)
    reminders: FakeReminders = field(default_factory=FakeReminders)
    reports: FakeCases = field(default_factory=FakeCases)
    histories: FakeHistories = field(default_factory=FakeHistories)
    drafts: FakeDrafts = field(default_factory=FakeDrafts)


class FakeStore:
    """A `bot.storage.transactions.Store` for one thread."""

    def __init__(self) -> None:
        self.content = FakeTransaction()

    @contextmanager
    def read(self) -> Iterator[FakeTransaction]:
        yield self.content

    @contextmanager
    def write(self) -> Iterator[FakeTransaction]:
        # Values are frozen, so a copy of each dictionary is a copy of everything.
        rooms: list[Any] = [getattr(self.content, room.name) for room in fields(self.content)]
        before = [dict(room.rows) for room in rooms]
        try:
            yield self.content
        except BaseException:
            for room, rows in zip(rooms, before, strict=True):
                room.rows.clear()
                room.rows.update(rows)
            raise
