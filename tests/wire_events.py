"""What Google sends, made from the field lists of its documentation, in either dialect."""

import itertools
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.school.spaces import Dialect

Json = dict[str, Any]


@dataclass(frozen=True)
class Someone:
    """A person in a test."""

    number: int
    name: str
    email: str

    @property
    def user(self) -> str:
        return f"users/{self.number}"

    @property
    def direct(self) -> "Somewhere":
        return Somewhere(f"spaces/DM{self.number}", "DIRECT_MESSAGE")

    def json(self) -> Json:
        return {
            "name": self.user,
            "displayName": self.name,
            "email": self.email,
            "type": "HUMAN",
            "domainId": "rgo",
        }


@dataclass(frozen=True)
class Somewhere:
    """A space in a test."""

    name: str
    kind: str = "SPACE"
    display_name: str = ""
    outsiders: bool = False

    def json(self, *, admin_installed: bool = False) -> Json:
        space: Json = {"name": self.name, "spaceType": self.kind, "spaceHistoryState": "HISTORY_ON"}
        space["type"] = "DM" if self.kind == "DIRECT_MESSAGE" else "ROOM"
        if self.kind == "DIRECT_MESSAGE":
            space["singleUserBotDm"] = True
        if self.display_name:
            space["displayName"] = self.display_name
        if self.outsiders:
            space["externalUserAllowed"] = True
        if admin_installed:
            space["adminInstalled"] = True
        return space


@dataclass
class Wires:
    """Writes events of one dialect; every one is a new event, unless its bytes are sent again."""

    dialect: Dialect
    locale: str = "nl"
    _numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    def typed(self, who: Someone, where: Somewhere, text: str) -> bytes:
        message = self._message(who, where, text)
        if self.dialect is Dialect.CLASSIC:
            return self._classic("MESSAGE", who, where, message=message)
        return self._addon(who, "messagePayload", where, message=message)

    def slash(self, who: Someone, where: Somewhere, command: int, text: str = "", dialog: str = "") -> bytes:
        message = self._message(who, where, text)
        message["slashCommand"] = {"commandId": str(command)}
        if self.dialect is Dialect.CLASSIC:
            return self._classic("MESSAGE", who, where, message=message, **self._dialog(dialog))
        metadata = {"appCommandId": command, "appCommandType": "SLASH_COMMAND"}
        return self._addon(
            who, "appCommandPayload", where, message=message, appCommandMetadata=metadata, **self._dialog(dialog)
        )

    def quick(self, who: Someone, where: Somewhere, command: int, dialog: str = "") -> bytes:
        metadata = {"appCommandId": command, "appCommandType": "QUICK_COMMAND"}
        if self.dialect is Dialect.CLASSIC:
            return self._classic("APP_COMMAND", who, where, appCommandMetadata=metadata, **self._dialog(dialog))
        return self._addon(who, "appCommandPayload", where, appCommandMetadata=metadata, **self._dialog(dialog))

    def press(
        self,
        who: Someone,
        where: Somewhere,
        action: str,
        parameters: Mapping[str, str],
        inputs: Mapping[str, Sequence[str]] | None = None,
        dialog: str = "",
    ) -> bytes:
        form = {name: {"stringInputs": {"value": list(values)}} for name, values in (inputs or {}).items()}
        sender = {"name": "users/900", "displayName": "Protocolbot", "type": "BOT"}
        message = {"name": f"{where.name}/messages/card", "sender": sender}
        if self.dialect is Dialect.CLASSIC:
            common = {"userLocale": self.locale, "invokedFunction": action, "formInputs": form}
            listed = [{"key": key, "value": value} for key, value in parameters.items()]
            return self._classic(
                "CARD_CLICKED",
                who,
                where,
                message=message,
                action={"actionMethodName": action, "parameters": listed},
                common={**common, "parameters": dict(parameters)},
                **self._dialog(dialog),
            )
        common = {"userLocale": self.locale, "parameters": {"action": action, **parameters}, "formInputs": form}
        return self._addon(who, "buttonClickedPayload", where, common=common, message=message, **self._dialog(dialog))

    def added(self, who: Someone, where: Somewhere, *, admin_installed: bool = False) -> bytes:
        space = where.json(admin_installed=admin_installed)
        if self.dialect is Dialect.CLASSIC:
            return self._classic("ADDED_TO_SPACE", who, where, space=space)
        return self._addon(who, "addedToSpacePayload", where, space=space)

    def removed(self, who: Someone, where: Somewhere) -> bytes:
        if self.dialect is Dialect.CLASSIC:
            return self._classic("REMOVED_FROM_SPACE", who, where)
        return self._addon(who, "removedFromSpacePayload", where)

    def home(self, who: Someone) -> bytes:
        chat = {"type": "APP_HOME", "user": who.json(), "space": who.direct.json()}
        return _encoded({"chat": chat, "commonEventObject": {"userLocale": self.locale}})

    def _classic(self, kind: str, who: Someone, where: Somewhere, **fields: Any) -> bytes:
        body = {
            "type": kind,
            "eventTime": self._time(),
            "user": who.json(),
            "space": where.json(),
            "common": {"userLocale": self.locale},
            **fields,
        }
        return _encoded(body)

    def _addon(self, who: Someone, payload: str, where: Somewhere, common: Json | None = None, **fields: Any) -> bytes:
        chat = {"user": who.json(), "eventTime": self._time(), payload: {"space": where.json(), **fields}}
        return _encoded({"commonEventObject": common or {"userLocale": self.locale}, "chat": chat})

    def _message(self, who: Someone, where: Somewhere, text: str) -> Json:
        name = f"{where.name}/messages/m{next(self._numbers)}"
        return {"name": name, "sender": who.json(), "text": text, "argumentText": text, "createTime": self._time()}

    def _dialog(self, phase: str) -> Json:
        return {"isDialogEvent": True, "dialogEventType": f"{phase}_DIALOG"} if phase else {}

    def _time(self) -> str:
        return f"2026-11-24T09:15:{next(self._numbers) % 60:02}.{next(self._numbers):06}Z"


def _encoded(body: Json) -> bytes:
    return json.dumps(body, ensure_ascii=False).encode()
