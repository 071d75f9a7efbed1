"""Who sits where: the rows that receive reports, and to whom people go for advice (design: section 2.5)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from bot.school.facts import Part, SchoolFacts
from bot.school.people import Email, Person, Role

REPORT_PARTS = frozenset({Part.STAFF_REPORTS, Part.PUPIL_REPORTS})


class Row(StrEnum):
    """A row of seats; the value is the word of the school's file."""

    LEADERSHIP = "schoolleiding"
    BOARD = "bestuur"
    SUPERVISORS = "toezicht"
    LAST_RESORT = "laatste"
    MANAGERS = "leidinggevende"


ROLES: Mapping[Row, Role] = {
    Row.LEADERSHIP: Role.LEADER,
    Row.BOARD: Role.BOARD,
    Row.SUPERVISORS: Role.SUPERVISOR,
}


@dataclass(frozen=True, slots=True)
class Seats:
    """Everybody who can ever read what somebody sent.

    `managers` says to whose line manager each person goes with `/overleg`. `names` are for pages and count for nothing
    when two lists are compared.
    """

    leadership: tuple[Email, ...]
    board: tuple[Email, ...]
    supervisors: tuple[Email, ...]
    last_resort: Email
    managers: Mapping[Email, Email]
    names: Mapping[Email, str] = field(compare=False, repr=False, default_factory=dict)

    @property
    def recipients(self) -> tuple[Email, ...]:
        """Everybody in the rows, nobody twice, in the order of the rows."""
        return tuple(dict.fromkeys((*self.leadership, *self.board, *self.supervisors, self.last_resort)))

    @property
    def deciding(self) -> tuple[Email, ...]:
        """The sitting leaders and board members, who agree with changes."""
        return tuple(dict.fromkeys((*self.leadership, *self.board)))

    def name(self, email: Email) -> str:
        """What to call somebody of these seats."""
        return self.names.get(email) or email

    def pairs(self) -> Iterator[tuple[Row, Email, Email | None]]:
        """Each seat: the row, who sits there, and for a line manager whose."""
        yield from ((Row.LEADERSHIP, email, None) for email in self.leadership)
        yield from ((Row.BOARD, email, None) for email in self.board)
        yield from ((Row.SUPERVISORS, email, None) for email in self.supervisors)
        yield Row.LAST_RESORT, self.last_resort, None
        yield from ((Row.MANAGERS, manager, person) for person, manager in sorted(self.managers.items()))


@dataclass(frozen=True, slots=True)
class Difference:
    """Somebody comes into a row (`comes`) or leaves it; `of` is whose line manager they are."""

    row: Row
    who: Email
    comes: bool
    of: Email | None = None


def seats_in(facts: SchoolFacts) -> Seats:
    """What the school's file proposes."""
    managers = {
        person.email: person.line_manager for person in facts.people.values() if person.line_manager is not None
    }
    rows = (*facts.leadership, *facts.board, *facts.supervisors, facts.last_resort, *managers, *managers.values())
    names = {email: facts.people[email].name for email in rows if email in facts.people}
    return Seats(facts.leadership, facts.board, facts.supervisors, facts.last_resort, managers, names)


def differences(before: Seats, after: Seats) -> tuple[Difference, ...]:
    """Who leaves and who comes; empty when only the order within a row is different."""
    old, new = dict.fromkeys(before.pairs()), dict.fromkeys(after.pairs())
    gone = (Difference(row, who, comes=False, of=of) for row, who, of in old if (row, who, of) not in new)
    come = (Difference(row, who, comes=True, of=of) for row, who, of in new if (row, who, of) not in old)
    return (*gone, *come)


def touched(before: Seats, after: Seats) -> frozenset[Email]:
    """Everybody whom a change is about; it is not for them to agree with it."""
    return frozenset(difference.who for difference in differences(before, after))


def with_seats(facts: SchoolFacts, seats: Seats, *, reports_open: bool) -> SchoolFacts:
    """The school as its file says, but for who reads reports: that goes by the seats alone.

    Duties of whoever does not sit are left out. With reports not open, both parts for reports are off.
    """
    people = dict(facts.people)
    for row, role in ROLES.items():
        for email in _row(seats, row):
            people[email] = _seated(people.get(email), email, seats.name(email), role)
    if seats.last_resort not in people:
        people[seats.last_resort] = Person(
            seats.last_resort, seats.name(seats.last_resort), frozenset({Role.CONFIDANT})
        )
    for email, person in people.items():
        people[email] = replace(person, line_manager=seats.managers.get(email))
    on_call = frozenset(seats.deciding)
    return replace(
        facts,
        people=people,
        leadership=seats.leadership,
        board=seats.board,
        supervisors=seats.supervisors,
        last_resort=seats.last_resort,
        duties=tuple(duty for duty in facts.duties if {duty.person, duty.deputy} <= on_call),
        parts_on=facts.parts_on if reports_open else facts.parts_on - REPORT_PARTS,
    )


def _row(seats: Seats, row: Row) -> tuple[Email, ...]:
    return {Row.LEADERSHIP: seats.leadership, Row.BOARD: seats.board, Row.SUPERVISORS: seats.supervisors}[row]


def _seated(listed: Person | None, email: Email, name: str, role: Role) -> Person:
    if listed is None:
        return Person(email, name, frozenset({role}))
    return listed if role in listed.roles else replace(listed, roles=listed.roles | {role})
