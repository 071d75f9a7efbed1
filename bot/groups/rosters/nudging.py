"""Whether a group's teacher should hear that somebody of the class is missing: rarely, and only when it is sure."""

from datetime import date, datetime, timedelta

from bot.groups.ports import Group
from bot.groups.rosters.missing import Missing
from bot.outbox.delivery import Delivery, Kind, Priority, owe, to_person
from bot.school.calendar import SchoolCalendar

NEXT_NUDGE = timedelta(days=31)
"""A teacher hears it at most once a month for each group."""

NEXT_LOOK = timedelta(days=7)
"""Where nobody is missing, or nobody can be told, a look a week is enough."""

AFTER_FAILURE = timedelta(days=1)


def again_on(missing: Missing | None, today: date) -> date:
    """From which day the group may be looked at again; None is a look at which Google did not answer."""
    if missing is None:
        return today + AFTER_FAILURE
    return today + (NEXT_NUDGE if missing.surely_somebody else NEXT_LOOK)


def nudge(group: Group, missing: Missing | None, calendar: SchoolCalendar, *, now: datetime) -> Delivery | None:
    """The private message to whoever added the bot to the group; None unless somebody is surely missing.

    It holds no name. After the day's last speaking hour it is not sent any more.
    """
    if missing is None or not missing.surely_somebody:
        return None
    evening = calendar.at(calendar.local(now).date(), calendar.hours.speak_until)
    address = to_person(group.added_by)
    return owe(Kind.MISSING_NUDGE, address, group.ref, Priority.REMINDER, now=now, expires_at=evening)
