"""What somebody does with a case: each step is checked against its history and kept with what follows from it."""

from collections.abc import Callable

from bot.google_chat.replies import Reply, ShowDialog
from bot.reports import casefile
from bot.reports.casefile import Casefile, Entry, NotAllowed, Reason, Refusal, Step
from bot.reports.intake import STORY_AT_MOST
from bot.reports.ports import CaseId, SealedCase, Urgency
from bot.reports.text import ReportText
from bot.school.people import Email
from bot.storage.transactions import Transaction
from handlers.conversations.cases import case_page, checklist, consequences
from handlers.conversations.cases.inbox import granted, inbox_card
from handlers.conversations.sentence import answer_with
from handlers.events.model import ButtonPressed
from handlers.turn import Turn

DONE = "done"
RACES_AT_MOST = 4


def read(turn: Turn, event: ButtonPressed) -> Reply:
    """Answers "Lees verhaal": role and grant are checked now, and only then the text is unsealed."""
    case = _case(turn, event)
    if case is None:
        return _nothing(turn, event)
    # Unsealed first: what cannot be shown was not read, and the reporter must not be told that it was.
    turn.bot.intake.tell(case)

    def apply(transaction: Transaction) -> str:
        transaction.reports.mark_opened(case.id, turn.user, turn.now)
        return _step(turn, case, transaction, lambda known: casefile.read(known, turn.user, turn.now))

    turn.change(apply)
    return _shown(turn, event)


def ask_words(turn: Turn, event: ButtonPressed) -> Reply:
    """The page for a note or a message."""
    case = _case(turn, event)
    step = event.parameters.get("step", "")
    if case is None or step not in case_page.WRITTEN:
        return _nothing(turn, event)
    return ShowDialog(case_page.words_card(turn, case, Step(step)))


def ask_offer(turn: Turn, event: ButtonPressed) -> Reply:
    """The page to hand a case over on."""
    found = granted(turn, _id(event)) if turn.bot.is_recipient(turn.person) else None
    if found is None:
        return _nothing(turn, event)
    case, _, known = found
    with turn.bot.store.read() as transaction:
        people = consequences.may_receive(turn, case, known, transaction)
    return ShowDialog(case_page.offering_card(turn, case, people))


def ask_close(turn: Turn, event: ButtonPressed) -> Reply:
    """The page that asks for the reason."""
    found = granted(turn, _id(event)) if turn.bot.is_recipient(turn.person) else None
    if found is None:
        return _nothing(turn, event)
    return ShowDialog(case_page.closing_card(turn, found[0], found[2]))


def ask_urgency(turn: Turn, event: ButtonPressed) -> Reply:
    """The page that asks how urgent it is."""
    case = _case(turn, event)
    return _nothing(turn, event) if case is None else ShowDialog(case_page.urgency_card(turn, case))


def ask_involved(turn: Turn, event: ButtonPressed) -> Reply:
    """Asks once more before access ends."""
    case = _case(turn, event)
    return _nothing(turn, event) if case is None else ShowDialog(case_page.involved_card(turn, case))


def act(turn: Turn, event: ButtonPressed) -> Reply:
    """Takes one step."""
    case = _case(turn, event)
    words = event.inputs.text("words")
    if case is None:
        return _nothing(turn, event)
    step = event.parameters.get("step", "")
    if len(words) > STORY_AT_MOST and step in case_page.WRITTEN:
        problem = turn.phrases("problem.too_long", most=STORY_AT_MOST)
        return ShowDialog(case_page.words_card(turn, case, Step(step), words=words, problem=problem))
    if step == Step.NOT_NEEDED and checklist.too_long(event):
        return _shown(turn, event, problem=turn.phrases("problem.too_long", most=checklist.REASON_AT_MOST))

    def apply(transaction: Transaction) -> str:
        return _step(turn, case, transaction, lambda known: _entry(turn, event, known, case, transaction))

    return _after(turn, event, turn.change(apply))


def confirm(turn: Turn, event: ButtonPressed) -> Reply:
    """The second person agrees that a case is over."""
    case = _case(turn, event)
    if case is None:
        return _nothing(turn, event)

    def apply(transaction: Transaction) -> str:
        return _step(turn, case, transaction, lambda known: casefile.confirm_closing(known, turn.user, turn.now))

    return _after(turn, event, turn.change(apply))


def _step(turn: Turn, case: SealedCase, transaction: Transaction, make: Callable[[Casefile], Entry | None]) -> str:
    """Keep the step that `make` gives for the history as it is now; when somebody was first, look again."""
    for _ in range(RACES_AT_MOST):
        # Asked again in the transaction that writes: access may have ended since the page was shown.
        if transaction.reports.granted_case(case.id, turn.user) is None:
            return Refusal.CLOSED
        known = turn.bot.histories.load(case, transaction.histories)
        try:
            entry = make(known)
        except NotAllowed as refused:
            return refused.refusal
        if entry is None:
            return DONE
        if turn.bot.histories.append(case, known, entry, transaction.histories):
            consequences.follow(turn, case, Casefile(known.first_urgency, (*known.entries, entry)), entry, transaction)
            return DONE
    return Refusal.OTHER_HANDLER


def _entry(
    turn: Turn, event: ButtonPressed, known: Casefile, case: SealedCase, transaction: Transaction
) -> Entry | None:
    me, now, text = turn.user, turn.now, ReportText(event.inputs.text("words"))
    match event.parameters.get("step"):
        case Step.TAKEN:
            return casefile.take(known, me, now)
        case Step.ACCEPTED:
            return casefile.accept(known, me, now)
        case Step.RECUSED:
            return casefile.recuse(me, now)
        case Step.NOTE:
            return casefile.note(known, me, now, text)
        case Step.TO_REPORTER:
            return casefile.write_to_reporter(known, me, now, text)
        case Step.HELD | Step.RELEASED:
            return _held(turn, event, known)
        case step if step in casefile.CHECKLIST:
            return checklist.entry_of(turn, event, known, case)
        case _:
            return _chosen(turn, event, known, case, transaction)


def _held(turn: Turn, event: ButtonPressed, known: Casefile) -> Entry:
    """Only the board decides that a case is kept longer than its term (design: section 2.3)."""
    if not case_page.may_hold(turn):
        raise NotAllowed(Refusal.BOARD_ONLY)
    if event.parameters.get("step") == Step.HELD:
        return casefile.hold(known, turn.user, turn.now, ReportText(event.inputs.text("words")))
    return casefile.release(known, turn.user, turn.now)


def _chosen(turn: Turn, event: ButtonPressed, known: Casefile, case: SealedCase, transaction: Transaction) -> Entry:
    """A step for which something had to be chosen; raises NotAllowed for what the page did not offer."""
    inputs = event.inputs
    match event.parameters.get("step"):
        case Step.CLOSED if inputs.text("reason") in set(case_page.REASONS):
            return casefile.close(known, turn.user, turn.now, Reason(inputs.text("reason")))
        case Step.URGENCY if inputs.text("urgency") in set(Urgency):
            return casefile.change_urgency(known, turn.user, turn.now, Urgency(inputs.text("urgency")))
        case Step.OFFERED:
            chosen = Email(inputs.text("to"))
            if chosen in consequences.may_receive(turn, case, known, transaction):
                return casefile.offer(known, turn.user, turn.now, transaction.people.of_emails([chosen])[chosen].user)
    raise NotAllowed(Refusal.EMPTY)


def _after(turn: Turn, event: ButtonPressed, effect: str) -> Reply:
    turn.deliver_now(turn.bot.owed_about(_id(event)))
    return _shown(turn, event, problem="" if (key := effect) == DONE else turn.phrases(key))


def _shown(turn: Turn, event: ButtonPressed, *, problem: str = "") -> Reply:
    found = granted(turn, _id(event))
    if found is None:
        return ShowDialog(inbox_card(turn))
    if event.parameters.get("step") in casefile.CHECKLIST:
        return ShowDialog(checklist.after(turn, event, found[0], found[2], problem=problem))
    # Whoever takes it on sees at once what to do now; later that stands behind a button.
    first = not problem and event.parameters.get("step") == Step.TAKEN
    return ShowDialog(case_page.story_card(turn, found[0], found[2], problem=problem, first_minutes=first))


def _case(turn: Turn, event: ButtonPressed) -> SealedCase | None:
    if not turn.bot.is_recipient(turn.person):
        return None
    found = granted(turn, _id(event))
    return None if found is None else found[0]


def _nothing(turn: Turn, event: ButtonPressed) -> Reply:
    if not turn.bot.is_recipient(turn.person):
        return answer_with(event, turn.phrases, turn.phrases("not_yours"))
    return ShowDialog(inbox_card(turn))


def _id(event: ButtonPressed) -> CaseId:
    return CaseId(event.parameters.get("case", ""))
