"""Writes what happened as a Workspace add-on event: a `commonEventObject` and a `chat` object with one payload."""

from simulator.clock import rfc3339
from simulator.events import resources
from simulator.events.classic import command_metadata, dialog_fields
from simulator.events.common import surroundings
from simulator.events.happening import Happening, Kind
from simulator.records import Json
from simulator.world import World

_REDIRECT = {"configCompleteRedirectUri": "https://chat.example/api/bot_config_complete?token=simulated"}


class NotInThisDialect(Exception):
    """Add-ons have no such event: app home, and cancelling a dialog."""


def bodies(world: World, happening: Happening) -> tuple[Json, ...]:
    """The requests that tell of this, in order; being added by a mention or command is two.

    Raises NotInThisDialect.
    """
    payloads = _payloads(world, happening)
    return tuple(
        {
            "commonEventObject": surroundings(happening),
            "chat": {
                "user": resources.acting_user(happening.person),
                "eventTime": rfc3339(happening.at),
                **payload,
            },
        }
        for payload in payloads
    )


def _payloads(world: World, happening: Happening) -> tuple[Json, ...]:
    place: Json = {"space": resources.space(happening.space)}
    match happening.kind:
        case Kind.MESSAGE:
            return (_message(world, happening, place),)
        case Kind.SLASH_COMMAND | Kind.QUICK_COMMAND:
            return (_command(world, happening, place),)
        case Kind.CLICK:
            said = {} if happening.message is None else {"message": resources.message(world, happening.message)}
            dialog = dialog_fields(happening) or {"isDialogEvent": False}
            return ({"buttonClickedPayload": place | said | dialog},)
        case Kind.SUGGEST:
            return ({"widgetUpdatedPayload": place},)
        case Kind.ADDED:
            return _added(world, happening, place)
        case Kind.REMOVED:
            return ({"removedFromSpacePayload": place},)
    raise NotInThisDialect(f"An add-on hears nothing of: {happening.kind}.")


def _message(world: World, happening: Happening, place: Json) -> Json:
    if happening.message is None:
        raise ValueError("Somebody typed a message, but there is none.")
    return {"messagePayload": place | {"message": resources.message(world, happening.message)} | _REDIRECT}


def _command(world: World, happening: Happening, place: Json) -> Json:
    if happening.command is None:
        raise ValueError("Somebody gave a command, but there is none.")
    payload = place | {"appCommandMetadata": command_metadata(happening.command)} | _REDIRECT | dialog_fields(happening)
    if happening.message is not None:
        payload["message"] = resources.message(world, happening.message)
        payload["thread"] = resources.thread(happening.message)
    return {"appCommandPayload": payload}


def _added(world: World, happening: Happening, place: Json) -> tuple[Json, ...]:
    added: Json = place | _REDIRECT
    if happening.message is None:
        return ({"addedToSpacePayload": added},)
    second = _command if happening.command is not None else _message
    return {"addedToSpacePayload": added | {"interactionAdd": True}}, second(world, happening, place)
