"""School days, lessons and quiet hours: when something may be said unasked."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

import holidays

from bot.school.facts import SchoolHours

FIRST_WEEKEND_DAY = 5

LOOKS_AHEAD = timedelta(days=183)
"""How long before the known school holidays end somebody must hear that."""

LONGEST_HOLIDAY = 70
"""Days; longer than any summer holiday."""


@dataclass(frozen=True)
class SchoolCalendar:
    """The calendar of one school; takes and gives aware UTC moments, thinks in the school's own time zone."""

    hours: SchoolHours

    @cached_property
    def zone(self) -> ZoneInfo:
        """The school's time zone."""
        return ZoneInfo(self.hours.time_zone)

    @cached_property
    def _holidays(self) -> holidays.HolidayBase:
        # The package fills in years as they are asked for; public and school holidays of the region together.
        return holidays.country_holidays(
            "NL", subdiv=self.hours.region.capitalize(), categories=("public", "school"), language="nl"
        )

    def local(self, moment: datetime) -> datetime:
        """The moment on the school's clock."""
        return moment.astimezone(self.zone)

    def at(self, day: date, hour: time) -> datetime:
        """A time on the school's clock as aware UTC."""
        return datetime.combine(day, hour, self.zone).astimezone(UTC)

    def is_school_day(self, day: date) -> bool:
        """Whether lessons are given on this day: no weekend, no holiday of the country or region, no own day off."""
        if day.weekday() >= FIRST_WEEKEND_DAY or day in self._holidays:
            return False
        return not any(first <= day <= last for first, last, _ in self.hours.days_off)

    def runs_out(self, today: date) -> bool:
        """Whether the school holidays of the region are not known for the half year to come.

        The package holds what the ministry has fixed; an update of it brings the next years.
        """
        region = self.hours.region.capitalize()
        years = range(today.year, (today + LOOKS_AHEAD).year + 1)
        # Each of these years must be known: one without any school holiday is a year that the package does not have.
        return any(
            not holidays.country_holidays("NL", subdiv=region, categories=("school",), years=[year]) for year in years
        )

    def is_open(self, day: date) -> bool:
        """Whether groups may get something unasked on this day: a school day, and none that is to be quiet."""
        return self.is_school_day(day) and not any(first <= day <= last for first, last, _ in self.hours.quiet)

    def may_speak(self, moment: datetime, group: str = "") -> bool:
        """Whether a group may get something unasked now: an open day, in speaking hours, outside lessons."""
        return self.may_speak_until(moment, group) is not None

    def may_speak_until(self, moment: datetime, group: str = "") -> datetime | None:
        """Until when the group of this name may get something unasked (aware UTC); None when not even now."""
        local = self.local(moment)
        if not self.is_open(local.date()):
            return None
        ends = [end for start, end in self.free_times(group) if start <= local.time() < end]
        return self.at(local.date(), ends[0]) if ends else None

    def staff_moment(self, moment: datetime) -> datetime:
        """The first moment from now on at which staff may get a notice that can wait: school days, speaking hours."""
        local = self.local(moment)
        if self.is_school_day(local.date()):
            if self.hours.speak_from <= local.time() < self.hours.speak_until:
                return moment
            if local.time() < self.hours.speak_from:
                return self.at(local.date(), self.hours.speak_from)
        tomorrow = local.date() + timedelta(days=1)
        for day in self.school_days(tomorrow, tomorrow + timedelta(days=LONGEST_HOLIDAY)):
            return self.at(day, self.hours.speak_from)
        # A calendar without school days is a mistake; a notice that waits for ever would be a worse one.
        return moment

    def free_times(self, group: str = "") -> tuple[tuple[time, time], ...]:
        """The stretches of a school day in which the group of this name may be spoken to, in school time.

        Outside the lessons of the location that the name tells; when it tells none, outside those of all locations.
        """
        free = [(self.hours.speak_from, self.hours.speak_until)]
        for start, end, breaks in self._lessons_of(group):
            outside = [(time.min, start), *breaks, (end, time.max)]
            pairs = ((max(one[0], other[0]), min(one[1], other[1])) for one in free for other in outside)
            free = [pair for pair in pairs if pair[0] < pair[1]]
        return tuple(free)

    def _lessons_of(self, group: str) -> list[tuple[time, time, tuple[tuple[time, time], ...]]]:
        hours, name = self.hours, group.casefold()
        named = [each for each in hours.locations if any(word.casefold() in name for word in each.words)]
        chosen = named or hours.locations or (hours,)
        return [(each.lessons_from, each.lessons_until, each.breaks) for each in chosen]

    def school_days(self, first: date, last: date) -> Iterator[date]:
        """The school days from `first` to `last`, both included."""
        day = first
        while day <= last:
            if self.is_school_day(day):
                yield day
            day += timedelta(days=1)
