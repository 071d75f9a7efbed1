"""Watches over each case until somebody acts: alerts who is next, tells its reporter when nobody read it in time."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

import structlog

from bot.outbox.delivery import Kind, Priority, owe, to_person, to_reporter
from bot.reports import casefile
from bot.reports.alerts.escalation import Waiting, alerts, deadline, next_look
from bot.reports.alerts.waiting import waiting
from bot.reports.casefile import Casefile, Step
from bot.reports.categories import ADVICE
from bot.reports.ports import Grant, SealedCase
from bot.reports.routing import candidates, eligible, readers_of_anything, route, row_above
from bot.reports.submitting import Story
from bot.school.absence import present, with_deputies
from bot.school.bindings import Binding
from bot.school.people import Email, UserId
from bot.storage.transactions import Transaction
from bot.wiring import Bot

CASES_AT_ONCE = 200
"""How many one round looks at; the minute's next call takes the rest."""

ROUTES_LOOKED_AT = timedelta(hours=1)
"""How soon a case that nobody can read is looked at again: the school may have mended its file."""

log = structlog.get_logger(__name__)


def watch_cases(bot: Bot, now: datetime) -> int:
    """Look at every case whose moment has come, each in a transaction of its own; tells how many."""
    with bot.store.read() as transaction:
        due = transaction.reports.to_look_at(now, CASES_AT_ONCE)
    for case in due:
        with bot.store.write() as transaction:
            watch(bot, case, transaction, now)
    return len(due)


def watch(bot: Bot, case: SealedCase, transaction: Transaction, now: datetime) -> None:
    """Do what is owed about a case by now, and remember when to look again.

    Its history is read in the transaction that writes: whoever takes it on at this very moment comes before or after.
    """
    known = bot.histories.load(case, transaction.histories)
    if known.is_closed:
        transaction.reports.look_again(case.id, None)
        return
    story, bindings = bot.intake.tell(case), reachable(bot, transaction)
    state = _waiting(bot, case, known, story, bindings, transaction, now)
    if state.routes_need_repair:
        log.error("report.nobody_left")
        transaction.reports.look_again(case.id, now + ROUTES_LOOKED_AT)
        return
    owed = alerts(state, bot.calendar, now=now)
    steps = [(alert, casefile.alerted(now, bindings[alert.whom].user, alert.why)) for alert in owed]
    late = deadline(state, bot.calendar)
    unread = late is not None and late <= now and all(entry.step is not Step.UNREAD for entry in known.entries)
    for entry in (
        *(entry for _, entry in steps),
        *([casefile.unread(now, others=bool(state.above))] if unread else []),
    ):
        if not bot.histories.append(case, known, entry, transaction.histories):
            # Somebody acted meanwhile: what is owed after that is found at the next look.
            transaction.reports.look_again(case.id, now)
            return
        known = Casefile(known.first_urgency, (*known.entries, entry))
    for alert, _ in steps:
        let_read(bot, case, bindings[alert.whom].user, transaction, now, urgent=alert.urgent)
    if unread:
        log.error("report.nobody_read_it")
        tell_reporter(bot, case, transaction, now)
    state = _waiting(bot, case, known, story, bindings, transaction, now)
    transaction.reports.look_again(case.id, next_look(state, bot.calendar, now=now))


def hand_over_of_leavers(bot: Bot, now: datetime) -> int:
    """Pass on the open cases of whoever does not receive reports at this school any more; tells how many."""
    with bot.store.read() as transaction:
        ours = _users(transaction, candidates(bot.school))
        advisers = ours | _users(transaction, bot.school.line_managers)
        held = transaction.reports.held_by_others(ours, CASES_AT_ONCE)
    handed_over = 0
    for case in held:
        # A line manager reads what was asked of them, and for that alone no report of an incident.
        asked = bot.intake.tell(case).category == ADVICE
        with bot.store.write() as transaction:
            handed_over += _hand_over(bot, case, advisers if asked else ours, transaction, now)
    return handed_over


def _users(transaction: Transaction, emails: Sequence[Email]) -> frozenset[UserId]:
    return frozenset(binding.user for binding in transaction.people.of_emails(emails).values())


def _hand_over(bot: Bot, case: SealedCase, ours: Collection[UserId], transaction: Transaction, now: datetime) -> bool:
    handed_over = False
    for grant in transaction.reports.readers(case.id):
        if grant.user in ours or not grant.sees_story:
            continue
        known, entry = bot.histories.load(case, transaction.histories), casefile.leave(grant.user, now)
        if not bot.histories.append(case, known, entry, transaction.histories):
            # Somebody acts at this very moment; the next round finds the case again.
            return handed_over
        leave(bot, case, Casefile(known.first_urgency, (*known.entries, entry)), grant.user, transaction, now)
        handed_over = True
    return handed_over


def leave(bot: Bot, case: SealedCase, known: Casefile, who: UserId, transaction: Transaction, now: datetime) -> None:
    """What follows when somebody is not on a case any more; `known` ends with the step that says so."""
    transaction.reports.revoke(case.id, who)
    left = [grant.user for grant in transaction.reports.readers(case.id) if grant.sees_story]
    if not left:
        _send_on(bot, case, known, transaction, now)
    elif known.since_left[0] is known.entries[-1] and not known.urgency.is_urgent:
        # Who had it has it no longer: the others believed that it was in good hands.
        for reader in left:
            tell(bot, case, reader, transaction, now, urgent=False)
    watch(bot, case, transaction, now)


def _send_on(bot: Bot, case: SealedCase, known: Casefile, transaction: Transaction, now: datetime) -> None:
    """Nobody is left who reads it: whoever the route names without those who are involved gets it."""
    story, bindings = bot.intake.tell(case), reachable(bot, transaction)
    excluded = kept_from(story, known, bindings)
    chosen = route(bot.intake.category_of(story), bot.school, excluded=excluded, reachable=bindings)
    for email in chosen.recipients:
        let_read(bot, case, bindings[email].user, transaction, now, urgent=known.urgency.is_urgent)


def let_read(
    bot: Bot, case: SealedCase, user: UserId, transaction: Transaction, now: datetime, *, urgent: bool
) -> None:
    """Let somebody read a case, if they may not yet, and tell them that it waits."""
    known = transaction.reports.granted_case(case.id, user)
    if known is None or not known[1].sees_story:
        transaction.reports.grant(Grant(case.id, user, granted_at=now))
    tell(bot, case, user, transaction, now, urgent=urgent)


def tell(bot: Bot, case: SealedCase, user: UserId, transaction: Transaction, now: datetime, *, urgent: bool) -> None:
    """Owe somebody the message that something waits: urgent at any hour, else when staff may be spoken to."""
    kind = Kind.REPORT_WAITS_URGENT if urgent else Kind.REPORT_WAITS
    priority = Priority.URGENT_REPORT if urgent else Priority.REPORT
    moment = now if urgent else bot.calendar.staff_moment(now)
    notice = owe(kind, to_person(user), case.id, priority, now=case.received_at, not_before=moment)
    for delivery in bot.intake.by_every_road(notice):
        transaction.deliveries.add(delivery)


def tell_reporter(bot: Bot, case: SealedCase, transaction: Transaction, now: datetime) -> None:
    """Owe the reporter the message that something waits, unless they want none or wanted their data erased."""
    if bot.intake.tell(case).quiet or transaction.people.of_user(bot.intake.reporter_of(case)) is None:
        return
    transaction.deliveries.add(
        owe(Kind.REPORT_NEWS, to_reporter(case.id), case.id, Priority.REPLY, now=case.received_at, not_before=now)
    )


def reachable(bot: Bot, transaction: Transaction) -> dict[Email, Binding]:
    """Everybody who could receive a report now: named by the school, with a direct message with the bot."""
    bindings = transaction.people.of_emails(readers_of_anything(bot.school))
    return {email: binding for email, binding in bindings.items() if binding.direct_message is not None}


def kept_from(story: Story, known: Casefile, bindings: dict[Email, Binding]) -> frozenset[Email]:
    """Who must not read a case: excluded when it was sent, or found to be involved since."""
    return (
        story.excluded
        | known.also_kept_from
        | {email for email, binding in bindings.items() if binding.user in known.recused}
    )


def _waiting(
    bot: Bot,
    case: SealedCase,
    known: Casefile,
    story: Story,
    bindings: dict[Email, Binding],
    transaction: Transaction,
    now: datetime,
) -> Waiting:
    # Who is away is not woken where somebody else can act; whoever stands in for them is.
    away = transaction.absences.on(bot.calendar.local(now).date())
    category, excluded = bot.intake.category_of(story), kept_from(story, known, bindings)
    granted = {grant.user for grant in transaction.reports.readers(case.id) if grant.sees_story}
    readers = tuple(
        email
        for email in readers_of_anything(bot.school)
        if email in bindings and bindings[email].user in granted and email not in excluded
    )
    allowed = eligible(category, bot.school, excluded=excluded, reachable=bindings)
    above = row_above(category, bot.school, readers, excluded=excluded, reachable=bindings)
    return waiting(
        case,
        known,
        readers=present(with_deputies(readers or allowed[:1], away, allowed=allowed), away),
        above=present(with_deputies(above, away, allowed=allowed), away),
        people={binding.user: email for email, binding in bindings.items()},
        duties=bot.school.duties,
        calendar=bot.calendar,
        day_only=story.reporter is None,
    )
