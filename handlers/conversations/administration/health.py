"""The page of `/beheer` about how the bot is: last jobs, what waits for groups, whether every route has a reader.

The routes are tried with made-up reports of every kind, whether or not there are any; nothing of a real one is read.
"""

from datetime import datetime

from bot.checkup.findings import Finding, Weight
from bot.checkup.routes import check_routes
from bot.google_chat.cards import Fact, Paragraph, Section, Widget
from bot.outbox.delivery import Kind
from bot.protocol.quoting import written
from bot.reports.routing import readers_of_anything
from bot.storage.memberships.rounds import ACCOUNTS, MINUTE, PRESENCE
from handlers.turn import Turn

WAITING_FOR_GROUPS = (Kind.REMINDER, Kind.GROUP_WELCOME, Kind.MEMBER_WELCOME)


def health(turn: Turn) -> tuple[Section, ...]:
    """What there is to know, and where `protocolbot doctor` says more."""
    t, bot = turn.phrases, turn.bot
    with bot.store.read() as transaction:
        last = {name: transaction.rounds.finished(name) for name in (MINUTE, PRESENCE, ACCOUNTS)}
        waiting = transaction.deliveries.waiting(WAITING_FOR_GROUPS)
        bound = transaction.people.of_emails(readers_of_anything(bot.school))
    reachable = {email for email, each in bound.items() if each.direct_message is not None}
    found = list(check_routes(bot.school, bot.categories, reachable))
    jobs: list[Widget] = [
        Fact(t("admin.health.minute"), _moment(turn, last[MINUTE])),
        Fact(t("admin.health.presence"), _moment(turn, last[PRESENCE])),
    ]
    jobs += [Fact(t("admin.health.accounts"), _moment(turn, last[ACCOUNTS]))] if bot.school.account_rules else []
    jobs.append(Fact(t("admin.health.waiting"), str(waiting)))
    routes: list[Widget] = [Fact(t("admin.health.routes"), t("admin.health.sound"))] if not found else []
    routes += [_told(turn, each) for each in found]
    return Section(tuple(jobs)), Section(tuple(routes)), Section((Paragraph(t("admin.health.more")),))


def _told(turn: Turn, each: Finding) -> Fact:
    t = turn.phrases
    title = t("admin.health.wrong") if each.weight is Weight.ERROR else t("admin.health.look")
    return Fact(title, each.what, below=each.fix)


def _moment(turn: Turn, at: datetime | None) -> str:
    t = turn.phrases
    if at is None:
        return t("admin.health.never")
    local = turn.bot.calendar.local(at)
    return t("admin.health.at", day=written(local.date(), t), hour=f"{local:%H:%M}")
