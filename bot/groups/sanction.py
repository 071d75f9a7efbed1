"""The one place that says what a group may see and do, and which steps an admin or a teacher can take about it."""

from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase

from bot.groups.ports import Group, GroupState
from bot.school.facts import GroupRules
from bot.school.people import Person
from bot.school.spaces import SpaceName


def is_allowed_beforehand(
    rules: GroupRules, space: SpaceName, title: str, adder: Person | None, *, outsiders_allowed: bool
) -> bool:
    """Whether a group needs no admin's word any more, by the rules and lists of the school's file.

    An id is Google's own and cannot be made up. Anybody can give a group any name, so a name counts only where
    somebody of staff added the bot, and only in a group that is for the school alone.
    """
    if space in rules.spaces:
        return True
    if adder is None or not adder.is_staff or outsiders_allowed:
        return False
    name = title.casefold().strip()
    if name in rules.titles:
        return True
    fits = not rules.names or any(fnmatchcase(name, pattern.casefold()) for pattern in rules.names)
    return rules.staff_may_add and fits


def may_speak(group: Group | None) -> bool:
    """Whether the bot may take part in this group: answer, remind, welcome."""
    return group is not None and group.state is GroupState.SANCTIONED


def may_say_goodbye(group: Group | None) -> bool:
    """Whether the bot is still there and has just been told to stop: one last sentence is owed."""
    return group is not None and group.state in {GroupState.REFUSED, GroupState.WITHDRAWN, GroupState.EXPIRED}


def members_are_kept(group: Group | None) -> bool:
    """Whether it is remembered who is in it: of a group that nobody approved nothing is kept."""
    return group is not None and group.state in {GroupState.SANCTIONED, GroupState.SUSPENDED}


DECISIONS: Mapping[GroupState, Sequence[GroupState]] = {
    GroupState.WAITING: (GroupState.SANCTIONED, GroupState.REFUSED),
    GroupState.SANCTIONED: (GroupState.WITHDRAWN,),
    GroupState.SUSPENDED: (GroupState.SANCTIONED, GroupState.WITHDRAWN),
    GroupState.REFUSED: (GroupState.SANCTIONED,),
    GroupState.WITHDRAWN: (GroupState.SANCTIONED,),
    GroupState.EXPIRED: (GroupState.SANCTIONED,),
    GroupState.REMOVED: (),
}
"""What an admin can decide about a group in each state; whatever was decided can be undone."""


def can_become(group: Group, state: GroupState) -> bool:
    """Whether an admin can decide this about the group as it is now."""
    return state in DECISIONS[group.state]
