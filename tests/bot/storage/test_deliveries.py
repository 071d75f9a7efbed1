"""What is owed is handed to one worker at a time, the most pressing first, and ends once."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.outbox.delivery import Delivery, DeliveryId, Kind, Priority, State, owe, to_group, to_member, to_reporter
from bot.school.people import UserId
from bot.school.spaces import SpaceName
from tests.bot.storage.kept import Kept

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
REAL = datetime(2026, 12, 1, 12, tzinfo=UTC)
LEASE_END = REAL + timedelta(seconds=60)


def owed(priority: Priority = Priority.REMINDER, *, now: datetime = NOW, group: str = "AAA") -> Delivery:
    return owe(Kind.REMINDER, to_group(SpaceName(f"spaces/{group}")), "reminder-1", priority, now=now)


def keep(kept: Kept, *deliveries: Delivery) -> None:
    with kept.store.write() as change:
        for delivery in deliveries:
            change.deliveries.add(delivery)


def take(kept: Kept, most: int = 10, *, now: datetime = NOW, real_now: datetime = REAL) -> list[Delivery]:
    return list(kept.deliveries.lease(now=now, real_now=real_now, until=real_now + (LEASE_END - REAL), most=most))


def state_of(kept: Kept, delivery: Delivery) -> Delivery:
    (found,) = kept.deliveries.states([delivery.id])
    return found


def test_what_was_owed_comes_back_with_every_field(kept: Kept) -> None:
    whole = replace(
        owed(),
        not_before=NOW + timedelta(days=1),
        expires_at=NOW + timedelta(days=2),
        attempts=3,
        retry_at=REAL,
        lease_until=LEASE_END,
    )
    keep(kept, whole)
    assert state_of(kept, whole) == whole


def test_the_most_pressing_goes_first_then_the_oldest(kept: Kept) -> None:
    reminder, report = owed(Priority.REMINDER, group="A"), owed(Priority.URGENT_REPORT, group="B")
    later = owed(Priority.REPLY, group="C")
    earlier = owed(Priority.REPLY, now=NOW - timedelta(hours=1), group="D")
    keep(kept, reminder, later, report, earlier)
    assert [taken.id for taken in take(kept)] == [report.id, earlier.id, later.id, reminder.id]


def test_what_is_taken_says_until_when_and_is_not_given_again(kept: Kept) -> None:
    keep(kept, owed())
    (taken,) = take(kept)
    assert taken.lease_until == LEASE_END
    assert take(kept) == []


def test_no_more_are_taken_than_asked_for(kept: Kept) -> None:
    keep(kept, *(owed(group=str(number)) for number in range(3)))
    assert len(take(kept, most=2)) == 2
    assert len(take(kept, most=2)) == 1


def test_no_two_of_those_taken_together_go_to_the_same_place(kept: Kept) -> None:
    group, elsewhere = SpaceName("spaces/AAA"), owed(group="B")
    to_one = owe(Kind.MEMBER_WELCOME, to_member(group, UserId("users/1")), "1", Priority.WELCOME, now=NOW)
    to_another = owe(Kind.MEMBER_WELCOME, to_member(group, UserId("users/2")), "2", Priority.WELCOME, now=NOW)
    keep(kept, owed(), to_one, to_another, elsewhere)
    together = take(kept)
    assert len(together) == 2
    assert together[0].address.startswith("member:spaces/AAA:")
    assert together[1].id == elsewhere.id


def test_a_crowd_for_one_place_does_not_hold_up_the_others(kept: Kept) -> None:
    group = SpaceName("spaces/AAA")
    crowd = [
        owe(Kind.MEMBER_WELCOME, to_member(group, UserId(f"users/{n}")), str(n), Priority.WELCOME, now=NOW)
        for n in range(5)
    ]
    keep(kept, *crowd, owed(group="B"), owed(group="C"))
    assert {taken.address.split(":")[1] for taken in take(kept, most=3)} == {group, "spaces/B", "spaces/C"}


def test_what_is_postponed_comes_back_at_its_moment_and_counts_as_no_try(kept: Kept) -> None:
    keep(kept, owed())
    (taken,) = take(kept)
    kept.deliveries.postpone(taken, until=REAL + timedelta(seconds=2))
    assert take(kept, real_now=REAL + timedelta(seconds=1)) == []
    (again,) = take(kept, real_now=REAL + timedelta(seconds=2))
    assert again.attempts == 0


def test_who_postpones_after_the_lease_was_taken_over_changes_nothing(kept: Kept) -> None:
    keep(kept, owed())
    (slow,) = take(kept)
    (quick,) = take(kept, real_now=LEASE_END)
    kept.deliveries.postpone(slow, until=REAL + timedelta(days=1))
    assert state_of(kept, quick) == quick


def test_a_lease_that_ran_out_in_real_time_is_given_to_another_worker(kept: Kept) -> None:
    keep(kept, owed())
    take(kept)
    assert take(kept, real_now=LEASE_END - timedelta(microseconds=1)) == []
    assert len(take(kept, real_now=LEASE_END)) == 1


def test_nothing_goes_before_its_moment_on_the_business_clock(kept: Kept) -> None:
    keep(kept, replace(owed(), not_before=NOW + timedelta(minutes=5)))
    assert take(kept, now=NOW) == []
    assert len(take(kept, now=NOW + timedelta(minutes=5))) == 1


def test_a_failed_try_is_counted_and_waits_in_real_time(kept: Kept) -> None:
    keep(kept, owed())
    (taken,) = take(kept)
    kept.deliveries.put_back(taken, retry_at=REAL + timedelta(seconds=8))
    assert state_of(kept, taken) == replace(taken, attempts=1, retry_at=REAL + timedelta(seconds=8), lease_until=None)
    assert take(kept) == []
    assert len(take(kept, real_now=REAL + timedelta(seconds=8))) == 1


def test_somebody_whose_lease_ran_out_cannot_put_back_what_another_worker_holds(kept: Kept) -> None:
    keep(kept, owed())
    (mine,) = take(kept)
    (theirs,) = take(kept, real_now=LEASE_END)
    kept.deliveries.put_back(mine, retry_at=REAL)
    assert state_of(kept, mine) == theirs


def test_only_what_is_asked_for_is_taken(kept: Kept) -> None:
    first, second = owed(), owed(Priority.URGENT_REPORT)
    keep(kept, first, second)
    only = kept.deliveries.lease(now=NOW, real_now=REAL, until=LEASE_END, most=5, only=[first.id])
    assert [taken.id for taken in only] == [first.id]
    assert kept.deliveries.lease(now=NOW, real_now=REAL, until=LEASE_END, most=5, only=[]) == []


def test_what_was_delivered_is_never_given_again(kept: Kept) -> None:
    keep(kept, owed())
    (taken,) = take(kept)
    kept.deliveries.mark_delivered(taken, at=NOW)
    after = state_of(kept, taken)
    assert (after.state, after.delivered_at, after.lease_until) == (State.DELIVERED, NOW, None)
    assert take(kept, real_now=LEASE_END + timedelta(days=1)) == []


@pytest.mark.parametrize("end", ["delivered", "undeliverable"])
def test_what_came_to_an_end_stays_as_it_ended(kept: Kept, end: str) -> None:
    keep(kept, owed())
    (taken,) = take(kept)
    if end == "delivered":
        kept.deliveries.mark_delivered(taken, at=NOW)
    else:
        kept.deliveries.give_up(taken, at=NOW)
    ended = state_of(kept, taken)
    assert ended.state == end
    later = NOW + timedelta(hours=1)
    kept.deliveries.mark_delivered(taken, at=later)
    kept.deliveries.put_back(taken, retry_at=later)
    kept.deliveries.give_up(taken, at=later)
    assert state_of(kept, taken) == ended
    assert take(kept, real_now=LEASE_END) == []


def test_what_nobody_knows_has_no_state_and_cannot_be_changed(kept: Kept) -> None:
    kept.deliveries.mark_delivered(owed(), at=NOW)
    assert kept.deliveries.states([DeliveryId("unknown")]) == []


def test_a_delivery_is_owed_only_when_its_transaction_commits(kept: Kept) -> None:
    def fail_halfway() -> None:
        with kept.store.write() as change:
            change.deliveries.add(owed())
            raise InterruptedError

    with pytest.raises(InterruptedError):
        fail_halfway()
    assert take(kept) == []


def test_what_is_about_a_case_is_found_by_the_case(kept: Kept) -> None:
    about, other = owed(), replace(owed(), subject="another")
    keep(kept, about, other)
    with kept.store.read() as look:
        assert [found.id for found in look.deliveries.about(about.subject)] == [about.id]


def test_what_was_settled_long_ago_goes_but_for_reports_whose_notices_go_with_the_case(kept: Kept) -> None:
    welcome, waiting = replace(owed(), kind=Kind.GROUP_WELCOME), replace(owed(), kind=Kind.GROUP_WELCOME)
    report = replace(owed(), kind=Kind.REPORT_WAITS)
    keep(kept, welcome, waiting, report)
    for settled in (welcome, report):
        kept.deliveries.mark_delivered(settled, at=NOW)
    with kept.store.write() as change:
        assert change.deliveries.purge(NOW) == 0
        assert change.deliveries.purge(NOW + timedelta(days=1)) == 1
    assert {found.id for found in kept.deliveries.states([welcome.id, waiting.id, report.id])} == {
        waiting.id,
        report.id,
    }


def test_what_would_say_who_reported_is_gone_as_soon_as_it_is_there(kept: Kept) -> None:
    news = owe(Kind.REPORT_NEWS, to_reporter("case-1"), "case-1", Priority.REPLY, now=NOW)
    keep(kept, news)
    (taken,) = take(kept)
    kept.deliveries.put_back(taken, retry_at=REAL)
    (taken,) = take(kept)
    for _ in range(2):
        kept.deliveries.mark_delivered(taken, at=NOW)
    assert kept.deliveries.states([news.id]) == []
