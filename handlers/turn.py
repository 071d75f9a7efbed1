"""One event with everything that a conversation needs to answer it."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from bot.google_chat.cards import Message
from bot.google_chat.replies import Reply, Say
from bot.groups.ports import Group
from bot.outbox.delivery import DeliveryId
from bot.school.people import Person, UserId
from bot.storage.transactions import Transaction
from bot.wiring import Bot
from bot.wording.catalogue import Phrases
from handlers.events.model import Event
from handlers.failing import incident
from handlers.once import Once

DELIVERY_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Turn:
    """An event, who did it by the school's own data, and in which group; `now` is business time (aware UTC).

    `now` is read once, so that everything in one request agrees about the time.
    """

    bot: Bot
    once: Once
    event: Event
    person: Person
    group: Group | None
    phrases: Phrases
    now: datetime

    @property
    def user(self) -> UserId:
        """Google's id of who did it."""
        return self.event.actor.user

    @property
    def in_direct_message(self) -> bool:
        """Whether nobody else is there."""
        return self.event.space is not None and self.event.space.is_direct

    def privately(self, message: Message) -> Reply:
        """Say it so that only this person sees it."""
        return Say(message) if self.in_direct_message else Say(message, only_for=self.user)

    def deliver_now(self, ids: Collection[DeliveryId]) -> None:
        """Try for 5 seconds to deliver what was just committed; a failure here is the timer's work, never the person's.

        What was stored is stored: the page after this shows how far it truly came (design: section 2.3).
        """
        try:
            self.bot.sender.send(now=self.now, seconds=DELIVERY_SECONDS, only=ids)
        except Exception as error:  # noqa: BLE001 - whatever breaks here, the change itself stands
            incident(error)

    def change(self, apply: Callable[[Transaction], str]) -> str:
        """Make the one change of this event, once; returns the id of its effect.

        An event has one change: a second call would be told the effect of the first.
        """
        return self.once.change(self.event.fingerprint, apply)
