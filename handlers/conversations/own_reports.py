"""What a reporter sees of an own report: its code, and how far it truly came."""

from collections.abc import Sequence
from datetime import UTC, datetime, time

from bot.google_chat.cards import Action, Button, Buttons, Card, Fact, Message, Paragraph, Section, Widget
from bot.google_chat.replies import Reply, ShowDialog
from bot.outbox.delivery import State
from bot.protocol.quoting import written
from bot.reports.ports import CaseId, Grant, SealedCase
from handlers.events.model import DialogPhase
from handlers.turn import Turn

SHOWN_AT_MOST = 20


def overview(turn: Turn, phase: DialogPhase) -> Reply:
    """`/mijnberichten`: one's own reports with their status; the story is not shown again."""
    t = turn.phrases
    own = _own(turn)
    rows: tuple[Widget, ...] = tuple(_row(turn, case, grants) for case, grants in own[:SHOWN_AT_MOST])
    section = Section(rows or (Paragraph(t("own.none")),))
    card = Card(
        title=t("own.title"),
        subtitle=t("bot.is_program"),
        sections=(section, Section((Buttons(Button(t("dialog.close"), Action("dialog.close"))),))),
        card_id="own",
    )
    if phase is not DialogPhase.NONE:
        return ShowDialog(card)
    # Without a dialog the list would stay in the chat: only the way in is said.
    button = Button(t("own.open"), Action("own.list", opens_dialog=True))
    opener = Card(title=t("own.title"), sections=(Section((Buttons(button),)),), card_id="own")
    return turn.privately(Message(text=t("own.text"), cards=(opener,)))


def sent(turn: Turn, case_id: CaseId) -> Card:
    """The page after "Verstuur": stored, delivered only if it was, and the code to keep."""
    t = turn.phrases
    found = [(case, grants) for case, grants in _own(turn) if case.id == case_id]
    if not found:
        return Card(title=t("own.title"), sections=(Section((Paragraph(t("own.none")),)),), card_id="report")
    case, grants = found[0]
    facts = (
        Fact(t("sent.code"), case.code, below=t("sent.code_below")),
        Fact(t("sent.status"), status(turn, case, grants)),
    )
    return Card(
        title=t("sent.title"),
        sections=(
            Section((Paragraph(t("sent.text")), *facts)),
            Section((Paragraph(t("sent.next")), Buttons(Button(t("dialog.close"), Action("dialog.close"))))),
        ),
        card_id="report",
    )


def made(turn: Turn, cases: Sequence[CaseId]) -> CaseId | None:
    """The one of these reports that this person made, if any."""
    return next((case.id for case, _ in _own(turn) if case.id in cases), None)


def find(turn: Turn, case_id: CaseId) -> tuple[SealedCase, Sequence[Grant]] | None:
    """An own report; what is somebody else's is as if it were not there."""
    return next((own for own in _own(turn) if own[0].id == case_id), None)


def moment(turn: Turn, case: SealedCase) -> datetime:
    """When something is done, as exactly as the reporter is known: by name to the second, sealed to the day."""
    if turn.bot.intake.tell(case).reporter is not None:
        return turn.now
    return datetime.combine(turn.now.date(), time(), UTC)


def delivered(turn: Turn, case: SealedCase) -> bool:
    """Whether Google took at least one notice of it."""
    with turn.bot.store.read() as transaction:
        return transaction.deliveries.reached(case.id, turn.now)


def status(turn: Turn, case: SealedCase, grants: Sequence[Grant]) -> str:
    """How far a report came, in words; "afgeleverd" only when Google took at least one notice of it."""
    t = turn.phrases
    if case.closed_at is not None:
        return t("status.closed")
    with turn.bot.store.read() as transaction:
        deliveries, reached = transaction.deliveries.about(case.id), transaction.deliveries.reached(case.id, turn.now)
        known = turn.bot.histories.load(case, transaction.histories)
    if known.handler is not None:
        return t("status.taken")
    if any(grant.opened_at is not None for grant in grants):
        return t("status.read")
    if reached:
        return t("status.delivered")
    if deliveries and all(delivery.state is State.UNDELIVERABLE for delivery in deliveries):
        return t("status.undeliverable")
    return t("status.stored")


def _row(turn: Turn, case: SealedCase, grants: Sequence[Grant]) -> Fact:
    t = turn.phrases
    day = written(turn.bot.calendar.local(case.received_at).date(), t)
    button = Button(t("own.look"), Action("own.look", {"case": case.id}), alt=t("own.look_alt", code=case.code))
    return Fact(t("own.row", code=case.code, day=day), status(turn, case, grants), button=button)


def _own(turn: Turn) -> Sequence[tuple[SealedCase, Sequence[Grant]]]:
    with turn.bot.store.read() as transaction:
        return [
            found
            for index in turn.bot.keyring.blind_indexes(turn.user)
            for found in transaction.reports.of_reporter(index)
        ]
