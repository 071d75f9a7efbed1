"""What the bot does when it comes into a group, and when somebody decides about it."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.groups.ports import Group, GroupState, GroupStore
from bot.outbox.delivery import Delivery, Kind, Priority, owe, to_group, to_person
from bot.school.people import Person, UserId
from bot.school.spaces import Dialect, SpaceKind, SpaceName


@dataclass(frozen=True, slots=True)
class Arrival:
    """That the bot was added to a group."""

    space: SpaceName
    kind: SpaceKind
    display_name: str
    outsiders_allowed: bool
    dialect: Dialect
    added_by: UserId


def arrive(
    arrival: Arrival, adder: Person, store: GroupStore, *, staff_may_add: bool, now: datetime
) -> tuple[Group, bool]:
    """Remember the group and tell whether it is newly waiting for an admin.

    Sanctioned at once when the school's rule allows it: internal only, added by staff. A group that was refused stays
    refused however often the bot is added again.
    """
    known = store.get(arrival.space)
    if known is not None and known.state in {GroupState.SANCTIONED, GroupState.REFUSED, GroupState.WAITING}:
        group = replace(known, display_name=arrival.display_name, dialect=arrival.dialect)
        store.save(group)
        return group, False
    by_rule = staff_may_add and adder.is_staff and not arrival.outsiders_allowed
    group = Group(
        space=arrival.space,
        ref=known.ref if known is not None else secrets.token_hex(16),
        kind=arrival.kind,
        display_name=arrival.display_name,
        state=GroupState.SANCTIONED if by_rule else GroupState.WAITING,
        dialect=arrival.dialect,
        added_by=arrival.added_by,
        added_at=now,
        decided_at=now if by_rule else None,
    )
    store.save(group)
    return group, not by_rule


def ask_admins(group: Group, admins: Iterable[UserId], *, now: datetime) -> list[Delivery]:
    """The cards that ask every reachable admin to approve or refuse; they answer an act, so they go at once."""
    return [owe(Kind.APPROVAL_ASKED, to_person(admin), group.ref, Priority.WELCOME, now=now) for admin in admins]


def decide(
    ref: str, state: GroupState, store: GroupStore, *, by: UserId, now: datetime
) -> tuple[Group, Delivery | None] | None:
    """Approve or refuse a waiting group and owe it the news; None when there is no such group.

    Somebody else may have decided first: then nothing changes and the group is returned as it is.
    """
    group = store.by_ref(ref)
    if group is None:
        return None
    if group.state is not GroupState.WAITING:
        return group, None
    decided = group.decided(state, by=by, at=now)
    store.save(decided)
    kind = Kind.GROUP_WELCOME if state is GroupState.SANCTIONED else Kind.GROUP_REFUSED
    return decided, owe(kind, to_group(group.space), group.ref, Priority.WELCOME, now=now)


def leave(space: SpaceName, store: GroupStore) -> None:
    """Remember that the bot was removed: nothing is sent there any more."""
    group = store.get(space)
    if group is not None and group.state is not GroupState.REFUSED:
        store.save(replace(group, state=GroupState.REMOVED))


def may_speak(group: Group | None) -> bool:
    """Whether the bot may take part in this group."""
    return group is not None and group.state is GroupState.SANCTIONED
