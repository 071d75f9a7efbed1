"""A trial in `/zaken`: that it is one, by which way it came, and the button that says that it is there."""

from bot.google_chat.cards import Action, Button, Buttons, Card, Paragraph, Section
from bot.google_chat.replies import Reply, ShowDialog
from bot.reports.ports import CaseId, Grant, SealedCase
from bot.reports.routing import Chain
from bot.reports.trials.trials import Trials
from bot.storage.transactions import Transaction
from handlers.conversations.cases.inbox import inbox_card
from handlers.conversations.sentence import answer_with
from handlers.events.model import ButtonPressed
from handlers.turn import Turn

DONE, GONE = "done", "gone"


def look(turn: Turn, event: ButtonPressed) -> Reply:
    """One trial that was sent to this person; anything else is as if it were not there."""
    if not turn.bot.is_recipient(turn.person):
        return answer_with(event, turn.phrases, turn.phrases("not_yours"))
    with turn.bot.store.read() as transaction:
        found = _found(turn, event, transaction)
    return ShowDialog(inbox_card(turn) if found is None else _card(turn, *found))


def confirm(turn: Turn, event: ButtonPressed) -> Reply:
    """That it is there: the first time counts, and everybody confirms for themselves only."""
    if not turn.bot.is_recipient(turn.person):
        return answer_with(event, turn.phrases, turn.phrases("not_yours"))

    def apply(transaction: Transaction) -> str:
        found = _found(turn, event, transaction)
        if found is None:
            return GONE
        transaction.reports.mark_opened(found[0].id, turn.user, turn.now)
        return DONE

    turn.change(apply)
    return ShowDialog(inbox_card(turn))


def _found(turn: Turn, event: ButtonPressed, transaction: Transaction) -> tuple[SealedCase, Grant, Chain] | None:
    found = transaction.reports.granted_case(CaseId(event.parameters.get("case", "")), turn.user)
    chain = Trials(turn.bot.keyring).chain_of(found[0]) if found is not None else None
    return None if found is None or chain is None else (*found, chain)


def _card(turn: Turn, case: SealedCase, grant: Grant, chain: Chain) -> Card:
    t = turn.phrases
    whose = t(f"overview.of.{chain}")
    way = t("trial.way", whose=whose) if grant.sees_story else t("trial.way_copy", whose=whose)
    shown = [Paragraph(t("trial.text")), Paragraph(way), Paragraph(t("trial.until"))]
    buttons = [Button(t("cases.back"), Action("cases.list"))]
    if grant.opened_at is None:
        buttons.insert(0, Button(t("trial.confirm"), Action("trials.confirm", {"case": case.id}), filled=True))
    else:
        shown.append(Paragraph(t("trial.confirmed")))
    sections = (Section(tuple(shown)), Section((Buttons(*buttons),)))
    return Card(title=t("trial.title"), subtitle=t("cases.subtitle"), sections=sections, card_id="trial")
