"""Carries one owed message to Google Chat: finds the place, has it written, sends it, says what became of it."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.google_chat.cards import Json, Wire
from bot.google_chat.client import NotThere, Refused, TryLater
from bot.google_chat.ports import AddressBook, NoticeWriter, Poster
from bot.outbox.delivery import Delivery
from bot.outbox.ports import AddressGone, DeliveryFailed, MessageRefused, NotYet, Pace
from bot.school.spaces import SpaceName

PATIENCE = 3.0
"""Seconds to wait for a space that somebody else just wrote to; after that the message goes back."""


@dataclass(frozen=True, slots=True)
class ChatCourier:
    """The outbox's courier (bot.outbox.ports.Courier) for Google Chat; `callback_url` is what add-on buttons call."""

    client: Poster
    addresses: AddressBook
    notices: NoticeWriter
    callback_url: str
    pace: Pace
    real_now: Callable[[], datetime]
    sleep: Callable[[float], None] = time.sleep

    def carry(self, delivery: Delivery, *, timeout: float) -> None:
        """Send it within `timeout` seconds, rendered now; raises what the port names."""
        place = self.addresses.place(delivery.address)
        if place is None:
            raise AddressGone("nobody is at this address any more")
        body = self._write(delivery, Wire(place.dialect, self.callback_url))
        if body is None:
            raise AddressGone("what this message was about is gone")
        if place.viewer is not None:
            body["privateMessageViewer"] = {"name": place.viewer}
        timeout -= self._enter(place.space, min(PATIENCE, timeout / 2))
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

    def _enter(self, space: SpaceName, patience: float) -> float:
        """Wait until nobody else writes to this space; tells for how many seconds. Raises NotYet."""
        waited = 0.0
        while (free_at := self.pace.enter(space, now=(now := self.real_now()))) is not None:
            wait = max((free_at - now).total_seconds(), 0.01)
            waited += wait
            if waited > patience:
                raise NotYet(free_at)
            self.sleep(wait)
        return waited

    def _write(self, delivery: Delivery, wire: Wire) -> Json | None:
        try:
            message = self.notices.write(delivery, wire)
            return None if message is None else message.render(wire)
        except ValueError:
            failure = MessageRefused(f"the words for {delivery.kind.value} make no message that Google takes")
        # Without this an impossible message would come back every minute, for ever.
        raise failure
