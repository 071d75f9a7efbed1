"""What Chat says of a message: its size, its cards, and what may stand beside each other."""

import json
from typing import Any

from simulator.records import Json
from simulator.schema.cards import BYTES_AT_MOST, Place, check_buttons, check_taken_card
from simulator.schema.discovery import Refused, conform

THREAD_KEY_AT_MOST = 4000
CONTENT = ("text", "cardsV2", "accessoryWidgets", "fallbackText", "quotedMessageMetadata", "markupSyntax")
"""The fields that an author gives and that a message keeps."""


def check_message(body: Any, where: str = "message") -> Json:
    """The message as Chat would take it (Google `Message`), with camelCase names; raises Refused."""
    taken: Json = conform(body, "Message", where)
    check_content(taken, where)
    key = taken.get("thread", {}).get("threadKey", "")
    if len(key) > THREAD_KEY_AT_MOST:
        raise Refused(f"{where}.thread.threadKey: more than {THREAD_KEY_AT_MOST} characters")
    viewer = taken.get("privateMessageViewer")
    if viewer is not None and not str(viewer.get("name", "")).startswith("users/"):
        raise Refused(f"{where}.privateMessageViewer: it must name somebody as users/{{user}}")
    if viewer is not None and taken.get("attachment"):
        raise Refused(f"{where}: a private message cannot have attachments")
    return taken


def check_content(message: Json, where: str = "message") -> None:
    """Hold the limits against a message that fits the schema already; raises Refused."""
    if not message.get("text", "").strip() and not message.get("cardsV2"):
        raise Refused("Message cannot be empty. It needs text or a card.")
    size = len(json.dumps({name: message[name] for name in CONTENT if name in message}, ensure_ascii=False).encode())
    if size > BYTES_AT_MOST:
        raise Refused(f"{where}: {size} bytes; a message with its cards is at most {BYTES_AT_MOST}")
    if "cards" in message:
        raise Refused(f"{where}.cards: deprecated, and not in this simulator; use cardsV2")
    _check_cards(message.get("cardsV2", []), where)
    for number, widget in enumerate(message.get("accessoryWidgets", [])):
        if set(widget) != {"buttonList"}:
            raise Refused(f"{where}.accessoryWidgets[{number}]: only a buttonList is possible")
        check_buttons(widget["buttonList"], f"{where}.accessoryWidgets[{number}]")


def _check_cards(cards: list[Json], where: str) -> None:
    ids = [entry.get("cardId", "") for entry in cards]
    if len(cards) > 1 and (len(set(ids)) != len(ids) or not all(ids)):
        raise Refused(f"{where}.cardsV2: each card needs a cardId of its own")
    for number, entry in enumerate(cards):
        if not entry.get("card"):
            raise Refused(f"{where}.cardsV2[{number}]: there is no card in it")
        check_taken_card(entry["card"], f"{where}.cardsV2[{number}].card", Place.MESSAGE)


def kept(message: Json) -> Json:
    """Only what the author gave, of a message that was taken."""
    return {name: message[name] for name in CONTENT if name in message}
