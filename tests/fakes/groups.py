"""Groups and their reminders in dictionaries."""

from collections.abc import Sequence
from datetime import UTC, datetime

from bot.etiquette.ports import Reminder
from bot.etiquette.wishes import RemindedGroup, Rhythm, Wishes
from bot.groups.ports import Group, GroupState
from bot.school.spaces import SpaceName


class FakeGroups:
    """A `bot.groups.ports.GroupStore`."""

    def __init__(self) -> None:
        self.rows: dict[SpaceName, Group] = {}

    def get(self, space: SpaceName) -> Group | None:
        return self.rows.get(space)

    def by_ref(self, ref: str) -> Group | None:
        return next((group for group in self.rows.values() if group.ref == ref), None)

    def save(self, group: Group) -> None:
        self.rows[group.space] = group

    def in_state(self, *states: GroupState) -> Sequence[Group]:
        found = [group for group in self.rows.values() if group.state in states]
        return sorted(found, key=lambda group: (group.added_at, group.space))


class FakeReminders:
    """A `bot.etiquette.ports.ReminderStore`."""

    def __init__(self) -> None:
        self.rows: dict[str, Reminder] = {}

    def add_once(self, reminder: Reminder) -> bool:
        if any((row.space, row.slot) == (reminder.space, reminder.slot) for row in self.rows.values()):
            return False
        self.rows[reminder.id] = reminder
        return True

    def any_since(self, space: SpaceName, moment: datetime) -> bool:
        return any(row.space == space and row.slot >= moment for row in self.rows.values())

    def get(self, reminder_id: str) -> Reminder | None:
        return self.rows.get(reminder_id)


LONG_AGO = datetime(2024, 1, 1, tzinfo=UTC)


def group(name: str, rhythm: Rhythm = Rhythm.FOUR_WEEKLY, *, since: datetime = LONG_AGO) -> RemindedGroup:
    """A group that is reminded in this rhythm; its name on the screen says nothing."""
    return RemindedGroup(SpaceName(f"spaces/{name}"), since, Wishes(rhythm))
