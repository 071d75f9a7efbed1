"""Who hears that a group was suspended or goes on again, and when a new member is welcomed."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from bot.groups.ports import Group
from bot.groups.presence.ports import Membership
from bot.outbox.delivery import Delivery, Kind, Priority, owe, to_member, to_person
from bot.school.calendar import SchoolCalendar
from bot.school.people import UserId
from bot.school.spaces import SpaceName

BETWEEN_WELCOMES = timedelta(seconds=2)
"""Google takes one message a second in a group; half of that leaves room for answers."""


def news(
    before: Group, after: Group, whom: Collection[UserId], calendar: SchoolCalendar, now: datetime
) -> list[Delivery]:
    """Tell staff what became of a group; nothing when nothing did."""
    if (before.state, before.suspended_for) == (after.state, after.suspended_for):
        return []
    later = calendar.staff_moment(now)
    return [
        owe(Kind.GROUP_NEWS, to_person(user), after.ref, Priority.WELCOME, now=now, not_before=later)
        for user in dict.fromkeys(whom)
    ]


def welcomes(
    new: Sequence[Membership], groups: Mapping[SpaceName, Group], calendar: SchoolCalendar, now: datetime
) -> list[tuple[Membership, Delivery]]:
    """A welcome for each new member whose group may be spoken to now, a few seconds apart in each group.

    It ends with the hour of the day in which it may come: nobody is welcomed in a lesson.
    """
    counted: Counter[SpaceName] = Counter()
    owed = []
    for member in new:
        group = groups[member.space]
        until = calendar.may_speak_until(now, group.display_name)
        moment = now + counted[member.space] * BETWEEN_WELCOMES
        if until is None or moment >= until - BETWEEN_WELCOMES:
            continue
        counted[member.space] += 1
        address = to_member(member.space, member.user)
        delivery = owe(
            Kind.MEMBER_WELCOME, address, group.ref, Priority.WELCOME, now=now, not_before=moment, expires_at=until
        )
        owed.append((member, delivery))
    return owed
