"""Keeps the reading of Google's lists within its quota, evenly: what was not used is not made up for."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

READS_A_MINUTE = 2700
"""Google's 3,000 membership reads a minute for a project, less a tenth for whoever waits for an answer."""

MEMBERS_A_READ = 1000
"""The most that one page of `spaces.members.list` holds."""


@dataclass(slots=True)
class Pace:
    """Hands out moments to read; `monotonic` and `sleep` are in seconds of real time."""

    monotonic: Callable[[], float]
    sleep: Callable[[float], None]
    a_minute: int = READS_A_MINUTE
    _next: float = field(default=0.0, init=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False)

    def wait(self) -> None:
        """Return when one more page may be read."""
        with self._lock:
            now = self.monotonic()
            moment = max(now, self._next)
            self._next = moment + 60 / self.a_minute
        if moment > now:
            self.sleep(moment - now)

    def spent(self, members: int) -> None:
        """A list of so many members took more pages than the one that was waited for."""
        with self._lock:
            self._next += (max(members - 1, 0) // MEMBERS_A_READ) * 60 / self.a_minute
