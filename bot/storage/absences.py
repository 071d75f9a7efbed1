"""Keeps who is away, and who stands in."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bot.school.absence import Absence
from bot.school.people import Email
from bot.storage.rows.people import AbsenceRow
from bot.storage.statements import changed


class SqlAbsences:
    """A `bot.school.absence.Absences`."""

    __slots__ = ("_session",)

    def __init__(self, session: Session) -> None:
        self._session = session

    def on(self, day: date) -> Sequence[Absence]:
        """Who is away on this day, in the order of their addresses."""
        away = select(AbsenceRow).where(AbsenceRow.first_day <= day, AbsenceRow.last_day >= day)
        return [_absence(row) for row in self._session.scalars(away.order_by(AbsenceRow.email))]

    def of(self, person: Email) -> Absence | None:
        """Somebody's own absence, also one that is still to come."""
        row = self._session.get(AbsenceRow, person)
        return None if row is None else _absence(row)

    def save(self, absence: Absence) -> None:
        """Remember it in the place of what was there for this person."""
        self._session.merge(
            AbsenceRow(email=absence.person, first_day=absence.first, last_day=absence.last, deputy=absence.deputy)
        )

    def forget(self, person: Email) -> None:
        """This person is there again."""
        self._session.execute(delete(AbsenceRow).where(AbsenceRow.email == person))

    def purge(self, day: date) -> int:
        """Forget the absences that ended before this day; tells how many."""
        return changed(self._session, delete(AbsenceRow).where(AbsenceRow.last_day < day))


def _absence(row: AbsenceRow) -> Absence:
    return Absence(Email(row.email), row.first_day, row.last_day, Email(row.deputy))
