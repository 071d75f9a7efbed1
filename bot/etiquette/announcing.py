"""Tells each group once that another version of the protocol is in force: outside lessons, on one of the first days."""

import secrets
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta

from bot.etiquette.items import ItemId
from bot.etiquette.ports import Reminder, ReminderStore
from bot.etiquette.wishes import RemindedGroup
from bot.outbox.delivery import Delivery, Kind, Priority, owe, to_group
from bot.school.calendar import SchoolCalendar

ANNOUNCED_WITHIN = timedelta(days=28)
"""After this it is no news any more: whoever sees it in `/protocol` reads since when it holds."""

ANNOUNCEMENT = "versie"
"""Stands where a reminder has its item: what is announced is the version that is in force when it is sent."""


def changed_on(versions: Iterable[date], today: date) -> date | None:
    """Since when the version of today is in force, when that is news: there was another one before it."""
    past = sorted(day for day in versions if day <= today)
    return past[-1] if len(past) > 1 and today - past[-1] < ANNOUNCED_WITHIN else None


def plan_announcements(
    groups: Iterable[RemindedGroup],
    calendar: SchoolCalendar,
    reminders: ReminderStore,
    owe_it: Callable[[Delivery], None],
    *,
    since: date,
    now: datetime,
) -> int:
    """Owe it to each group that was there before that day and has not heard it; tells how many were new.

    Also where a group is never reminded or in a pause: it is about what holds for them, and it comes once.
    """
    slot, planned = calendar.at(since, time()), 0
    for group in groups:
        until = calendar.may_speak_until(now, group.name) if group.since < slot else None
        if until is None:
            continue
        said = Reminder(id=secrets.token_hex(16), space=group.space, slot=slot, item=ItemId(ANNOUNCEMENT))
        if reminders.add_once(said):
            address = to_group(group.space)
            owe_it(owe(Kind.PROTOCOL_NEWS, address, said.id, Priority.REMINDER, now=now, expires_at=until))
            planned += 1
    return planned
