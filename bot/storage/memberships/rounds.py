"""Keeps how far a round over all groups came, and which worker is at it."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.storage.rows.spaces import RoundRow
from bot.storage.statements import insert_into, locked_for_change

MINUTE, PRESENCE, ACCOUNTS = "minute", "presence", "accounts"
"""What goes round: the timer's minute, the look at all groups, the look at all accounts."""


class SqlRounds:
    """A `bot.groups.presence.ports.Rounds`."""

    __slots__ = ("_session",)

    def __init__(self, session: Session) -> None:
        self._session = session

    def begin(
        self, name: str, now: datetime, *, done_before: datetime, real_now: datetime, until: datetime
    ) -> datetime | None:
        """When the round began that this worker now holds until `until`; None when there is nothing to hold."""
        first = insert_into(self._session, RoundRow).values(name=name, started_at=now, done=False, lease_until=None)
        self._session.execute(first.on_conflict_do_nothing())
        asked = select(RoundRow).where(RoundRow.name == name)
        row = self._session.scalars(locked_for_change(self._session, asked)).one()
        if row.lease_until is not None and row.lease_until > real_now:
            return None
        if row.done:
            if row.started_at > done_before:
                return None
            row.started_at, row.done = now, False
        row.lease_until = until
        return row.started_at

    def finished(self, name: str) -> datetime | None:
        """When the last round began that was finished; None while one is under way or there was none."""
        row = self._session.get(RoundRow, name)
        return None if row is None or not row.done else row.started_at

    def mark(self, name: str, now: datetime) -> None:
        """What has no parts was done at this moment."""
        new = insert_into(self._session, RoundRow).values(name=name, started_at=now, done=True, lease_until=None)
        again = new.on_conflict_do_update(index_elements=[RoundRow.name], set_={"started_at": new.excluded.started_at})
        self._session.execute(again)

    def let_go(self, name: str, *, done: bool) -> None:
        """Let others go on with it, or say that it is finished."""
        self._session.execute(update(RoundRow).where(RoundRow.name == name).values(lease_until=None, done=done))
