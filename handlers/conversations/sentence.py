"""One sentence as an answer, in the shape that the event can show: a private message, or a page of the dialog."""

from bot.google_chat.cards import Action, Button, Buttons, Card, Footer, Message, Paragraph, Section, TextField
from bot.google_chat.replies import CloseDialog, Nothing, Reply, Say, ShowDialog
from bot.wording.catalogue import Phrases
from handlers.events.model import BotRemoved, ButtonPressed, CommandGiven, DialogCancelled, DialogPhase, Event


def answer_with(event: Event, t: Phrases, text: str) -> Reply:
    """Say it to whoever acted, and to nobody else."""
    if isinstance(event, BotRemoved | DialogCancelled):
        return Nothing()
    if isinstance(event, ButtonPressed) and event.phase is not DialogPhase.NONE and event.inputs.text("story"):
        return ShowDialog(_page_with_story(t, text, event))
    if isinstance(event, ButtonPressed | CommandGiven) and event.phase is not DialogPhase.NONE:
        return ShowDialog(page(t, text))
    if event.space is None:
        return CloseDialog(text)
    return Say(Message(text=text), only_for=None if event.space.is_direct else event.actor.user)


def _page_with_story(t: Phrases, text: str, event: ButtonPressed) -> Card:
    # What somebody told stays on their screen, with the same button to try again: nothing is lost by our mistake.
    told = TextField("story", t("report.story"), value=event.inputs.text("story"), many_lines=True)
    again = Footer(Button(t("report.next"), Action(event.action, dict(event.parameters))))
    return Card(title=t("bot.name"), sections=(Section((Paragraph(text), told)),), footer=again, card_id="sentence")


def page(t: Phrases, text: str) -> Card:
    """The sentence on a page of its own, with a way out."""
    close = Buttons(Button(t("dialog.close"), Action("dialog.close")))
    return Card(title=t("bot.name"), sections=(Section((Paragraph(text), close)),), card_id="sentence")
