"""Writes what happened as a classic interaction event (Google `DeprecatedEvent`): a `type`, the rest beside it."""

from simulator.clock import rfc3339
from simulator.events import resources
from simulator.events.common import surroundings
from simulator.events.happening import Happening, Kind, Phase
from simulator.records import Command, Json
from simulator.world import World

_TYPES = {
    Kind.MESSAGE: "MESSAGE",
    Kind.SLASH_COMMAND: "MESSAGE",
    Kind.QUICK_COMMAND: "APP_COMMAND",
    Kind.CLICK: "CARD_CLICKED",
    Kind.CANCEL: "CARD_CLICKED",
    Kind.SUGGEST: "WIDGET_UPDATED",
    Kind.ADDED: "ADDED_TO_SPACE",
    Kind.REMOVED: "REMOVED_FROM_SPACE",
}
_CONFIGURABLE = frozenset({Kind.MESSAGE, Kind.SLASH_COMMAND, Kind.QUICK_COMMAND, Kind.ADDED})
"""Events that carry an address to go to after something was configured."""


def bodies(world: World, happening: Happening) -> tuple[Json, ...]:
    """The one request that tells of this; being added by a mention is one event with the message in it."""
    if happening.kind in {Kind.HOME, Kind.HOME_CLICK}:
        return (_home(happening),)
    event: Json = {
        "type": _TYPES[happening.kind],
        "eventTime": rfc3339(happening.at),
        "user": resources.acting_user(happening.person),
        "space": resources.space(happening.space),
        "common": surroundings(happening),
    }
    if happening.message is not None:
        event["message"] = resources.message(world, happening.message)
        event["thread"] = resources.thread(happening.message)
    if happening.kind in _CONFIGURABLE:
        event["configCompleteRedirectUrl"] = "https://chat.example/api/bot_config_complete?token=simulated"
    if happening.command is not None:
        event["appCommandMetadata"] = command_metadata(happening.command)
    if happening.kind in {Kind.CLICK, Kind.SUGGEST}:
        event["common"]["invokedFunction"] = happening.function
    if happening.kind is Kind.CLICK:
        pairs = [{"key": key, "value": value} for key, value in happening.parameters]
        event["action"] = {"actionMethodName": happening.function, "parameters": pairs}
    return (event | dialog_fields(happening),)


def command_metadata(command: Command) -> Json:
    """Which command it was (Google `AppCommandMetadata`)."""
    return {"appCommandId": command.id, "appCommandType": "QUICK_COMMAND" if command.quick else "SLASH_COMMAND"}


def dialog_fields(happening: Happening) -> Json:
    """Whether a dialog is asked for, submitted or cancelled; Chat leaves both out where no dialog is concerned."""
    if happening.phase is None:
        return {}
    return {"isDialogEvent": True, "dialogEventType": happening.phase.value}


def _home(happening: Happening) -> Json:
    # App home arrives in a shape between the dialects: its type stands inside `chat`.
    clicked = happening.kind is Kind.HOME_CLICK
    chat: Json = {
        "type": "SUBMIT_FORM" if clicked else "APP_HOME",
        "eventTime": rfc3339(happening.at),
        "user": resources.acting_user(happening.person),
        "space": resources.space(happening.space),
    }
    if clicked and happening.phase in {Phase.REQUEST, Phase.SUBMIT}:
        chat |= dialog_fields(happening)
    common = surroundings(happening)
    if clicked:
        common["invokedFunction"] = happening.function
    return {"commonEventObject": common, "chat": chat}
