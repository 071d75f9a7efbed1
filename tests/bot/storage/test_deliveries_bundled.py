"""Whoever heard that something waits does not hear it again within ten minutes; the first urgent one never waits."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.outbox.delivery import Delivery, Kind, Priority, State, owe, to_person
from bot.school.people import UserId
from tests.bot.storage.kept import Kept

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
REAL = datetime(2026, 12, 1, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
URGENT, CALM = Kind.REPORT_WAITS_URGENT, Kind.REPORT_WAITS
OLGA, HANS = UserId("users/1"), UserId("users/2")


def waits(kind: Kind, case: str, who: UserId = OLGA, *, not_before: datetime = NOW) -> Delivery:
    priority = Priority.URGENT_REPORT if kind is URGENT else Priority.REPORT
    return owe(kind, to_person(who), case, priority, now=NOW, not_before=not_before)


def keep(kept: Kept, *deliveries: Delivery) -> None:
    with kept.store.write() as change:
        for delivery in deliveries:
            change.deliveries.add(delivery)


def take(kept: Kept, *, now: datetime = NOW, most: int = 10) -> list[Delivery]:
    return list(kept.deliveries.lease(now=now, real_now=REAL, until=REAL + MINUTE, most=most))


def state_of(kept: Kept, delivery: Delivery) -> State:
    (found,) = kept.deliveries.states([delivery.id])
    return found.state


@pytest.mark.parametrize(
    ("before", "after", "minutes", "messages"),
    [
        (URGENT, URGENT, 9, 0),
        (URGENT, URGENT, 10, 1),
        (URGENT, CALM, 9, 0),
        (CALM, CALM, 9, 0),
        (CALM, CALM, 10, 1),
        (CALM, URGENT, 0, 1),
    ],
)
def test_within_ten_minutes_of_a_message_the_next_waits_but_never_the_first_urgent_one(
    kept: Kept, before: Kind, after: Kind, minutes: int, messages: int
) -> None:
    first, second = waits(before, "a"), waits(after, "b", not_before=NOW + minutes * MINUTE)
    keep(kept, first)
    kept.deliveries.mark_delivered(take(kept)[0], at=NOW)
    keep(kept, second)
    assert len(take(kept, now=NOW + minutes * MINUTE)) == messages


def test_one_message_is_there_for_all_that_waited_and_would_say_the_same(kept: Kept) -> None:
    urgent, more, calm = waits(URGENT, "a"), waits(URGENT, "b"), waits(CALM, "c")
    later, another = waits(URGENT, "d", not_before=NOW + MINUTE), waits(URGENT, "a", HANS)
    keep(kept, urgent, more, calm, later, another)
    [taken] = kept.deliveries.lease(now=NOW, real_now=REAL, until=REAL + MINUTE, most=1, only=[urgent.id])
    kept.deliveries.mark_delivered(taken, at=NOW)
    assert state_of(kept, more) is state_of(kept, calm) is State.DELIVERED
    assert state_of(kept, urgent) is State.DELIVERED
    assert state_of(kept, later) is state_of(kept, another) is State.WAITING


def test_a_calm_message_is_not_there_for_an_urgent_one(kept: Kept) -> None:
    calm, urgent = waits(CALM, "a"), waits(URGENT, "b")
    keep(kept, calm, urgent)
    [taken] = kept.deliveries.lease(now=NOW, real_now=REAL, until=REAL + MINUTE, most=1, only=[calm.id])
    kept.deliveries.mark_delivered(taken, at=NOW)
    assert state_of(kept, urgent) is State.WAITING
    assert [each.id for each in take(kept)] == [urgent.id]


def test_while_one_worker_tells_somebody_no_other_worker_does(kept: Kept) -> None:
    keep(kept, waits(URGENT, "a"), waits(URGENT, "b"), waits(URGENT, "a", HANS))
    [first] = take(kept, most=1)
    [second] = take(kept)
    assert {first.address, second.address} == {to_person(OLGA), to_person(HANS)}


def test_a_case_is_there_when_its_reader_was_told_just_before(kept: Kept) -> None:
    keep(kept, waits(URGENT, "a"))
    kept.deliveries.mark_delivered(take(kept)[0], at=NOW)
    keep(kept, waits(URGENT, "b", not_before=NOW + MINUTE), waits(URGENT, "c", HANS))
    with kept.store.read() as look:
        reached = {case for case in ("a", "b", "c", "d") if look.deliveries.reached(case, NOW + MINUTE)}
        assert reached == {"a", "b"}
        assert not look.deliveries.reached("b", NOW + 11 * MINUTE)


def test_a_clock_that_was_set_back_keeps_nobody_waiting(kept: Kept) -> None:
    keep(kept, waits(URGENT, "a"))
    kept.deliveries.mark_delivered(take(kept)[0], at=NOW + 60 * MINUTE)
    second = waits(URGENT, "b")
    keep(kept, second)
    assert [each.id for each in take(kept)] == [second.id]


def test_a_notice_of_a_report_is_late_after_a_quarter_of_an_hour_and_stays_so_when_it_can_never_come(
    kept: Kept,
) -> None:
    there, missing, hopeless = waits(URGENT, "a"), waits(URGENT, "b", HANS), waits(CALM, "c", UserId("users/3"))
    keep(kept, there, missing, hopeless)
    for delivery in take(kept):
        if delivery.id == there.id:
            kept.deliveries.mark_delivered(delivery, at=NOW)
        if delivery.id == hopeless.id:
            kept.deliveries.give_up(delivery, at=NOW)
    with kept.store.read() as look:
        assert look.deliveries.late(NOW + 14 * MINUTE) == 0
        assert look.deliveries.late(NOW + 15 * MINUTE) == 2


def test_what_is_held_back_because_its_reader_was_just_told_is_not_late(kept: Kept) -> None:
    keep(kept, waits(URGENT, "a"))
    kept.deliveries.mark_delivered(take(kept)[0], at=NOW + 14 * MINUTE)
    keep(kept, waits(URGENT, "b"))
    with kept.store.read() as look:
        assert look.deliveries.late(NOW + 15 * MINUTE) == 0
        assert look.deliveries.late(NOW + 24 * MINUTE) == 1
