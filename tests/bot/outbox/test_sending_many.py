"""Many messages go out at once, at Google's pace; reports pass them all, and what finds no room is kept."""

import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot.outbox.delivery import Delivery, Kind, Priority, State, owe, to_group, to_person
from bot.outbox.pace import Lane, speed_of
from bot.outbox.ports import NotYet, Pace
from bot.outbox.sending import THREADS, Sender, Sent
from bot.school.people import UserId
from bot.school.spaces import SpaceName
from tests.fakes.deliveries import FakeDeliveries
from tests.fakes.pace import FakePace

NOW = datetime(2026, 11, 24, 9, 15, tzinfo=UTC)
CALL = 0.05


@dataclass
class Google:
    """A courier on the clock on the wall, whose calls take a twentieth of a second."""

    store: FakeDeliveries = field(default_factory=FakeDeliveries)
    pace: Pace = field(default_factory=FakePace)
    busy: dict[str, int] = field(default_factory=dict)
    arrived: list[str] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0
    counting: threading.Lock = field(default_factory=threading.Lock)

    def carry(self, delivery: Delivery, *, timeout: float) -> None:
        assert timeout > 0
        with self.counting:
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
        time.sleep(CALL)
        with self.counting:
            self.at_once -= 1
            if self.busy.get(delivery.subject, 0) > 0:
                self.busy[delivery.subject] -= 1
                raise NotYet(datetime.now(UTC) + timedelta(seconds=CALL))
            self.arrived.append(delivery.subject)

    def sender(self) -> Sender:
        return Sender(self.store, self, self.pace, lambda: datetime.now(UTC), lambda *_: None)

    def owe_reminders(self, count: int, first: int = 0) -> None:
        for number in range(first, first + count):
            to = to_group(SpaceName(f"spaces/{number}"))
            self.store.add(owe(Kind.REMINDER, to, str(number), Priority.REMINDER, now=NOW))

    def owe_report(self, subject: str = "report") -> Delivery:
        to = to_person(UserId(f"users/{subject}"))
        delivery = owe(Kind.REPORT_WAITS_URGENT, to, subject, Priority.URGENT_REPORT, now=NOW)
        self.store.add(delivery)
        return delivery


def test_every_message_goes_once_and_no_more_at_once_than_there_are_threads() -> None:
    google = Google()
    google.owe_reminders(60)
    began = time.monotonic()
    assert google.sender().send_many(now=NOW, seconds=20, threads=6) == Sent(delivered=60)
    assert sorted(google.arrived, key=int) == [str(number) for number in range(60)]
    assert google.most_at_once == 6
    assert time.monotonic() - began < 60 * CALL


def test_a_report_that_comes_while_reminders_go_out_does_not_wait_for_them() -> None:
    google = Google(pace=FakePace(keeps_quotas=True))
    google.owe_reminders(120)
    sweep = threading.Thread(target=google.sender().send_many, kwargs={"now": NOW, "seconds": 20})
    sweep.start()
    while len(google.arrived) < 40:
        time.sleep(0.01)
    google.owe_report()
    there = len(google.arrived)
    sweep.join()
    assert google.arrived.index("report") - there < 45, "more than a second of the quota went first"
    assert len(google.arrived) == 121


def test_a_report_goes_at_once_when_others_used_up_all_permits_for_seconds_ahead() -> None:
    pace = FakePace(keeps_quotas=True)
    real = datetime.now(UTC)
    while pace.take(Lane.ALL, 50, now=real, latest=real + timedelta(seconds=30)):
        pass
    google = Google(pace=pace)
    google.owe_reminders(3)
    google.owe_report()
    began = time.monotonic()
    assert google.sender().send_many(now=NOW, seconds=1.5) == Sent(delivered=1)
    assert google.arrived == ["report"]
    assert time.monotonic() - began < 3


def test_what_found_no_room_waits_untried_and_goes_later() -> None:
    pace = FakePace(keeps_quotas=True)
    real = datetime.now(UTC)
    pace.lanes[Lane.ALL] = real + timedelta(seconds=3.5)
    google = Google(pace=pace)
    google.owe_reminders(5)
    assert google.sender().send_many(now=NOW, seconds=1) == Sent()
    assert {(row.state, row.attempts) for row in google.store.rows.values()} == {(State.WAITING, 0)}
    assert google.sender().send_many(now=NOW, seconds=10) == Sent(delivered=5)


def test_more_reports_than_the_reserve_holds_go_with_all_others_and_before_them() -> None:
    google = Google(pace=FakePace(keeps_quotas=True))
    google.owe_reminders(40)
    reports = speed_of(Lane.REPORTS).at_once + 5
    for number in range(reports):
        google.owe_report(f"report {number}")
    assert google.sender().send_many(now=NOW, seconds=20).delivered == reports + 40
    last_report = max(google.arrived.index(f"report {number}") for number in range(reports))
    assert last_report < reports + THREADS


def test_a_space_where_somebody_else_just_wrote_is_tried_again_and_counts_as_no_failure() -> None:
    google = Google(busy={"0": 2})
    google.owe_reminders(20)
    sent = google.sender().send_many(now=NOW, seconds=20, threads=2)
    again = google.sender().send_many(now=NOW, seconds=20, threads=2)
    assert (sent.delivered + again.delivered, sent.put_back + again.put_back) == (20, 0)
    assert {row.attempts for row in google.store.rows.values()} == {0}


def test_the_time_is_kept_and_what_is_left_is_free_for_the_next_sweep() -> None:
    google = Google(pace=FakePace(keeps_quotas=True))
    google.owe_reminders(200)
    began = time.monotonic()
    sent = google.sender().send_many(now=NOW, seconds=1)
    assert time.monotonic() - began < 2
    assert 20 <= sent.delivered < 80
    left = [row for row in google.store.rows.values() if row.state is State.WAITING]
    assert len(left) == 200 - sent.delivered
    assert {row.lease_until for row in left} == {None}
