"""Does to the world what the bot's answer asks, and says what the person who acted then sees."""

from collections.abc import Iterable
from dataclasses import replace

from simulator.answers.changes import (
    Change,
    CloseDialog,
    NewMessage,
    Notify,
    ShowDialog,
    ShowHome,
    Suggest,
    Unacceptable,
    UpdateMessage,
)
from simulator.answers.placing import CannotPlace, place, thread_is_private_to, without_stripped_cards
from simulator.events.happening import Happening
from simulator.records import Dialog, Json, Outcome
from simulator.schema.messages import kept
from simulator.world import Unknown, World


def apply(world: World, happening: Happening, changes: Iterable[Change]) -> Outcome:
    """Carry out the changes as one; raises Unacceptable when one cannot be."""
    outcome = Outcome()
    for change in changes:
        outcome = _apply(world, happening, change, outcome)
    return outcome


def _apply(world: World, happening: Happening, change: Change, outcome: Outcome) -> Outcome:
    match change:
        case NewMessage(message):
            outcome = replace(outcome, messages=(*outcome.messages, _say(world, happening, message)))
            return _closed(world, happening, outcome)
        case UpdateMessage(message, complaint):
            outcome = replace(outcome, messages=(*outcome.messages, _update(world, happening, message)))
            error = f"{world.bot.display_name} not responding" if complaint else None
            return _closed(world, happening, replace(outcome, ok=error is None, error=error))
        case ShowDialog(card):
            return replace(outcome, dialog=_turn(world, happening, card))
        case CloseDialog(notification):
            return _closed(world, happening, replace(outcome, closed=True, notification=notification or None))
        case Notify(text):
            return replace(outcome, notification=text)
        case Suggest(items):
            return replace(outcome, suggestions=items)
        case ShowHome(card):
            return replace(outcome, home=card)


def _say(world: World, happening: Happening, message: Json) -> str:
    asked = happening.message
    thread = asked.thread if asked is not None else ""
    private_to = thread_is_private_to(world, happening.space.name, thread) if thread else None
    if private_to is not None and "privateMessageViewer" not in message:
        # Not established at Google: the answer is taken to stay where it stands, seen by that person only.
        message = message | {"privateMessageViewer": {"name": private_to}}
        world.log.add("fault", "Public answer in a private thread", note="Only its viewer sees it; post it by the API.")
    try:
        return place(world, happening.space.name, message, thread).name
    except CannotPlace as problem:
        raise Unacceptable(str(problem)) from None


def _update(world: World, happening: Happening, message: Json) -> str:
    if happening.message is None:
        raise Unacceptable("there is no message to update")
    try:
        return world.edit_message(happening.message.name, without_stripped_cards(world, kept(message))).name
    except Unknown:
        raise Unacceptable("the message was deleted meanwhile") from None


def _turn(world: World, happening: Happening, card: Json) -> Dialog:
    user, space = happening.person.user, happening.space.name
    if happening.dialog_id is not None:
        return world.turn_page(happening.dialog_id, user, card)
    source = happening.message.name if happening.message is not None and happening.command is None else None
    return world.open_dialog(user, space, card, source, from_home=happening.from_home)


def _closed(world: World, happening: Happening, outcome: Outcome) -> Outcome:
    if happening.dialog_id is None:
        return outcome
    world.close_dialog(happening.dialog_id)
    return replace(outcome, closed=True)
