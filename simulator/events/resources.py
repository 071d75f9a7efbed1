"""Google's resources in events, which both dialects write alike: user, space, message, form inputs."""

from collections.abc import Mapping
from typing import Any

from simulator.clock import rfc3339
from simulator.records import Bot, Json, Message, Person, Space, SpaceKind
from simulator.world import World

_OLD_TYPES = {SpaceKind.DIRECT_MESSAGE: "DM"}


def acting_user(person: Person) -> Json:
    """Whoever acts, with e-mail address and domain (Google `User`)."""
    return {
        "name": person.user,
        "displayName": person.display_name,
        "avatarUrl": "https://chat.example/avatar.png",
        "email": person.email,
        "type": "HUMAN",
        "domainId": person.domain_id,
    }


def bot_user(bot: Bot) -> Json:
    """The app itself (Google `User`)."""
    return {"name": bot.user, "displayName": bot.display_name, "type": "BOT"}


def sender(world: World, user: str) -> Json:
    """Who wrote a message."""
    return bot_user(world.bot) if user == world.bot.user else acting_user(world.person(user))


def space(place: Space) -> Json:
    """A space with both the old and the new fields (Google `Space`)."""
    written: Json = {
        "name": place.name,
        "type": _OLD_TYPES.get(place.kind, "ROOM"),
        "spaceType": place.kind.value,
        "spaceThreadingState": "THREADED_MESSAGES",
        "spaceHistoryState": "HISTORY_ON",
        "lastActiveTime": rfc3339(place.created),
        "membershipCount": _counts(place),
        "spaceUri": f"https://chat.example/{place.name}",
    }
    if place.kind is SpaceKind.DIRECT_MESSAGE:
        written["singleUserBotDm"] = place.bot_dm
    else:
        written["displayName"] = place.display_name
    if place.kind is SpaceKind.SPACE:
        written["customer"] = "customers/C0example"
    if place.admin_installed:
        written["adminInstalled"] = True
    if place.outsiders_allowed:
        written["externalUserAllowed"] = True
    return written


def _counts(place: Space) -> Json:
    counts = {"joinedDirectHumanUserCount": len(place.members)}
    if place.joined_groups:
        counts["joinedGroupCount"] = place.joined_groups
    return counts


def thread(message: Message) -> Json:
    """The thread that a message is in (Google `Thread`)."""
    written: Json = {"name": message.thread, "retentionSettings": {"state": "PERMANENT"}}
    if message.thread_key:
        written["threadKey"] = message.thread_key
    return written


def message(world: World, found: Message) -> Json:
    """A message as an event carries it (Google `Message`); cards are echoed whole."""
    written: Json = {
        "name": found.name,
        "sender": sender(world, found.sender),
        "createTime": rfc3339(found.created),
        "thread": thread(found),
        "space": space(world.space(found.space)),
        "messageHistoryState": "HISTORY_ON",
        "retentionSettings": {"state": "PERMANENT"},
        **found.content,
    }
    if found.text:
        written |= {"formattedText": found.text, "markupSyntax": "MARKUP_SYNTAX_CHAT"}
        written["argumentText"] = found.text if found.argument_text is None else found.argument_text
    if found.annotations:
        written["annotations"] = list(found.annotations)
    if found.command is not None:
        written["slashCommand"] = {"commandId": str(found.command.id)}
    if found.private_to is not None:
        written["privateMessageViewer"] = {"name": found.private_to, "type": "HUMAN"}
    if found.reply:
        written["threadReply"] = True
    if found.client_id:
        written["clientAssignedMessageId"] = found.client_id
    return written


def form_inputs(inputs: dict[str, Any], pickers: Mapping[str, str]) -> Json:
    """What was filled in, from the page's way ({kind, values | ms}) to Google's `formInputs`.

    `pickers` says of which type each date field is, for Google writes each type differently. Raises ValueError for a
    kind that Chat does not have.
    """
    return {name: _form_input(name, given, pickers.get(name, "DATE_ONLY")) for name, given in inputs.items()}


def _form_input(name: str, given: Any, picker: str) -> Json:
    match given:
        case {"kind": "string", "values": list(values)}:
            return {"stringInputs": {"value": [str(value) for value in values]}}
        case {"kind": "date", "ms": int(ms)}:
            return _picked(ms, picker)
    raise ValueError(f"The input {name} needs a kind (string with values, or date with ms).")


def _picked(ms: int, picker: str) -> Json:
    if picker == "TIME_ONLY":
        minutes = ms // 60_000 % (24 * 60)
        return {"timeInput": {"hours": minutes // 60, "minutes": minutes % 60}}
    if picker == "DATE_AND_TIME":
        return {"dateTimeInput": {"hasDate": True, "hasTime": True, "msSinceEpoch": str(ms)}}
    return {"dateInput": {"msSinceEpoch": str(ms)}}
