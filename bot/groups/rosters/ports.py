"""What rosters need of the world: a place that keeps class lists, and somebody who knows who is in a group."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from bot.school.people import Email
from bot.school.spaces import SpaceName


@dataclass(frozen=True, slots=True)
class Pupil:
    """A pupil on a class list; `name` is "" where the list has none, and then the address is shown."""

    email: Email
    name: str = field(repr=False)

    @property
    def shown(self) -> str:
        """What a teacher reads."""
        return self.name or self.email


@dataclass(frozen=True, slots=True)
class Membership:
    """Who is in a group as far as it can be known.

    `complete` is False where members came through a Google group, whom Google does not list to an app. `unplaced` are
    the shown names of members whose address nobody knows yet: they never spoke to the bot, and Google does not say.
    """

    emails: frozenset[Email]
    complete: bool
    unplaced: tuple[str, ...] = field(default=(), repr=False)


class MembersUnknown(Exception):
    """Who is in the group cannot be said now: Google is busy or out of reach, or the bot is not in the group."""


class Members(Protocol):
    """Knows who is in a group."""

    def of(self, space: SpaceName) -> Membership:
        """The members of a space, within seconds; raises MembersUnknown."""
        ...


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A pupil of a course as the course says it; `email` is "" where it may not be seen. Not checked in any way."""

    email: str = field(repr=False)
    name: str = field(repr=False)


class CourseUnknown(Exception):
    """Who is in a course cannot be said; the sentence says what to do and names nobody."""


class Courses(Protocol):
    """Knows who is in a course."""

    def pupils_of(self, course: str) -> Sequence[Enrolled]:
        """The pupils of the course with this id; raises CourseUnknown."""
        ...


class Rosters(Protocol):
    """Keeps class lists, inside the caller's transaction."""

    def names(self) -> Sequence[str]:
        """The classes that have a list, in the order of their names."""
        ...

    def of(self, class_name: str) -> Sequence[Pupil]:
        """The pupils of a class in the order of their addresses; nobody where there is no such list."""
        ...

    def classes_of(self, email: Email) -> Sequence[str]:
        """The classes on whose list this address stands, in the order of their names."""
        ...

    def sizes(self) -> Mapping[str, tuple[int, datetime]]:
        """How many pupils each class has, and when its list was read (aware UTC), in the order of their names."""
        ...

    def replace(self, class_name: str, pupils: Sequence[Pupil], now: datetime) -> None:
        """Keep this list in the place of what was there."""
        ...

    def forget_all_but(self, class_names: Collection[str]) -> Sequence[str]:
        """Forget the other classes; tells which they were."""
        ...

    def look_again(self) -> Mapping[SpaceName, date]:
        """From which day each group may be looked at again; those never looked at are left out."""
        ...

    def claim_look(self, space: SpaceName, today: date, again_on: date) -> bool:
        """This group was looked at, and is left alone until that day; False where somebody else looked first."""
        ...
