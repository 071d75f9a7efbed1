"""Once a day: which role each account has by its unit or groups; a list that is not whole changes nothing."""

from dataclasses import asdict, dataclass
from datetime import timedelta

import structlog

from bot.directory.opening import open_accounts
from bot.school.accounts.placing import roles_by_account
from bot.school.accounts.ports import Accounts, AccountsUnknown
from bot.storage.memberships.rounds import ACCOUNTS
from bot.wiring import Bot

ROUND = ACCOUNTS
EVERY = timedelta(hours=20)
"""Once a day, whatever the hour at which the timer first came."""

LEASE = timedelta(minutes=9)

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Refreshed:
    """How many accounts came, changed their role, went, and how many there are now."""

    came: int
    changed: int
    went: int
    known: int


def refresh_daily(bot: Bot) -> dict[str, int]:
    """Look once a day where the school's file says that units or groups give a role; counts, or nothing."""
    if not bot.school.account_rules:
        return {}
    now, real_now = bot.clock.now(), bot.real_now()
    with bot.store.write() as transaction:
        rounds = transaction.rounds
        if rounds.begin(ROUND, now, done_before=now - EVERY, real_now=real_now, until=real_now + LEASE) is None:
            return {}
    done = False
    try:
        accounts = open_accounts(bot.settings.directory_subject, bot.settings.chat_api_endpoint)
        try:
            outcome = refresh(bot, accounts)
        finally:
            accounts.close()
        done = True
    except AccountsUnknown:
        # Everybody keeps the role of the last list; doctor says what Google said.
        log.warning("accounts.unknown")
        return {}
    finally:
        with bot.store.write() as transaction:
            transaction.rounds.let_go(ROUND, done=done)
    return asdict(outcome)


def refresh(bot: Bot, accounts: Accounts) -> Refreshed:
    """Ask for the whole list, then keep it; raises AccountsUnknown and changes nothing."""
    roles = roles_by_account(accounts, bot.school.account_rules)
    with bot.store.write() as transaction:
        came, changed, went = transaction.accounts.replace(roles)
    return Refreshed(came, changed, went, len(roles))
