"""What the bot answers at once to an event, as values; which JSON that is depends on the dialect (rendering.py)."""

from dataclasses import dataclass, field

from bot.google_chat.cards import Card, Message, Option
from bot.school.people import UserId


@dataclass(frozen=True, slots=True)
class Nothing:
    """No visible answer."""


@dataclass(frozen=True, slots=True)
class Say:
    """A new message in the space of the event; with `only_for` nobody else sees it (Google `privateMessageViewer`)."""

    message: Message
    only_for: UserId | None = None


@dataclass(frozen=True, slots=True)
class Replace:
    """A new version of the message whose button was pressed; only for a message of the bot itself."""

    message: Message


@dataclass(frozen=True, slots=True)
class ShowDialog:
    """A dialog that opens, or goes on to this page."""

    card: Card


@dataclass(frozen=True, slots=True)
class CloseDialog:
    """The end of a dialog, perhaps with a short notification."""

    notification: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class CloseAndSay:
    """The end of a dialog and a new message."""

    message: Message
    only_for: UserId | None = None


@dataclass(frozen=True, slots=True)
class Suggest:
    """Options for what somebody is typing in a multi-select; `widget` is that input's name where it is known."""

    options: tuple[Option, ...]
    widget: str = ""


@dataclass(frozen=True, slots=True)
class Home:
    """The bot's home tab (classic only)."""

    card: Card


@dataclass(frozen=True, slots=True)
class HomeAgain:
    """A new version of the home tab after a press on it (classic only)."""

    card: Card


Reply = Nothing | Say | Replace | ShowDialog | CloseDialog | CloseAndSay | Suggest | Home | HomeAgain
"""One answer to one event."""
