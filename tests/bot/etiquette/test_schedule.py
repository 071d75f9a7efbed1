"""When a group is reminded and of what is drawn beforehand, from group, calendar and seed alone."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.etiquette.items import Items
from bot.etiquette.reminding import plan_due
from bot.etiquette.schedule import Schedule, Slot, stretch_of
from bot.etiquette.wishes import RemindedGroup
from bot.outbox.delivery import Delivery
from bot.school.calendar import SchoolCalendar
from bot.school.file import read_school
from tests.dialogue import ROOT
from tests.fakes.groups import FakeReminders, group

CALENDAR = SchoolCalendar(read_school((ROOT / "school.toml").read_text(encoding="utf-8")).hours)
ITEMS = tuple(Items.load().rows.values())[:7]
SCHEDULE = Schedule(CALENDAR, "zaad", ITEMS)
RHYTHM = timedelta(weeks=4)
ANY = group("any")
GROUPS = [group(f"{number}") for number in range(40)]
START = datetime(2026, 8, 1, tzinfo=UTC)
STRETCHES = range(stretch_of(START, ANY), stretch_of(START + timedelta(days=365), ANY))


def next_of(space: RemindedGroup, now: datetime) -> Slot:
    slot = SCHEDULE.upcoming(space, now)
    assert slot is not None
    return slot


@pytest.mark.parametrize("space", GROUPS)
def test_in_a_whole_year_a_group_is_reminded_once_a_stretch_and_only_when_it_may_be(space: RemindedGroup) -> None:
    for stretch in STRETCHES:
        slot = SCHEDULE.slot(space, stretch)
        if slot is not None:
            assert stretch_of(slot.moment, ANY) == stretch
            assert CALENDAR.may_speak(slot.moment)


@pytest.mark.parametrize("space", GROUPS[:10])
def test_everything_is_said_before_something_comes_back(space: RemindedGroup) -> None:
    first = STRETCHES.start - STRETCHES.start % len(ITEMS)
    for around in range(3):
        begin = first + around * len(ITEMS)
        said = [SCHEDULE.slot(space, stretch) for stretch in range(begin, begin + len(ITEMS))]
        items = [slot.item for slot in said if slot is not None]
        assert len(set(items)) == len(items)


def test_a_stretch_without_school_days_has_no_reminder() -> None:
    summer = stretch_of(datetime(2027, 8, 1, tzinfo=UTC), ANY)
    days = [SCHEDULE.slot(space, stretch) for space in GROUPS for stretch in (summer - 1, summer, summer + 1)]
    assert all(slot is None or CALENDAR.is_school_day(CALENDAR.local(slot.moment).date()) for slot in days)


def test_the_draw_is_the_same_again_and_differs_between_groups_and_schools() -> None:
    stretch = STRETCHES.start + 3
    again = Schedule(CALENDAR, "zaad", ITEMS)
    assert [SCHEDULE.slot(space, stretch) for space in GROUPS] == [again.slot(space, stretch) for space in GROUPS]
    assert len({SCHEDULE.slot(space, stretch) for space in GROUPS}) > 30
    assert Schedule(CALENDAR, "ander", ITEMS).slot(GROUPS[0], stretch) != SCHEDULE.slot(GROUPS[0], stretch)


class Planned:
    """One group whose reminder is due now, with what is kept and owed."""

    def __init__(self) -> None:
        self.space = GROUPS[0]
        self.slot = next_of(self.space, datetime(2026, 11, 24, 9, 15, tzinfo=UTC))
        self.reminders = FakeReminders()
        self.owed: list[Delivery] = []

    def plan(self, now: datetime, *, since: datetime = START) -> int:
        groups = [replace(self.space, since=since)]
        return plan_due(groups, SCHEDULE, self.reminders, self.owed.append, now=now)


def test_a_reminder_is_planned_once_however_often_the_timer_comes() -> None:
    planned = Planned()
    assert [planned.plan(planned.slot.moment + timedelta(seconds=seconds)) for seconds in (0, 1, 30)] == [1, 0, 0]
    [delivery] = planned.owed
    assert delivery.expires_at == CALENDAR.may_speak_until(planned.slot.moment)


def test_nothing_is_planned_before_its_moment_or_for_a_group_that_came_later() -> None:
    planned = Planned()
    assert planned.plan(planned.slot.moment - timedelta(minutes=1)) == 0
    assert planned.plan(planned.slot.moment, since=planned.slot.moment) == 0


def test_a_timer_that_was_down_the_whole_day_lets_it_go() -> None:
    planned = Planned()
    for day in range(1, 10):
        assert planned.plan(planned.slot.moment + timedelta(days=day)) == 0


def test_what_comes_next_is_after_now_and_within_two_stretches() -> None:
    now = datetime(2026, 11, 24, 9, 15, tzinfo=UTC)
    for space in GROUPS:
        assert now < next_of(space, now).moment < now + 2 * RHYTHM
