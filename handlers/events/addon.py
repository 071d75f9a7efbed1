"""Reads the Workspace add-on dialect: a `commonEventObject` and a `chat` object with one payload."""

from collections.abc import Callable, Mapping

from bot.school.spaces import Dialect
from handlers.events import resources
from handlers.events.fields import Fields, flag, moment, part, text, whole_number
from handlers.events.model import (
    BotAdded,
    BotRemoved,
    ButtonPressed,
    CommandGiven,
    DialogCancelled,
    DialogPhase,
    Event,
    MessageTyped,
    Unknown,
    WidgetTyped,
)
from handlers.events.resources import Head


def read(document: Fields, fingerprint: bytes) -> Event:
    """The event in this body; Unknown when its payload is none of ours or lacks what makes it what it says."""
    chat, common = part(document, "chat"), part(document, "commonEventObject")
    name = next((known for known in _READERS if isinstance(chat.get(known), dict)), "")
    payload = part(chat, name)
    where = (part(payload, "space"), part(part(payload, "message"), "space"), part(chat, "space"))
    head = (
        Dialect.ADDON,
        resources.actor(part(chat, "user")),
        next((space for fields in where if (space := resources.space(fields))), None),
        moment(chat, "eventTime"),
        text(common, "userLocale"),
        fingerprint,
    )
    return _READERS[name](head, payload, common) if name else Unknown(*head)


def _message(head: Head, payload: Fields, _common: Fields) -> Event:
    if not (message := part(payload, "message")):
        return Unknown(*head)
    return MessageTyped(*head, message=resources.typed(message, part(payload, "thread")))


def _command(head: Head, payload: Fields, _common: Fields) -> Event:
    metadata = part(payload, "appCommandMetadata")
    message = resources.command_message(payload, text(metadata, "appCommandType"))
    command_id = whole_number(metadata, "appCommandId") or resources.command_in(message)
    phase = resources.phase(payload)
    if phase is DialogPhase.CANCEL:
        return DialogCancelled(*head)
    if not command_id:
        return Unknown(*head)
    typed = resources.typed(message, part(payload, "thread"), command=True) if message else None
    return CommandGiven(*head, command_id=command_id, text=typed.text if typed else "", message=typed, phase=phase)


def _button(head: Head, payload: Fields, common: Fields) -> Event:
    message, parameters = part(payload, "message"), part(common, "parameters")
    phase = resources.phase(payload)
    if phase is DialogPhase.CANCEL:
        return DialogCancelled(*head)
    return ButtonPressed(
        *head,
        action=_action(parameters),
        parameters=resources.own_parameters(parameters),
        inputs=resources.inputs(part(common, "formInputs")),
        message=text(message, "name") or None,
        message_is_ours=resources.is_ours(message),
        phase=phase,
    )


def _widget(head: Head, _payload: Fields, common: Fields) -> Event:
    parameters = part(common, "parameters")
    return WidgetTyped(
        *head,
        action=_action(parameters),
        query=text(parameters, "autocomplete_widget_query"),
        parameters=resources.own_parameters(parameters),
    )


def _added(head: Head, payload: Fields, _common: Fields) -> Event:
    # What was typed with the mention or command that added the bot follows in a request of its own.
    return BotAdded(*head, by_interaction=flag(payload, "interactionAdd"))


def _removed(head: Head, _payload: Fields, _common: Fields) -> Event:
    return BotRemoved(*head)


def _action(parameters: Fields) -> str:
    # In this dialect `function` holds an address, so the name of the action travels as a parameter;
    # cards made before an app was converted bring theirs under Google's own name.
    return text(parameters, "action") or text(parameters, "__action_method_name__")


_READERS: Mapping[str, Callable[[Head, Fields, Fields], Event]] = {
    "messagePayload": _message,
    "appCommandPayload": _command,
    "buttonClickedPayload": _button,
    "widgetUpdatedPayload": _widget,
    "addedToSpacePayload": _added,
    "removedFromSpacePayload": _removed,
}
