"""What the outbox needs of the world: a place that keeps deliveries, and somebody who carries them."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from bot.outbox.delivery import Delivery, DeliveryId
from bot.outbox.pace import Lane
from bot.school.spaces import SpaceName


class DeliveryFailed(Exception):
    """A try that may work later: Google was busy, broken or out of reach."""


class AddressGone(Exception):
    """Nobody is at this address any more: the bot is out of the space, or there never was a direct message."""


class MessageRefused(Exception):
    """Google will never take this message as it is; a fault of ours that must be seen."""


class TooLate(Exception):
    """The moment for this message has passed."""


class NotYet(Exception):
    """Somebody else just wrote to this space: it may be written to again at `free_at` (real time, aware UTC)."""

    def __init__(self, free_at: datetime) -> None:
        super().__init__()
        self.free_at = free_at


class Pace(Protocol):
    """Google's quotas, kept by all workers together; every moment is real time, aware UTC."""

    def take(self, lane: Lane, count: int, *, now: datetime, latest: datetime) -> Sequence[datetime]:
        """At most `count` moments, from `now` to `latest`, at which a message may leave; nobody else gets them."""
        ...

    def enter(self, space: SpaceName, *, now: datetime) -> datetime | None:
        """None when this space may be written to now, by the caller alone; else the moment to ask again."""
        ...

    def forget(self, *, now: datetime) -> int:
        """Remove what is kept about spaces that may be written to again; tells how many."""
        ...


class Courier(Protocol):
    """Carries one delivery to where it goes."""

    def carry(self, delivery: Delivery, *, timeout: float) -> None:
        """Send it within `timeout` seconds.

        Raises DeliveryFailed, NotYet, AddressGone or MessageRefused; returns when it is there, also when it was there
        already.
        """
        ...


class DeliveryStore(Protocol):
    """Keeps deliveries; every call is a transaction of its own, and none is open while a courier is on the road."""

    def lease(
        self,
        *,
        now: datetime,
        real_now: datetime,
        until: datetime,
        most: int,
        only: Collection[DeliveryId] | None = None,
    ) -> Sequence[Delivery]:
        """Take up to `most` deliveries that are due, most pressing first, so that no other worker takes them.

        No two of them go to the same place: Google takes one message a second there.
        """
        ...

    def mark_delivered(self, delivery: Delivery, *, at: datetime) -> None:
        """Remember that it is there, or forget it (`FORGOTTEN_KINDS`); a second time changes nothing."""
        ...

    def put_back(self, delivery: Delivery, *, retry_at: datetime) -> None:
        """Give up the lease after a failed try and count it."""
        ...

    def postpone(self, delivery: Delivery, *, until: datetime) -> None:
        """Give up the lease until a moment of real time; nothing was tried, so nothing is counted."""
        ...

    def give_up(self, delivery: Delivery, *, at: datetime) -> None:
        """Remember that it can never be delivered at this address."""
        ...

    def states(self, ids: Collection[DeliveryId]) -> Sequence[Delivery]:
        """These deliveries as they are now."""
        ...
