"""Puts a message of the bot in its place: the thread, who sees it, and what a fault takes out of it."""

from collections.abc import Mapping
from typing import Any

from simulator import faults
from simulator.records import Dialect, Json, Message
from simulator.schema.cards import all_on_clicks
from simulator.schema.messages import kept
from simulator.world import World


class CannotPlace(ValueError):
    """A message cannot stand there or be seen by that person; says why."""


def place(world: World, space: str, message: Json, thread: str = "", **given: Any) -> Message:
    """Post a taken message as the bot; raises CannotPlace.

    In a thread that began privately everything is for the same person, and who is no member sees nothing private.
    """
    viewer = message.get("privateMessageViewer", {}).get("name")
    if viewer is not None and viewer not in world.space(space).members:
        raise CannotPlace("The viewer of a private message must be a member of the space.")
    if thread and viewer != (private_to := thread_is_private_to(world, space, thread)) and private_to is not None:
        raise CannotPlace("That thread began privately: only private messages to the same person can stand in it.")
    content = without_stripped_cards(world, kept(message))
    return world.add_message(space, world.bot.user, content, thread, private_to=viewer, **given)


def thread_is_private_to(world: World, space: str, thread: str) -> str | None:
    """For whom alone this thread is: the viewer of the message that began it."""
    found = (message for message in world.messages_in(space) if message.thread == thread and not message.reply)
    return next((message.private_to for message in found), None)


def without_stripped_cards(world: World, content: Mapping[str, Any]) -> Json:
    """The same without the cards that Chat strips: in add-ons, on a switch, those with an OPEN_DIALOG button."""
    app = world.app
    if app is None or app.dialect is not Dialect.ADDON or not world.faults.is_on(faults.OPEN_DIALOG_STRIPS_CARD):
        return dict(content)
    cards = content.get("cardsV2", [])
    left = [entry for entry in cards if not _opens_dialog(entry)]
    if len(left) < len(cards):
        world.log.add("fault", "Card stripped", {"cardsV2": cards}, note="OPEN_DIALOG in an add-on's card")
    return (
        {**content, "cardsV2": left} if left else {name: value for name, value in content.items() if name != "cardsV2"}
    )


def _opens_dialog(entry: Json) -> bool:
    clicks = (on_click.get("action", {}) for on_click, _where in all_on_clicks(entry, ""))
    return any(action.get("interaction") == "OPEN_DIALOG" for action in clicks)
