"""The same event twice has one effect."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.etiquette.items import ItemId
from bot.etiquette.ports import Reminder
from bot.school.spaces import SpaceName
from bot.storage.seen_events import KEPT, LEASE, Done, First, LeaseLost, Running
from tests.bot.storage.kept import Kept

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
KEY = "ab" * 32


def begin(kept: Kept, at: datetime = NOW) -> First:
    first = kept.events.begin(KEY, at)
    assert isinstance(first, First)
    return first


def test_the_first_to_ask_handles_the_event_and_a_repeat_hears_that_it_runs(kept: Kept) -> None:
    assert begin(kept).key == KEY
    assert kept.events.begin(KEY, NOW) == Running()
    assert isinstance(kept.events.begin("cd" * 32, NOW), First)


@pytest.mark.parametrize("effect", ["report-1", None])
def test_a_repeat_of_what_was_handled_hears_what_came_of_it(kept: Kept, effect: str | None) -> None:
    first = begin(kept)
    with kept.store.write() as change:
        change.events.done(first, effect)
    assert kept.events.begin(KEY, NOW) == Done(effect)
    assert kept.events.begin(KEY, NOW + LEASE) == Done(effect)


def test_effect_and_done_commit_together_or_not_at_all(kept: Kept) -> None:
    first = begin(kept)
    reminder = Reminder("reminder-1", SpaceName("spaces/AAA"), NOW, ItemId("A6"))

    def fail_halfway() -> None:
        with kept.store.write() as change:
            change.reminders.add_once(reminder)
            change.events.done(first, reminder.id)
            raise InterruptedError

    with pytest.raises(InterruptedError):
        fail_halfway()
    assert kept.events.begin(KEY, NOW) == Running()
    with kept.store.read() as look:
        assert look.reminders.get(reminder.id) is None


def test_a_lease_that_ran_out_is_taken_over(kept: Kept) -> None:
    first = begin(kept)
    assert kept.events.begin(KEY, NOW + LEASE - timedelta(microseconds=1)) == Running()
    second = begin(kept, NOW + LEASE)
    assert second != first
    assert kept.events.begin(KEY, NOW + LEASE) == Running()


def test_who_lost_the_lease_cannot_say_done_and_its_effect_is_undone(kept: Kept) -> None:
    slow = begin(kept)
    quick = begin(kept, NOW + LEASE)
    reminder = Reminder("reminder-1", SpaceName("spaces/AAA"), NOW, ItemId("A6"))

    def come_late() -> None:
        with kept.store.write() as change:
            change.reminders.add_once(reminder)
            change.events.done(slow, "reminder-1")

    with pytest.raises(LeaseLost):
        come_late()
    with kept.store.write() as change:
        assert change.reminders.get("reminder-1") is None
        change.events.done(quick, "report-2")
    assert kept.events.begin(KEY, NOW) == Done("report-2")


def test_done_cannot_be_said_twice(kept: Kept) -> None:
    first = begin(kept)

    def say_done(effect: str) -> None:
        with kept.store.write() as change:
            change.events.done(first, effect)

    say_done("report-1")
    with pytest.raises(LeaseLost):
        say_done("report-2")
    assert kept.events.begin(KEY, NOW) == Done("report-1")


def test_slow_work_that_nobody_took_over_still_counts(kept: Kept) -> None:
    first = begin(kept)
    with kept.store.write() as change:
        change.events.done(first, "report-1")
    assert kept.events.begin(KEY, NOW + LEASE * 2) == Done("report-1")


def test_after_a_failure_a_repeat_may_begin_at_once(kept: Kept) -> None:
    kept.events.forget(begin(kept))
    begin(kept)


def test_who_lost_the_lease_cannot_make_others_forget_either(kept: Kept) -> None:
    slow = begin(kept)
    begin(kept, NOW + LEASE)
    kept.events.forget(slow)
    assert kept.events.begin(KEY, NOW + LEASE) == Running()


def test_what_was_handled_cannot_be_forgotten(kept: Kept) -> None:
    first = begin(kept)
    with kept.store.write() as change:
        change.events.done(first, "report-1")
    kept.events.forget(first)
    assert kept.events.begin(KEY, NOW) == Done("report-1")


def test_events_are_remembered_for_two_hours_and_then_removed(kept: Kept) -> None:
    first = begin(kept)
    with kept.store.write() as change:
        change.events.done(first, "report-1")
    assert kept.events.purge(NOW + KEPT - timedelta(microseconds=1)) == 0
    assert kept.events.purge(NOW + KEPT) == 1
    begin(kept)
