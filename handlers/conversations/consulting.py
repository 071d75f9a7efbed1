"""`/overleg`: whoever works here asks the line manager for advice, as W3 and W4 say; it is no incident."""

from dataclasses import replace

from bot.google_chat.cards import Action, Button, Buttons, Card, Fact, Message, Paragraph, Section, TextField, Widget
from bot.google_chat.notices import quoted
from bot.google_chat.replies import Reply, ShowDialog
from bot.reports import intake
from bot.reports.categories import ADVICE
from bot.reports.intake import STORY_AT_MOST, Draft, Identity
from bot.reports.routing import Route
from bot.reports.submitting import Reporter
from bot.reports.text import ReportText
from bot.school.bindings import Binding
from bot.storage.transactions import Transaction
from handlers.conversations import own_reports, report_pages
from handlers.conversations.sentence import answer_with
from handlers.events.model import ButtonPressed, CommandGiven, DialogPhase, Event
from handlers.turn import Turn
from handlers.watching import watch

GONE, SENT = "gone", "sent"


def start(turn: Turn, event: CommandGiven | ButtonPressed) -> Reply:
    """The page to ask on, or the button that opens it; pupils and parents have no line manager here."""
    t = turn.phrases
    if not turn.person.is_staff:
        return answer_with(event, t, t("not_yours"))
    if event.phase is DialogPhase.NONE:
        button = Button(t("consult.open"), Action("consult.start", opens_dialog=True))
        section = Section((Paragraph(t("consult.explain")), Buttons(button)))
        card = Card(title=t("consult.title"), sections=(section,), card_id="consult")
        return turn.privately(Message(text=t("consult.text"), cards=(card,)))
    manager = _manager(turn)
    if manager is None:
        return ShowDialog(_without_manager(turn))
    draft_id = turn.change(
        lambda transaction: turn.bot.drafts.begin(Draft(topic=ADVICE), turn.user, transaction.drafts, now=turn.now)
    )
    return ShowDialog(_page(turn, draft_id, manager))


def send(turn: Turn, event: ButtonPressed) -> Reply:
    """Stored first, then told, then shown as it is, like a report."""
    draft_id, words, manager = event.parameters.get("draft", ""), event.inputs.text("words"), _manager(turn)
    if not turn.person.is_staff or manager is None:
        return _refused(turn, event)
    if not words.strip() or len(words) > STORY_AT_MOST:
        key = "problem.too_long" if words.strip() else "consult.empty"
        problem = turn.phrases(key, most=STORY_AT_MOST) if words.strip() else turn.phrases(key)
        return ShowDialog(_page(turn, draft_id, manager, words=words, problem=problem))

    def apply(transaction: Transaction) -> str:
        begun = turn.bot.drafts.find(draft_id, turn.user, transaction.drafts, now=turn.now)
        if begun is None or begun.topic != ADVICE:
            return GONE
        told = replace(begun, story=ReportText(words), safe=intake.Reply.YES, identity=Identity.NAMED)
        route, reporter = Route(None, (manager.email,)), Reporter(turn.user, turn.person.name)
        submission = turn.bot.intake.accept(
            draft_id, told, reporter, route, {manager.email: manager}, excluded={turn.person.email}, now=turn.now
        )
        transaction.reports.add(submission.case, submission.grants)
        for delivery in submission.deliveries:
            transaction.deliveries.add(delivery)
        watch(turn.bot, submission.case, transaction, turn.now)
        turn.bot.drafts.erase(draft_id, turn.user, transaction.drafts)
        return SENT

    turn.change(apply)
    case_id = own_reports.made(turn, turn.bot.intake.cases_of(draft_id))
    if case_id is None:
        return ShowDialog(report_pages.expired(turn))
    turn.deliver_now(turn.bot.owed_about(case_id))
    return ShowDialog(own_reports.sent(turn, case_id))


def _page(turn: Turn, draft_id: str, manager: Binding, *, words: str = "", problem: str = "") -> Card:
    t = turn.phrases
    shown: list[Widget] = [Paragraph(problem)] if problem else []
    shown += [
        Paragraph(t("consult.explain")),
        Fact(t("consult.to"), turn.bot.school.person(manager.email).name),
        TextField("words", t("consult.words"), t("consult.hint"), words, many_lines=True, limit=STORY_AT_MOST),
        Paragraph(t("consult.care")),
    ]
    quotations, codes = turn.bot.quotations, turn.bot.categories[ADVICE].articles
    articles = tuple(quoted(t, quotations, code) for code in codes if quotations.has(code))
    buttons = Buttons(
        Button(t("report.send"), Action("consult.send", {"draft": draft_id}), filled=True),
        Button(t("report.stop"), Action("report.stop", {"draft": draft_id})),
    )
    sections = [Section(tuple(shown)), Section((buttons,))]
    if articles:
        sections.append(Section(articles, header=t("case.articles"), collapsible=True))
    return Card(title=t("consult.title"), subtitle=t("bot.is_program"), sections=tuple(sections), card_id="consult")


def _without_manager(turn: Turn) -> Card:
    t = turn.phrases
    contacts = tuple(Fact(contact.name, contact.phone) for contact in turn.bot.school.contacts)
    close = Buttons(Button(t("dialog.close"), Action("dialog.close")))
    sections = (Section((Paragraph(t("consult.nobody")), *contacts, close)),)
    return Card(title=t("consult.title"), subtitle=t("bot.is_program"), sections=sections, card_id="consult")


def _refused(turn: Turn, event: Event) -> Reply:
    if not turn.person.is_staff:
        return answer_with(event, turn.phrases, turn.phrases("not_yours"))
    return ShowDialog(_without_manager(turn))


def _manager(turn: Turn) -> Binding | None:
    """The line manager of the school's data, when the bot can reach that person."""
    if turn.person.line_manager is None:
        return None
    with turn.bot.store.read() as transaction:
        binding = transaction.people.of_email(turn.person.line_manager)
    return binding if binding is not None and binding.direct_message is not None else None
