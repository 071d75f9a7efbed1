"""Keeps who is in which group, for as long as the bot takes part there."""

from collections.abc import Collection, Mapping
from datetime import date

from sqlalchemy import ColumnElement, delete, exists, select
from sqlalchemy.orm import Session

from bot.groups.ports import GroupState
from bot.groups.presence.ports import Membership
from bot.school.people import UserId
from bot.school.spaces import SpaceName
from bot.storage.rows.spaces import MembershipRow, SpaceRow
from bot.storage.statements import changed, insert_into

ROWS_AT_ONCE = 1000
"""Both databases have a limit to the values of one statement."""


class SqlMemberships:
    """A `bot.groups.presence.ports.Memberships`."""

    __slots__ = ("_session",)

    def __init__(self, session: Session) -> None:
        self._session = session

    def of(self, spaces: Collection[SpaceName]) -> Mapping[SpaceName, Mapping[UserId, Membership]]:
        """Who is or lately was in these groups; every group has an entry."""
        found: dict[SpaceName, dict[UserId, Membership]] = {space: {} for space in spaces}
        for member in self._some(MembershipRow.space.in_(spaces)):
            found[member.space][member.user] = member
        return found

    def save(self, memberships: Collection[Membership]) -> None:
        """Add them, or replace what was known of them."""
        rows = [
            {
                "space": each.space,
                "user_id": each.user,
                "outsider": each.outsider,
                "first_seen": each.first_seen,
                "welcomed": each.welcomed,
                "left_on": each.left_on,
            }
            for each in memberships
        ]
        new = insert_into(self._session, MembershipRow)
        others = {name: new.excluded[name] for name in ("outsider", "first_seen", "welcomed", "left_on")}
        saved = new.on_conflict_do_update(index_elements=[MembershipRow.space, MembershipRow.user_id], set_=others)
        for start in range(0, len(rows), ROWS_AT_ONCE):
            self._session.execute(saved, rows[start : start + ROWS_AT_ONCE])

    def forget(self, space: SpaceName) -> None:
        """Forget who was in this group."""
        self._session.execute(delete(MembershipRow).where(MembershipRow.space == space))

    def is_in(self, space: SpaceName, user: UserId) -> bool:
        """Whether this person was in the group at the last look."""
        here = (MembershipRow.space == space, MembershipRow.user_id == user, MembershipRow.left_on.is_(None))
        return bool(self._session.scalar(select(exists().where(*here))))

    def to_welcome(self, most: int) -> list[Membership]:
        """New members of groups in which the bot may speak, at most so many."""
        speaks = select(SpaceRow.name).where(SpaceRow.state == GroupState.SANCTIONED.value)
        new = (
            MembershipRow.welcomed.is_(False),
            MembershipRow.outsider.is_(False),
            MembershipRow.left_on.is_(None),
            MembershipRow.space.in_(speaks),
        )
        asked = select(MembershipRow).where(*new).order_by(MembershipRow.first_seen, MembershipRow.space)
        return [_membership(row) for row in self._session.scalars(asked.limit(most))]

    def purge(self, day: date) -> int:
        """Forget who left before this day; tells how many."""
        return changed(self._session, delete(MembershipRow).where(MembershipRow.left_on < day))

    def _some(self, condition: ColumnElement[bool]) -> list[Membership]:
        return [_membership(row) for row in self._session.scalars(select(MembershipRow).where(condition))]


def _membership(row: MembershipRow) -> Membership:
    return Membership(
        SpaceName(row.space), UserId(row.user_id), row.outsider, row.first_seen, row.welcomed, row.left_on
    )
