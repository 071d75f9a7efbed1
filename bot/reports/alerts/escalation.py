"""Who is alerted about a case that nobody has taken on, and when: the duty leader, the deputy, the row above.

Nothing here remembers anything: what is owed follows from what the caller knows of the case at that moment, read under
the same lock under which it writes down who was told. What a case's readers hear when it comes in and can wait is
addressed at intake (`bot.reports.submitting`); here that case has a reading deadline only.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import islice

from bot.reports.ports import CaseId, Urgency
from bot.school.calendar import LONGEST_HOLIDAY, SchoolCalendar
from bot.school.duty import Duty
from bot.school.people import Email


class Why(StrEnum):
    """Why somebody is alerted.

    The first of a case's steps is FIRST, whoever takes it; ABOVE is its last step, also when it is for whoever else is
    left. READING says that a deadline passed and nobody has read it.
    """

    FIRST = "first"
    DEPUTY = "deputy"
    ABOVE = "above"
    READING = "reading"


DEPUTY_AFTER = timedelta(minutes=15)
ABOVE_AFTER = timedelta(minutes=30)
"""From when an urgent case came in (responsible-use.md R32, a proposal until a school decides)."""

DAYS_TO_READ = {Urgency.TODAY: 0, Urgency.SOON: 1, Urgency.CALM: 5}
"""School days after the day on which a case came in, 0 being that day itself (responsible-use.md section 3)."""

ROOM = timedelta(hours=1)
"""What is left of a school day when its reading deadline passes, so that whoever hears it can still act.

It is also the least that a reader gets.
"""


@dataclass(frozen=True, slots=True)
class Told:
    """That somebody was alerted about a case, and when (aware UTC)."""

    whom: Email
    why: Why
    at: datetime


@dataclass(frozen=True, slots=True)
class Waiting:
    """A case, as far as it decides who is alerted; moments are aware UTC.

    `recipients` are the people of its route in order, those included who are alerted last; `above` says who of them
    that is: the row above, which for a case of the leadership is the board. Nobody outside of `eligible` is ever named:
    not excluded, not recused, with a direct message.
    `duty` is the one of the day at school on which the case came in: it does not change hands at midnight.
    With `day_only` (a sealed reporter) `received_at` is the start of the day, and says nothing about the hour.
    `opened_by` is who read the story; `taken_by` who has it now (`Casefile.handler`). When that person leaves it, it
    waits anew: `received_at` is that moment then, and `told` begins again, for the others were told that it was taken.
    """

    case: CaseId
    urgency: Urgency
    received_at: datetime
    recipients: tuple[Email, ...]
    above: frozenset[Email]
    eligible: frozenset[Email]
    duty: Duty | None = None
    day_only: bool = False
    told: tuple[Told, ...] = ()
    opened_by: frozenset[Email] = frozenset()
    taken_by: Email | None = None

    @property
    def named(self) -> tuple[Email, ...]:
        """Everybody who may be alerted, nobody twice, in the order of the route."""
        return tuple(email for email in dict.fromkeys(self.recipients) if email in self.eligible)

    @property
    def routes_need_repair(self) -> bool:
        """Whether nobody is left to be alerted: then people must hear that the routes are broken."""
        return not self.named

    @property
    def counts_from(self) -> datetime:
        """From when an urgent case's minutes count: where only the day is known, from when the first person was told.

        Counted from the start of its day, every sealed report would alert all at once.
        """
        if not self.day_only:
            return self.received_at
        return min((told.at for told in self.told), default=self.received_at + timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Alert:
    """That somebody is to be alerted about a case, since `due` (aware UTC)."""

    case: CaseId
    whom: Email
    why: Why
    due: datetime
    urgent: bool


def alerts(case: Waiting, calendar: SchoolCalendar, *, now: datetime) -> Sequence[Alert]:
    """All that is owed by now and was not told yet, the earliest first; nothing once somebody has taken the case on.

    Reading a story ends its reading alerts only: whoever opened an urgent case and put it away has not taken it on.
    Empty with `routes_need_repair` means that nobody can be told. Asked late, an alert of a case that can wait may come
    at night: the caller sends it at `SchoolCalendar.staff_moment`.
    """
    if case.taken_by is not None:
        return ()
    read = not case.opened_by.isdisjoint(case.named)
    told = {(told.whom, told.why is Why.READING) for told in case.told}
    return tuple(
        alert
        for alert in _planned(case, calendar)
        if alert.due <= now
        and (alert.whom, alert.why is Why.READING) not in told
        and not (read and alert.why is Why.READING)
    )


def deadline(case: Waiting, calendar: SchoolCalendar) -> datetime | None:
    """When the reporter must hear that nobody has read it yet (aware UTC); None once anybody has, or has taken it on.

    At that moment somebody is alerted too, so that saying so is true, unless `routes_need_repair`.
    """
    if case.opened_by or case.taken_by is not None:
        return None
    return _read_by(case, calendar)


def next_look(case: Waiting, calendar: SchoolCalendar, *, now: datetime) -> datetime | None:
    """When to ask again (aware UTC): the first thing that becomes due after now; None when nothing is to come."""
    if case.taken_by is not None:
        return None
    late = deadline(case, calendar)
    coming = [alert.due for alert in _planned(case, calendar)] + ([late] if late is not None else [])
    return min((moment for moment in coming if moment > now), default=None)


def _planned(case: Waiting, calendar: SchoolCalendar) -> list[Alert]:
    """Every alert that this case would ever bring if nobody did anything."""
    urgent = case.urgency.is_urgent
    read_by = _read_by(case, calendar)
    planned = []
    if urgent:
        for why, people, after in _steps(case):
            due = case.counts_from + after if after else case.received_at
            planned += [Alert(case.case, whom, why, due, urgent=True) for whom in people]
    # Where an urgent case has nobody new left to alert, everybody is alerted once more when the deadline passes.
    if all(alert.due < read_by for alert in planned):
        planned += [Alert(case.case, whom, Why.READING, read_by, urgent=urgent) for whom in _readers(case)]
    return planned


def _steps(case: Waiting) -> list[tuple[Why, list[Email], timedelta]]:
    """Who is alerted one after another about an urgent case, and after how long; a step without anybody takes no time.

    Without anybody on duty whoever reads the case hears it at once, and the row above when they do nothing.
    """
    on_duty = [] if case.duty is None else [case.duty.person, case.duty.deputy]
    first = [email for email in on_duty if email in case.named]
    if not first:
        everybody = [email for email in case.named if email not in case.above] or list(case.named)
        steps = [(Why.FIRST, everybody, timedelta())]
        last = [email for email in case.named if email not in everybody]
        return [*steps, (Why.ABOVE, last, ABOVE_AFTER)] if last else steps
    rest = [email for email in case.named if email not in first]
    last = [email for email in rest if email in case.above] or rest
    steps = [(Why.FIRST, first[:1], timedelta())]
    if first[1:]:
        steps.append((Why.DEPUTY, first[1:], DEPUTY_AFTER))
    return [*steps, (Why.ABOVE, last, DEPUTY_AFTER * len(steps))] if last else steps


def _readers(case: Waiting) -> Sequence[Email]:
    """Who hears that a deadline passed: the row above beside the others, who knew already; else everybody again."""
    above = [email for email in case.named if email in case.above]
    return case.named if case.urgency.is_urgent else above or case.named


def _read_by(case: Waiting, calendar: SchoolCalendar) -> datetime:
    """When a case must have been read: of one that can wait always within staff hours of a school day."""
    if case.urgency.is_urgent:
        return case.counts_from + ABOVE_AFTER
    days, came = DAYS_TO_READ[case.urgency], case.received_at
    if case.day_only and not days:
        # It may have come in the last minute of its day, and nobody was late by then.
        came += timedelta(days=1)
    today = calendar.local(came).date()
    if not days:
        closing, room = _closing(calendar, today)
        if calendar.is_school_day(today) and came < closing:
            return max(closing, came + room)
        days = 1
    ahead = calendar.school_days(today + timedelta(days=1), today + timedelta(days=LONGEST_HOLIDAY + 7 * days))
    for day in islice(ahead, days - 1, None):
        return _closing(calendar, day)[0]
    # A calendar without school days is a mistake; a deadline that never comes would be a worse one.
    return came + timedelta(days=days)


def _closing(calendar: SchoolCalendar, day: date) -> tuple[datetime, timedelta]:
    """When the reading ends on a school day, and how much of staff hours is left then: at most half of them."""
    start, end = (calendar.at(day, hour) for hour in (calendar.hours.speak_from, calendar.hours.speak_until))
    room = min(ROOM, (end - start) / 2)
    return end - room, room
