"""The REST methods of `spaces.messages` that an app may call with its own credentials."""

import re
from http import HTTPStatus
from typing import Any

from simulator.answers.placing import CannotPlace, place, without_stripped_cards
from simulator.clock import rfc3339
from simulator.events import resources
from simulator.google.call import Call
from simulator.google.errors import ApiError, forbidden, invalid, not_found
from simulator.records import Json, Message, Space, SpaceKind
from simulator.schema.discovery import Refused
from simulator.schema.messages import check_content, check_message, kept
from simulator.world import Unknown, World

CLIENT_ID = re.compile(r"client-[a-z0-9-]{1,56}")
"""`messageId`: `client-`, then lower-case letters, digits and hyphens; at most 63 characters in all."""

_MASKS = {
    "text": "text",
    "cards_v2": "cardsV2",
    "cardsV2": "cardsV2",
    "accessory_widgets": "accessoryWidgets",
    "accessoryWidgets": "accessoryWidgets",
    "quoted_message_metadata": "quotedMessageMetadata",
    "quotedMessageMetadata": "quotedMessageMetadata",
}
_REPLY_OR_FAIL = "REPLY_MESSAGE_OR_FAIL"
_ANY_REPLY = frozenset({_REPLY_OR_FAIL, "REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD"})


def create(call: Call) -> Json:
    """`spaces.messages.create`: once for each `requestId` and `messageId`; raises ApiError."""
    space = call.space()
    message = _taken(call.body)
    request_id = call.query.get("requestId", "")
    if request_id and (made := _made_before(call.world, space, request_id)):
        return as_json(call.world, made)
    client_id = call.query.get("messageId", "")
    if client_id:
        _check_client_id(call.world, space, client_id)
    thread, key = _thread(call, space, message)
    silent = call.query.get("createMessageNotificationOptions.notificationType") == "NOTIFICATION_TYPE_SILENT"
    given: Json = {"client_id": client_id, "request_id": request_id, "thread_key": key, "silent": silent}
    return _post(call, space, message, thread, given)


def patch(call: Call) -> Json:
    """`spaces.messages.patch`: the fields of `updateMask` of an own message; raises ApiError."""
    space = call.space()
    masks = _update_mask(call.query.get("updateMask", ""))
    found = _find(call, space)
    if found is None:
        return _patch_missing(call, space)
    if found.sender != call.world.bot.user:
        raise forbidden("The app can update its own messages only.")
    try:
        taken = kept(call.body)
        content = {name: value for name, value in found.content.items() if name not in masks}
        content |= {name: taken[name] for name in masks if name in taken}
        check_content(content)
    except Refused as problem:
        raise invalid(str(problem)) from None
    return as_json(call.world, call.world.edit_message(found.name, without_stripped_cards(call.world, content)))


def get(call: Call) -> Json:
    """`spaces.messages.get`: the app's own messages, and what was said to it; raises ApiError."""
    found = _existing(call, call.space())
    if found.sender != call.world.bot.user and not _said_to_bot(call.world, found):
        raise forbidden("The app has no access to that message.")
    return as_json(call.world, found)


def delete(call: Call) -> Json:
    """`spaces.messages.delete`: an own message; raises ApiError."""
    found = _existing(call, call.space())
    if found.sender != call.world.bot.user:
        raise forbidden("The app can delete its own messages only.")
    call.world.delete_message(found.name)
    return {}


def as_json(world: World, message: Message) -> Json:
    """A message as the API gives it (Google `Message`), without what events alone carry."""
    written = resources.message(world, message)
    sender = {"name": message.sender, "type": "BOT" if message.sender == world.bot.user else "HUMAN"}
    written |= {"sender": sender, "space": {"name": message.space}}
    for name in ("messageHistoryState", "retentionSettings"):
        written.pop(name, None)
    written["thread"].pop("retentionSettings", None)
    if message.edited is not None:
        written["lastUpdateTime"] = rfc3339(message.edited)
    if message.silent:
        written["silent"] = True
    return written


def _post(call: Call, space: Space, message: Json, thread: str, given: Json) -> Json:
    try:
        return as_json(call.world, place(call.world, space.name, message, thread, **given))
    except CannotPlace as problem:
        raise invalid(str(problem)) from None


def _taken(body: Json) -> Json:
    if "actionResponse" in body:
        raise invalid("actionResponse is for answers to events only.")
    try:
        return check_message(body)
    except Refused as problem:
        raise invalid(str(problem)) from None


def _made_before(world: World, space: Space, request_id: str) -> Message | None:
    return next((message for message in world.messages_in(space.name) if message.request_id == request_id), None)


def _check_client_id(world: World, space: Space, client_id: str) -> None:
    if not CLIENT_ID.fullmatch(client_id):
        raise invalid("message_id must begin with client-, hold a-z, 0-9 and hyphens, and be at most 63 characters.")
    if world.client_id_taken(space.name, client_id) is not None:
        raise ApiError(HTTPStatus.CONFLICT, "A message with this custom message id already exists in the space.")


def _thread(call: Call, space: Space, message: Json) -> tuple[str, str]:
    """The thread to stand in (nothing is a new one) and its key; only named spaces look at messageReplyOption."""
    wanted = message.get("thread", {})
    key = str(wanted.get("threadKey", "") or call.query.get("threadKey", ""))
    option = call.query.get("messageReplyOption", "")
    if not (wanted.get("name") or key):
        return "", ""
    if space.kind is SpaceKind.SPACE and option not in _ANY_REPLY:
        return "", key
    found = _existing_thread(call.world, space, str(wanted.get("name", "")), key)
    if not found and option == _REPLY_OR_FAIL:
        raise not_found("Thread")
    return found, key


def _existing_thread(world: World, space: Space, name: str, key: str) -> str:
    for message in world.messages_in(space.name):
        if message.thread == name or (key and message.thread_key == key):
            return message.thread
    return ""


def _update_mask(given: str) -> frozenset[str]:
    if not given:
        raise invalid("update_mask is required.")
    if given == "*":
        return frozenset(_MASKS.values())
    names = [name.strip() for name in given.split(",")]
    strange = [name for name in names if name not in _MASKS]
    if strange:
        raise invalid(f"Invalid field paths in update_mask: {', '.join(strange)}.")
    return frozenset(_MASKS[name] for name in names)


def _patch_missing(call: Call, space: Space) -> Json:
    client_id = call.path[1]
    if call.query.get("allowMissing") != "true" or not CLIENT_ID.fullmatch(client_id):
        raise not_found(f"Message {'/'.join(('spaces', call.path[0], 'messages', client_id))}")
    return _post(call, space, _taken(call.body), "", {"client_id": client_id})


def _find(call: Call, space: Space) -> Message | None:
    try:
        return call.world.message(f"{space.name}/messages/{call.path[1]}")
    except Unknown:
        return None


def _existing(call: Call, space: Space) -> Message:
    found = _find(call, space)
    if found is None:
        raise not_found(f"Message {space.name}/messages/{call.path[1]}")
    return found


def _said_to_bot(world: World, message: Message) -> bool:
    mentioned: Any = any(note.get("type") in {"USER_MENTION", "SLASH_COMMAND"} for note in message.annotations)
    return bool(mentioned) or world.space(message.space).bot_dm
