"""What the simulated Chat knows: people, spaces, messages, dialogs, the app's registration, what an act led to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

Json = dict[str, Any]
"""A JSON object, in either direction."""


class Dialect(StrEnum):
    """The two ways in which Google writes events and reads answers."""

    CLASSIC = "classic"
    ADDON = "addon"


class Audience(StrEnum):
    """For whom classic tokens are made ("Authentication Audience" in the Chat app's settings)."""

    ENDPOINT = "endpoint"
    PROJECT_NUMBER = "project_number"


class SpaceKind(StrEnum):
    """Google's `spaceType`."""

    SPACE = "SPACE"
    GROUP_CHAT = "GROUP_CHAT"
    DIRECT_MESSAGE = "DIRECT_MESSAGE"


class Affiliation(StrEnum):
    """Google's `Membership.affiliation`."""

    INTERNAL = "INTERNAL"
    EXTERNAL = "EXTERNAL"
    MANAGED_EXTERNAL = "MANAGED_EXTERNAL"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an account; `user` is Google's `users/{id}`, `label` and `group` are for the page."""

    user: str
    display_name: str
    email: str
    label: str = ""
    group: str = ""
    domain_id: str = "rgoexample"
    affiliation: Affiliation = Affiliation.INTERNAL


@dataclass(frozen=True, slots=True)
class Bot:
    """The Chat app as others see it."""

    user: str = "users/900000000000000000001"
    display_name: str = "Protocolbot"


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command ("/melden") or a quick command of the app; id 1 to 1000, name and description at most 50."""

    id: int
    name: str
    description: str
    quick: bool = False
    opens_dialog: bool = False


@dataclass(frozen=True, slots=True)
class ChatApp:
    """The app's registration: where its events go, in which dialect, and for whom tokens are made."""

    endpoint: str
    dialect: Dialect = Dialect.CLASSIC
    project_number: str = "123456789012"
    audience: Audience = Audience.ENDPOINT


@dataclass(frozen=True, slots=True)
class Space:
    """A place to talk; `members` are people (user names), the bot is apart. `joined_groups` counts Google groups."""

    name: str
    kind: SpaceKind
    created: datetime
    display_name: str = ""
    members: tuple[str, ...] = ()
    managers: frozenset[str] = frozenset()
    bot_member: bool = False
    bot_dm: bool = False
    admin_installed: bool = False
    outsiders_allowed: bool = False
    joined_groups: int = 0


@dataclass(frozen=True, slots=True)
class Message:
    """A message; `serial` orders them, `command` is the slash command that it is, `content` is what its author gave.

    `content` holds Google's own fields: text, cardsV2, accessoryWidgets, fallbackText.
    """

    name: str
    space: str
    thread: str
    sender: str
    created: datetime
    serial: int
    content: Mapping[str, Any]
    annotations: tuple[Json, ...] = ()
    argument_text: str | None = None
    command: Command | None = None
    private_to: str | None = None
    thread_key: str = ""
    reply: bool = False
    silent: bool = False
    client_id: str = ""
    request_id: str = ""
    edited: datetime | None = None
    deleted: datetime | None = None

    @property
    def text(self) -> str:
        """The text, or nothing."""
        return str(self.content.get("text", ""))


@dataclass(frozen=True, slots=True)
class Dialog:
    """A dialog that is open for somebody; `message` is the one whose button opened it."""

    id: str
    user: str
    space: str
    card: Json
    message: str | None = None
    from_home: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What somebody sees of what they did; `error` is the line that Chat itself would show."""

    ok: bool = True
    error: str | None = None
    dialog: Dialog | None = None
    closed: bool = False
    notification: str | None = None
    messages: tuple[str, ...] = ()
    home: Json | None = None
    suggestions: tuple[Json, ...] = field(default=())

    def as_json(self) -> Json:
        """The same for the page (control API)."""
        return {
            "ok": self.ok,
            "error": self.error,
            "dialog": None if self.dialog is None else {"id": self.dialog.id, "card": self.dialog.card},
            "closed": self.closed,
            "notification": self.notification,
            "messages": list(self.messages),
            "home": self.home,
        }
