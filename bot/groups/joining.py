"""What the bot does when it comes into a group, and when somebody decides about it."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.groups.ports import Group, GroupState, GroupStore
from bot.groups.sanction import can_become, is_allowed_beforehand
from bot.outbox.delivery import Delivery, Kind, Priority, owe, to_group, to_left_group, to_person
from bot.school.facts import GroupRules
from bot.school.people import Person, UserId
from bot.school.spaces import Dialect, SpaceKind, SpaceName


@dataclass(frozen=True, slots=True)
class Arrival:
    """That the bot is in a group; `added_by` is "" where it found that out by itself."""

    space: SpaceName
    kind: SpaceKind
    display_name: str
    outsiders_allowed: bool
    dialect: Dialect
    added_by: UserId


def arrive(
    arrival: Arrival, adder: Person | None, store: GroupStore, *, rules: GroupRules, now: datetime
) -> tuple[Group, bool]:
    """Remember the group and tell whether it is newly waiting for an admin.

    Sanctioned at once where the school's rule or list allows it. A group that was refused, or in which the bot was told
    to stop, stays so however often the bot is added again.
    """
    known = store.get(arrival.space)
    allowed = is_allowed_beforehand(
        rules, arrival.space, arrival.display_name, adder, outsiders_allowed=arrival.outsiders_allowed
    )
    if known is not None and known.state is not GroupState.REMOVED:
        group = replace(known, display_name=arrival.display_name, dialect=arrival.dialect)
        if known.found_by_itself and arrival.added_by:
            # The bot saw the group in Google's list before the event came that says who added it.
            group = replace(group, added_by=arrival.added_by)
            if known.state is GroupState.WAITING and allowed:
                group = replace(group, state=GroupState.SANCTIONED, decided_at=now)
        store.save(group)
        return group, False
    group = Group(
        space=arrival.space,
        ref=known.ref if known is not None else secrets.token_hex(16),
        kind=arrival.kind,
        display_name=arrival.display_name,
        state=GroupState.SANCTIONED if allowed else GroupState.WAITING,
        dialect=arrival.dialect,
        added_by=arrival.added_by,
        added_at=now,
        decided_at=now if allowed else None,
    )
    store.save(group)
    return group, not allowed


def ask_admins(group: Group, admins: Iterable[UserId], *, now: datetime) -> list[Delivery]:
    """The cards that ask every reachable admin to approve or refuse; they answer an act, so they go at once."""
    return [owe(Kind.APPROVAL_ASKED, to_person(admin), group.ref, Priority.WELCOME, now=now) for admin in admins]


def decide(
    ref: str, state: GroupState, store: GroupStore, *, by: UserId | None, now: datetime
) -> tuple[Group, Delivery | None] | None:
    """Approve or refuse a waiting group and owe it the news; None when there is no such group.

    Somebody else may have decided first: then nothing changes and the group is returned as it is. `by` is None for the
    command line.
    """
    group = store.by_ref(ref)
    if group is None:
        return None
    if group.state is not GroupState.WAITING or not can_become(group, state):
        return group, None
    return _decided(group, state, store, by, now)


def overturn(
    ref: str, state: GroupState, store: GroupStore, *, by: UserId | None, now: datetime
) -> tuple[Group, Delivery | None] | None:
    """Undo or change what was decided before, and owe the group the news; None when there is no such group.

    Where a group was suspended, letting it go on sets that concern aside for as long as it lasts.
    """
    group = store.by_ref(ref)
    if group is None:
        return None
    if group.state is GroupState.WAITING or not can_become(group, state):
        return group, None
    return _decided(group, state, store, by, now)


def _decided(
    group: Group, state: GroupState, store: GroupStore, by: UserId | None, now: datetime
) -> tuple[Group, Delivery | None]:
    decided = replace(
        group.decided(state, by=by, at=now),
        suspended_for=None,
        overruled=group.suspended_for if state is GroupState.SANCTIONED else None,
        expires_on=None,
        asked_on=None,
        looked_at=group.looked_at if group.state is GroupState.SUSPENDED else None,
    )
    store.save(decided)
    return decided, _news(group, decided, now)


def _news(before: Group, after: Group, now: datetime) -> Delivery | None:
    match after.state:
        case GroupState.SANCTIONED if before.state is GroupState.SUSPENDED:
            return None
        case GroupState.SANCTIONED:
            return owe(Kind.GROUP_WELCOME, to_group(after.space), after.ref, Priority.WELCOME, now=now)
        case GroupState.REFUSED:
            return owe(Kind.GROUP_REFUSED, to_left_group(after.space), after.ref, Priority.WELCOME, now=now)
        case _:
            return goodbye(after, now)


def goodbye(group: Group, now: datetime) -> Delivery:
    """The one sentence with which the bot falls silent in a group."""
    return owe(Kind.GROUP_GOODBYE, to_left_group(group.space), group.ref, Priority.WELCOME, now=now)


def leave(space: SpaceName, store: GroupStore) -> Group | None:
    """Remember that the bot was removed: nothing is sent there any more. The group as it was, when it was known.

    What was refused or withdrawn stays so: whoever adds the bot again must not get round an admin's word.
    """
    group = store.get(space)
    if group is not None and group.state not in {GroupState.REFUSED, GroupState.WITHDRAWN}:
        store.save(replace(group, state=GroupState.REMOVED, suspended_for=None, overruled=None, looked_at=None))
    return group
