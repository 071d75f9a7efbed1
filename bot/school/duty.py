"""Who is on duty when something cannot wait, by day and by night: a person and a deputy for each stretch of days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bot.school.people import Email


@dataclass(frozen=True, slots=True)
class Duty:
    """A stretch of days on the school's clock, both ends included, with who is warned first and who stands in."""

    first: date
    last: date
    person: Email
    deputy: Email

    def covers(self, day: date) -> bool:
        """Whether the duty runs on this day, from midnight to midnight at school."""
        return self.first <= day <= self.last

    def meets(self, other: "Duty") -> bool:
        """Whether both run on at least one same day."""
        return self.first <= other.last and other.first <= self.last


def on_duty(duties: Iterable[Duty], day: date) -> Duty | None:
    """The duty of a day on the school's clock; None when nobody was named for it."""
    return next((duty for duty in duties if duty.covers(day)), None)
