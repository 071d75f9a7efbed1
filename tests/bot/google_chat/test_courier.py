"""The courier: rendered at the moment of sending, and every outcome is one of the outbox's own words."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from bot.google_chat.cards import Buttons, Message, Paragraph, Wire
from bot.google_chat.client import ChatClient
from bot.google_chat.courier import ChatCourier
from bot.google_chat.ports import AddressBook, NoticeWriter, Place
from bot.outbox.delivery import Address, Delivery, Kind, Priority, owe
from bot.outbox.ports import AddressGone, Courier, DeliveryFailed, MessageRefused
from bot.school.spaces import Dialect, SpaceName
from tests.bot.google_chat.examples import CALLBACK, OPEN, card
from tests.fakes.google_server import Answer, GoogleServer, error, google_server
from tests.fakes.pace import FakePace
from tests.google_schema import check_message

NOW = datetime(2026, 11, 24, 9, 15, tzinfo=UTC)
HERE = Address("here")
READY = Message("Er staat iets voor je klaar: /zaken.", (card(Paragraph("x"), Buttons(OPEN)),))


@dataclass
class Addresses:
    places: dict[Address, Place]

    def place(self, address: Address) -> Place | None:
        return self.places.get(address)


@dataclass
class Writer:
    message: Message | None = READY
    trouble: ValueError | None = None
    asked: list[Wire] = field(default_factory=list)

    def write(self, delivery: Delivery, wire: Wire) -> Message | None:
        self.asked.append(wire)
        if self.trouble is not None:
            raise self.trouble
        return self.message


@pytest.fixture
def google() -> Iterator[GoogleServer]:
    with google_server() as server:
        yield server


@pytest.fixture
def client(google: GoogleServer) -> Iterator[ChatClient]:
    made = ChatClient(google.credentials(), google.address)
    yield made
    made.close()


def a_courier(
    client: ChatClient, writer: NoticeWriter, dialect: Dialect = Dialect.CLASSIC, pace: FakePace | None = None
) -> Courier:
    book: AddressBook = Addresses({HERE: Place(SpaceName("spaces/DM"), dialect)})
    return ChatCourier(client, book, writer, CALLBACK, pace or FakePace(), lambda: NOW)


def a_delivery(address: Address = HERE) -> Delivery:
    return owe(Kind.REPORT_WAITS, address, "k3", Priority.REPORT, now=NOW)


@pytest.mark.parametrize("dialect", list(Dialect))
def test_a_delivery_is_rendered_for_the_dialect_of_its_place(
    client: ChatClient, google: GoogleServer, dialect: Dialect
) -> None:
    writer = Writer()
    delivery = a_delivery()
    a_courier(client, writer, dialect).carry(delivery, timeout=5)
    (seen,) = google.seen
    assert seen.path == f"/v1/spaces/DM/messages?messageId={delivery.message_id}&alt=json"
    assert writer.asked == [Wire(dialect, CALLBACK)]
    check_message(seen.json, dialect)


def test_what_was_there_already_counts_as_delivered(client: ChatClient, google: GoogleServer) -> None:
    google.answers.append(error(409, "ALREADY_EXISTS"))
    a_courier(client, Writer()).carry(a_delivery(), timeout=5)
    assert len(google.seen) == 1


@pytest.mark.parametrize(
    ("answer", "becomes"),
    [
        (error(429, "RESOURCE_EXHAUSTED"), DeliveryFailed),
        (error(500, "INTERNAL"), DeliveryFailed),
        (error(403, "PERMISSION_DENIED"), AddressGone),
        (error(404, "NOT_FOUND"), AddressGone),
        (error(400, "INVALID_ARGUMENT"), MessageRefused),
        (Answer(after=1), DeliveryFailed),
    ],
    ids=["busy", "broken", "out of the space", "no such space", "refused", "silent"],
)
def test_each_failure_is_one_that_the_outbox_knows(
    client: ChatClient, google: GoogleServer, answer: Answer, becomes: type[Exception]
) -> None:
    google.answers.append(answer)
    with pytest.raises(becomes) as caught:
        a_courier(client, Writer()).carry(a_delivery(), timeout=0.3)
    assert caught.value.__context__ is None


def test_an_address_where_nobody_is_any_more_is_gone(client: ChatClient, google: GoogleServer) -> None:
    with pytest.raises(AddressGone):
        a_courier(client, Writer()).carry(a_delivery(Address("elsewhere")), timeout=5)
    assert not google.seen


def test_nothing_is_said_about_what_is_gone(client: ChatClient, google: GoogleServer) -> None:
    with pytest.raises(AddressGone):
        a_courier(client, Writer(message=None)).carry(a_delivery(), timeout=5)
    assert not google.seen


@pytest.mark.parametrize(
    "writer", [Writer(Message("x" * 30_000)), Writer(trouble=ValueError("Sanne"))], ids=["too long", "impossible"]
)
def test_a_message_that_cannot_be_made_is_refused_and_not_tried_for_ever(
    client: ChatClient, google: GoogleServer, writer: Writer
) -> None:
    with pytest.raises(MessageRefused) as caught:
        a_courier(client, writer).carry(a_delivery(), timeout=5)
    assert "Sanne" not in f"{caught.value} {caught.value.__context__}"
    assert not google.seen
