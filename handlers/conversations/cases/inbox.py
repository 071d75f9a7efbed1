"""`/zaken`: the cases that somebody may see, and each of them closed until its story is asked for."""

from bot.google_chat.cards import Action, Button, Buttons, Card, Fact, Message, Paragraph, Section, Widget
from bot.google_chat.replies import Reply, ShowDialog
from bot.protocol.quoting import written
from bot.reports.casefile import Casefile
from bot.reports.overview.gathering import row_of
from bot.reports.ports import CaseId, Grant, SealedCase
from bot.reports.trials.trials import Trials
from bot.school.people import UserId
from handlers.conversations.leading.pages import waiting
from handlers.conversations.sentence import answer_with
from handlers.events.model import ButtonPressed, DialogPhase, Event
from handlers.turn import Turn

SHOWN_AT_MOST = 25


def inbox(turn: Turn, event: Event, phase: DialogPhase) -> Reply:
    """The cases that this person may see; a recipient without cases and one with hidden cases see the same."""
    t = turn.phrases
    if not turn.bot.is_recipient(turn.person):
        return answer_with(event, t, t("not_yours"))
    if phase is not DialogPhase.NONE:
        start = event.parameters.get("start", "") if isinstance(event, ButtonPressed) else ""
        return ShowDialog(inbox_card(turn, int(start) if start.isdecimal() and start.isascii() else 0))
    button = Button(t("cases.open"), Action("cases.list", opens_dialog=True))
    opener = Card(title=t("cases.title"), sections=(Section((Buttons(button),)),), card_id="cases")
    return turn.privately(Message(text=t("cases.text"), cards=(opener,)))


def look(turn: Turn, event: ButtonPressed) -> Reply:
    """One case, closed: who is involved can say so before reading a word of it."""
    if not turn.bot.is_recipient(turn.person):
        return answer_with(event, turn.phrases, turn.phrases("not_yours"))
    found = granted(turn, CaseId(event.parameters.get("case", "")))
    if found is None:
        return ShowDialog(inbox_card(turn))
    case, _, known = found
    return ShowDialog(closed_card(turn, case, known))


def granted(turn: Turn, case_id: CaseId) -> tuple[SealedCase, Grant, Casefile] | None:
    """A case whose story this person may read, with what was done; None tells nothing about whether it exists."""
    with turn.bot.store.read() as transaction:
        found = transaction.reports.granted_case(case_id, turn.user)
        if found is None or not found[1].sees_story:
            return None
        return (*found, turn.bot.histories.load(found[0], transaction.histories))


def inbox_card(turn: Turn, start: int = 0) -> Card:
    """The list, a page of it at a time."""
    t, sits = turn.phrases, row_of(turn.bot.school, turn.person.email) is not None
    with turn.bot.store.read() as transaction:
        cases = transaction.reports.granted_to(turn.user, start=start, most=SHOWN_AT_MOST + 1)
        stands_in = transaction.absences.on(turn.bot.calendar.local(turn.now).date())
        proposal = transaction.seats.pending() if sits else None
        first = transaction.seats.in_force() if sits and not turn.bot.known.is_open else None
    rows: tuple[Widget, ...] = tuple(_row(turn, case, grant) for case, grant in cases[:SHOWN_AT_MOST])
    told = tuple(
        Paragraph(t("away.stands_in", name=turn.bot.school.person(each.person).name, day=written(each.last, t)))
        for each in stands_in
        if each.deputy == turn.person.email
    )
    section = Section((*told, *(rows or (Paragraph(t("cases.none")),))))
    buttons = [Button(t("dialog.close"), Action("dialog.close"))]
    if len(cases) > SHOWN_AT_MOST:
        buttons.insert(0, Button(t("cases.older"), Action("cases.list", {"start": str(start + SHOWN_AT_MOST)})))
    if start:
        newer = max(0, start - SHOWN_AT_MOST)
        buttons.insert(0, Button(t("cases.newer"), Action("cases.list", {"start": str(newer)})))
    buttons.append(Button(t("away.button"), Action("away.ask")))
    if sits:
        buttons.append(Button(t("seats.button"), Action("seats.list")))
        year = str(turn.bot.calendar.local(turn.now).year)
        buttons.append(Button(t("overview.button"), Action("cases.overview", {"year": year})))
    close = Section((Buttons(*buttons),))
    return Card(
        title=t("cases.title"),
        subtitle=t("cases.subtitle"),
        sections=(*waiting(turn, first, proposal), section, close),
        card_id="cases",
    )


def closed_card(turn: Turn, case: SealedCase, known: Casefile) -> Card:
    """A case without its story: what may be known before reading."""
    t = turn.phrases
    day = written(turn.bot.calendar.local(case.received_at).date(), t)
    facts: list[Widget] = [
        Fact(t("case.urgency"), t(f"urgency.{known.urgency}")),
        Fact(t("case.came_in"), day),
        Fact(t("case.handler"), name_of(turn, known.handler) if known.handler else t("case.nobody")),
    ]
    buttons = Buttons(
        Button(t("cases.tell"), Action("cases.read", {"case": case.id}), alt=t("cases.tell_alt", code=case.code)),
        Button(t("case.involved"), Action("cases.involved", {"case": case.id})),
        Button(t("cases.back"), Action("cases.list")),
    )
    return Card(
        title=t("case.title", code=case.code),
        subtitle=t("cases.subtitle"),
        sections=(Section(tuple(facts)), Section((Paragraph(t("case.involved_first")), buttons))),
        card_id="case",
    )


def name_of(turn: Turn, user: UserId) -> str:
    """Whose step it was, by the school's own data."""
    with turn.bot.store.read() as transaction:
        binding = transaction.people.of_user(user)
    return turn.bot.school.person(binding.email).name if binding is not None else turn.phrases("case.somebody")


def _row(turn: Turn, case: SealedCase, grant: Grant) -> Fact:
    t = turn.phrases
    day = written(turn.bot.calendar.local(case.received_at).date(), t)
    if Trials(turn.bot.keyring).is_one(case):
        state = t("trial.confirmed") if grant.opened_at is not None else t("trial.asked")
        button = Button(t("trial.look"), Action("trials.look", {"case": case.id}), alt=t("trial.look_alt", day=day))
        return Fact(t("trial.row", day=day), state, button=button)
    label = t("cases.row", code=case.code, urgency=t(f"urgency.{case.urgency}"))
    if not grant.sees_story:
        return Fact(label, t("cases.copy", day=day))
    state = t("cases.read") if grant.opened_at is not None else t("cases.new")
    if case.closed_at is not None:
        state = t("cases.closed")
    button = Button(t("cases.look"), Action("cases.look", {"case": case.id}), alt=t("cases.look_alt", code=case.code))
    return Fact(label, t("cases.state", state=state, day=day), button=button)
