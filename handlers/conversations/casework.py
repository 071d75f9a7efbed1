"""`/zaken`: those who may see a report open it in a dialog; without a grant it is as if it did not exist."""

from bot.google_chat.cards import Action, Button, Buttons, Card, Fact, Message, Paragraph, Section, Widget
from bot.google_chat.notices import quoted
from bot.google_chat.replies import Reply, ShowDialog
from bot.protocol.quoting import written
from bot.reports.categories import ABUSE_BY_STAFF
from bot.reports.ports import CaseId, Grant, SealedCase
from bot.storage.transactions import Transaction
from handlers.conversations.sentence import answer_with
from handlers.events.model import ButtonPressed, DialogPhase, Event
from handlers.turn import Turn

SHOWN_AT_MOST = 25
READ = "read"


def inbox(turn: Turn, event: Event, phase: DialogPhase) -> Reply:
    """The cases that this person may see; a recipient without cases and one with hidden cases see the same."""
    t = turn.phrases
    if not turn.bot.is_recipient(turn.person):
        return answer_with(event, t, t("not_yours"))
    if phase is not DialogPhase.NONE:
        return ShowDialog(_inbox_card(turn))
    button = Button(t("cases.open"), Action("cases.list", opens_dialog=True))
    opener = Card(title=t("cases.title"), sections=(Section((Buttons(button),)),), card_id="cases")
    return turn.privately(Message(text=t("cases.text"), cards=(opener,)))


def read(turn: Turn, event: ButtonPressed) -> Reply:
    """Answers "Lees verhaal": role and grant are checked now, and only then the text is unsealed."""
    if not turn.bot.is_recipient(turn.person):
        return answer_with(event, turn.phrases, turn.phrases("not_yours"))
    case_id = CaseId(event.parameters.get("case", ""))

    with turn.bot.store.read() as transaction:
        found = transaction.reports.granted_case(case_id, turn.user)
    if found is None or not found[1].sees_story:
        return ShowDialog(_inbox_card(turn))
    # Unsealed first: what cannot be shown was not read, and the reporter must not be told that it was.
    card = _case_card(turn, found[0])

    def apply(transaction: Transaction) -> str:
        transaction.reports.mark_opened(case_id, turn.user, turn.now)
        return READ

    turn.change(apply)
    return ShowDialog(card)


def _inbox_card(turn: Turn) -> Card:
    t = turn.phrases
    with turn.bot.store.read() as transaction:
        cases = transaction.reports.granted_to(turn.user)
    rows: tuple[Widget, ...] = tuple(_row(turn, case, grant) for case, grant in cases[:SHOWN_AT_MOST])
    section = Section(rows or (Paragraph(t("cases.none")),))
    close = Section((Buttons(Button(t("dialog.close"), Action("dialog.close"))),))
    return Card(title=t("cases.title"), subtitle=t("cases.subtitle"), sections=(section, close), card_id="cases")


def _row(turn: Turn, case: SealedCase, grant: Grant) -> Fact:
    t = turn.phrases
    day = written(turn.bot.calendar.local(case.received_at).date(), t)
    state = t("cases.read") if grant.opened_at is not None else t("cases.new")
    label = t("cases.row", code=case.code, urgency=t(f"urgency.{case.urgency}"))
    if not grant.sees_story:
        return Fact(label, t("cases.copy", day=day))
    button = Button(t("cases.tell"), Action("cases.read", {"case": case.id}), alt=t("cases.tell_alt", code=case.code))
    return Fact(label, t("cases.state", state=state, day=day), button=button)


def _case_card(turn: Turn, case: SealedCase) -> Card:
    t = turn.phrases
    story = turn.bot.intake.tell(case)
    category = turn.bot.categories[story.category]
    quotations = turn.bot.quotations
    facts: list[Widget] = [
        Fact(t("case.about"), t(f"topic.{story.topic}")),
        Fact(t("case.urgency"), t(f"urgency.{case.urgency}")),
        Fact(t("case.safe"), t(f"reply.{story.safe}")),
        Fact(t("case.reporter"), story.reporter or t("case.sealed")),
    ]
    for question, reply in (("personeel", story.by_staff), ("seksueel", story.sexual)):
        if reply:
            facts.append(Fact(t(f"report.question.{question}"), t(f"reply.{reply}")))
    care = t("case.care_staff_abuse") if category.code == ABUSE_BY_STAFF else t("case.care")
    articles = tuple(quoted(t, quotations, code) for code in category.articles if quotations.is_reviewed(code))
    sections = [
        Section((Fact(t("case.story"), story.text.words),)),
        Section(tuple(facts)),
        Section((Paragraph(care),)),
    ]
    if articles:
        sections.append(Section(articles, header=t("case.articles"), collapsible=True))
    sections.append(Section((Buttons(Button(t("cases.back"), Action("cases.list"))),)))
    return Card(
        title=t("case.title", code=case.code), subtitle=t("cases.subtitle"), sections=tuple(sections), card_id="case"
    )
