"""The outbox's sender reaches mailboxes by mail and everybody else by chat, and never says more than may be said."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from bot.mail.courier import MailCourier, TwoRoads
from bot.mail.ports import Mailboxes
from bot.outbox.delivery import Address, Delivery, Kind, Priority, State, owe, to_person, to_reporter
from bot.outbox.ports import AddressGone, Courier, MessageRefused
from bot.outbox.sending import GONE_WAIT, Sender, Sent
from bot.school.people import Email, UserId
from tests.bot.mail.examples import AT, LETTER, READER, postman
from tests.fakes.deliveries import FakeDeliveries
from tests.fakes.mail_server import PASSWORD, USER, Certificate, Mailroom, mail_server
from tests.fakes.pace import FakePace

NOW = datetime(2026, 11, 24, 9, 15, tzinfo=UTC)
BOX = Address("mail:users/1")


@dataclass
class Book:
    known: dict[UserId, Email]

    def of(self, user: UserId) -> Email | None:
        return self.known.get(user)


@dataclass
class Chat:
    carried: list[Address] = field(default_factory=list)

    def carry(self, delivery: Delivery, *, timeout: float) -> None:
        self.carried.append(delivery.address)


BOOK: Mailboxes = Book({UserId("users/1"): READER})


@pytest.fixture
def room(certificate: Certificate) -> Iterator[Mailroom]:
    with mail_server(Mailroom(), starttls=certificate.server) as running:
        yield running


def courier(room: Mailroom, certificate: Certificate, login: tuple[str, str] | None = (USER, PASSWORD)) -> Courier:
    return MailCourier(postman(room.port, certificate.trusted, login=login), BOOK, lambda: AT)


def owed(kind: Kind = Kind.REPORT_WAITS, address: Address = BOX) -> Delivery:
    return owe(kind, address, "case", Priority.REPORT, now=NOW)


def test_urgent_or_not_and_whatever_case_the_mail_is_the_same(room: Mailroom, certificate: Certificate) -> None:
    for kind in (Kind.REPORT_WAITS, Kind.REPORT_WAITS_URGENT):
        courier(room, certificate).carry(owed(kind), timeout=5)
    calm, urgent = room.mails
    different = [
        (left, right) for left, right in zip(calm.splitlines(), urgent.splitlines(), strict=True) if left != right
    ]
    assert len(different) == 1
    assert all(line.startswith(b"Message-ID: <client-") for line in different[0])
    assert b"case" not in calm + urgent
    assert LETTER.subject.encode() in calm


@pytest.mark.parametrize("kind", sorted(set(Kind) - {Kind.REPORT_WAITS, Kind.REPORT_WAITS_URGENT}))
def test_nothing_else_goes_by_mail(room: Mailroom, certificate: Certificate, kind: Kind) -> None:
    with pytest.raises(MessageRefused):
        courier(room, certificate).carry(owed(kind), timeout=5)
    assert room.got == []


@pytest.mark.parametrize("address", [to_person(UserId("users/1")), to_reporter("case"), Address("mailusers/1")])
def test_only_mailboxes_get_mail(room: Mailroom, certificate: Certificate, address: Address) -> None:
    with pytest.raises(MessageRefused):
        courier(room, certificate).carry(owed(address=address), timeout=5)
    assert room.got == []


def test_who_has_no_address_any_more_is_gone(room: Mailroom, certificate: Certificate) -> None:
    with pytest.raises(AddressGone):
        courier(room, certificate).carry(owed(address=Address("mail:users/2")), timeout=5)


def test_each_address_takes_its_own_road(room: Mailroom, certificate: Certificate) -> None:
    chat, store = Chat(), FakeDeliveries()
    by_mail, by_chat = owed(), owed(address=to_person(UserId("users/1")))
    store.add(by_mail)
    store.add(by_chat)
    alarms: list[str] = []
    roads = TwoRoads(chat, courier(room, certificate))
    sent = Sender(store, roads, FakePace(), lambda: NOW, lambda _, reason: alarms.append(type(reason).__name__)).send(
        now=NOW, seconds=5
    )
    assert sent == Sent(delivered=2)
    assert chat.carried == [by_chat.address]
    assert [envelope.rcpt_tos for envelope in room.got] == [[READER]]
    assert alarms == []


def test_without_mail_what_was_owed_to_a_mailbox_is_seen_once_and_given_up() -> None:
    chat, store = Chat(), FakeDeliveries()
    store.add(delivery := owed())
    alarms: list[str] = []
    sender = Sender(
        store, TwoRoads(chat, None), FakePace(), lambda: NOW, lambda _, reason: alarms.append(type(reason).__name__)
    )
    assert sender.send(now=NOW, seconds=5) == Sent(given_up=1)
    assert (alarms, chat.carried) == (["MessageRefused"], [])
    assert store.rows[delivery.id].state is State.UNDELIVERABLE


def test_a_wrong_password_makes_an_alarm_and_loses_no_mail(room: Mailroom, certificate: Certificate) -> None:
    store, alarms = FakeDeliveries(), list[str]()
    store.add(delivery := owed())
    wrong = TwoRoads(Chat(), courier(room, certificate, (USER, "verkeerd")))
    sender = Sender(store, wrong, FakePace(), lambda: NOW, lambda _, reason: alarms.append(type(reason).__name__))
    assert sender.send(now=NOW, seconds=5) == Sent(put_back=1)
    assert alarms == ["MailNotUsable"]
    assert store.rows[delivery.id].retry_at == NOW + GONE_WAIT
    later = NOW + GONE_WAIT + timedelta(seconds=1)
    mended = Sender(
        store, TwoRoads(Chat(), courier(room, certificate)), FakePace(), lambda: later, sender.on_undeliverable
    )
    assert mended.send(now=later, seconds=5) == Sent(delivered=1)
