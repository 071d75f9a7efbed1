"""Who of the readers of reports is away, from when until when, and who stands in."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from bot.school.people import Email


@dataclass(frozen=True, slots=True)
class Absence:
    """A stretch of days on the school's clock, both ends included."""

    person: Email
    first: date
    last: date
    deputy: Email


class Absences(Protocol):
    """Remembers absences, inside the caller's transaction; one for each person."""

    def on(self, day: date) -> Sequence[Absence]:
        """Who is away on this day."""
        ...

    def of(self, person: Email) -> Absence | None:
        """Somebody's own absence, also one that is still to come."""
        ...

    def save(self, absence: Absence) -> None:
        """Remember it in the place of what was there for this person."""
        ...

    def forget(self, person: Email) -> None:
        """This person is there again."""
        ...

    def purge(self, day: date) -> int:
        """Forget the absences that ended before this day; tells how many."""
        ...


def with_deputies(
    people: Sequence[Email], absences: Collection[Absence], *, allowed: Collection[Email]
) -> tuple[Email, ...]:
    """These people, each who is away followed by their deputy where that one may stand in: nobody outside `allowed`."""
    away = {absence.person: absence.deputy for absence in absences}
    found = [each for person in people for each in (person, away.get(person)) if each is not None]
    return tuple(dict.fromkeys(email for email in found if email in people or email in allowed))


def present(people: Collection[Email], absences: Collection[Absence]) -> tuple[Email, ...]:
    """Who of these is there; all of them when nobody is."""
    away = {absence.person for absence in absences}
    return tuple(email for email in people if email not in away) or tuple(people)
