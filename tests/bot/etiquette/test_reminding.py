"""What has come due is owed once each, on the day it was drawn for, and never in a silent moment."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.etiquette.items import Items
from bot.etiquette.reminding import plan_due
from bot.etiquette.schedule import Schedule, Slot, stretch_of
from bot.etiquette.wishes import RemindedGroup
from bot.outbox.delivery import Delivery, Kind, Priority, to_group
from bot.school.calendar import SchoolCalendar
from bot.school.file import read_school
from tests.dialogue import ROOT
from tests.fakes.groups import FakeReminders, group

CALENDAR = SchoolCalendar(read_school((ROOT / "school.toml").read_text(encoding="utf-8")).hours)
SCHEDULE = Schedule(CALENDAR, "zaad", tuple(Items.load().rows.values())[:7])
RHYTHM = timedelta(weeks=4)
ANY = group("any")
SPACES = [group(f"groep{number}") for number in range(50)]
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
WEEK = datetime(2026, 11, 23, tzinfo=UTC)


class Planner:
    """The timer of fifty groups, with what it kept and what it owes."""

    def __init__(self, *spaces: RemindedGroup, since: datetime = LONG_AGO) -> None:
        self.groups = [replace(space, since=since) for space in spaces]
        self.reminders = FakeReminders()
        self.owed: list[Delivery] = []

    def plan(self, now: datetime) -> int:
        return plan_due(self.groups, SCHEDULE, self.reminders, self.owed.append, now=now)


def next_slot(space: RemindedGroup, after: datetime = WEEK) -> Slot:
    slot = SCHEDULE.upcoming(space, after)
    assert slot is not None
    return slot


def in_a_break() -> tuple[RemindedGroup, Slot]:
    """A group whose next reminder comes in a break, after which lessons begin again."""
    for space in SPACES:
        slot = next_slot(space)
        if time(10) <= CALENDAR.local(slot.moment).time() < time(13):
            return space, slot
    raise AssertionError("none of fifty groups has its moment in a break")


def test_what_is_owed_goes_to_the_group_as_a_reminder_and_names_nothing() -> None:
    space = SPACES[0]
    slot = next_slot(space)
    planner = Planner(space)
    assert planner.plan(slot.moment) == 1
    [owed] = planner.owed
    assert (owed.kind, owed.address, owed.priority) == (Kind.REMINDER, to_group(space.space), Priority.REMINDER)
    kept = planner.reminders.get(owed.subject)
    assert kept is not None
    assert (kept.space, kept.slot, kept.item) == (space.space, slot.moment, slot.item)
    assert slot.item not in owed.subject
    assert owed.expires_at == CALENDAR.may_speak_until(slot.moment)


def test_two_timers_at_once_owe_one_reminder() -> None:
    space = SPACES[0]
    planner = Planner(space, space)
    assert planner.plan(next_slot(space).moment) == 1
    assert len(planner.owed) == 1


def test_a_timer_that_keeps_coming_all_year_owes_what_was_drawn_and_nothing_else() -> None:
    planner = Planner(*SPACES[:5])
    begin, end = datetime(2026, 8, 17, tzinfo=UTC), datetime(2027, 7, 16, tzinfo=UTC)
    drawn = {
        (space.space, slot.moment)
        for space in SPACES[:5]
        for stretch in range(stretch_of(begin, ANY), stretch_of(end, ANY) + 1)
        if (slot := SCHEDULE.slot(space, stretch)) is not None and begin <= slot.moment < end
    }
    # To save time: every five minutes, on the days for which something was drawn and one for which nothing was.
    days = sorted({CALENDAR.local(moment).date() for _, moment in drawn} | {date(2026, 12, 25)})
    for day in days:
        for minute in range(0, 24 * 60, 5):
            planner.plan(CALENDAR.at(day, time(minute // 60, minute % 60)))
    assert {(reminder.space, reminder.slot) for reminder in planner.reminders.rows.values()} == drawn
    assert len(planner.owed) == len(drawn)


@pytest.mark.parametrize(
    "moment",
    [
        CALENDAR.at(date(2026, 11, 24), time(9)),  # a lesson
        CALENDAR.at(date(2026, 11, 24), time(22)),
        CALENDAR.at(date(2026, 11, 28), time(12)),  # Saturday
        CALENDAR.at(date(2026, 12, 4), time(12, 20)),  # the school's own day off
        CALENDAR.at(date(2026, 12, 25), time(12, 20)),
    ],
)
def test_in_a_silent_moment_nothing_is_planned_for_anybody(moment: datetime) -> None:
    planner = Planner(*SPACES)
    assert planner.plan(moment) == 0
    assert planner.owed == []


def test_what_came_while_the_timer_was_away_is_said_in_the_next_break_of_the_same_day() -> None:
    space, slot = in_a_break()
    planner = Planner(space)
    lesson = CALENDAR.at(CALENDAR.local(slot.moment).date(), time(13))
    assert planner.plan(lesson) == 0
    after_school = CALENDAR.at(CALENDAR.local(slot.moment).date(), time(16, 15))
    assert planner.plan(after_school) == 1
    assert planner.owed[0].expires_at == CALENDAR.at(CALENDAR.local(slot.moment).date(), time(18))


def test_a_timer_that_was_away_for_months_makes_up_for_nothing() -> None:
    planner = Planner(*SPACES)
    now = next_slot(SPACES[0], WEEK + 5 * RHYTHM).moment
    drawn_today = [
        space
        for space in SPACES
        if (slot := SCHEDULE.slot(space, stretch_of(now, ANY))) is not None
        and CALENDAR.local(slot.moment).date() == CALENDAR.local(now).date()
        and slot.moment <= now
    ]
    assert planner.plan(now) == len(drawn_today) < len(SPACES) / 2
    assert {owed.address for owed in planner.owed} == {to_group(space.space) for space in drawn_today}


def test_a_group_that_was_approved_today_does_not_hear_what_was_drawn_before_it_came() -> None:
    space, slot = in_a_break()
    assert Planner(space, since=slot.moment + timedelta(minutes=1)).plan(slot.moment + timedelta(minutes=1)) == 0
    assert Planner(space, since=slot.moment - timedelta(minutes=1)).plan(slot.moment) == 1


def test_without_groups_there_is_nothing_to_plan() -> None:
    assert Planner().plan(next_slot(SPACES[0]).moment) == 0
