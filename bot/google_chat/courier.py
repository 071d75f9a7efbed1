"""Carries one owed message to Google Chat: finds the place, has it written, sends it, says what became of it."""

from dataclasses import dataclass

from bot.google_chat.cards import Json, Wire
from bot.google_chat.client import NotThere, Refused, TryLater
from bot.google_chat.ports import AddressBook, NoticeWriter, Poster
from bot.outbox.delivery import Delivery
from bot.outbox.ports import AddressGone, DeliveryFailed, MessageRefused


@dataclass(frozen=True, slots=True)
class ChatCourier:
    """The outbox's courier (bot.outbox.ports.Courier) for Google Chat; `callback_url` is what add-on buttons call."""

    client: Poster
    addresses: AddressBook
    notices: NoticeWriter
    callback_url: str

    def carry(self, delivery: Delivery, *, timeout: float) -> None:
        """Send it within `timeout` seconds, rendered now; raises DeliveryFailed, AddressGone or MessageRefused."""
        place = self.addresses.place(delivery.address)
        if place is None:
            raise AddressGone("nobody is at this address any more")
        body = self._write(delivery, Wire(place.dialect, self.callback_url))
        if body is None:
            raise AddressGone("what this message was about is gone")
        if place.viewer is not None:
            body["privateMessageViewer"] = {"name": place.viewer}
        # Raised after the except clause, so that no trace of the call hangs on to them.
        failure: Exception
        try:
            self.client.create_message(place.space, body, delivery.message_id, timeout)
        except TryLater as reason:
            failure = DeliveryFailed(str(reason))
        except NotThere as reason:
            failure = AddressGone(str(reason))
        except Refused as reason:
            failure = MessageRefused(str(reason))
        else:
            return
        raise failure

    def _write(self, delivery: Delivery, wire: Wire) -> Json | None:
        try:
            message = self.notices.write(delivery, wire)
            return None if message is None else message.render(wire)
        except ValueError:
            failure = MessageRefused(f"the words for {delivery.kind.value} make no message that Google takes")
        # Without this an impossible message would come back every minute, for ever.
        raise failure
