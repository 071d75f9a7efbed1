"""Keeps which pupils are in which class, and when a group was looked at for who of its class is missing."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from bot.groups.rosters.ports import Pupil
from bot.school.people import Email
from bot.school.spaces import SpaceName
from bot.storage.rows.rosters import ClassPupilRow, ClassRow, LookRow
from bot.storage.statements import changed, insert_into


class SqlRosters:
    """A `bot.groups.rosters.ports.Rosters`."""

    __slots__ = ("_session",)

    def __init__(self, session: Session) -> None:
        self._session = session

    def names(self) -> Sequence[str]:
        """The classes that have a list, in the order of their names."""
        return list(self._session.scalars(select(ClassRow.name).order_by(ClassRow.name)))

    def of(self, class_name: str) -> Sequence[Pupil]:
        """The pupils of a class in the order of their addresses; nobody where there is no such list."""
        asked = select(ClassPupilRow).where(ClassPupilRow.class_name == class_name).order_by(ClassPupilRow.email)
        return [Pupil(Email(row.email), row.name) for row in self._session.scalars(asked)]

    def classes_of(self, email: Email) -> Sequence[str]:
        """The classes on whose list this address stands, in the order of their names."""
        asked = select(ClassPupilRow.class_name).where(ClassPupilRow.email == email)
        return list(self._session.scalars(asked.order_by(ClassPupilRow.class_name)))

    def sizes(self) -> Mapping[str, tuple[int, datetime]]:
        """How many pupils each class has, and when its list was read (aware UTC), in the order of their names."""
        asked = (
            select(ClassRow.name, func.count(ClassPupilRow.email), ClassRow.imported_at)
            .outerjoin(ClassPupilRow, ClassPupilRow.class_name == ClassRow.name)
            .group_by(ClassRow.name, ClassRow.imported_at)
            .order_by(ClassRow.name)
        )
        return {name: (pupils, at) for name, pupils, at in self._session.execute(asked)}

    def replace(self, class_name: str, pupils: Sequence[Pupil], now: datetime) -> None:
        """Keep this list in the place of what was there."""
        new = insert_into(self._session, ClassRow).values(name=class_name, imported_at=now)
        self._session.execute(
            new.on_conflict_do_update(index_elements=[ClassRow.name], set_={"imported_at": new.excluded.imported_at})
        )
        self._session.execute(delete(ClassPupilRow).where(ClassPupilRow.class_name == class_name))
        if pupils:
            rows = [{"class_name": class_name, "email": pupil.email, "name": pupil.name} for pupil in pupils]
            self._session.execute(insert(ClassPupilRow), rows)

    def forget_all_but(self, class_names: Collection[str]) -> Sequence[str]:
        """Forget the other classes; tells which they were."""
        gone = [name for name in self.names() if name not in class_names]
        # SQLite keeps foreign keys only where it was told to; nothing of a class may stay behind.
        self._session.execute(delete(ClassPupilRow).where(ClassPupilRow.class_name.in_(gone)))
        self._session.execute(delete(ClassRow).where(ClassRow.name.in_(gone)))
        return gone

    def look_again(self) -> Mapping[SpaceName, date]:
        """From which day each group may be looked at again; those never looked at are left out."""
        return {SpaceName(row.space): row.again_on for row in self._session.scalars(select(LookRow))}

    def claim_look(self, space: SpaceName, today: date, again_on: date) -> bool:
        """This group was looked at, and is left alone until that day; False where somebody else looked first."""
        new = insert_into(self._session, LookRow).values(space=space, again_on=again_on)
        claimed = new.on_conflict_do_update(
            index_elements=[LookRow.space],
            set_={"again_on": new.excluded.again_on},
            where=LookRow.again_on <= today,
        )
        return changed(self._session, claimed) == 1
