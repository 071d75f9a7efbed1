"""What can happen in Google Chat, as one model for both dialects."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.school.people import Email, UserId
from bot.school.spaces import Dialect, SpaceKind, SpaceName


@dataclass(frozen=True, slots=True)
class Actor:
    """Who did it, as Google says; `email` is lower case and only known for whoever acts (Google `User`)."""

    user: UserId
    email: Email | None = None
    display_name: str = field(default="", repr=False)
    human: bool = True
    domain_id: str = ""


@dataclass(frozen=True, slots=True)
class Space:
    """Where it happened (Google `Space`); `outsiders_allowed` is `externalUserAllowed`."""

    name: SpaceName
    kind: SpaceKind
    display_name: str = field(default="", repr=False)
    outsiders_allowed: bool = False
    admin_installed: bool = False

    @property
    def is_direct(self) -> bool:
        """Whether this is somebody's own conversation with the bot."""
        return self.kind is SpaceKind.DIRECT_MESSAGE


@dataclass(frozen=True, slots=True)
class Typed:
    """A message that somebody typed, without the mention or command in front (Google `Message.argumentText`)."""

    name: str
    text: str = field(repr=False)
    thread: str | None = None
    sender_human: bool = True


class DialogPhase(StrEnum):
    """Where a dialog stands (Google `dialogEventType`)."""

    NONE = "none"
    REQUEST = "request"
    SUBMIT = "submit"
    CANCEL = "cancel"


@dataclass(frozen=True, slots=True)
class Inputs:
    """What was filled in on a card; values are never shown in a repr (Google `formInputs`)."""

    strings: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    moments_ms: Mapping[str, int] = field(default_factory=dict, repr=False)

    def text(self, name: str) -> str:
        """The first value of a text or choice, stripped; empty when nothing was given."""
        values = self.strings.get(name, ())
        return values[0].strip() if values else ""

    def choices(self, name: str) -> tuple[str, ...]:
        """All values of a choice, empty ones left out."""
        return tuple(value for value in self.strings.get(name, ()) if value)


@dataclass(frozen=True, slots=True)
class Event:
    """What every event says: in which dialect, who, where and when (`at`: Google `eventTime`, aware UTC)."""

    dialect: Dialect
    actor: Actor
    space: Space | None
    at: datetime | None
    locale: str
    fingerprint: bytes = field(repr=False)
    """The event without its authorization part, canonical: what a repeat is recognised by."""


@dataclass(frozen=True, slots=True)
class MessageTyped(Event):
    """A direct message, or a message in a group that mentions the bot."""

    message: Typed


@dataclass(frozen=True, slots=True)
class CommandGiven(Event):
    """A slash or quick command; `text` is what was typed behind it. `message` is None for a quick command."""

    command_id: int
    text: str = field(repr=False)
    message: Typed | None = None
    phase: DialogPhase = DialogPhase.NONE


@dataclass(frozen=True, slots=True)
class ButtonPressed(Event):
    """A button on a card or in a dialog; `action` is our own name for what it does.

    `message` is the name of the card's message; None in a dialog that has none.
    """

    action: str
    parameters: Mapping[str, str]
    inputs: Inputs
    message: str | None = None
    message_is_ours: bool = True
    phase: DialogPhase = DialogPhase.NONE

    @property
    def in_dialog(self) -> bool:
        """Whether the button stood in a dialog, or asks for one to be opened."""
        return self.phase is not DialogPhase.NONE


@dataclass(frozen=True, slots=True)
class DialogCancelled(Event):
    """The dialog was closed with its cross (classic only)."""


@dataclass(frozen=True, slots=True)
class BotAdded(Event):
    """The bot was added to a space; `message` came with it when it was added by a mention (classic)."""

    by_interaction: bool = False
    message: Typed | None = None
    command_id: int | None = None


@dataclass(frozen=True, slots=True)
class BotRemoved(Event):
    """The bot was removed from a space; nothing can be said there any more."""


@dataclass(frozen=True, slots=True)
class WidgetTyped(Event):
    """Somebody types in a multi-select and wants suggestions."""

    action: str
    query: str = field(repr=False)
    parameters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class HomeOpened(Event):
    """The bot's home tab was opened (classic only)."""


@dataclass(frozen=True, slots=True)
class Unknown(Event):
    """Something that this bot has no word for; it is answered with `{}`."""
