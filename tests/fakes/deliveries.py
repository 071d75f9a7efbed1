"""Deliveries in a dictionary, with the rules of the real store and none of its threads."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.outbox.delivery import (
    BUNDLE,
    BUNDLED_KINDS,
    FORGOTTEN_KINDS,
    LATE_AFTER,
    REPORT_KINDS,
    Delivery,
    DeliveryId,
    Kind,
    State,
    place_of,
)

_REPORTS = frozenset({Kind.REPORT_WAITS, Kind.REPORT_WAITS_URGENT})


class FakeDeliveries:
    """A `bot.outbox.ports.DeliveryStore` that also takes what is owed."""

    def __init__(self) -> None:
        self.rows: dict[DeliveryId, Delivery] = {}

    def add(self, delivery: Delivery) -> None:
        self.rows[delivery.id] = delivery

    def about(self, subject: str) -> Sequence[Delivery]:
        return sorted((row for row in self.rows.values() if row.subject == subject), key=lambda row: row.created_at)

    def purge(self, before: datetime) -> int:
        settled = [row.id for row in self.rows.values() if row.state is not State.WAITING and row.created_at < before]
        gone = [key for key in settled if self.rows[key].kind not in _REPORTS]
        for key in gone:
            del self.rows[key]
        return len(gone)

    def lease(
        self,
        *,
        now: datetime,
        real_now: datetime,
        until: datetime,
        most: int,
        only: Collection[DeliveryId] | None = None,
    ) -> Sequence[Delivery]:
        due = [
            row
            for row in self.rows.values()
            if _is_due(row, now, real_now)
            and (only is None or row.id in only)
            and not self._just_told(row, now)
            and not any(mate.lease_until and mate.lease_until > real_now for mate in self._mates(row) if _waits(mate))
        ]
        due.sort(key=lambda row: (row.priority, row.not_before, row.created_at))
        first: dict[str, Delivery] = {}
        for row in due:
            first.setdefault(place_of(row.address), row)
        return [self._change(row.id, lease_until=until) for row in list(first.values())[:most]]

    def mark_delivered(self, delivery: Delivery, *, at: datetime) -> None:
        if delivery.kind in FORGOTTEN_KINDS:
            self.rows.pop(delivery.id, None)
        elif self._waits(delivery):
            self._change(delivery.id, state=State.DELIVERED, delivered_at=at, lease_until=None, retry_at=None)
        if delivery.kind in BUNDLED_KINDS:
            for row in list(self.rows.values()):
                due = _waits(row) and row.not_before <= at and row.lease_until is None
                if due and delivery in self._mates(row, of=[delivery]):
                    self._change(row.id, state=State.DELIVERED, delivered_at=at, retry_at=None)

    def late(self, now: datetime) -> int:
        due = [row for row in self.rows.values() if row.kind in REPORT_KINDS and row.not_before <= now - LATE_AFTER]
        missing = [row for row in due if _waits(row) and not self._just_told(row, now)]
        return len(missing) + sum(row.state is State.UNDELIVERABLE for row in due)

    def reached(self, subject: str, now: datetime) -> bool:
        return any(row.state is State.DELIVERED or self._just_told(row, now) for row in self.about(subject))

    def _just_told(self, row: Delivery, now: datetime) -> bool:
        return any(mate.delivered_at and now - BUNDLE < mate.delivered_at <= now for mate in self._mates(row))

    def _mates(self, row: Delivery, of: Sequence[Delivery] | None = None) -> list[Delivery]:
        if row.kind not in BUNDLED_KINDS:
            return []
        pressing = BUNDLED_KINDS[: BUNDLED_KINDS.index(row.kind) + 1]
        others = self.rows.values() if of is None else of
        return [m for m in others if m.address == row.address and m.id != row.id and m.kind in pressing]

    def put_back(self, delivery: Delivery, *, retry_at: datetime) -> None:
        if self._waits(delivery) and self.rows[delivery.id].lease_until == delivery.lease_until:
            attempts = self.rows[delivery.id].attempts + 1
            self._change(delivery.id, attempts=attempts, retry_at=retry_at, lease_until=None)

    def postpone(self, delivery: Delivery, *, until: datetime) -> None:
        if self._waits(delivery) and self.rows[delivery.id].lease_until == delivery.lease_until:
            self._change(delivery.id, retry_at=until, lease_until=None)

    def give_up(self, delivery: Delivery, *, at: datetime) -> None:
        if self._waits(delivery):
            self._change(delivery.id, state=State.UNDELIVERABLE, lease_until=None, retry_at=None)

    def states(self, ids: Collection[DeliveryId]) -> Sequence[Delivery]:
        return sorted((self.rows[key] for key in set(ids) & self.rows.keys()), key=lambda row: (row.created_at, row.id))

    def _waits(self, delivery: Delivery) -> bool:
        return delivery.id in self.rows and self.rows[delivery.id].state is State.WAITING

    def _change(self, key: DeliveryId, **fields: Any) -> Delivery:
        self.rows[key] = replace(self.rows[key], **fields)
        return self.rows[key]


def _waits(row: Delivery) -> bool:
    return row.state is State.WAITING


def _is_due(row: Delivery, now: datetime, real_now: datetime) -> bool:
    return (
        row.state is State.WAITING
        and row.not_before <= now
        and (row.retry_at is None or row.retry_at <= real_now)
        and (row.lease_until is None or row.lease_until <= real_now)
    )
