"""Carries by mail what is owed to a mailbox, and leaves everything else to the courier of the chat."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.mail.ports import Mailboxes
from bot.mail.postman import Postman
from bot.outbox.delivery import BUNDLED_KINDS, MAILBOX, Delivery
from bot.outbox.ports import AddressGone, Courier, MessageRefused
from bot.school.people import UserId


@dataclass(frozen=True, slots=True)
class MailCourier:
    """The outbox's courier (bot.outbox.ports.Courier) for mailboxes; `real_now` gives the mail's date, aware."""

    postman: Postman
    mailboxes: Mailboxes
    real_now: Callable[[], datetime]

    def carry(self, delivery: Delivery, *, timeout: float) -> None:
        """Send it within `timeout` seconds; raises what `Postman.send` does.

        The mail says that something waits, so it is sent for deliveries that say so too, the urgent one in the same
        words. Any other kind is refused: above all, no mail may show who made a report.
        """
        kind, _, user = delivery.address.partition(":")
        if kind != MAILBOX or delivery.kind not in BUNDLED_KINDS:
            raise MessageRefused(f"{delivery.kind.value} at this address is nothing for a mail")
        mailbox = self.mailboxes.of(UserId(user))
        if mailbox is None:
            raise AddressGone("nobody is at this address any more")
        self.postman.send(mailbox, delivery.message_id, at=self.real_now(), timeout=timeout)


@dataclass(frozen=True, slots=True)
class TwoRoads:
    """The one courier that the outbox's sender has: mailboxes by mail, all else by chat."""

    chat: Courier
    mail: Courier | None

    def carry(self, delivery: Delivery, *, timeout: float) -> None:
        """Hand it to the courier of its road; without mail, MessageRefused: seen once, then given up."""
        if delivery.address.partition(":")[0] != MAILBOX:
            self.chat.carry(delivery, timeout=timeout)
        elif self.mail is not None:
            self.mail.carry(delivery, timeout=timeout)
        else:
            raise MessageRefused("mail is not set up here any more")
