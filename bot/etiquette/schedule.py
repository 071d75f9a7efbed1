"""Draws beforehand when a group is reminded and of what: from group, calendar and seed, and from nothing else."""

import hashlib
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property

from bot.etiquette.items import Item, ItemId
from bot.school.articles import ArticleCode
from bot.school.calendar import SchoolCalendar
from bot.school.spaces import SpaceName

RHYTHM = timedelta(weeks=4)
"""One reminder in each of these stretches (design: section 2.4)."""

STRETCHES_FROM = date(2024, 1, 1)
"""A Monday; stretches are counted from here so that every worker draws the same."""


@dataclass(frozen=True, slots=True)
class Slot:
    """The moment (aware UTC) and the subject of one reminder."""

    moment: datetime
    item: ItemId


@dataclass(frozen=True)
class Schedule:
    """The reminders of all groups of one school; without items there are none."""

    calendar: SchoolCalendar
    seed: str
    items: Sequence[Item]

    def slot(self, space: SpaceName, stretch: int) -> Slot | None:
        """The reminder of a group in one stretch of four weeks; None when it holds no school day."""
        days, free = self._days(stretch), self.calendar.free_times()
        if not days or not free or not self.items:
            return None
        draw = self._draw(space, str(stretch))
        day, (start, end) = draw.choice(days), draw.choice(free)
        minutes = (end.hour * 60 + end.minute) - (start.hour * 60 + start.minute)
        moment = self.calendar.at(day, start) + timedelta(minutes=draw.randrange(max(minutes, 1)))
        return Slot(moment=moment, item=self._item(space, stretch))

    def due(self, space: SpaceName, *, since: datetime, now: datetime) -> Slot | None:
        """The latest reminder whose moment has come since `since`; older ones are not made up for."""
        for stretch in range(stretch_of(now), stretch_of(since) - 1, -1):
            slot = self.slot(space, stretch)
            if slot is not None and slot.moment <= now:
                return slot if slot.moment > since else None
        return None

    def upcoming(self, space: SpaceName, now: datetime) -> Slot | None:
        """The first reminder after now; None when two years hold none, or there is nothing to remind of."""
        for stretch in range(stretch_of(now), stretch_of(now) + 26):
            slot = self.slot(space, stretch)
            if slot is not None and slot.moment > now:
                return slot
        return None

    def _item(self, space: SpaceName, stretch: int) -> ItemId:
        # One order for always, and stretches of holidays do not count: whenever a group came, nothing comes back before
        # everything was said.
        drawn = list(self.items)
        self._draw(space, "order").shuffle(drawn)
        said: Counter[ArticleCode] = Counter()
        rounds: list[tuple[int, ItemId]] = []
        for item in drawn:
            # Every article has its turn before one of them has its second.
            rounds.append((said[item.article], item.id))
            said[item.article] += 1
        order = [item for _, item in sorted(rounds, key=lambda each: each[0])]
        return order[sum(1 for earlier in range(stretch) if self._days(earlier)) % len(order)]

    def _days(self, stretch: int) -> tuple[date, ...]:
        if stretch not in self._known_days:
            first = STRETCHES_FROM + stretch * RHYTHM
            self._known_days[stretch] = tuple(self.calendar.school_days(first, first + RHYTHM - timedelta(days=1)))
        return self._known_days[stretch]

    @cached_property
    def _known_days(self) -> dict[int, tuple[date, ...]]:
        # The same for all groups, of which there may be thousands; threads that fill it fill in the same.
        return {}

    def _draw(self, space: SpaceName, what: str) -> random.Random:
        material = f"{self.seed}\0{space}\0{what}".encode()
        return random.Random(hashlib.sha256(material).digest())  # noqa: S311 - a draw that must repeat, no secret


def stretch_of(moment: datetime) -> int:
    """In which stretch of four weeks a moment falls."""
    return (moment.astimezone(UTC).date() - STRETCHES_FROM) // RHYTHM
