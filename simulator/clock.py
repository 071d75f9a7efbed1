"""The business clock: the school's time, which tests and the demo can set, and which runs on by itself."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

SCHOOL_DAY = datetime(2026, 11, 24, 9, 15, tzinfo=UTC)
"""Tuesday 24 November 2026, 10:15 in Amsterdam: a break of an ordinary school day."""


class Clock:
    """Runs from a given moment at the speed of real time; `monotonic` gives real seconds."""

    def __init__(self, start: datetime = SCHOOL_DAY, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._start = start.astimezone(UTC)
        self._since = monotonic()

    def now(self) -> datetime:
        """The moment, aware, in UTC."""
        return self._start + timedelta(seconds=self._monotonic() - self._since)

    def set(self, moment: datetime) -> None:
        """Run on from this moment; raises ValueError when it has no time zone."""
        if moment.tzinfo is None:
            raise ValueError("A moment needs a time zone, such as 2026-11-24T09:15:00Z.")
        self._start = moment.astimezone(UTC)
        self._since = self._monotonic()

    def forward(self, minutes: float) -> None:
        """Run on from so many minutes later (or earlier, when negative)."""
        self.set(self.now() + timedelta(minutes=minutes))


def rfc3339(moment: datetime) -> str:
    """A moment as Google writes it: UTC, microseconds, Z."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
