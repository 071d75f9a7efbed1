"""What of a case's history decides who is alerted, put together for one look at it."""

from collections.abc import Mapping
from dataclasses import replace

from bot.reports.alerts.escalation import Told, Waiting, Why
from bot.reports.casefile import Casefile, Step
from bot.reports.ports import SealedCase
from bot.school.calendar import SchoolCalendar
from bot.school.duty import Duty, on_duty
from bot.school.people import Email, UserId


def waiting(
    case: SealedCase,
    known: Casefile,
    *,
    readers: tuple[Email, ...],
    above: tuple[Email, ...],
    people: Mapping[UserId, Email],
    duties: tuple[Duty, ...],
    calendar: SchoolCalendar,
    day_only: bool,
) -> Waiting:
    """A case as it waits now; `people` are those who can receive a report now, by their Chat id.

    Whoever handles it and is not among them any more handles it no longer.
    """
    left, since = known.since_left
    told = tuple(
        Told(people[entry.to], Why(entry.detail), entry.at)
        for entry in since
        if entry.step is Step.ALERTED and entry.to is not None and entry.to in people
    )
    readers_so_far = {entry.by for entry in known.entries if entry.step is Step.READ}
    opened = frozenset(email for user, email in people.items() if user in readers_so_far)
    found = Waiting(
        case=case.id,
        urgency=known.urgency,
        received_at=case.received_at,
        recipients=(*readers, *above),
        above=frozenset(above),
        eligible=frozenset((*readers, *above)),
        duty=on_duty(duties, calendar.local(case.received_at).date()),
        day_only=day_only,
        told=told,
        opened_by=opened,
        taken_by=people.get(known.handler) if known.handler is not None else None,
    )
    if left is None:
        return found
    duty = on_duty(duties, calendar.local(left.at).date())
    return replace(found, received_at=left.at, day_only=False, duty=duty)
