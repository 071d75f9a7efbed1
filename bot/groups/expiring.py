"""Until when a group takes part: to the end of the school year, with one question to its teacher before that."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.groups.ports import Group, GroupState
from bot.groups.sanction import may_speak
from bot.outbox.delivery import Delivery, Kind, Priority, owe, to_person
from bot.school.calendar import SchoolCalendar
from bot.school.people import UserId

ASKED_BEFORE = timedelta(days=14)
"""How long before the last school day of the year a teacher is asked."""

JULY, LAST_OF_JULY = 7, 31
LONGEST_HOLIDAY = 70


def school_year_ends(day: date) -> date:
    """The last day of the school year of this day: a school year runs from August."""
    end = date(day.year, JULY, LAST_OF_JULY)
    return end if day <= end else date(day.year + 1, JULY, LAST_OF_JULY)


def asks_from(expires_on: date, calendar: SchoolCalendar) -> date:
    """The first day on which a teacher is asked whether the group stays."""
    days = list(calendar.school_days(expires_on - timedelta(days=LONGEST_HOLIDAY), expires_on))
    return (days[-1] if days else expires_on) - ASKED_BEFORE


def expires(day: date, calendar: SchoolCalendar) -> date:
    """Until when a word that is given on this day holds; given when others are asked already, a year longer."""
    end = school_year_ends(day)
    return end if day < asks_from(end, calendar) else school_year_ends(end + timedelta(days=1))


def with_end(group: Group, today: date, calendar: SchoolCalendar) -> Group:
    """The group with an end, where it has none yet."""
    if group.expires_on is not None or group.state not in {GroupState.SANCTIONED, GroupState.SUSPENDED}:
        return group
    return replace(group, expires_on=expires(today, calendar))


def is_over(group: Group, today: date) -> bool:
    """Whether the time of the group is up."""
    going = group.state in {GroupState.SANCTIONED, GroupState.SUSPENDED}
    return going and group.expires_on is not None and today > group.expires_on


def is_to_be_asked(group: Group, today: date, first_day: date) -> bool:
    """Whether a teacher must now hear the question, which comes once a year, from the first day of `asks_from`."""
    return group.expires_on is not None and group.asked_on is None and may_speak(group) and today >= first_day


def ask(group: Group, whom: UserId, calendar: SchoolCalendar, now: datetime) -> Delivery:
    """The question to one teacher, at a moment for staff."""
    later = calendar.staff_moment(now)
    return owe(Kind.GROUP_STAYS, to_person(whom), group.ref, Priority.REMINDER, now=now, not_before=later)


def stays(group: Group, calendar: SchoolCalendar, now: datetime) -> Group:
    """The group for another school year."""
    ends = group.expires_on or school_year_ends(calendar.local(now).date())
    return replace(group, expires_on=school_year_ends(ends + timedelta(days=1)), asked_on=None)


def next_moment(now: datetime, group: str, calendar: SchoolCalendar) -> datetime:
    """The first moment from now on at which the group of this name may hear something unasked (aware UTC)."""
    today = calendar.local(now).date()
    for day in calendar.school_days(today, today + timedelta(days=LONGEST_HOLIDAY)):
        for start, end in calendar.free_times(group) if calendar.is_open(day) else ():
            moment = max(now, calendar.at(day, start))
            if moment < calendar.at(day, end):
                return moment
    return now
