"""Reads what both dialects write alike: Google's `User`, `Space`, `Message`, form inputs and dialog phase."""

from datetime import datetime
from typing import Any

from bot.school.people import Email, UserId
from bot.school.spaces import Dialect, SpaceKind, SpaceName
from handlers.events.fields import NOTHING, Fields, flag, part, parts, storable, text, whole_number
from handlers.events.model import Actor, DialogPhase, Inputs, Space, Typed

Head = tuple[Dialect, Actor, Space | None, datetime | None, str, bytes]
"""What every event begins with, in the order of `Event`'s fields."""

OUR_PARAMETERS = frozenset({"action", "__action_method_name__", "autocomplete_widget_query"})
"""Parameters that say what is asked, not with what: they become fields of the event."""

_KINDS = {kind.value: kind for kind in SpaceKind}
_PHASES = {
    "REQUEST_DIALOG": DialogPhase.REQUEST,
    "SUBMIT_DIALOG": DialogPhase.SUBMIT,
    "CANCEL_DIALOG": DialogPhase.CANCEL,
}


def actor(user: Fields) -> Actor:
    """Who it was (`User`); a user without a name has an empty id, which the caller must not take for a person."""
    return Actor(
        user=UserId(text(user, "name")),
        email=Email(text(user, "email").strip().lower()) or None,
        display_name=text(user, "displayName"),
        human=user.get("type") != "BOT",
        domain_id=text(user, "domainId"),
    )


def space(fields: Fields) -> Space | None:
    """Where it was (`Space`); None without a name."""
    name = text(fields, "name")
    if not name:
        return None
    return Space(
        name=SpaceName(name),
        kind=_kind(fields),
        display_name=text(fields, "displayName"),
        outsiders_allowed=flag(fields, "externalUserAllowed"),
        admin_installed=flag(fields, "adminInstalled"),
    )


def _kind(fields: Fields) -> SpaceKind:
    if known := _KINDS.get(text(fields, "spaceType")):
        return known
    if text(fields, "type") == "DM" or flag(fields, "singleUserBotDm"):
        return SpaceKind.DIRECT_MESSAGE
    # What is not said to be somebody's own conversation is never treated as one.
    return SpaceKind.SPACE


def typed(message: Fields, thread: Fields = NOTHING, *, command: bool = False) -> Typed:
    """A message addressed to the bot (`Message`), perhaps a slash `command`; `thread` is the event's, if it has one."""
    return Typed(
        name=text(message, "name"),
        text=_addressed(message, command=command),
        thread=text(part(message, "thread"), "name") or text(thread, "name") or None,
        sender_human=part(message, "sender").get("type") != "BOT",
    )


def _addressed(message: Fields, *, command: bool) -> str:
    if isinstance(message.get("argumentText"), str):
        return text(message, "argumentText").strip()
    # An empty argumentText is left out of the JSON, and then `text` still begins with the mention or the command.
    whole = text(message, "text")
    for note in parts(message, "annotations"):
        start, length = whole_number(note, "startIndex") or 0, whole_number(note, "length") or 0
        if start == 0 and length > 0 and (_mentions_a_bot(note) or part(note, "slashCommand")):
            return whole[length:].strip()
    if command:
        return "".join(whole.split(maxsplit=1)[1:]).strip()
    return whole.strip()


def _mentions_a_bot(note: Fields) -> bool:
    return part(part(note, "userMention"), "user").get("type") == "BOT"


def command_in(message: Fields) -> int | None:
    """The id of the slash command that this message is, from either place where Google writes it."""
    found = whole_number(part(message, "slashCommand"), "commandId")
    for note in parts(message, "annotations"):
        found = found or whole_number(part(note, "slashCommand"), "commandId")
    return found or None


def command_message(fields: Fields, command_type: str) -> Fields:
    """The message that a command is; empty for a quick command.

    A message action brings a message that somebody wrote to others: it was not addressed to the bot, so it is not read.
    """
    message = part(fields, "message")
    is_slash = command_type == "SLASH_COMMAND" or (not command_type and command_in(message) is not None)
    return message if is_slash else NOTHING


def is_ours(message: Fields) -> bool:
    """Whether the message with this card is the bot's own, which alone can be updated in an answer."""
    return part(message, "sender").get("type") != "HUMAN"


def phase(fields: Fields) -> DialogPhase:
    """Where a dialog stands; an event that only says that it has to do with a dialog asks for one."""
    otherwise = DialogPhase.REQUEST if flag(fields, "isDialogEvent") else DialogPhase.NONE
    return _PHASES.get(text(fields, "dialogEventType"), otherwise)


def own_parameters(parameters: Fields) -> dict[str, str]:
    """What our own button carries, without the names in `OUR_PARAMETERS`."""
    return {
        storable(name): storable(value)
        for name, value in parameters.items()
        if isinstance(value, str) and name not in OUR_PARAMETERS
    }


def inputs(form: Fields) -> Inputs:
    """What was filled in (`formInputs`): strings per name, dates as milliseconds since 1970 UTC, a time as "HH:MM"."""
    strings: dict[str, tuple[str, ...]] = {}
    moments: dict[str, int] = {}
    for raw_name, wrapped in form.items():
        name = storable(raw_name)
        # Apps Script alone wraps each value in one more level, whose name is empty.
        field = part({"": wrapped}, "")
        field = part(field, "") or field
        if "stringInputs" in field:
            strings[name] = _values(part(field, "stringInputs").get("value"))
        elif "timeInput" in field:
            strings[name] = _time_of_day(part(field, "timeInput"))
        else:
            since_1970 = whole_number(part(field, "dateTimeInput") or part(field, "dateInput"), "msSinceEpoch")
            if since_1970 is not None:
                moments[name] = since_1970
    return Inputs(strings=strings, moments_ms=moments)


def _values(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        return (storable(value),)
    return tuple(storable(entry) for entry in value if isinstance(entry, str)) if isinstance(value, list) else ()


def _time_of_day(fields: Fields) -> tuple[str, ...]:
    # Midnight arrives without hours and without minutes: proto3 leaves zeros out.
    hours, minutes = whole_number(fields, "hours") or 0, whole_number(fields, "minutes") or 0
    return (f"{hours:02d}:{minutes:02d}",) if hours in range(24) and minutes in range(60) else ()
