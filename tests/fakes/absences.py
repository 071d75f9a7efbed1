"""Absences in a dictionary."""

from collections.abc import Sequence
from datetime import date

from bot.school.absence import Absence
from bot.school.people import Email


class FakeAbsences:
    """A `bot.school.absence.Absences`."""

    def __init__(self) -> None:
        self.rows: dict[Email, Absence] = {}

    def on(self, day: date) -> Sequence[Absence]:
        return [
            self.rows[email] for email in sorted(self.rows) if self.rows[email].first <= day <= self.rows[email].last
        ]

    def of(self, person: Email) -> Absence | None:
        return self.rows.get(person)

    def save(self, absence: Absence) -> None:
        self.rows[absence.person] = absence

    def forget(self, person: Email) -> None:
        self.rows.pop(person, None)

    def purge(self, day: date) -> int:
        over = [email for email, absence in self.rows.items() if absence.last < day]
        for email in over:
            del self.rows[email]
        return len(over)
