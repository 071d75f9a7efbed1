"""Keeps which reminder was planned for which group."""

from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from bot.etiquette.items import ItemId
from bot.etiquette.ports import Reminder
from bot.school.spaces import SpaceName
from bot.storage.rows.spaces import ReminderRow
from bot.storage.statements import changed, insert_into


class SqlReminders:
    """A `bot.etiquette.ports.ReminderStore`."""

    __slots__ = ("_session",)

    def __init__(self, session: Session) -> None:
        self._session = session

    def add_once(self, reminder: Reminder) -> bool:
        """Keep it unless this group has one for this slot already; tells whether it was kept."""
        new = insert_into(self._session, ReminderRow).values(
            id=reminder.id, space=reminder.space, slot=reminder.slot, item=reminder.item
        )
        once = new.on_conflict_do_nothing(index_elements=[ReminderRow.space, ReminderRow.slot])
        return changed(self._session, once) == 1

    def any_since(self, space: SpaceName, moment: datetime) -> bool:
        """Whether this group has had a reminder for this moment or a later one."""
        had = exists().where(ReminderRow.space == space, ReminderRow.slot >= moment)
        return bool(self._session.scalar(select(had)))

    def get(self, reminder_id: str) -> Reminder | None:
        """The reminder that a delivery is about."""
        row = self._session.get(ReminderRow, reminder_id)
        if row is None:
            return None
        return Reminder(id=row.id, space=SpaceName(row.space), slot=row.slot, item=ItemId(row.item))
