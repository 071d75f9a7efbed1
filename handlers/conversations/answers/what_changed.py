"""What this version of the protocol changed: each article that is new, gone, moved or says something else."""

from datetime import timedelta

from bot.google_chat.cards import Action, Button, Buttons, Card, Fact, Message, Paragraph, Section
from bot.protocol.document import Document
from bot.protocol.loader import load_document
from bot.protocol.quoting import written
from bot.protocol.versions import Change, ChangeKind, ProtocolVersion, changes_between, in_force
from handlers.conversations.answers.answer_card import first_sentence
from handlers.turn import Turn

CHANGES_AT_MOST = 30
"""On one card; the rest can be read in the protocol itself."""


def changes_button(turn: Turn) -> tuple[Button, ...]:
    """The way to what changed, when the database has an earlier version."""
    if _id_before(turn) is None:
        return ()
    return (Button(turn.phrases("changes.title"), Action("protocol.changes")),)


def changes_command(turn: Turn) -> tuple[Paragraph, ...]:
    """What to type instead of that button."""
    if _id_before(turn) is None:
        return ()
    return (Paragraph(turn.phrases("changes.typed", command=turn.phrases("changes.command"))),)


def changes_message(turn: Turn) -> Message:
    """Every article that is not as it was in the version before this one."""
    t, before = turn.phrases, _version_before(turn)
    if before is None:
        return Message(text=t("changes.none"))
    old = load_document(before.source)
    changes = [each for each in changes_between(old, turn.bot.protocol.document) if each.kind is not ChangeKind.SAME]
    if not changes:
        return Message(text=t("changes.none"))
    since = t("changes.since", date=written(before.effective_on, t))
    rows = tuple(_line(turn, change, old) for change in changes[:CHANGES_AT_MOST])
    back = Buttons(Button(t("browse.back"), Action("protocol.page", {"section": "contents"})))
    sections = (Section((Paragraph(since),)), Section(rows), Section((back,)))
    card = Card(title=t("changes.title"), subtitle=t("bot.is_program"), sections=sections, card_id="protocol")
    return Message(text=since, cards=(card,))


def _line(turn: Turn, change: Change, old: Document) -> Fact:
    t = turn.phrases
    if change.new is None:
        gone = change.old or old.articles[0]
        return Fact(t("changes.gone", code=gone.code), gone.text)
    button = Button(t("browse.open"), Action("protocol.page", {"article": change.new.code}), alt=change.new.code)
    label = t(f"changes.{change.kind.value}", code=change.new.code)
    return Fact(label, first_sentence(turn, change.new.code, t), button=button)


def _id_before(turn: Turn) -> str | None:
    """The id of the version before the one that is in force; None for the first one."""
    with turn.bot.store.read() as transaction:
        planned = transaction.protocols.days()
    now = in_force(planned, turn.bot.calendar.local(turn.now).date())
    before = in_force(planned, now.effective_on - timedelta(days=1)) if now is not None else None
    return None if before is None else before.id


def _version_before(turn: Turn) -> ProtocolVersion | None:
    version_id = _id_before(turn)
    if version_id is None:
        return None
    with turn.bot.store.read() as transaction:
        return transaction.protocols.get(version_id)
