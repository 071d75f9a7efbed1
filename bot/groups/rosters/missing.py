"""Who of a class is not in its group, and how sure that is; pure, from a class list and what is known of members."""

import unicodedata
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from bot.groups.rosters.ports import Membership, Pupil
from bot.school.people import Email, Person


@dataclass(frozen=True, slots=True)
class Missing:
    """Who is not seen in the group, in the order of their names.

    `unplaced` counts the members who could be any of them: people without a known address, whose name is nobody's on
    the list. `complete` is False where members came through a Google group and are not listed.
    """

    pupils: tuple[Pupil, ...] = field(repr=False)
    unplaced: int
    complete: bool

    @property
    def surely_somebody(self) -> bool:
        """Whether at least one of the class is not there, whoever the unplaced members are."""
        return self.complete and len(self.pupils) > self.unplaced


def missing_of(pupils: Sequence[Pupil], membership: Membership) -> Missing:
    """Compare a class list with the members of a group: by address, else by the very same name.

    A name that several of the class have is used as often as a member has it, and then nobody of that name is called
    missing with the wrong one's place.
    """
    absent = [pupil for pupil in pupils if pupil.email not in membership.emails]
    names = Counter(_folded(pupil.name) for pupil in absent if pupil.name)
    members = Counter(_folded(name) for name in membership.unplaced)
    there = {name for name, count in names.items() if members[name] >= count}
    left = [pupil for pupil in absent if not pupil.name or _folded(pupil.name) not in there]
    unplaced = sum(count for name, count in members.items() if name not in there)
    in_order = sorted(left, key=lambda pupil: (_folded(pupil.shown), pupil.email))
    return Missing(tuple(in_order), unplaced, membership.complete)


def may_ask(person: Person, mentors: Collection[Email]) -> bool:
    """Whether somebody may know who of a class is missing: its mentors; of a class without one, whoever works here.

    That the person is in the group is for the caller to know.
    """
    return person.is_staff and (not mentors or person.email in mentors)


def mentors_of(class_name: str, people: Collection[Person]) -> frozenset[Email]:
    """Who works here and belongs to this class by the school's own data."""
    wanted = class_name.casefold()
    return frozenset(
        person.email for person in people if person.is_staff and wanted in {name.casefold() for name in person.classes}
    )


def _folded(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.casefold())
    return " ".join("".join(letter for letter in plain if not unicodedata.combining(letter)).split())
