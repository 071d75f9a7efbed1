"""By when a step of the checklist should be done, and who says so: a law, the protocol, or only our proposal."""

import calendar as months
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import islice
from typing import Self

from bot.school.calendar import SchoolCalendar

AT_ONCE = "direct"
LOOKED_AHEAD_DAYS = 370
MONTHS_OF_A_YEAR = 12


class Unit(StrEnum):
    """In what a deadline is counted; the value is its name in the data."""

    NOW = "direct"
    HOURS = "uur"
    DAYS = "dag"
    SCHOOL_DAYS = "schooldag"
    MONTHS = "maand"


class SaidBy(StrEnum):
    """Where a deadline comes from; a proposal is the school's to change."""

    LAW = "wet"
    PROTOCOL = "protocol"
    PROPOSAL = "voorstel"


@dataclass(frozen=True, slots=True)
class Deadline:
    """A number of units after a case came in; the number is 0 for what must be done at once."""

    unit: Unit
    number: int
    said_by: SaidBy

    @classmethod
    def parse(cls, within: str, said_by: str) -> Self:
        """Read `direct` or `72 uur`; raises ValueError with the word that is not known."""
        if within == AT_ONCE:
            return cls(Unit.NOW, 0, SaidBy(said_by))
        found = re.fullmatch(r"([1-9]\d{0,2}) ([a-z]+)", within)
        if found is None or found[2] == AT_ONCE:
            raise ValueError(repr(within))
        return cls(Unit(found[2]), int(found[1]), SaidBy(said_by))

    def day(self, received_at: datetime, calendar: SchoolCalendar) -> date:
        """The last day at school, counted from when the case came in (aware UTC; of a sealed reporter the day)."""
        local = calendar.local(received_at)
        match self.unit:
            case Unit.NOW:
                return local.date()
            case Unit.HOURS:
                return calendar.local(received_at + timedelta(hours=self.number)).date()
            case Unit.DAYS:
                return local.date() + timedelta(days=self.number)
            case Unit.MONTHS:
                return _months_later(local.date(), self.number)
            case Unit.SCHOOL_DAYS:
                first = local.date() + timedelta(days=1)
                last = first + timedelta(days=LOOKED_AHEAD_DAYS)
                days = list(islice(calendar.school_days(first, last), self.number))
                return days[-1] if len(days) == self.number else last


def _months_later(day: date, number: int) -> date:
    """The same day some months later, or the last one of a month that is shorter."""
    month = day.month - 1 + number
    year, month = day.year + month // MONTHS_OF_A_YEAR, month % MONTHS_OF_A_YEAR + 1
    return date(year, month, min(day.day, months.monthrange(year, month)[1]))
