"""Seen events in a dictionary: claims and effects in one, for one thread."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.storage.seen_events import KEPT, LEASE, Done, First, LeaseLost, Running


@dataclass(frozen=True, slots=True)
class _Seen:
    holder: str
    lease_until: datetime
    expires_at: datetime
    done: Done | None = None


class FakeSeenEvents:
    """What `SeenEvents` and `EventEffects` do."""

    def __init__(self) -> None:
        self.rows: dict[str, _Seen] = {}
        self._claims = 0

    def begin(self, key: str, real_now: datetime, *, lease: timedelta = LEASE) -> First | Running | Done:
        seen = self.rows.get(key)
        if seen is not None and seen.done is not None:
            return seen.done
        if seen is not None and seen.lease_until > real_now:
            return Running()
        self._claims += 1
        first = First(key, f"holder-{self._claims}")
        self.rows[key] = _Seen(first.holder, real_now + lease, real_now + KEPT)
        return first

    def done(self, first: First, effect: str | None = None) -> None:
        if not self._is_held(first):
            raise LeaseLost
        seen = self.rows[first.key]
        self.rows[first.key] = _Seen(seen.holder, seen.lease_until, seen.expires_at, Done(effect))

    def forget(self, first: First) -> None:
        if self._is_held(first):
            del self.rows[first.key]

    def purge(self, before: datetime) -> int:
        expired = [key for key, seen in self.rows.items() if seen.expires_at <= before]
        for key in expired:
            del self.rows[key]
        return len(expired)

    def _is_held(self, first: First) -> bool:
        seen = self.rows.get(first.key)
        return seen is not None and seen.done is None and seen.holder == first.holder
