"""A private report, told in a dialog: every step is sealed, and nothing is sent before "Verstuur"."""

from dataclasses import replace

import structlog

from bot.google_chat.cards import Buttons, Card, Message, Paragraph, Section
from bot.google_chat.replies import CloseDialog, Reply, ShowDialog
from bot.reports.intake import STORY_AT_MOST, Draft, Identity
from bot.reports.names import mentioned
from bot.reports.routing import Route, candidates, eligible, route, row_above
from bot.reports.submitting import Reporter
from bot.school.absence import with_deputies
from bot.school.people import Email, Person
from bot.storage.transactions import Transaction
from handlers.conversations import helping, own_reports, report_pages
from handlers.events.model import ButtonPressed, DialogPhase
from handlers.turn import Turn
from handlers.watching import reachable, watch

GONE, NOBODY, CHANGED, SENT = "gone", "nobody", "changed", "sent"

log = structlog.get_logger(__name__)


def start(turn: Turn, phase: DialogPhase) -> Reply:
    """`/melden`: the dialog, or a button that opens it; what was typed behind the command is not looked at."""
    t = turn.phrases
    if not helping.reports_open(turn):
        message = helping.help_message(turn)
        return ShowDialog(message.cards[0]) if phase is DialogPhase.REQUEST else turn.privately(message)
    if phase is not DialogPhase.NONE:
        return ShowDialog(report_pages.topics(turn))
    section = Section((Paragraph(t("report.offer")), Buttons(helping.report_button(t))))
    card = Card(title=t("report.title"), subtitle=t("bot.is_program"), sections=(section,), card_id="report")
    return turn.privately(Message(text=t("report.offer_text"), cards=(card,), fallback=t("report.offer_text")))


def choose_topic(turn: Turn, event: ButtonPressed) -> Reply:
    """A choice of the first page: from here on there is a draft."""
    topic = event.parameters.get("topic", "")
    if topic not in {category.code for category in turn.bot.categories.offered()}:
        return ShowDialog(report_pages.topics(turn))
    draft = Draft(topic=topic)
    draft_id = turn.change(
        lambda transaction: turn.bot.drafts.begin(draft, turn.user, transaction.drafts, now=turn.now)
    )
    return ShowDialog(report_pages.tell(turn, draft_id, draft))


def back_to_topics(turn: Turn, event: ButtonPressed) -> Reply:
    """The first page again; what was told so far goes with the draft."""
    _erase(turn, event)
    return ShowDialog(report_pages.topics(turn))


def tell(turn: Turn, event: ButtonPressed) -> Reply:
    """What happened and the questions beside it; asks again in words for what is missing."""
    draft = _find(turn, event)
    if draft is None:
        return ShowDialog(report_pages.expired(turn))
    inputs = event.inputs
    draft = draft.told(
        story=inputs.text("story"),
        safe=inputs.text("safe"),
        by_staff=inputs.text("by_staff"),
        sexual=inputs.text("sexual"),
        goes_on=inputs.text("goes_on"),
        on_behalf=inputs.text("on_behalf"),
    )
    draft_id, before = _draft_id(event), draft.topic
    draft = replace(draft, topic=report_pages.further_topic(turn, draft, inputs.choices("topic")))
    if len(draft.story.words) > STORY_AT_MOST:
        # Kept as it is: nothing that somebody told is cut off, and nothing too long is thrown away.
        problem = turn.phrases("problem.too_long", most=STORY_AT_MOST)
        return ShowDialog(report_pages.tell(turn, draft_id, draft, problem=problem))
    if turn.change(lambda transaction: _keep(turn, draft_id, draft, transaction)) == GONE:
        return ShowDialog(report_pages.expired(turn))
    if not turn.bot.categories[draft.topic].sendable:
        return ShowDialog(report_pages.door(turn, draft_id, turn.bot.categories[draft.topic]))
    missing = draft.missing(turn.bot.categories) - {"identity"}
    if draft.topic != before and missing <= {"by_staff", "sexual"}:
        # Another subject has other help and other questions: they are shown once before it goes on.
        return ShowDialog(report_pages.tell(turn, draft_id, draft))
    if missing:
        problem = turn.phrases("problem.story") if "story" in missing else turn.phrases("problem.questions")
        return ShowDialog(report_pages.tell(turn, draft_id, draft, problem=problem))
    return ShowDialog(_who(turn, draft_id, draft))


def back_to_tell(turn: Turn, event: ButtonPressed) -> Reply:
    """The second page again, filled in as it was."""
    draft = _find(turn, event)
    if draft is None:
        return ShowDialog(report_pages.expired(turn))
    return ShowDialog(report_pages.tell(turn, _draft_id(event), draft))


def who(turn: Turn, event: ButtonPressed) -> Reply:
    """Whom it is about and how to be known; then the review."""
    draft = _find(turn, event)
    if draft is None:
        return ShowDialog(report_pages.expired(turn))
    if event.inputs.text("identity") == report_pages.ADVICE_ONLY:
        category = draft.category(turn.bot.categories)
        _erase(turn, event)
        return ShowDialog(report_pages.advice(turn, category))
    excluded = frozenset(candidates(turn.bot.school)) & {Email(choice) for choice in event.inputs.choices("about")}
    identity = event.inputs.text("identity")
    if identity not in report_pages.identities(turn, draft):
        identity = ""
    cleared = frozenset(report_pages.cleared(_named_people(turn, draft), event.inputs))
    draft = replace(
        draft,
        excluded=excluded,
        cleared=cleared,
        quiet=report_pages.QUIET in event.inputs.choices("quiet"),
        identity=Identity(identity) if identity in set(Identity) else None,
    )
    draft_id = _draft_id(event)
    if turn.change(lambda transaction: _keep(turn, draft_id, draft, transaction)) == GONE:
        return ShowDialog(report_pages.expired(turn))
    if draft.identity is None:
        problem = turn.phrases("problem.identity")
        return ShowDialog(_who(turn, draft_id, draft, problem=problem))
    return _review(turn, draft_id, draft)


def back_to_who(turn: Turn, event: ButtonPressed) -> Reply:
    """The third page again, filled in as it was."""
    draft = _find(turn, event)
    if draft is None:
        return ShowDialog(report_pages.expired(turn))
    return ShowDialog(_who(turn, _draft_id(event), draft))


def send(turn: Turn, event: ButtonPressed) -> Reply:
    """Answers "Verstuur": stored first, then told, then shown as it is; the same click again shows the same case."""
    draft_id = _draft_id(event)

    def apply(transaction: Transaction) -> str:
        draft = turn.bot.drafts.find(draft_id, turn.user, transaction.drafts, now=turn.now)
        if draft is None or draft.missing(turn.bot.categories):
            return GONE
        chosen = _route(turn, draft, transaction)
        if not chosen.recipients:
            return NOBODY
        if (chosen.recipients, chosen.copied) != (draft.shown_readers, draft.shown_copied):
            return CHANGED
        bindings = transaction.people.of_emails((*chosen.recipients, *chosen.copied))
        reporter = Reporter(turn.user, turn.person.name)
        excluded = _excluded(turn, draft)
        submission = turn.bot.intake.accept(
            draft_id, draft, reporter, chosen, bindings, excluded=excluded, now=turn.now
        )
        transaction.reports.add(submission.case, submission.grants)
        for delivery in submission.deliveries:
            transaction.deliveries.add(delivery)
        watch(turn.bot, submission.case, transaction, turn.now)
        turn.bot.drafts.erase(draft_id, turn.user, transaction.drafts)
        # Not the case's id: what is remembered of this event must not lead to the case without the keys.
        return SENT

    effect = turn.change(apply)
    case_id = own_reports.made(turn, turn.bot.intake.cases_of(draft_id))
    if effect == GONE and case_id is None:
        return ShowDialog(report_pages.expired(turn))
    if effect in {NOBODY, CHANGED} or case_id is None:
        # Nothing was sent: who would read it is no longer whom the reporter saw, so the page is shown again as it is.
        draft = _find(turn, event)
        return _review(turn, draft_id, draft) if draft else ShowDialog(report_pages.expired(turn))
    turn.deliver_now(turn.bot.owed_about(case_id))
    return ShowDialog(own_reports.sent(turn, case_id))


def stop(turn: Turn, event: ButtonPressed) -> Reply:
    """Answers "Stoppen en wissen": the draft is gone at once."""
    _erase(turn, event)
    return ShowDialog(report_pages.stopped(turn))


def close(turn: Turn, event: ButtonPressed) -> Reply:  # noqa: ARG001 - every conversation takes its event
    """The end of a dialog."""
    return CloseDialog()


def _review(turn: Turn, draft_id: str, draft: Draft) -> Reply:
    with turn.bot.store.write() as transaction:
        chosen = _route(turn, draft, transaction)
        later = _later(turn, draft, chosen, transaction)
        shown = replace(draft, shown_readers=chosen.recipients, shown_copied=chosen.copied)
        if _keep(turn, draft_id, shown, transaction) == GONE:
            return ShowDialog(report_pages.expired(turn))
    if not chosen.recipients:
        log.error("report.nobody_left")
        return ShowDialog(report_pages.nobody_left(turn, draft_id, draft))
    named = [person for person in _named_people(turn, draft) if person.email not in draft.excluded | draft.cleared]
    return ShowDialog(report_pages.review(turn, draft_id, draft, chosen, named, later))


def _route(turn: Turn, draft: Draft, transaction: Transaction) -> Route:
    category, found = draft.category(turn.bot.categories), reachable(turn.bot, transaction)
    kept_from = _excluded(turn, draft)
    chosen = route(category, turn.bot.school, excluded=kept_from, reachable=found)
    allowed = eligible(category, turn.bot.school, excluded=kept_from, reachable=found)
    away = transaction.absences.on(turn.bot.calendar.local(turn.now).date())
    readers = with_deputies(chosen.recipients, away, allowed=allowed)
    # Who stands in reads it, and needs no copy beside that.
    return replace(chosen, recipients=readers, copied=tuple(email for email in chosen.copied if email not in readers))


def _later(turn: Turn, draft: Draft, chosen: Route, transaction: Transaction) -> tuple[Email, ...]:
    category, found = draft.category(turn.bot.categories), reachable(turn.bot, transaction)
    kept_from = _excluded(turn, draft)
    return row_above(category, turn.bot.school, chosen.recipients, excluded=kept_from, reachable=found)


def _excluded(turn: Turn, draft: Draft) -> frozenset[Email]:
    # Who reports does not receive it either, and a name in the story excludes as long as nobody says that it is about
    # somebody else: doubt never holds a report.
    return draft.excluded | (_named(turn, draft) - draft.cleared) | {turn.person.email}


def _named(turn: Turn, draft: Draft) -> frozenset[Email]:
    return mentioned(draft.story.words, _possible_readers(turn))


def _named_people(turn: Turn, draft: Draft) -> tuple[Person, ...]:
    """Possible readers whose name, or what they are called, stands in the story; in the order of the school's file."""
    named = _named(turn, draft)
    return tuple(person for person in _possible_readers(turn) if person.email in named)


def _who(turn: Turn, draft_id: str, draft: Draft, *, problem: str = "") -> Card:
    named = _named_people(turn, draft)
    return report_pages.who(turn, draft_id, draft, _possible_readers(turn), named, problem=problem)


def _possible_readers(turn: Turn) -> tuple[Person, ...]:
    return tuple(turn.bot.school.people[email] for email in candidates(turn.bot.school))


def _keep(turn: Turn, draft_id: str, draft: Draft, transaction: Transaction) -> str:
    # "Stoppen en wissen" may have been pressed while this page was on its way: then nothing comes back.
    kept = turn.bot.drafts.change(draft_id, draft, turn.user, transaction.drafts, now=turn.now)
    return draft_id if kept else GONE


def _find(turn: Turn, event: ButtonPressed) -> Draft | None:
    with turn.bot.store.read() as transaction:
        return turn.bot.drafts.find(_draft_id(event), turn.user, transaction.drafts, now=turn.now)


def _erase(turn: Turn, event: ButtonPressed) -> None:
    draft_id = _draft_id(event)
    if not draft_id:
        return

    def apply(transaction: Transaction) -> str:
        turn.bot.drafts.erase(draft_id, turn.user, transaction.drafts)
        return draft_id

    turn.change(apply)


def _draft_id(event: ButtonPressed) -> str:
    return event.parameters.get("draft", "")
