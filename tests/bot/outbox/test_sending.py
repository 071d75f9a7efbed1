"""What is owed is carried once, in order, within the time there is; what fails is tried again later."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.outbox.delivery import Delivery, Kind, Priority, State, owe, to_person
from bot.outbox.ports import AddressGone, DeliveryFailed, MessageRefused
from bot.outbox.sending import BACKOFF_AT_MOST, GONE_WAIT, Sender, Sent, backoff
from bot.school.people import UserId
from tests.fakes.deliveries import FakeDeliveries
from tests.fakes.pace import FakePace

NOW = datetime(2026, 11, 24, 9, 15, tzinfo=UTC)


@dataclass
class Road:
    """A courier whose calls take time and fail as told; its clock is the real one of the test."""

    real: datetime = datetime(2026, 11, 24, 3, tzinfo=UTC)
    seconds: float = 0.1
    failures: list[Exception] = field(default_factory=list)
    carried: list[Delivery] = field(default_factory=list)
    timeouts: list[float] = field(default_factory=list)
    alarms: list[str] = field(default_factory=list)

    def carry(self, delivery: Delivery, *, timeout: float) -> None:
        self.real += timedelta(seconds=self.seconds)
        self.timeouts.append(timeout)
        if self.failures:
            raise self.failures.pop(0)
        self.carried.append(delivery)

    def alarm(self, _: Delivery, reason: Exception) -> None:
        self.alarms.append(type(reason).__name__)


def sender(road: Road, store: FakeDeliveries) -> Sender:
    return Sender(store, road, FakePace(), lambda: road.real, road.alarm)


def owed(store: FakeDeliveries, priority: Priority = Priority.REPORT, **when: datetime) -> Delivery:
    # Each to somebody else: what waits for one person is one message (tests/bot/storage/test_deliveries_bundled.py).
    reader = UserId(f"users/{len(store.rows) + 1}")
    delivery = owe(Kind.REPORT_WAITS, to_person(reader), "case", priority, now=NOW, **when)
    store.add(delivery)
    return delivery


def test_the_most_pressing_goes_first_and_each_once() -> None:
    road, store = Road(), FakeDeliveries()
    reminder, report = owed(store, Priority.REMINDER), owed(store, Priority.URGENT_REPORT)
    assert sender(road, store).send(now=NOW, seconds=5) == Sent(delivered=2)
    assert [carried.id for carried in road.carried] == [report.id, reminder.id]
    assert sender(road, store).send(now=NOW, seconds=5) == Sent()


def test_a_failed_try_is_put_back_and_tried_again_when_its_time_has_come() -> None:
    road, store = Road(failures=[DeliveryFailed()]), FakeDeliveries()
    delivery = owed(store)
    assert sender(road, store).send(now=NOW, seconds=5) == Sent(put_back=1)
    road.real += timedelta(seconds=BACKOFF_AT_MOST)
    assert sender(road, store).send(now=NOW, seconds=5) == Sent(delivered=1)
    assert store.rows[delivery.id].state is State.DELIVERED


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        (Kind.REPORT_WAITS, MessageRefused()),
        (Kind.GROUP_WELCOME, MessageRefused()),
        (Kind.GROUP_WELCOME, AddressGone()),
    ],
)
def test_what_can_never_arrive_is_given_up_with_an_alarm(kind: Kind, reason: Exception) -> None:
    road, store = Road(failures=[reason]), FakeDeliveries()
    delivery = replace(owed(store), kind=kind)
    store.add(delivery)
    assert sender(road, store).send(now=NOW, seconds=5) == Sent(given_up=1)
    assert store.rows[delivery.id].state is State.UNDELIVERABLE
    assert road.alarms == [type(reason).__name__]


@pytest.mark.parametrize("reason", [AddressGone(), LookupError("something of ours")])
def test_a_report_is_tried_again_with_an_alarm_where_nobody_seemed_to_be_or_something_broke(reason: Exception) -> None:
    road, store = Road(failures=[reason]), FakeDeliveries()
    owed(store)
    behind = owed(store, Priority.REMINDER)
    assert sender(road, store).send(now=NOW, seconds=5) == Sent(delivered=1, put_back=1)
    assert [carried.id for carried in road.carried] == [behind.id]
    assert road.alarms == [type(reason).__name__]
    road.real += GONE_WAIT
    assert sender(road, store).send(now=NOW, seconds=5) == Sent(delivered=1)


def test_what_comes_too_late_is_not_sent_any_more() -> None:
    road, store = Road(), FakeDeliveries()
    owed(store, expires_at=NOW)
    assert sender(road, store).send(now=NOW, seconds=5) == Sent(given_up=1)
    assert (road.carried, road.alarms) == ([], ["TooLate"])


def test_no_more_time_is_taken_than_there_is_and_each_call_knows_what_is_left() -> None:
    road, store = Road(seconds=2), FakeDeliveries()
    for _ in range(5):
        owed(store)
    assert sender(road, store).send(now=NOW, seconds=5) == Sent(delivered=3)
    assert road.timeouts == [5, 3, 1]


def test_a_call_never_outlives_its_lease() -> None:
    road, store = Road(), FakeDeliveries()
    owed(store)
    sender(road, store).send(now=NOW, seconds=50)
    [carried] = road.carried
    assert carried.lease_until is not None
    assert carried.lease_until - (road.real - timedelta(seconds=0.1)) > timedelta(seconds=road.timeouts[0])


def test_only_what_is_asked_for_is_sent() -> None:
    road, store = Road(), FakeDeliveries()
    owed(store)
    wanted = owed(store)
    sender(road, store).send(now=NOW, seconds=5, only=[wanted.id])
    assert [carried.id for carried in road.carried] == [wanted.id]


def test_waiting_grows_with_every_try_up_to_a_bound_and_differs_between_workers() -> None:
    waits = [backoff(attempts).total_seconds() for attempts in range(12)]
    assert all(1 <= wait <= BACKOFF_AT_MOST for wait in waits)
    assert waits[3] > waits[0]
    assert len({backoff(3) for _ in range(20)}) > 1


def test_ids_tell_nothing_and_fit_google() -> None:
    store = FakeDeliveries()
    first, second = owed(store), owed(store)
    assert first.message_id != second.message_id
    for delivery in (first, second):
        assert delivery.message_id.startswith("client-")
        assert len(delivery.message_id) <= 63
        assert "case" not in delivery.message_id
