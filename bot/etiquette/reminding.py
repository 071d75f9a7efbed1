"""Turns the slots that have come into reminders that are owed, once each."""

import secrets
from collections.abc import Callable, Iterable
from datetime import datetime, time

from bot.etiquette.ports import Reminder, ReminderStore
from bot.etiquette.schedule import Schedule
from bot.etiquette.wishes import RemindedGroup
from bot.outbox.delivery import Delivery, Kind, Priority, owe, to_group


def plan_due(
    groups: Iterable[RemindedGroup],
    schedule: Schedule,
    reminders: ReminderStore,
    owe_it: Callable[[Delivery], None],
    *,
    now: datetime,
) -> int:
    """Keep and owe one reminder for each group whose slot has come; tells how many were new.

    Called in one transaction, so that a reminder is kept together with its delivery. What comes due while the bot is
    silent is planned later on the same day; after that it is let go, so that nothing comes in a burst.
    """
    calendar = schedule.calendar
    local = calendar.local(now)
    if not calendar.is_open(local.date()):
        return 0
    today, planned = calendar.at(local.date(), time()), 0
    for group in groups:
        slot = schedule.due(group, since=max(group.since, today), now=now)
        until = calendar.may_speak_until(now, group.name) if slot is not None else None
        if slot is None or until is None:
            continue
        reminder = Reminder(id=secrets.token_hex(16), space=group.space, slot=slot.moment, item=slot.item)
        if reminders.add_once(reminder):
            owe_it(owe(Kind.REMINDER, to_group(group.space), reminder.id, Priority.REMINDER, now=now, expires_at=until))
            planned += 1
    return planned
