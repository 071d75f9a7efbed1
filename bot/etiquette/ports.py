"""What reminding needs of the world: a place that remembers which reminder was planned for whom."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.etiquette.items import ItemId
from bot.school.spaces import SpaceName


@dataclass(frozen=True, slots=True)
class Reminder:
    """One reminder for one group; `slot` is the moment drawn for it (aware UTC)."""

    id: str
    space: SpaceName
    slot: datetime
    item: ItemId


class ReminderStore(Protocol):
    """Remembers reminders, inside the caller's transaction."""

    def add_once(self, reminder: Reminder) -> bool:
        """Keep it unless this group has one for this slot already; tells whether it was kept."""
        ...

    def get(self, reminder_id: str) -> Reminder | None:
        """The reminder that a delivery is about."""
        ...
