"""Writes bodies as Google would, in both dialects, from the field lists of its reference; all people are made up."""

import json
from typing import Any

MOMENT = "2026-11-02T09:00:00.123456Z"
SANNE = {
    "name": "users/101",
    "displayName": "Sanne Voorbeeld",
    "email": "Sanne.Voorbeeld@School.Example",
    "type": "HUMAN",
    "domainId": "c0school",
}
BOT = {"name": "users/900", "displayName": "Protocolbot", "type": "BOT"}
GROUP = {"name": "spaces/GROUP", "type": "ROOM", "spaceType": "SPACE", "displayName": "Mentorgroep 2B"}
DIRECT = {"name": "spaces/DIRECT", "type": "DM", "spaceType": "DIRECT_MESSAGE", "singleUserBotDm": True}
COMMON = {"userLocale": "nl", "hostApp": "CHAT", "timeZone": {"id": "Europe/Amsterdam", "offset": 3.6e6}}
TOKEN_URL = "https://chat.example/bot_config_complete?token=geheim"


def encoded(body: Any) -> bytes:
    try:
        return json.dumps(body, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        # Half a surrogate pair has no bytes of its own, but JSON can still name it.
        return json.dumps(body).encode()


def classic(kind: str, **fields: Any) -> bytes:
    """A classic event; a field that is None is left out."""
    body = {"type": kind, "eventTime": MOMENT, "user": SANNE, "space": GROUP, "common": COMMON, **fields}
    return encoded({name: value for name, value in body.items() if value is not None})


def addon(payload: str, fields: dict[str, Any] | None = None, **common: Any) -> bytes:
    """An add-on event with this payload; `common` is added to the common part."""
    return encoded(
        {
            "commonEventObject": {**COMMON, "platform": "WEB", **common},
            "authorizationEventObject": {"systemIdToken": "geheim"},
            "chat": {"user": SANNE, "eventTime": MOMENT, payload: {"space": GROUP, **(fields or {})}},
        }
    )


def message(text: str = "@Protocolbot mag dit?", **fields: Any) -> dict[str, Any]:
    """A message that Sanne typed; a field that is None is left out."""
    body = {
        "name": "spaces/GROUP/messages/M1.M1",
        "sender": SANNE,
        "createTime": MOMENT,
        "text": text,
        "argumentText": " mag dit?",
        "thread": {"name": "spaces/GROUP/threads/T1", "retentionSettings": {"state": "PERMANENT"}},
        "space": GROUP,
        **fields,
    }
    return {name: value for name, value in body.items() if value is not None}


def mention(start: float = 0.0) -> dict[str, Any]:
    return {
        "type": "USER_MENTION",
        "startIndex": start,
        "length": 12.0,
        "userMention": {"user": BOT, "type": "MENTION"},
    }


def slash(command_id: Any = "1", length: float = 6) -> dict[str, Any]:
    return {
        "type": "SLASH_COMMAND",
        "length": length,
        "slashCommand": {"bot": BOT, "type": "INVOKE", "commandName": "/vraag", "commandId": command_id},
    }


def card_message(**fields: Any) -> dict[str, Any]:
    """A message of the bot with a card on it."""
    return message("Protocolbot", sender=BOT, name="spaces/GROUP/messages/C1.C1", cardsV2=[{"cardId": "1"}], **fields)


FORM = {
    "wat": {"stringInputs": {"value": [" Er is iets gebeurd. "]}},
    "wie": {"stringInputs": {"value": ["a", "", "b"]}},
    "leeg": {"stringInputs": {"value": []}},
    "weggelaten": {"stringInputs": {}},
    "dag": {"dateInput": {"msSinceEpoch": "1793577600000"}},
    "moment": {"dateTimeInput": {"hasDate": True, "hasTime": True, "msSinceEpoch": "1793610000000"}},
    "tijd": {"timeInput": {"hours": 14, "minutes": 5}},
    "middernacht": {"timeInput": {}},
    "dieper": {"": {"stringInputs": {"value": ["x"]}}},
}
