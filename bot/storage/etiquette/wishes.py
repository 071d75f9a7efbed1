"""Keeps how the staff of a group want it to be reminded."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.etiquette.wishes import Rhythm, Wishes
from bot.school.spaces import SpaceName
from bot.storage.rows.spaces import WishesRow


class SqlWishes:
    """A `bot.etiquette.ports.WishesStore`."""

    __slots__ = ("_session",)

    def __init__(self, session: Session) -> None:
        self._session = session

    def chosen(self) -> Mapping[SpaceName, Wishes]:
        """The wishes of every group whose staff chose."""
        return {SpaceName(row.space): _wishes(row) for row in self._session.scalars(select(WishesRow))}

    def chosen_of(self, space: SpaceName) -> Mapping[SpaceName, Wishes]:
        """The wishes of one group; empty where nobody chose."""
        row = self._session.get(WishesRow, space)
        return {} if row is None else {space: _wishes(row)}

    def save(self, space: SpaceName, wishes: Wishes) -> None:
        """Keep them in the place of what was there."""
        self._session.merge(
            WishesRow(
                space=space,
                weeks=wishes.rhythm.value,
                moved_on=wishes.moved_on,
                since=wishes.since,
                paused_until=wishes.paused_until,
                left_out=",".join(sorted(wishes.left_out)),
            )
        )


def _wishes(row: WishesRow) -> Wishes:
    left_out = frozenset(topic for topic in row.left_out.split(",") if topic)
    return Wishes(Rhythm(row.weeks), row.moved_on, row.since, row.paused_until, left_out)
