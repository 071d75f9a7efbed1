"""What time it is, as a port: the wiring decides whose clock is read."""

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """The school's business clock: schedules, deadlines, drafts and retention go by it, leases and tokens never."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        ...
