"""Gives out the moments at which messages may leave, so that all workers together keep Google's quotas."""

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import Engine, delete, select
from sqlalchemy.orm import Session

from bot.outbox.pace import SPACE_EVERY, Lane, after, moments, speed_of
from bot.school.spaces import SpaceName
from bot.storage.rows.outbox import LaneRow, SpaceWriteRow
from bot.storage.statements import changed, insert_into


class SqlPace:
    """A `bot.outbox.ports.Pace`; every call is a short transaction of its own.

    `blind` makes a space's name into a keyed hash: without the keys nobody can tell who was written to.
    """

    __slots__ = ("_blind", "_engine")

    def __init__(self, engine: Engine, blind: Callable[[SpaceName], str]) -> None:
        self._engine = engine
        self._blind = blind

    def take(self, lane: Lane, count: int, *, now: datetime, latest: datetime) -> Sequence[datetime]:
        """At most `count` moments, from `now` to `latest` (real time), that nobody else gets."""
        speed = speed_of(lane)
        with Session(self._engine) as session, session.begin():
            asked = select(LaneRow).where(LaneRow.lane == lane.value).with_for_update()
            row = session.scalar(asked)
            if row is None:
                first = insert_into(session, LaneRow).values(lane=lane.value, next_at=after(speed, None, 0, now=now))
                session.execute(first.on_conflict_do_nothing())
                row = session.scalars(asked).one()
            given = moments(speed, row.next_at, count, now=now, latest=latest)
            row.next_at = after(speed, row.next_at, len(given), now=now)
            return given

    def enter(self, space: SpaceName, *, now: datetime) -> datetime | None:
        """None when this space may be written to now, by the caller alone; else the moment to ask again."""
        key, row = self._blind(space), SpaceWriteRow
        with Session(self._engine) as session, session.begin():
            mine = insert_into(session, row).values(space=key, free_at=now + SPACE_EVERY)
            entered = mine.on_conflict_do_update(
                index_elements=[row.space], set_={"free_at": now + SPACE_EVERY}, where=row.free_at <= now
            )
            if changed(session, entered):
                return None
            return session.scalar(select(row.free_at).where(row.space == key)) or now

    def forget(self, *, now: datetime) -> int:
        """Remove the spaces that may be written to again; tells how many."""
        free = select(SpaceWriteRow.space).where(SpaceWriteRow.free_at <= now).with_for_update(skip_locked=True)
        with Session(self._engine) as session, session.begin():
            spaces = session.scalars(free).all()
            return changed(session, delete(SpaceWriteRow).where(SpaceWriteRow.space.in_(spaces))) if spaces else 0
