"""What changed between what is remembered of groups and members and what Google lists: a pure comparison."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.groups.ports import Concern, Group, GroupState
from bot.groups.presence.ports import ListedGroup, ListedPerson, Membership
from bot.school.people import Person, UserId
from bot.school.spaces import SpaceName

LEAVES_A_TRACE = frozenset({GroupState.WAITING, GroupState.SANCTIONED, GroupState.SUSPENDED, GroupState.EXPIRED})
"""States that change when the bot is no longer there; an admin's no outlasts that."""

INTERNAL = "INTERNAL"
NOT_SAID = frozenset({"", "AFFILIATION_UNSPECIFIED"})


@dataclass(frozen=True, slots=True)
class GroupChanges:
    """Groups of which the bot did not know that it is there, those it must have left, those that look different."""

    new: tuple[ListedGroup, ...]
    gone: tuple[Group, ...]
    different: tuple[Group, ...]


def compare_groups(
    remembered: Mapping[SpaceName, Group], listed: Collection[ListedGroup], listed_at: datetime
) -> GroupChanges:
    """What is to be done about groups; one that came after the list was asked for is not gone."""
    here = {each.space for each in listed}
    different = []
    for each in listed:
        group = remembered.get(each.space)
        if group is None or group.state is GroupState.REMOVED:
            continue
        renamed = replace(group, display_name=each.display_name or group.display_name, kind=each.kind)
        if renamed != group:
            different.append(renamed)
    return GroupChanges(
        new=tuple(each for each in listed if _is_new(remembered.get(each.space))),
        gone=tuple(
            group
            for space, group in remembered.items()
            if space not in here and group.state in LEAVES_A_TRACE and group.added_at < listed_at
        ),
        different=tuple(different),
    )


def _is_new(group: Group | None) -> bool:
    return group is None or group.state is GroupState.REMOVED


def compare_members(
    group: Group,
    remembered: Mapping[UserId, Membership],
    listed: Collection[ListedPerson],
    today: date,
    *,
    outsiders_allowed: bool,
) -> tuple[Membership, ...]:
    """The memberships that are new or different.

    At the first look nobody is new: whoever is there then was there when the bot came. Who comes back within the time
    that leaving is remembered is not welcomed a second time.
    """
    changed = []
    here = {person.user for person in listed}
    for person in listed:
        outsider = is_outsider(person, outsiders_allowed=outsiders_allowed)
        known = remembered.get(person.user)
        if known is None:
            first = group.looked_at is None
            changed.append(Membership(group.space, person.user, outsider, today, welcomed=first))
        elif (known.outsider, known.left_on) != (outsider, None):
            changed.append(replace(known, outsider=outsider, left_on=None))
    left = (each for user, each in remembered.items() if user not in here and each.left_on is None)
    return (*changed, *(replace(each, left_on=today) for each in left))


def is_outsider(person: ListedPerson, *, outsiders_allowed: bool) -> bool:
    """Whether somebody is not of the school; where Google does not say, whether the group can have such people."""
    if person.affiliation in NOT_SAID:
        return outsiders_allowed
    return person.affiliation != INTERNAL


def concern_about(
    members: Collection[Membership], person_of: Callable[[UserId], Person | None], *, complete: bool
) -> Concern | None:
    """Why the group should not go on, if anything.

    That no teacher is there is said only when it is sure: the list holds everybody, and the school knows each of them.
    """
    here = [each for each in members if each.left_on is None]
    if any(each.outsider for each in here):
        return Concern.OUTSIDERS
    if not complete or not here:
        return None
    people = [person_of(each.user) for each in here]
    if any(person is None or person.is_staff for person in people):
        return None
    return Concern.NO_TEACHER


def looked(group: Group, concern: Concern | None, now: datetime, *, complete: bool) -> Group:
    """The group after a look: suspended, going on again, or as it was.

    An admin who let it go on is not overruled by the same concern, but is when that has gone and comes back.
    """
    after = replace(group, looked_at=now, members_complete=complete)
    if concern is None:
        state = GroupState.SANCTIONED if group.state is GroupState.SUSPENDED else group.state
        return replace(after, state=state, suspended_for=None, overruled=None)
    if concern is group.overruled:
        return after
    return replace(after, state=GroupState.SUSPENDED, suspended_for=concern, overruled=None)
