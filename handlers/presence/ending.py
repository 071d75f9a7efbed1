"""The end of the school year: one question to a teacher beforehand, and silence where nobody said to stay."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

import structlog

from bot.groups.expiring import ask, asks_from, is_over, is_to_be_asked, next_moment, with_end
from bot.groups.joining import goodbye
from bot.groups.ports import Group, GroupState
from bot.school.people import UserId
from bot.storage.transactions import Transaction
from bot.wiring import Bot

AT_ONCE = 500

log = structlog.get_logger(__name__)


def end_of_year(bot: Bot) -> int:
    """Ask about groups that are about to end, and end those whose time is up; tells how many groups changed."""
    now = bot.clock.now()
    with bot.store.read() as transaction:
        groups = transaction.spaces.in_state(GroupState.SANCTIONED, GroupState.SUSPENDED)
    ends = {group.expires_on for group in groups if group.expires_on is not None}
    asking = {end: asks_from(end, bot.calendar) for end in ends}
    today = bot.calendar.local(now).date()
    due = [group.space for group in groups if _is_due(group, today, asking)]
    for start in range(0, len(due), AT_ONCE):
        with bot.store.write() as transaction:
            for group in transaction.spaces.named(due[start : start + AT_ONCE]).values():
                if _is_due(group, today, asking):
                    _go_on(bot, group, transaction, now)
    return len(due)


def _is_due(group: Group, today: date, asking: Mapping[date, date]) -> bool:
    if group.state not in {GroupState.SANCTIONED, GroupState.SUSPENDED}:
        return False
    if group.expires_on is None or is_over(group, today):
        return True
    # Whoever changed the end meanwhile has just been at it; the next call sees it.
    return is_to_be_asked(group, today, asking.get(group.expires_on, date.max))


def _go_on(bot: Bot, group: Group, transaction: Transaction, now: datetime) -> None:
    today = bot.calendar.local(now).date()
    if group.expires_on is None:
        transaction.spaces.save(with_end(group, today, bot.calendar))
    elif is_over(group, today):
        over = replace(group, state=GroupState.EXPIRED, suspended_for=None, overruled=None, looked_at=None)
        transaction.spaces.save(over)
        transaction.memberships.forget(group.space)
        if group.state is GroupState.SANCTIONED:
            # The year ends in a holiday; the group hears it on a school day.
            later = next_moment(now, group.display_name, bot.calendar)
            transaction.deliveries.add(replace(goodbye(over, now), not_before=later))
        log.info("group.expired", group=group.ref)
    else:
        whom = _whom_to_ask(bot, group, transaction)
        for user in whom:
            transaction.deliveries.add(ask(group, user, bot.calendar, now))
        transaction.spaces.save(replace(group, asked_on=today))
        log.info("group.asked_to_stay", group=group.ref, asked=len(whom))


def _whom_to_ask(bot: Bot, group: Group, transaction: Transaction) -> list[UserId]:
    """The teacher who added the bot, else another one of the group; without one, the admins."""
    known = transaction.memberships.of([group.space])[group.space]
    members = [user for user, each in known.items() if each.left_on is None]
    bound = transaction.people.of_users([group.added_by, *members])
    reachable = [
        user
        for user in (group.added_by, *members)
        if user in bound
        and bound[user].direct_message is not None
        and bot.school.person(bound[user].email).is_staff
        and (not members or user in members)
    ]
    if reachable:
        return reachable[:1]
    admins = transaction.people.of_emails(bot.school.admins).values()
    return [admin.user for admin in admins if admin.direct_message is not None]
