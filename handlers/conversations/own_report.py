"""One own report as its reporter sees it: how far it came, what was written both ways, and what can be added."""

from collections.abc import Iterator, Sequence

from bot.google_chat.cards import Action, Button, Buttons, Card, Fact, Paragraph, Section, TextField, Widget, pages
from bot.google_chat.replies import Reply, ShowDialog
from bot.protocol.quoting import written
from bot.reports import casefile
from bot.reports.casefile import Casefile, NotAllowed, Refusal, Step
from bot.reports.intake import STORY_AT_MOST
from bot.reports.ports import CaseId, Grant, SealedCase
from bot.reports.text import ReportText
from bot.storage.transactions import Transaction
from handlers.conversations import own_reports
from handlers.conversations.cases import consequences
from handlers.events.model import ButtonPressed, DialogPhase
from handlers.turn import Turn

DONE = "done"
RACES_AT_MOST = 4

Own = tuple[SealedCase, Sequence[Grant]]


def look(turn: Turn, event: ButtonPressed) -> Reply:
    """One own report."""
    own = _own(turn, event)
    return _list(turn) if own is None else ShowDialog(_card(turn, own))


def add(turn: Turn, event: ButtonPressed) -> Reply:
    """What the reporter adds, corrects or answers."""
    own, words = _own(turn, event), event.inputs.text("words")
    if own is None:
        return _list(turn)
    if len(words) > STORY_AT_MOST:
        return ShowDialog(_card(turn, own, words=words, problem=turn.phrases("problem.too_long", most=STORY_AT_MOST)))
    return _kept(turn, own, withdrawn=False, words=words)


def ask_withdraw(turn: Turn, event: ButtonPressed) -> Reply:
    """Asks once more, and says what taking back does and does not do."""
    own, t = _own(turn, event), turn.phrases
    if own is None:
        return _list(turn)
    case = own[0]
    buttons = Buttons(
        Button(t("own.withdraw_yes"), Action("own.withdraw", {"case": case.id}), filled=True),
        Button(t("dialog.back"), Action("own.look", {"case": case.id})),
    )
    sections = (Section((Paragraph(t("own.withdraw_sure")), buttons)),)
    return ShowDialog(Card(title=t("own.one", code=case.code), sections=sections, card_id="own"))


def withdraw(turn: Turn, event: ButtonPressed) -> Reply:
    """Takes a report back; whoever reads it is told that, and nothing is erased at once."""
    own = _own(turn, event)
    return _list(turn) if own is None else _kept(turn, own, withdrawn=True, words="")


def _kept(turn: Turn, own: Own, *, withdrawn: bool, words: str) -> Reply:
    case = own[0]
    # Of a sealed reporter the day is all that is known.
    at = own_reports.moment(turn, case)

    def apply(transaction: Transaction) -> str:
        for _ in range(RACES_AT_MOST):
            known = turn.bot.histories.load(case, transaction.histories)
            try:
                entry = casefile.withdraw(known, at) if withdrawn else casefile.add(known, at, ReportText(words))
            except NotAllowed as refused:
                return refused.refusal
            if turn.bot.histories.append(case, known, entry, transaction.histories):
                after = Casefile(known.first_urgency, (*known.entries, entry))
                consequences.follow(turn, case, after, entry, transaction)
                return DONE
        return Refusal.OTHER_HANDLER

    effect = turn.change(apply)
    turn.deliver_now(turn.bot.owed_about(case.id))
    problem = turn.phrases("own.added") if (key := effect) == DONE else turn.phrases(key)
    return ShowDialog(_card(turn, own, words="" if effect == DONE else words, problem=problem))


def _card(turn: Turn, own: Own, *, words: str = "", problem: str = "") -> Card:
    t, (case, grants) = turn.phrases, own
    with turn.bot.store.read() as transaction:
        known = turn.bot.histories.load(case, transaction.histories)
    sections = [Section((Paragraph(problem),))] if problem else []
    sections.append(Section(tuple(_progress(turn, case, grants, known)), header=t("own.progress")))
    newest, *older = pages(tuple(_message(turn, known)))
    if newest:
        before = (_earlier(turn, case, 1),) if older else ()
        sections.append(Section((*before, *newest), header=t("own.messages")))
    if not known.is_closed:
        field = TextField("words", t("own.add"), t("own.add_hint"), words, many_lines=True, limit=STORY_AT_MOST)
        buttons = [Button(t("own.add_send"), Action("own.add", {"case": case.id}), filled=True)]
        if not known.is_withdrawn:
            buttons.append(Button(t("own.withdraw"), Action("own.ask_withdraw", {"case": case.id})))
        sections.append(Section((field, Paragraph(t("report.story_care")), Buttons(*buttons))))
    back = Buttons(Button(t("dialog.back"), Action("own.list")), Button(t("dialog.close"), Action("dialog.close")))
    sections.append(Section((back,)))
    return Card(
        title=t("own.one", code=case.code), subtitle=t("bot.is_program"), sections=tuple(sections), card_id="own"
    )


def earlier(turn: Turn, event: ButtonPressed) -> Reply:
    """A page of messages from before."""
    own = _own(turn, event)
    if own is None:
        return _list(turn)
    t, case = turn.phrases, own[0]
    with turn.bot.store.read() as transaction:
        cut = pages(tuple(_message(turn, turn.bot.histories.load(case, transaction.histories))))
    asked = event.parameters.get("page", "")
    page = min(int(asked), len(cut) - 1) if asked.isdecimal() and len(asked) < len("1000") else 0
    before = (_earlier(turn, case, page + 1),) if page + 1 < len(cut) else ()
    back = Buttons(Button(t("dialog.back"), Action("own.look", {"case": case.id})))
    sections = (Section((*before, *cut[page]), header=t("own.messages")), Section((back,)))
    return ShowDialog(
        Card(title=t("own.one", code=case.code), subtitle=t("bot.is_program"), sections=sections, card_id="own")
    )


def _earlier(turn: Turn, case: SealedCase, page: int) -> Buttons:
    return Buttons(Button(turn.phrases("own.earlier"), Action("own.earlier", {"case": case.id, "page": str(page)})))


def _progress(turn: Turn, case: SealedCase, grants: Sequence[Grant], known: Casefile) -> Iterator[Widget]:
    """Sent, delivered, read by a person, being handled, over: each with its day, and only what is true."""
    t = turn.phrases

    def line(name: str, at: object = None) -> Fact:
        day = written(turn.bot.calendar.local(at).date(), t) if at is not None else ""  # type: ignore[arg-type]
        return Fact(day, t(f"progress.{name}"))

    yield line("sent", case.received_at)
    if own_reports.delivered(turn, case):
        yield line("delivered")
    read = next((entry.at for entry in known.entries if entry.step is Step.READ), None)
    opened = [grant.opened_at for grant in grants if grant.opened_at is not None]
    if read is not None or opened:
        yield line("read", read or min(opened))
    taken = next((entry.at for entry in known.entries if entry.step is Step.TAKEN), None)
    if taken is not None:
        yield line("taken", taken)
    if known.is_withdrawn:
        yield line("withdrawn", next(entry.at for entry in known.entries if entry.step is Step.WITHDRAWN))
    if known.is_closed:
        yield line("closed", next(entry.at for entry in known.entries if entry.step is Step.CLOSED))


def _message(turn: Turn, known: Casefile) -> Iterator[Widget]:
    t = turn.phrases
    for entry in known.messages():
        if entry.step is Step.WITHDRAWN:
            continue
        day = written(turn.bot.calendar.local(entry.at).date(), t)
        if entry.step is Step.UNREAD:
            yield Fact(day, t(f"own.unread.{entry.detail}"))
            continue
        who = t("own.you") if entry.step is Step.FROM_REPORTER else t("own.school")
        yield Fact(t("own.message", who=who, day=day), entry.text.words)


def _own(turn: Turn, event: ButtonPressed) -> Own | None:
    return own_reports.find(turn, CaseId(event.parameters.get("case", "")))


def _list(turn: Turn) -> Reply:
    return own_reports.overview(turn, DialogPhase.SUBMIT)
