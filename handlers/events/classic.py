"""Reads the classic dialect of interaction events: a `type`, with everything else beside it."""

from collections.abc import Callable, Mapping

from bot.school.spaces import Dialect
from handlers.events import resources
from handlers.events.fields import Fields, moment, part, parts, text, whole_number
from handlers.events.model import (
    BotAdded,
    BotRemoved,
    ButtonPressed,
    CommandGiven,
    DialogCancelled,
    DialogPhase,
    Event,
    HomeOpened,
    MessageTyped,
    Unknown,
    WidgetTyped,
)
from handlers.events.resources import Head

HOME_TYPES = frozenset({"APP_HOME", "SUBMIT_FORM"})
"""Events of the home tab; they arrive in a shape between the dialects, with their type inside `chat`."""


def read(document: Fields, fingerprint: bytes) -> Event:
    """The event in this body; Unknown when its type is none of ours or it lacks what makes it what it says."""
    common = part(document, "common")
    where = (part(document, "space"), part(part(document, "message"), "space"))
    head = (
        Dialect.CLASSIC,
        resources.actor(part(document, "user")),
        next((space for fields in where if (space := resources.space(fields))), None),
        moment(document, "eventTime"),
        text(common, "userLocale"),
        fingerprint,
    )
    if resources.phase(document) is DialogPhase.CANCEL:
        return DialogCancelled(*head)
    reader = _READERS.get(text(document, "type"))
    return reader(head, document, common) if reader else Unknown(*head)


def read_home(document: Fields, fingerprint: bytes) -> Event:
    """The event of a home tab, whose parts stand inside `chat` and whose common part has the add-on's name."""
    common = part(document, "commonEventObject") or part(document, "common")
    return read({**part(document, "chat"), "common": common}, fingerprint)


def _command_id(document: Fields) -> int | None:
    return resources.command_in(part(document, "message")) or whole_number(
        part(document, "appCommandMetadata"), "appCommandId"
    )


def _message(head: Head, document: Fields, _common: Fields) -> Event:
    message, thread = part(document, "message"), part(document, "thread")
    if not message:
        return Unknown(*head)
    if not (command_id := _command_id(document)):
        return MessageTyped(*head, message=resources.typed(message, thread))
    typed = resources.typed(message, thread, command=True)
    phase = resources.phase(document)
    return CommandGiven(*head, command_id=command_id, text=typed.text, message=typed, phase=phase)


def _command(head: Head, document: Fields, _common: Fields) -> Event:
    metadata = part(document, "appCommandMetadata")
    message = resources.command_message(document, text(metadata, "appCommandType"))
    if not (command_id := whole_number(metadata, "appCommandId")):
        return Unknown(*head)
    typed = resources.typed(message, part(document, "thread"), command=True) if message else None
    phase = resources.phase(document)
    return CommandGiven(*head, command_id=command_id, text=typed.text if typed else "", message=typed, phase=phase)


def _added(head: Head, document: Fields, _common: Fields) -> Event:
    # One request brings both: that the bot was added, and the mention or command that added it.
    command_id = _command_id(document)
    if not (message := part(document, "message")):
        return BotAdded(*head, by_interaction=bool(command_id), command_id=command_id)
    typed = resources.typed(message, part(document, "thread"), command=bool(command_id))
    return BotAdded(*head, by_interaction=True, message=typed, command_id=command_id)


def _removed(head: Head, _document: Fields, _common: Fields) -> Event:
    return BotRemoved(*head)


def _home(head: Head, _document: Fields, _common: Fields) -> Event:
    return HomeOpened(*head)


def _button(head: Head, document: Fields, common: Fields) -> Event:
    message, parameters = part(document, "message"), _parameters(document, common)
    sent_from_home = text(document, "type") == "SUBMIT_FORM"
    return ButtonPressed(
        *head,
        action=_action(document, common, parameters),
        parameters=resources.own_parameters(parameters),
        inputs=resources.inputs(part(common, "formInputs")),
        message=text(message, "name") or None,
        message_is_ours=resources.is_ours(message),
        phase=DialogPhase.SUBMIT if sent_from_home else resources.phase(document),
    )


def _widget(head: Head, document: Fields, common: Fields) -> Event:
    parameters = _parameters(document, common)
    return WidgetTyped(
        *head,
        action=_action(document, common, parameters),
        query=text(parameters, "autocomplete_widget_query"),
        parameters=resources.own_parameters(parameters),
    )


def _action(document: Fields, common: Fields, parameters: Fields) -> str:
    return (
        text(common, "invokedFunction")
        or text(part(document, "action"), "actionMethodName")
        or text(parameters, "action")
        or text(parameters, "__action_method_name__")
    )


def _parameters(document: Fields, common: Fields) -> Fields:
    # The same values come twice: as a list in `action`, as a map in `common`; the map is complete (grids add to it).
    listed = {text(entry, "key"): entry.get("value") for entry in parts(part(document, "action"), "parameters")}
    return {**listed, **part(common, "parameters")}


_READERS: Mapping[str, Callable[[Head, Fields, Fields], Event]] = {
    "MESSAGE": _message,
    "APP_COMMAND": _command,
    "CARD_CLICKED": _button,
    "SUBMIT_FORM": _button,
    "WIDGET_UPDATED": _widget,
    "ADDED_TO_SPACE": _added,
    "REMOVED_FROM_SPACE": _removed,
    "APP_HOME": _home,
}
