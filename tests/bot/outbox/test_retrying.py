"""A worker that dies, a Google that fails, a clock that goes on: what is owed arrives once or is seen not to."""

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from bot.outbox.delivery import REPORT_KINDS, Delivery, Kind, Priority, State, owe, to_group, to_person
from bot.outbox.ports import AddressGone, DeliveryFailed, MessageRefused
from bot.outbox.sending import AHEAD, BACKOFF_AT_MOST, CALL_AT_MOST, GONE_WAIT, LEASE_MARGIN, Sender, Sent, backoff
from bot.school.people import UserId
from bot.school.spaces import SpaceName
from tests.fakes.deliveries import FakeDeliveries
from tests.fakes.pace import FakePace

NOW = datetime(2026, 11, 24, 9, 15, tzinfo=UTC)
REAL = datetime(2026, 11, 24, 3, tzinfo=UTC)


class Killed(BaseException):
    """The process ends here, as after kill -9: nothing behind this point is done."""


@dataclass
class World:
    """A store, a courier that remembers what Google got, and the real clock of all workers."""

    store: FakeDeliveries = field(default_factory=FakeDeliveries)
    real: datetime = REAL
    call: timedelta = timedelta(seconds=0.1)
    fails: dict[str, list[BaseException]] = field(default_factory=dict)
    arrived: list[str] = field(default_factory=list)
    tried: list[tuple[str, datetime]] = field(default_factory=list)
    alarms: list[str] = field(default_factory=list)

    def carry(self, delivery: Delivery, *, timeout: float) -> None:
        self.tried.append((delivery.subject, self.real))
        self.real += self.call
        waiting = self.fails.get(delivery.subject, [])
        if waiting:
            raise waiting.pop(0)
        # Google knows a message id again: the second time nobody sees anything.
        if delivery.message_id not in self.arrived:
            self.arrived.append(delivery.message_id)

    def worker(self) -> Sender:
        return Sender(
            self.store, self, FakePace(), lambda: self.real, lambda _, reason: self.alarms.append(type(reason).__name__)
        )

    def sweep(self, *, seconds: float = 50, later: timedelta = timedelta(0)) -> Sent:
        self.real += later
        return self.worker().send(now=NOW + (self.real - REAL), seconds=seconds)

    def owe(self, subject: str, kind: Kind = Kind.REMINDER, *, expires_at: datetime | None = None) -> Delivery:
        address = to_person(UserId("users/1")) if kind in REPORT_KINDS else to_group(SpaceName("spaces/A"))
        urgent = kind is Kind.REPORT_WAITS_URGENT
        priority = Priority.URGENT_REPORT if urgent else Priority.REMINDER
        delivery = owe(kind, address, subject, priority, now=NOW, expires_at=expires_at)
        self.store.add(delivery)
        return delivery


@pytest.fixture
def world() -> World:
    return World()


def test_of_equal_priority_the_longest_waiting_goes_first(world: World) -> None:
    for number in (3, 1, 2):
        waiting = owe(
            Kind.REMINDER,
            to_group(SpaceName("spaces/A")),
            str(number),
            Priority.REMINDER,
            now=NOW - timedelta(hours=9),
            not_before=NOW - timedelta(hours=9 - number),
        )
        world.store.add(waiting)
    world.sweep()
    assert [subject for subject, _ in world.tried] == ["1", "2", "3"]


def test_what_is_for_later_waits_for_its_business_time(world: World) -> None:
    later = owe(
        Kind.REPORT_WAITS,
        to_person(UserId("users/1")),
        "later",
        Priority.REPORT,
        now=NOW,
        not_before=NOW + timedelta(hours=1),
    )
    world.store.add(later)
    assert world.sweep() == Sent()
    assert world.sweep(later=timedelta(minutes=59)) == Sent()
    assert world.sweep(later=timedelta(minutes=1)) == Sent(delivered=1)


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_worker_that_was_killed_around_the_call_leaves_it_to_another_and_nobody_sees_it_twice(
    world: World, moment: str
) -> None:
    owed = world.owe("report", Kind.REPORT_WAITS_URGENT)
    if moment == "before":
        world.fails["report"] = [Killed()]
        with pytest.raises(Killed):
            world.sweep()
    else:
        [leased] = world.store.lease(now=NOW, real_now=world.real, until=world.real + LEASE_MARGIN, most=1)
        world.carry(leased, timeout=1)
    assert world.store.rows[owed.id].state is State.WAITING
    world.sweep(later=AHEAD + timedelta(seconds=CALL_AT_MOST) + LEASE_MARGIN)
    assert world.store.rows[owed.id].state is State.DELIVERED
    assert world.arrived == [owed.message_id]


def test_another_worker_leaves_what_is_leased_alone_until_the_lease_is_over(world: World) -> None:
    world.owe("one")
    until = world.real + timedelta(seconds=20)
    assert len(world.store.lease(now=NOW, real_now=world.real, until=until, most=1)) == 1
    assert world.sweep() == Sent()
    assert world.sweep(later=timedelta(seconds=19)) == Sent()
    assert world.sweep(later=timedelta(seconds=1)) == Sent(delivered=1)


def test_two_workers_in_turn_send_nothing_twice(world: World) -> None:
    owed = [world.owe(str(number)) for number in range(30)]
    workers = [world.worker(), world.worker()]
    for number in range(60):
        workers[number % 2].send(now=NOW, seconds=0.05)
    assert sorted(world.arrived) == sorted(delivery.message_id for delivery in owed)
    assert len(world.tried) == len(owed)


def test_a_google_that_is_away_for_an_hour_is_asked_less_and_less_and_gets_it_in_the_end(world: World) -> None:
    owed = world.owe("report", Kind.REPORT_WAITS_URGENT)
    world.fails["report"] = [DeliveryFailed() for _ in range(40)]
    while world.store.rows[owed.id].state is State.WAITING:
        world.sweep(later=timedelta(seconds=1))
    moments = [moment for _, moment in world.tried]
    waits = [later - earlier for earlier, later in pairwise(moments)]
    assert len(world.tried) == 41
    assert waits[0] < timedelta(seconds=4)
    assert min(waits[10:]) > timedelta(seconds=30)
    assert max(waits) < timedelta(seconds=BACKOFF_AT_MOST + 3)
    assert world.store.rows[owed.id].attempts == 40
    assert world.arrived == [owed.message_id]


def test_backoff_doubles_never_passes_its_bound_and_keeps_its_jitter_there() -> None:
    for attempts in range(40):
        waits = {backoff(attempts).total_seconds() for _ in range(50)}
        base = min(2.0**attempts, BACKOFF_AT_MOST - 1)
        assert all(base <= wait <= BACKOFF_AT_MOST for wait in waits)
        assert len(waits) > 1, f"no jitter after {attempts} tries: all workers would come back at once"


def test_a_notice_of_a_report_is_tried_again_where_nobody_seemed_to_be(world: World) -> None:
    owed = world.owe("report", Kind.REPORT_WAITS_URGENT)
    world.fails["report"] = [AddressGone(), AddressGone()]
    assert world.sweep() == Sent(put_back=1)
    assert world.sweep(later=GONE_WAIT - timedelta(seconds=5)) == Sent()
    assert world.sweep(later=timedelta(seconds=5)) == Sent(put_back=1)
    assert world.sweep(later=GONE_WAIT) == Sent(delivered=1)
    assert world.alarms == ["AddressGone", "AddressGone"]
    assert world.arrived == [owed.message_id]


def test_another_message_to_a_group_that_is_gone_is_given_up_with_an_alarm(world: World) -> None:
    owed = world.owe("reminder")
    world.fails["reminder"] = [AddressGone()]
    assert world.sweep() == Sent(given_up=1)
    assert world.store.rows[owed.id].state is State.UNDELIVERABLE
    assert world.alarms == ["AddressGone"]
    assert world.sweep(later=timedelta(days=1)) == Sent()


@pytest.mark.parametrize("fault", [ValueError("of ours"), KeyError("x"), RuntimeError(), MessageRefused()])
def test_one_that_cannot_be_written_holds_up_none_behind_it(world: World, fault: Exception) -> None:
    world.owe("broken", Kind.REPORT_WAITS_URGENT)
    world.fails["broken"] = [fault]
    behind = [world.owe(str(number)) for number in range(3)]
    sent = world.sweep()
    assert sent.delivered == 3
    assert {delivery.message_id for delivery in behind} == set(world.arrived)
    assert world.alarms == [type(fault).__name__]


def test_a_reminder_whose_break_ends_during_the_sweep_is_not_sent_into_the_lesson(world: World) -> None:
    world.call = timedelta(seconds=8)
    end_of_break = NOW + timedelta(seconds=20)
    owed = [world.owe(str(number), expires_at=end_of_break) for number in range(5)]
    assert world.sweep() == Sent(delivered=3, given_up=2)
    assert [subject for subject, _ in world.tried] == ["0", "1", "2"]
    late = [delivery for delivery in owed if world.store.rows[delivery.id].state is State.UNDELIVERABLE]
    assert len(late) == 2
    assert world.alarms == ["TooLate", "TooLate"]


def test_what_expires_is_sent_up_to_its_last_moment_and_not_at_it(world: World) -> None:
    world.owe("in time", expires_at=NOW + timedelta(microseconds=1))
    world.owe("too late", expires_at=NOW)
    assert world.sweep(seconds=5) == Sent(delivered=1, given_up=1)


def test_without_time_nothing_is_taken_and_nothing_is_leased(world: World) -> None:
    owed = world.owe("one")
    assert world.sweep(seconds=0) == Sent()
    assert world.sweep(seconds=-1) == Sent()
    assert world.store.rows[owed.id].lease_until is None


def test_a_call_gets_what_is_left_and_never_more_than_its_own_bound(world: World) -> None:
    timeouts: list[float] = []

    class Slow(World):
        def carry(self, delivery: Delivery, *, timeout: float) -> None:
            timeouts.append(timeout)
            self.real += timedelta(seconds=timeout)
            raise DeliveryFailed

    slow = Slow()
    for number in range(10):
        slow.owe(str(number))
    slow.sweep(seconds=25)
    assert timeouts == [CALL_AT_MOST, CALL_AT_MOST, 5.0]
    assert slow.real - REAL == timedelta(seconds=25)


def test_the_budget_holds_on_the_clock_on_the_wall(world: World) -> None:
    class OnTheWall(World):
        def carry(self, delivery: Delivery, *, timeout: float) -> None:
            time.sleep(min(timeout, 0.05))
            super().carry(delivery, timeout=timeout)

    wall = OnTheWall()
    for number in range(20):
        wall.owe(str(number))
    sender = Sender(wall.store, wall, FakePace(), lambda: datetime.now(UTC), lambda *_: None)
    before = time.monotonic()
    sent = sender.send(now=NOW, seconds=0.2)
    assert time.monotonic() - before < 0.6
    assert 1 <= sent.delivered < 20
    assert sum(row.state is State.WAITING for row in wall.store.rows.values()) == 20 - sent.delivered
