"""What the timer does, by name; the same functions for the route and the command line."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import timedelta
from typing import Any

import structlog

from bot.etiquette.announcing import changed_on, plan_announcements
from bot.etiquette.reminding import plan_due
from bot.etiquette.wishes import reminded
from bot.groups.ports import GroupState
from bot.outbox.delivery import LATE_AFTER
from bot.reports.keeping.auditing import Auditor, Books, RollFault
from bot.reports.keeping.backups import PURGED_KEPT
from bot.school.facts import Part
from bot.storage.memberships.rounds import MINUTE
from bot.wiring import Bot
from handlers.conversations.leading.proposing import keep_up_seats
from handlers.conversations.rosters.nudging import nudge_teachers
from handlers.failing import incident
from handlers.presence.accounts import refresh_daily
from handlers.presence.ending import end_of_year
from handlers.presence.reconciling import reconcile
from handlers.presence.welcoming import welcome_new_members
from handlers.watching import hand_over_of_leavers, watch_cases

SENDING_SECONDS = 50.0
"""Less than the minute until the next call; App Engine ends a request after 10 minutes."""

LONG_SENDING_SECONDS = 420.0
"""Less than the 8 minutes within which jobs stop (App Engine ends a request after 10)."""

SETTLED_KEPT = timedelta(days=30)
"""How long it is remembered that a message was sent; nothing refers to it any more by then."""

log = structlog.get_logger(__name__)

Outcome = dict[str, Any]


def send_owed(bot: Bot) -> Outcome:
    """Deliver what is still owed: the net under every delivery that a request could not finish."""
    return asdict(bot.sender.send_many(now=bot.clock.now(), seconds=SENDING_SECONDS))


def send_all_that_is_owed(bot: Bot) -> Outcome:
    """Go on as long as there is something to send: thousands of groups take longer than a minute."""
    return asdict(bot.sender.send_many(now=bot.clock.now(), seconds=LONG_SENDING_SECONDS))


def plan_reminders(bot: Bot) -> Outcome:
    """Owe a reminder to each sanctioned group whose moment has come; never twice."""
    if not bot.school.is_on(Part.ETIQUETTE):
        return {"planned": 0}
    now = bot.clock.now()
    with bot.store.write() as transaction:
        chosen = transaction.wishes.chosen()
        groups = [reminded(group, chosen) for group in transaction.spaces.in_state(GroupState.SANCTIONED)]
        planned = plan_due(groups, bot.schedule, transaction.reminders, transaction.deliveries.add, now=now)
        versions = [version.effective_on for version in transaction.protocols.days()]
        since = changed_on(versions, bot.calendar.local(now).date())
        if since is not None:
            add, kept = transaction.deliveries.add, transaction.reminders
            planned += plan_announcements(groups, bot.calendar, kept, add, since=since, now=now)
    return {"planned": planned}


def welcome_members(bot: Bot) -> Outcome:
    """Welcome whoever is new in a group, when groups may be spoken to."""
    return {"welcomed": welcome_new_members(bot)}


def nudge_about_missing(bot: Bot) -> Outcome:
    """Tell teachers, at most once a month for each group, that somebody of their class is not in it."""
    return {"nudged": nudge_teachers(bot, bot.clock.now())}


def say_that_it_runs(bot: Bot) -> Outcome:
    """Remember that the timer came, whatever the steps after this one find."""
    with bot.store.write() as transaction:
        transaction.rounds.mark(MINUTE, bot.clock.now())
    return {}


def keep_seats(bot: Bot) -> Outcome:
    """Propose what the school's file says otherwise about who reads reports; it holds when somebody agrees."""
    return {"seats": keep_up_seats(bot, bot.clock.now())}


def watch_reports(bot: Bot) -> Outcome:
    """Alert whoever is next about a case that nobody has taken on, and tell its reporter what is true."""
    now = bot.clock.now()
    return {"handed_over": hand_over_of_leavers(bot, now), "watched": watch_cases(bot, now)}


def clean_up(bot: Bot) -> Outcome:
    """Erase drafts past their hour, read reports past their year, and events that no repeat can come of any more.

    What is kept about answers goes at its own end: a memory, a count, an opinion.
    """
    now = bot.clock.now()
    with bot.store.write() as transaction:
        drafts = transaction.drafts.purge(now)
        transaction.exports.purge(bot.real_now())
        books = Books(transaction.reports, transaction.histories, transaction.audit)
        reports = Auditor(bot.keyring).purge(books, bot.calendar.local(now).date(), now)
        transaction.audit.forget_purged(now - PURGED_KEPT)
        deliveries = transaction.deliveries.purge(now - SETTLED_KEPT)
        about_answers = transaction.shown.purge(now) + transaction.opinions.purge(now) + transaction.counts.purge(now)
        transaction.absences.purge(bot.calendar.local(now).date())
        still_open = transaction.reports.open_past_end(now)
    if still_open:
        log.error("report.open_past_end", reports=still_open)
    events = bot.seen.purge(bot.real_now())
    bot.sender.pace.forget(now=bot.real_now())
    erased = {"drafts": drafts, "reports": reports, "deliveries": deliveries, "events": events}
    return {**erased, "about_answers": about_answers}


def sign_histories(bot: Bot) -> Outcome:
    """Sign where every case's history stands, once a day; what is broken is an alarm and is not signed over."""
    now = bot.clock.now()
    day, auditor = bot.calendar.local(now).date(), Auditor(bot.keyring)
    with bot.store.read() as transaction:
        if auditor.has_signed(day, transaction.audit):
            return {}
        # Minutes with a hundred thousand cases: whoever reports or reads meanwhile must not wait for it.
        look = auditor.look(Books(transaction.reports, transaction.histories, transaction.audit), day, now)
    with bot.store.write() as transaction:
        books = Books(transaction.reports, transaction.histories, transaction.audit)
        findings = auditor.sign(look, books)
    if findings is None:
        return {}
    if findings.roll is RollFault.NOT_SIGNED:
        log.warning("audit.begun", cases=findings.read)
    elif not findings.is_sound:
        log.error("audit.broken", cases=len(findings.broken), roll=findings.roll or "sound")
    return {"histories": findings.read}


def audit(bot: Bot) -> Outcome:
    """Look whether anything about reports is late; raises Late, so that the timer's heartbeat stays away."""
    now = bot.clock.now()
    with bot.store.read() as transaction:
        notices = transaction.deliveries.late(now)
        cases = transaction.reports.unwatched(now - LATE_AFTER)
    if notices or cases:
        log.error("report.late", notices=notices, cases=cases)
        raise Late("notices or cases are late; the log says how many")
    return {}


def minute(bot: Bot) -> Outcome:
    """Everything that the minute's timer does; no step that breaks holds up another.

    Raises JobFailed at the end, so that the timer shows it; the heartbeat is logged only when all was well.
    """
    outcome: Outcome = {}
    broken = []
    for step in (
        say_that_it_runs,
        plan_reminders,
        welcome_members,
        keep_seats,
        watch_reports,
        send_owed,
        nudge_about_missing,
        sign_histories,
        clean_up,
        audit,
    ):
        try:
            outcome |= step(bot)
        except Exception as error:  # noqa: BLE001 - the other steps must still be done; the log says where it broke
            broken.append(incident(error))
    if broken:
        raise JobFailed(f"{len(broken)} of the steps broke; the log has the incidents {', '.join(broken)}")
    log.info("heartbeat")
    return outcome


def hour(bot: Bot) -> Outcome:
    """Look at all groups, and at those whose time is nearly up; what was not finished goes on at the next call."""
    return refresh_daily(bot) | {"end_of_year": end_of_year(bot)} | reconcile(bot)


class JobFailed(Exception):
    """A step of a job broke; the others were done."""


class Late(Exception):
    """Something about reports should have happened by now."""


JOBS: Mapping[str, Callable[[Bot], Outcome]] = {
    "minute": minute,
    "hour": hour,
    "send": send_all_that_is_owed,
    "reminders": plan_reminders,
}


def run(bot: Bot, name: str) -> Outcome:
    """Run one job and log its counts; raises LookupError for a name that is no job."""
    job = JOBS.get(name)
    if job is None:
        raise LookupError(f"there is no job of this name; the jobs are: {', '.join(sorted(JOBS))}")
    outcome = job(bot.at(bot.clock.now()))
    log.info("job.done", job=name, **outcome)
    return outcome
