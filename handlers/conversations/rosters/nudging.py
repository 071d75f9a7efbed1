"""The timer's look at which groups miss somebody of their class; a few groups a minute, on school days only."""

import time
from datetime import datetime, timedelta

from bot.groups.ports import Group, GroupState
from bot.groups.rosters.missing import Missing, may_ask, mentors_of, missing_of
from bot.groups.rosters.naming import ClassNames
from bot.groups.rosters.nudging import NEXT_LOOK, again_on, nudge
from bot.groups.rosters.ports import MembersUnknown
from bot.school.facts import Part
from bot.wiring import Bot

AT_ONCE = 10
SECONDS = 20.0
"""Of a minute's job, for all looks together: each is two calls to Google, and the other steps come after it."""

TIME_TO_SEND = timedelta(minutes=15)
"""What is planned just before the day's last hour would be too late when it is sent, and lost for a month."""


def nudge_teachers(bot: Bot, now: datetime) -> int:
    """Owe a message to the teacher of each group that surely misses somebody; tells how many were new."""
    moments = (now, now + TIME_TO_SEND)
    if not bot.school.is_on(Part.ETIQUETTE) or any(bot.calendar.staff_moment(each) != each for each in moments):
        return 0
    until, nudged = time.monotonic() + SECONDS, 0
    for group, class_name in _due(bot, now)[:AT_ONCE]:
        if time.monotonic() >= until:
            break
        nudged += _look(bot, group, class_name, now)
    return nudged


def _due(bot: Bot, now: datetime) -> list[tuple[Group, str]]:
    today = bot.calendar.local(now).date()
    with bot.store.read() as transaction:
        known = ClassNames.of(transaction.rosters.names())
        if not known.by_letters:
            return []
        again = transaction.rosters.look_again()
        groups = transaction.spaces.in_state(GroupState.SANCTIONED)
    waiting = [group for group in groups if again.get(group.space, today) <= today]
    named = ((group, known.in_name(group.display_name)) for group in waiting)
    # Which of several classes a group is of, only its teacher can say.
    return [(group, found[0]) for group, found in named if len(found) == 1]


def _look(bot: Bot, group: Group, class_name: str, now: datetime) -> bool:
    today = bot.calendar.local(now).date()
    with bot.store.read() as transaction:
        pupils = transaction.rosters.of(class_name)
        adder = transaction.people.of_user(group.added_by)
    person = bot.school.person(adder.email) if adder is not None else None
    told = person is not None and may_ask(person, mentors_of(class_name, bot.school.people.values()))
    missing: Missing | None = None
    if told:
        try:
            missing = missing_of(pupils, bot.members.of(group.space))
        except MembersUnknown:
            missing = None
    next_look = again_on(missing, today) if told else today + NEXT_LOOK
    delivery = nudge(group, missing, bot.calendar, now=now)
    with bot.store.write() as transaction:
        # Another worker may have looked meanwhile: one of them tells, and only one.
        if not transaction.rosters.claim_look(group.space, today, next_look) or delivery is None:
            return False
        transaction.deliveries.add(delivery)
    return True
