"""Who is away says from when until when, and who stands in: urgent reports then wake somebody who can act."""

from datetime import date, timedelta

from bot.google_chat.cards import Action, Button, Buttons, Card, Choice, ChoiceKind, Option, Paragraph, Section, Widget
from bot.google_chat.replies import Reply, ShowDialog
from bot.protocol.quoting import written
from bot.reports.routing import candidates
from bot.school.absence import Absence
from bot.school.people import Email
from bot.storage.transactions import Transaction
from handlers.conversations.cases.inbox import inbox_card
from handlers.conversations.sentence import answer_with
from handlers.events.model import ButtonPressed
from handlers.turn import Turn

DAYS_AHEAD = 90
"""Longer than a summer holiday; Google takes 100 options at most."""

SAVED = "saved"


def ask(turn: Turn, event: ButtonPressed) -> Reply:
    """The page with the days and the deputy, filled in as it is kept now."""
    if not turn.bot.is_recipient(turn.person):
        return answer_with(event, turn.phrases, turn.phrases("not_yours"))
    return ShowDialog(_page(turn))


def save(turn: Turn, event: ButtonPressed) -> Reply:
    """Keep it, or ask again for what is missing."""
    if not turn.bot.is_recipient(turn.person):
        return answer_with(event, turn.phrases, turn.phrases("not_yours"))
    first, last = (_day(event.inputs.text(name)) for name in ("first", "last"))
    deputy = Email(event.inputs.text("deputy"))
    if first is None or last is None or last < max(first, _today(turn)) or deputy not in _deputies(turn):
        return ShowDialog(_page(turn, problem=turn.phrases("away.problem")))
    absence = Absence(turn.person.email, first, last, deputy)

    def apply(transaction: Transaction) -> str:
        transaction.absences.save(absence)
        return SAVED

    turn.change(apply)
    return ShowDialog(inbox_card(turn))


def back(turn: Turn, event: ButtonPressed) -> Reply:
    """Somebody is there again."""
    if not turn.bot.is_recipient(turn.person):
        return answer_with(event, turn.phrases, turn.phrases("not_yours"))

    def apply(transaction: Transaction) -> str:
        transaction.absences.forget(turn.person.email)
        return SAVED

    turn.change(apply)
    return ShowDialog(inbox_card(turn))


def _page(turn: Turn, *, problem: str = "") -> Card:
    t, today = turn.phrases, _today(turn)
    with turn.bot.store.read() as transaction:
        kept = transaction.absences.of(turn.person.email)
    shown: list[Widget] = [Paragraph(problem)] if problem else []
    shown.append(Paragraph(t("away.explain")))
    if kept is not None:
        name, first, last = turn.bot.school.person(kept.deputy).name, written(kept.first, t), written(kept.last, t)
        shown.append(Paragraph(t("away.kept", first=first, last=last, name=name)))
    deputies = tuple(Option(email, turn.bot.school.person(email).name) for email in _deputies(turn))
    shown += [
        Choice("first", t("away.first"), ChoiceKind.DROPDOWN, _days(turn, today)),
        Choice("last", t("away.last"), ChoiceKind.DROPDOWN, _days(turn, today + timedelta(days=1))),
        Choice("deputy", t("away.deputy"), ChoiceKind.RADIO_BUTTON, deputies),
    ]
    buttons = [Button(t("away.save"), Action("away.save"), filled=True)]
    if kept is not None:
        buttons.append(Button(t("away.back"), Action("away.back")))
    buttons.append(Button(t("cases.back"), Action("cases.list")))
    sections = (Section(tuple(shown)), Section((Buttons(*buttons),)))
    return Card(title=t("away.title"), subtitle=t("cases.subtitle"), sections=sections, card_id="away")


def _days(turn: Turn, chosen: date) -> tuple[Option, ...]:
    days = (_today(turn) + timedelta(days=ahead) for ahead in range(DAYS_AHEAD))
    return tuple(Option(day.isoformat(), written(day, turn.phrases), selected=day == chosen) for day in days)


def _deputies(turn: Turn) -> tuple[Email, ...]:
    return tuple(email for email in candidates(turn.bot.school) if email != turn.person.email)


def _today(turn: Turn) -> date:
    return turn.bot.calendar.local(turn.now).date()


def _day(given: str) -> date | None:
    try:
        return date.fromisoformat(given)
    except ValueError:
        return None
