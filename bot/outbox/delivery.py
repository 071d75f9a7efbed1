"""One message that the bot owes somebody: what kind, about what, to whom; never its words."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum
from typing import NewType

from bot.school.people import UserId
from bot.school.spaces import SpaceName

DeliveryId = NewType("DeliveryId", str)

Address = NewType("Address", str)
"""Where a delivery goes, opaque here: resolved to a space by a port at the moment of sending."""


MAILBOX = "mail"
"""What the address of a mailbox starts with, before its colon: `mail:users/123`."""


def to_person(user: UserId) -> Address:
    """Somebody's own direct message with the bot, wherever that is when it is sent."""
    return Address(f"person:{user}")


def to_reporter(case: str) -> Address:
    """Whoever made a report, found in its sealed text at the moment of sending: the address names the case alone."""
    return Address(f"reporter:{case}")


def to_group(space: SpaceName) -> Address:
    """A group, as long as the bot may speak there."""
    return Address(f"group:{space}")


def to_left_group(space: SpaceName) -> Address:
    """A group in which the bot was just told to stop, for its last sentence."""
    return Address(f"left:{space}")


def to_member(space: SpaceName, user: UserId) -> Address:
    """A group, as long as the bot may speak there, for one of its members alone."""
    return Address(f"member:{space}:{user}")


def to_mailbox(user: UserId) -> Address:
    """The school mailbox of somebody who has a direct message as well: the second road, never the only one."""
    return Address(f"{MAILBOX}:{user}")


def place_of(address: Address) -> str:
    """What messages that may not go together have in common: a group, whoever in it they are for, or the address."""
    kind, _, name = address.partition(":")
    return f"group:{name.partition(':')[0]}" if kind in {"group", "left", "member"} else address


class Kind(StrEnum):
    """What a delivery is about; the words are chosen when it is sent."""

    REPORT_WAITS = "report.waits"
    REPORT_WAITS_URGENT = "report.waits.urgent"
    REPORT_NEWS = "report.news"
    SEATS_WAIT = "seats.waits"
    APPROVAL_ASKED = "group.approval_asked"
    GROUP_WELCOME = "group.welcome"
    GROUP_REFUSED = "group.refused"
    REMINDER = "etiquette.reminder"
    PROTOCOL_NEWS = "etiquette.protocol_news"
    SHARED_ANSWER = "answer.shared"
    MISSING_NUDGE = "group.missing_nudge"
    GROUP_GOODBYE = "group.goodbye"
    GROUP_NEWS = "group.news"
    GROUP_STAYS = "group.stays"
    MEMBER_WELCOME = "group.member_welcome"


REPORT_KINDS = frozenset({Kind.REPORT_WAITS, Kind.REPORT_WAITS_URGENT, Kind.REPORT_NEWS})
"""What is never given up because nobody seems to be there: it is tried again, with an alarm each time."""


FORGOTTEN_KINDS = frozenset({Kind.REPORT_NEWS})
"""What is removed as soon as it is there: its message id, beside Google's own logs, would say who made a report."""


BUNDLED_KINDS = (Kind.REPORT_WAITS_URGENT, Kind.REPORT_WAITS)
"""What says in the same words that something waits, the more pressing one first: one message does for several."""

BUNDLE = timedelta(minutes=10)
"""Whoever heard that something waits hears it again after this at the earliest; the first urgent one never waits."""


MAIL_TRIED = timedelta(days=1)
"""How long a mail is tried: who looks into a mailbox a day later has long seen the message in the chat."""


LATE_AFTER = timedelta(minutes=15)
"""A notice of a report that is not there by then is late, and somebody must look."""


class Priority(IntEnum):
    """Who goes first when not everything can be sent at once; lower goes first."""

    URGENT_REPORT = 0
    REPORT = 1
    REPLY = 2
    WELCOME = 3
    REMINDER = 4


class State(StrEnum):
    """How far a delivery came."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    UNDELIVERABLE = "undeliverable"


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message owed; times are aware UTC.

    `not_before` goes by the business clock, `retry_at` and `lease_until` by real time. `message_id` is Google's
    `messageId` (`client-` and at most 63 characters in all): sent again, Google answers 409 and nobody sees it twice.
    After `expires_at` (business time) it is not sent any more: a reminder must not arrive in a lesson.
    """

    id: DeliveryId
    kind: Kind
    address: Address
    subject: str
    priority: Priority
    message_id: str
    created_at: datetime
    not_before: datetime
    expires_at: datetime | None = None
    state: State = State.WAITING
    attempts: int = 0
    retry_at: datetime | None = None
    lease_until: datetime | None = None
    delivered_at: datetime | None = None


def owe(
    kind: Kind,
    address: Address,
    subject: str,
    priority: Priority,
    *,
    now: datetime,
    not_before: datetime | None = None,
    expires_at: datetime | None = None,
) -> Delivery:
    """A new delivery with random ids that tell nothing; `subject` is the random id of what it is about."""
    return Delivery(
        id=DeliveryId(secrets.token_hex(16)),
        kind=kind,
        address=address,
        subject=subject,
        priority=priority,
        message_id=f"client-{secrets.token_hex(20)}",
        created_at=now,
        not_before=not_before or now,
        expires_at=expires_at,
    )


def with_mail(delivery: Delivery) -> tuple[Delivery, Delivery]:
    """The message to a person that something waits, and the mail that says so too, each with ids of its own."""
    mail = owe(
        delivery.kind,
        to_mailbox(UserId(delivery.address.partition(":")[2])),
        delivery.subject,
        delivery.priority,
        now=delivery.created_at,
        not_before=delivery.not_before,
        expires_at=delivery.not_before + MAIL_TRIED,
    )
    return delivery, mail
