"""Keeps the groups that the bot was added to."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from bot.groups.ports import Concern, Group, GroupState
from bot.school.people import UserId
from bot.school.spaces import Dialect, SpaceKind, SpaceName
from bot.storage.rows.spaces import SpaceRow
from bot.storage.statements import insert_into, locked_for_change


class SqlGroups:
    """A `bot.groups.ports.GroupStore`.

    In a transaction that writes, a group that was read stays locked until the end: of two admins who decide at once,
    the second one sees what the first one decided.
    """

    __slots__ = ("_session",)

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, space: SpaceName) -> Group | None:
        """The group in this space, whatever its state."""
        return self._one(SpaceRow.name == space)

    def by_ref(self, ref: str) -> Group | None:
        """The group that a button is about."""
        return self._one(SpaceRow.ref == ref)

    def save(self, group: Group) -> None:
        """Add it, or replace what was known of it."""
        new = insert_into(self._session, SpaceRow).values(
            name=group.space,
            ref=group.ref,
            kind=group.kind.value,
            display_name=group.display_name,
            state=group.state.value,
            dialect=group.dialect.value,
            added_by=group.added_by,
            added_at=group.added_at,
            decided_by=group.decided_by,
            decided_at=group.decided_at,
            suspended_for=group.suspended_for,
            overruled=group.overruled,
            members_complete=group.members_complete,
            looked_at=group.looked_at,
            expires_on=group.expires_on,
            asked_on=group.asked_on,
        )
        others = {column.name: column for column in new.excluded if column.name != "name"}
        self._session.execute(new.on_conflict_do_update(index_elements=[SpaceRow.name], set_=others))

    def in_state(self, *states: GroupState) -> Sequence[Group]:
        """All groups in one of these states, oldest first."""
        asked = select(SpaceRow).where(SpaceRow.state.in_(states)).order_by(SpaceRow.added_at, SpaceRow.name)
        return [_group(row) for row in self._session.scalars(asked)]

    def to_look_at(self, since: datetime, after: SpaceName, most: int) -> Sequence[Group]:
        """The next groups by name, after this one, of which the members were not looked at since that moment."""
        due = SpaceRow.looked_at.is_(None) | (SpaceRow.looked_at < since)
        states = [GroupState.SANCTIONED, GroupState.SUSPENDED]
        asked = select(SpaceRow).where(SpaceRow.state.in_(states), due, SpaceRow.name > after)
        return [_group(row) for row in self._session.scalars(asked.order_by(SpaceRow.name).limit(most))]

    def named(self, spaces: Collection[SpaceName]) -> Mapping[SpaceName, Group]:
        """These groups as they are now; locked until the end in a transaction that writes."""
        asked = select(SpaceRow).where(SpaceRow.name.in_(spaces)).order_by(SpaceRow.name)
        found = [_group(row) for row in self._session.scalars(locked_for_change(self._session, asked))]
        return {group.space: group for group in found}

    def _one(self, condition: ColumnElement[bool]) -> Group | None:
        row = self._session.scalar(locked_for_change(self._session, select(SpaceRow).where(condition)))
        return None if row is None else _group(row)


def _group(row: SpaceRow) -> Group:
    return Group(
        space=SpaceName(row.name),
        ref=row.ref,
        kind=SpaceKind(row.kind),
        display_name=row.display_name,
        state=GroupState(row.state),
        dialect=Dialect(row.dialect),
        added_by=UserId(row.added_by),
        added_at=row.added_at,
        decided_by=None if row.decided_by is None else UserId(row.decided_by),
        decided_at=row.decided_at,
        suspended_for=None if row.suspended_for is None else Concern(row.suspended_for),
        overruled=None if row.overruled is None else Concern(row.overruled),
        members_complete=row.members_complete,
        looked_at=row.looked_at,
        expires_on=row.expires_on,
        asked_on=row.asked_on,
    )
