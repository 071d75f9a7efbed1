"""What reminding needs of the world: a place that remembers which reminder was planned for whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.etiquette.items import ItemId
from bot.etiquette.wishes import Wishes
from bot.school.spaces import SpaceName


@dataclass(frozen=True, slots=True)
class Reminder:
    """One reminder for one group; `slot` is the moment drawn for it (aware UTC)."""

    id: str
    space: SpaceName
    slot: datetime
    item: ItemId


class WishesStore(Protocol):
    """Remembers what groups chose, inside the caller's transaction."""

    def chosen(self) -> Mapping[SpaceName, Wishes]:
        """The wishes of every group whose staff chose."""
        ...

    def chosen_of(self, space: SpaceName) -> Mapping[SpaceName, Wishes]:
        """The wishes of one group; empty where nobody chose."""
        ...

    def save(self, space: SpaceName, wishes: Wishes) -> None:
        """Keep them in the place of what was there."""
        ...


class ReminderStore(Protocol):
    """Remembers reminders, inside the caller's transaction."""

    def add_once(self, reminder: Reminder) -> bool:
        """Keep it unless this group has one for this slot already; tells whether it was kept."""
        ...

    def any_since(self, space: SpaceName, moment: datetime) -> bool:
        """Whether this group has had a reminder for this moment or a later one."""
        ...

    def get(self, reminder_id: str) -> Reminder | None:
        """The reminder that a delivery is about."""
        ...
