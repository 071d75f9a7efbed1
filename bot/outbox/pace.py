"""How fast messages may go: Google's quotas as moments that all workers share, with a tenth kept for reports."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.outbox.delivery import MAILBOX, REPORT_KINDS, Delivery

GOOGLES_MINUTE = 3000
"""Messages that a project may write in any minute (developers.google.com/workspace/chat/limits)."""

KEPT_FOR_REPORTS = 300
"""The tenth of Google's minute that nothing but reports may use."""

SPACE_EVERY = timedelta(seconds=1.2)
"""Between two messages to one space: Google allows one a second, and what leaves evenly does not arrive evenly."""


class Lane(StrEnum):
    """Whose permits: reports have some of their own, and use the others as well."""

    ALL = "all"
    REPORTS = "reports"


@dataclass(frozen=True, slots=True)
class Speed:
    """How many messages a second, and how many at once after a quiet time."""

    a_second: float
    at_once: int

    @property
    def every(self) -> timedelta:
        """The time between two messages where many wait."""
        return timedelta(seconds=1 / self.a_second)

    @property
    def in_a_minute(self) -> float:
        """The most that can leave in any 60 seconds."""
        return self.at_once + 60 * self.a_second


def speed_of(lane: Lane) -> Speed:
    """How fast a lane is."""
    # A sliding minute never holds more than what was saved up and what came in 60 seconds. The last 16 of Google's
    # 3,000 are left, because what leaves in 61 seconds may arrive in 60.
    match lane:
        case Lane.ALL:
            return Speed(a_second=44.6, at_once=8)
        case Lane.REPORTS:
            return Speed(a_second=4.0, at_once=60)


def moments(
    speed: Speed, next_at: datetime | None, count: int, *, now: datetime, latest: datetime
) -> Sequence[datetime]:
    """When the next messages of a lane may leave: at most `count` moments, none of them after `latest`.

    `next_at` is what `after` gave to whoever came before; None where nobody did.
    """
    first = _first(speed, next_at, now)
    wanted = (first + number * speed.every for number in range(count))
    return [max(moment, now) for moment in wanted if moment <= latest]


def after(speed: Speed, next_at: datetime | None, taken: int, *, now: datetime) -> datetime:
    """What to keep for whoever comes next, once `taken` moments were given out."""
    return _first(speed, next_at, now) + taken * speed.every


def _first(speed: Speed, next_at: datetime | None, now: datetime) -> datetime:
    # What nobody used is saved up to a bound: a burst that Google's minute has room for.
    saved = now - (speed.at_once - 1) * speed.every
    return saved if next_at is None else max(next_at, saved)


def lane_of(delivery: Delivery) -> Lane | None:
    """The lane that a delivery may use first, or None where Google's quota does not count: a mail."""
    if delivery.address.startswith(f"{MAILBOX}:"):
        return None
    return Lane.REPORTS if delivery.kind in REPORT_KINDS else Lane.ALL
