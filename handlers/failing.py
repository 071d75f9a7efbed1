"""What happens when something inside breaks: a friendly sentence with a number, and a log line without content."""

import secrets
import traceback

import structlog

from bot.google_chat.cards import Action, Button, Buttons, Card, Message, Paragraph, Section
from bot.google_chat.replies import CloseDialog, Nothing, Reply, Say, ShowDialog
from bot.wording.catalogue import Phrases
from handlers.events.model import BotRemoved, ButtonPressed, CommandGiven, DialogCancelled, DialogPhase, Event

FRAMES_AT_MOST = 6

log = structlog.get_logger(__name__)


def incident(error: Exception) -> str:
    """Log where it broke and return the number that the person can mention.

    Neither the error's message nor any value goes into the log: either may hold what somebody typed.
    """
    number = secrets.token_hex(3).upper()
    frames = traceback.extract_tb(error.__traceback__)[-FRAMES_AT_MOST:]
    places = [f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}" for frame in frames]
    log.error("incident", number=number, kind=type(error).__name__, at=places)
    return number


def sorry(event: Event, t: Phrases, number: str) -> Reply:
    """The friendly sentence, in the shape that this event can show; privately where others would see it."""
    text = t("failure", number=number)
    if isinstance(event, BotRemoved | DialogCancelled):
        return Nothing()
    if isinstance(event, ButtonPressed | CommandGiven) and event.phase is not DialogPhase.NONE:
        return in_dialog(t, text)
    if event.space is None:
        return CloseDialog(text)
    return Say(Message(text=text), only_for=None if event.space.is_direct else event.actor.user)


def busy(event: Event, t: Phrases) -> Reply:
    """Another worker is still at this very event."""
    if isinstance(event, ButtonPressed | CommandGiven) and event.phase is not DialogPhase.NONE:
        return in_dialog(t, t("busy"))
    if event.space is None:
        return CloseDialog(t("busy"))
    return Say(Message(text=t("busy")), only_for=None if event.space.is_direct else event.actor.user)


def in_dialog(t: Phrases, text: str) -> Reply:
    """A sentence on a page of its own with a way out."""
    close = Buttons(Button(t("dialog.close"), Action("dialog.close")))
    return ShowDialog(Card(title=t("bot.name"), sections=(Section((Paragraph(text), close)),), card_id="failure"))
