"""Welcomes new members of a group, each once and so that nobody else sees it, when groups may be spoken to."""

from dataclasses import replace

from bot.groups.presence.telling import welcomes
from bot.groups.sanction import may_speak
from bot.wiring import Bot

AT_ONCE = 500
"""How many one minute looks at; the next one takes the rest."""


def welcome_new_members(bot: Bot) -> int:
    """Owe a welcome to each new member whose moment has come; tells how many."""
    now = bot.clock.now()
    if not bot.calendar.is_open(bot.calendar.local(now).date()):
        return 0
    with bot.store.read() as transaction:
        if not transaction.memberships.to_welcome(1):
            return 0
    with bot.store.write() as transaction:
        new = transaction.memberships.to_welcome(AT_ONCE)
        groups = transaction.spaces.named({member.space for member in new})
        here = [member for member in new if may_speak(groups.get(member.space))]
        owed = welcomes(here, groups, bot.calendar, now)
        for _, delivery in owed:
            transaction.deliveries.add(delivery)
        transaction.memberships.save([replace(member, welcomed=True) for member, _ in owed])
    return len(owed)
