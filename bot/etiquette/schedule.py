"""Draws beforehand when a group is reminded and of what: from group, wishes, calendar and seed, nothing else."""

import hashlib
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property

from bot.etiquette.items import Item, ItemId
from bot.etiquette.wishes import RemindedGroup, Wishes
from bot.school.articles import ArticleCode
from bot.school.calendar import SchoolCalendar
from bot.school.spaces import SpaceName

COUNTED_FROM = date(2024, 1, 1)
"""A Monday; weeks are counted from here so that every worker draws the same."""

WORKDAYS = 5
LOOKS_AHEAD = 104
"""Weeks; a group that hears nothing for two years hears nothing."""


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

    def slot(self, group: RemindedGroup, stretch: int) -> Slot | None:
        """The reminder of a group in one stretch of its rhythm; None when there is none."""
        moment = self._moment(group, stretch)
        return None if moment is None else Slot(moment, self._item(group, stretch))

    def due(self, group: RemindedGroup, *, since: datetime, now: datetime) -> Slot | None:
        """The latest reminder whose moment has come since `since`; older ones are not made up for."""
        if not group.wishes.rhythm:
            return None
        for stretch in range(stretch_of(now, group), stretch_of(since, group) - 1, -1):
            moment = self._moment(group, stretch)
            if moment is not None and moment <= now:
                return Slot(moment, self._item(group, stretch)) if moment > since else None
        return None

    def coming(self, group: RemindedGroup, now: datetime) -> Iterator[Slot]:
        """The reminders after now, for two years."""
        if not group.wishes.rhythm:
            return
        first = stretch_of(now, group)
        for stretch in range(first, first + LOOKS_AHEAD // group.wishes.rhythm):
            slot = self.slot(group, stretch)
            if slot is not None and slot.moment > now:
                yield slot

    def upcoming(self, group: RemindedGroup, now: datetime) -> Slot | None:
        """The first reminder after now; None when two years hold none, or there is nothing to remind of."""
        return next(self.coming(group, now), None)

    def going_on(self, group: RemindedGroup, wishes: Wishes, now: datetime) -> Wishes:
        """New wishes for a group, moved on to where the old ones were: what was said does not come back at once."""
        afresh = replace(group, wishes=replace(wishes, moved_on=0))
        before, after = self.upcoming(group, now), self.upcoming(afresh, now)
        if before is None or after is None:
            return replace(wishes, moved_on=group.wishes.moved_on)
        everything = [item.id for item in self._order(group.space)]
        start, said = everything.index(before.item), self._said_here(afresh)
        following = next(item for item in (*everything[start:], *everything[:start]) if item in said)
        return replace(wishes, moved_on=said.index(following) - said.index(after.item))

    def _moment(self, group: RemindedGroup, stretch: int) -> datetime | None:
        wishes, free = group.wishes, self.calendar.free_times(group.name)
        day = self._day(group, stretch)
        if day is None or not free or not self._said_here(group):
            return None
        if wishes.paused_until is not None and day <= wishes.paused_until:
            return None
        draw = self._draw(group.space, f"{wishes.rhythm} {stretch}")
        start, end = draw.choice(free)
        minutes = _minutes(end) - _minutes(start)
        moment = self.calendar.at(day, start) + timedelta(minutes=draw.randrange(max(minutes, 1)))
        return None if wishes.since is not None and moment <= wishes.since else moment

    def _day(self, group: RemindedGroup, stretch: int) -> date | None:
        """The group's own weekday in its own week of a stretch, so that stretches follow one another evenly.

        When there is no school on it another day of that week; a week without any passes in silence.
        """
        week, order = self._own_week(group)
        open_ones = self._open_days(stretch * group.wishes.rhythm + week)
        return next((day for weekday in order for day in open_ones if day.weekday() == weekday), None)

    def _own_week(self, group: RemindedGroup) -> tuple[int, Sequence[int]]:
        draw = self._draw(group.space, f"week of {group.wishes.rhythm}")
        return draw.randrange(group.wishes.rhythm), draw.sample(range(WORKDAYS), WORKDAYS)

    def _item(self, group: RemindedGroup, stretch: int) -> ItemId:
        # One order for always, and stretches without a reminder do not count: whenever a group came, nothing comes back
        # before everything was said.
        order, (week, _) = self._said_here(group), self._own_week(group)
        said = sum(1 for earlier in range(stretch) if self._open_days(earlier * group.wishes.rhythm + week))
        return order[(said + group.wishes.moved_on) % len(order)]

    def _said_here(self, group: RemindedGroup) -> Sequence[ItemId]:
        left_out = group.wishes.left_out
        if group.space not in self._orders:
            self._orders[group.space] = self._order(group.space)
        return [item.id for item in self._orders[group.space] if item.topic not in left_out]

    def _order(self, space: SpaceName) -> Sequence[Item]:
        drawn = list(self.items)
        self._draw(space, "order").shuffle(drawn)
        said: Counter[ArticleCode] = Counter()
        rounds: list[tuple[int, Item]] = []
        for item in drawn:
            # Every article has its turn before one of them has its second.
            rounds.append((said[item.article], item))
            said[item.article] += 1
        return [item for _, item in sorted(rounds, key=lambda each: each[0])]

    def _open_days(self, week: int) -> tuple[date, ...]:
        if week not in self._known_weeks:
            monday = COUNTED_FROM + timedelta(weeks=week)
            days = (monday + timedelta(days=weekday) for weekday in range(WORKDAYS))
            self._known_weeks[week] = tuple(day for day in days if self.calendar.is_open(day))
        return self._known_weeks[week]

    @cached_property
    def _known_weeks(self) -> dict[int, tuple[date, ...]]:
        # The same for all groups, of which there may be thousands; threads that fill it fill in the same.
        return {}

    @cached_property
    def _orders(self) -> dict[SpaceName, Sequence[Item]]:
        return {}

    def _draw(self, space: SpaceName, what: str) -> random.Random:
        material = f"{self.seed}\0{space}\0{what}".encode()
        return random.Random(hashlib.sha256(material).digest())  # noqa: S311 - a draw that must repeat, no secret


def stretch_of(moment: datetime, group: RemindedGroup) -> int:
    """In which stretch of its rhythm a moment falls; raises ZeroDivisionError for a group that is never reminded."""
    return (moment.astimezone(UTC).date() - COUNTED_FROM) // timedelta(weeks=group.wishes.rhythm)


def _minutes(hour: time) -> int:
    return hour.hour * 60 + hour.minute
