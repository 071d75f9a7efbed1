"""The pace in memory, by the rules of the real one; without quotas unless it is told to keep them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.outbox.pace import SPACE_EVERY, Lane, after, moments, speed_of
from bot.school.spaces import SpaceName


@dataclass
class FakePace:
    """A `bot.outbox.ports.Pace`."""

    keeps_quotas: bool = False
    lanes: dict[Lane, datetime] = field(default_factory=dict)
    spaces: dict[SpaceName, datetime] = field(default_factory=dict)

    def take(self, lane: Lane, count: int, *, now: datetime, latest: datetime) -> Sequence[datetime]:
        if not self.keeps_quotas:
            return [now] * count
        given = moments(speed_of(lane), self.lanes.get(lane), count, now=now, latest=latest)
        self.lanes[lane] = after(speed_of(lane), self.lanes.get(lane), len(given), now=now)
        return given

    def enter(self, space: SpaceName, *, now: datetime) -> datetime | None:
        if not self.keeps_quotas:
            return None
        free_at = self.spaces.get(space, now)
        if free_at > now:
            return free_at
        self.spaces[space] = now + SPACE_EVERY
        return None

    def forget(self, *, now: datetime) -> int:
        free = [space for space, free_at in self.spaces.items() if free_at <= now]
        for space in free:
            del self.spaces[space]
        return len(free)
