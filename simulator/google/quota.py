"""Google's write quotas as sliding windows: one a second for each space, 3,000 a minute for the project."""

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

SPACE_WINDOW = 1.0
PROJECT_WINDOW = 60.0


@dataclass(frozen=True, slots=True)
class Limits:
    """Writes allowed in a window; None is no limit."""

    per_space_second: int | None = 1
    per_project_minute: int | None = 3000


UNLIMITED = Limits(None, None)


class Quota:
    """Counts writes by real time (`monotonic`, seconds); a refused write does not count."""

    def __init__(self, limits: Limits | None = None, monotonic: Callable[[], float] = time.monotonic) -> None:
        self.limits = limits or Limits()
        self.refused = 0
        """How many writes were too many; tells a test whether an app keeps to the quotas by itself."""
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._project: deque[float] = deque()
        self._spaces: dict[str, deque[float]] = {}

    def allows(self, space: str) -> bool:
        """Whether a write to this space is within both windows; counts it if so."""
        with self._lock:
            now = self._monotonic()
            mine = self._spaces.setdefault(space, deque())
            _forget(mine, now - SPACE_WINDOW)
            _forget(self._project, now - PROJECT_WINDOW)
            if _full(mine, self.limits.per_space_second) or _full(self._project, self.limits.per_project_minute):
                self.refused += 1
                return False
            mine.append(now)
            self._project.append(now)
            return True


def _forget(moments: deque[float], until: float) -> None:
    while moments and moments[0] <= until:
        moments.popleft()


def _full(moments: deque[float], limit: int | None) -> bool:
    return limit is not None and len(moments) >= limit
