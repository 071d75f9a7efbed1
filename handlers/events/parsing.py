"""Reads the body of a request from Google into one event, whichever of the two dialects it is written in.

Nothing here logs, and no error carries anything of the body: it may be a report.
"""

import json
from typing import Any

from bot.school.people import UserId
from bot.school.spaces import Dialect
from handlers.events import addon, classic
from handlers.events.fields import Fields, part, text
from handlers.events.model import Actor, BotAdded, BotRemoved, Event, Unknown

_SECRET_FIELDS = frozenset({"authorizationEventObject", "configCompleteRedirectUrl", "configCompleteRedirectUri"})
"""They carry tokens; a repeat of the same event may bring new ones."""

_GARBAGE = object()


class NotJson(Exception):
    """The body is no JSON that can be read; says nothing of what it was."""

    def __init__(self) -> None:
        super().__init__("the body is not JSON")


def parse(body: bytes) -> Event:
    """The event in this body; Unknown for JSON that is none of Google's events.

    Raises NotJson for anything else, and nothing else whatever arrives.
    """
    document, fingerprint = _decoded(body)
    if document is _GARBAGE:
        # Raised out here, not where it failed: an exception of the JSON library holds the whole body, also as context.
        raise NotJson
    if not isinstance(document, dict):
        return Unknown(Dialect.CLASSIC, Actor(UserId("")), None, None, "", fingerprint)
    return _done_by_somebody(_read(document, fingerprint))


def _read(document: Fields, fingerprint: bytes) -> Event:
    chat = document.get("chat")
    if isinstance(chat, dict):
        # The home tab of a classic app looks like an add-on's event; only its type tells, so it is asked first.
        if text(chat, "type") in classic.HOME_TYPES:
            return classic.read_home(document, fingerprint)
        return addon.read(document, fingerprint)
    return classic.read(document, fingerprint)


def _done_by_somebody(event: Event) -> Event:
    # An empty id would make one person of everybody who has none; coming and going needs nobody's rights.
    if event.actor.user or isinstance(event, BotAdded | BotRemoved):
        return event
    return Unknown(event.dialect, event.actor, event.space, event.at, event.locale, event.fingerprint)


def _decoded(body: bytes) -> tuple[Any, bytes]:
    try:
        document = json.loads(body)
        return document, _canonical(document)
    except (ValueError, RecursionError):
        return _GARBAGE, b""


def _canonical(document: Any) -> bytes:
    """The same bytes for the same event: keys sorted, UTF-8, without the parts that hold tokens."""
    if isinstance(document, dict):
        document = _without_secrets(document)
        if chat := part(document, "chat"):
            payloads = {name: _without_secrets(value) for name, value in chat.items() if isinstance(value, dict)}
            document["chat"] = {**_without_secrets(chat), **payloads}
    canonical = json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    # JSON may name half of a surrogate pair, which UTF-8 proper has no bytes for.
    return canonical.encode("utf-8", "surrogatepass")


def _without_secrets(fields: Fields) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if name not in _SECRET_FIELDS}
