"""A school year of fifty groups: never at a wrong moment, never too often, nothing twice before all is said."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest

from bot.etiquette.items import Items
from bot.etiquette.schedule import COUNTED_FROM, Schedule, Slot, stretch_of
from bot.etiquette.wishes import FOR_STAFF, RemindedGroup
from bot.school.calendar import SchoolCalendar
from bot.school.facts import SchoolHours
from bot.school.file import read_school
from tests.dialogue import ROOT
from tests.fakes.groups import group

TEXT = (ROOT / "school.toml").read_text(encoding="utf-8")
CALENDAR = SchoolCalendar(read_school(TEXT).hours)
ITEMS = tuple(item for item in Items.load().rows.values() if item.topic != FOR_STAFF)
SCHEDULE = Schedule(CALENDAR, "zaad", ITEMS)
RHYTHM = timedelta(weeks=4)
ANY = group("any")
GROUPS = [group(f"groep{number}") for number in range(50)]
BEGIN, END = datetime(2026, 8, 17, tzinfo=UTC), datetime(2027, 7, 16, tzinfo=UTC)


def next_of(space: RemindedGroup, now: datetime) -> Slot:
    slot = SCHEDULE.upcoming(space, now)
    assert slot is not None
    return slot


def slots_of(space: RemindedGroup, schedule: Schedule = SCHEDULE, *, begin: datetime, end: datetime) -> list[Slot]:
    found = (schedule.slot(space, stretch) for stretch in range(stretch_of(begin, ANY), stretch_of(end, ANY) + 1))
    return [slot for slot in found if slot is not None and begin <= slot.moment < end]


YEAR = {space: slots_of(space, begin=BEGIN, end=END) for space in GROUPS}


def test_a_group_hears_about_once_in_four_weeks() -> None:
    for slots in YEAR.values():
        assert 10 <= len(slots) <= 13
        stretches = [stretch_of(slot.moment, ANY) for slot in slots]
        assert len(set(stretches)) == len(stretches)


def test_no_moment_of_the_year_is_in_a_lesson_at_night_at_the_weekend_or_on_a_day_off() -> None:
    hours = CALENDAR.hours
    for slots in YEAR.values():
        for slot in slots:
            local = CALENDAR.local(slot.moment)
            assert local.weekday() < 5
            assert local.date() != date(2026, 12, 4)
            assert not date(2026, 12, 19) <= local.date() <= date(2027, 1, 3)
            assert time(8) <= local.time() < time(18)
            in_lessons = hours.lessons_from <= local.time() < hours.lessons_until
            in_break = any(start <= local.time() < end for start, end in hours.breaks)
            assert not in_lessons or in_break
            assert CALENDAR.may_speak(slot.moment)


def test_whenever_a_group_came_nothing_returns_before_everything_was_said() -> None:
    begin = BEGIN
    for space in GROUPS[:10]:
        items = [slot.item for slot in slots_of(space, begin=begin, end=begin + timedelta(days=5 * 365))]
        assert len(items) > len(ITEMS)
        for start in range(len(items) - len(ITEMS) + 1):
            assert set(items[start : start + len(ITEMS)]) == {item.id for item in ITEMS}


def test_every_article_has_its_turn_before_one_of_them_has_its_second() -> None:
    article = {item.id: item.article for item in ITEMS}
    articles = set(article.values())
    begin = datetime.combine(COUNTED_FROM, time(), UTC)
    for space in GROUPS[:10]:
        drawn = [article[slot.item] for slot in slots_of(space, begin=begin, end=begin + timedelta(days=5 * 365))]
        assert set(drawn[: len(articles)]) == articles


def test_the_groups_do_not_all_hear_the_same_at_the_same_moment() -> None:
    for slots in zip(*(slots[:8] for slots in YEAR.values()), strict=True):
        assert len({slot.moment for slot in slots}) > 40
        assert len({slot.item for slot in slots}) >= 8


def test_two_groups_of_one_school_differ_in_days_and_order() -> None:
    first, second = YEAR[GROUPS[0]], YEAR[GROUPS[1]]
    assert [slot.moment for slot in first] != [slot.moment for slot in second]
    assert [slot.item for slot in first] != [slot.item for slot in second]


def test_another_process_draws_the_very_same_year() -> None:
    again = Schedule(SchoolCalendar(read_school(TEXT).hours), "zaad", list(ITEMS))
    # Asked in another order, as another worker would.
    for space in reversed(GROUPS):
        assert slots_of(space, again, begin=BEGIN, end=END) == YEAR[space]


def test_the_draw_depends_on_nothing_but_group_calendar_seed_and_items() -> None:
    other_seed = Schedule(CALENDAR, "ander zaad", ITEMS)
    assert slots_of(GROUPS[0], other_seed, begin=BEGIN, end=END) != YEAR[GROUPS[0]]


def test_moments_are_spread_over_all_free_times_and_school_days() -> None:
    local = [CALENDAR.local(slot.moment) for slots in YEAR.values() for slot in slots]
    assert {moment.weekday() for moment in local} == {0, 1, 2, 3, 4}
    for start, end in CALENDAR.free_times():
        assert any(start <= moment.time() < end for moment in local)


def test_the_summer_holiday_is_silent() -> None:
    for space in GROUPS:
        assert slots_of(space, begin=datetime(2027, 8, 2, tzinfo=UTC), end=datetime(2027, 8, 30, tzinfo=UTC)) == []


def test_upcoming_reminders_follow_each_other_without_gaps() -> None:
    for space in GROUPS[:10]:
        moment, seen = BEGIN, []
        while (slot := next_of(space, moment)).moment < END:
            seen.append(slot)
            moment = slot.moment
        assert seen == YEAR[space]
        assert all(earlier.moment < later.moment for earlier, later in pairwise(seen))


def test_due_is_the_latest_slot_that_has_come_and_nothing_before_since() -> None:
    space = GROUPS[0]
    first, second, third = YEAR[space][:3]
    assert SCHEDULE.due(space, since=BEGIN, now=first.moment) == first
    assert SCHEDULE.due(space, since=BEGIN, now=first.moment - timedelta(microseconds=1)) is None
    assert SCHEDULE.due(space, since=first.moment, now=first.moment) is None
    assert SCHEDULE.due(space, since=BEGIN, now=third.moment) == third
    assert SCHEDULE.due(space, since=first.moment, now=third.moment - timedelta(minutes=1)) == second


def hours(**changes: object) -> SchoolHours:
    was = CALENDAR.hours
    return SchoolHours(**{name: changes.get(name, getattr(was, name)) for name in SchoolHours.__slots__})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "calendar",
    [
        SchoolCalendar(hours(days_off=((date(2024, 1, 1), date(2029, 12, 31), "dicht"),))),
        SchoolCalendar(hours(lessons_from=time(8), lessons_until=time(18), breaks=())),
    ],
    ids=["no school days", "no free time"],
)
def test_a_school_that_never_has_a_moment_is_never_reminded(calendar: SchoolCalendar) -> None:
    schedule = Schedule(calendar, "zaad", ITEMS)
    assert slots_of(GROUPS[0], schedule, begin=BEGIN, end=END) == []
    assert schedule.upcoming(GROUPS[0], BEGIN) is None


def test_a_protocol_without_anything_to_remind_of_is_silent_and_does_not_break_the_timer() -> None:
    schedule = Schedule(CALENDAR, "zaad", ())
    assert schedule.slot(GROUPS[0], stretch_of(BEGIN, ANY)) is None
    assert schedule.due(GROUPS[0], since=BEGIN, now=END) is None
    assert schedule.upcoming(GROUPS[0], BEGIN) is None


@pytest.mark.parametrize("end", [time(10, 10, 30), time(10, 11), time(10, 11, 30)])
def test_a_break_of_a_minute_or_less_is_no_accident(end: time) -> None:
    short = SchoolCalendar(hours(breaks=((time(10, 10), end),), lessons_from=time(8), lessons_until=time(18)))
    schedule = Schedule(short, "zaad", ITEMS[:1])
    for space in GROUPS:
        for slot in slots_of(space, schedule, begin=BEGIN, end=BEGIN + 4 * RHYTHM):
            assert short.may_speak(slot.moment)


def test_stretches_begin_on_mondays_and_hold_four_weeks() -> None:
    assert COUNTED_FROM.weekday() == 0
    monday = datetime.combine(COUNTED_FROM, time(), UTC)
    assert [stretch_of(monday + offset, ANY) for offset in (timedelta(0), RHYTHM - timedelta(seconds=1), RHYTHM)] == [
        0,
        0,
        1,
    ]
