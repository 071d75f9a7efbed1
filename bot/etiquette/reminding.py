"""Turns the slots that have come into reminders that are owed, once each."""

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, time

from bot.etiquette.ports import Reminder, ReminderStore
from bot.etiquette.schedule import Schedule
from bot.outbox.delivery import Delivery, Kind, Priority, owe, to_group
from bot.school.spaces import SpaceName


@dataclass(frozen=True, slots=True)
class SanctionedGroup:
    """A group that may be reminded, and since when; etiquette needs to know nothing else of it."""

    space: SpaceName
    since: datetime


def plan_due(
    groups: Iterable[SanctionedGroup],
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
    until = schedule.calendar.may_speak_until(now)
    if until is None:
        return 0
    local = schedule.calendar.local(now)
    today = schedule.calendar.at(local.date(), time())
    planned = 0
    for group in groups:
        slot = schedule.due(group.space, since=max(group.since, today), now=now)
        if slot is None:
            continue
        reminder = Reminder(id=secrets.token_hex(16), space=group.space, slot=slot.moment, item=slot.item)
        if reminders.add_once(reminder):
            owe_it(owe(Kind.REMINDER, to_group(group.space), reminder.id, Priority.REMINDER, now=now, expires_at=until))
            planned += 1
    return planned
