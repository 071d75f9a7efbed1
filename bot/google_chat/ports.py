"""What carrying a message needs to know: where an address is, and what the message says."""

from dataclasses import dataclass
from typing import Protocol

from bot.google_chat.cards import Json, Message, Wire
from bot.outbox.delivery import Address, Delivery
from bot.school.people import UserId
from bot.school.spaces import Dialect, SpaceName


@dataclass(frozen=True, slots=True)
class Place:
    """Where a delivery goes now: a space, and the dialect that the app speaks there.

    With `viewer` nobody else in the space sees it (Google `privateMessageViewer`).
    """

    space: SpaceName
    dialect: Dialect
    viewer: UserId | None = None


class Poster(Protocol):
    """Puts a message into a space."""

    def create_message(self, space: SpaceName, body: Json, message_id: str, timeout: float = ...) -> None:
        """Send it within `timeout` seconds; the same `message_id` again changes nothing and is no error.

        Raises TryLater, NotThere or Refused (bot/google_chat/client.py).
        """
        ...


class AddressBook(Protocol):
    """Knows which space an opaque address stands for."""

    def place(self, address: Address) -> Place | None:
        """The place, or None when nobody is there any more."""
        ...


class NoticeWriter(Protocol):
    """Knows the words of what is sent unasked, chosen at the moment of sending."""

    def write(self, delivery: Delivery, wire: Wire) -> Message | None:
        """The message, or None when what it was about is gone; raises ValueError when it cannot be made."""
        ...
