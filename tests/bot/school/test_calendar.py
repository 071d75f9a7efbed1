"""School days, lessons and quiet hours, on the school's own clock."""

from datetime import UTC, date, datetime, time

import pytest

from bot.school.calendar import SchoolCalendar
from bot.school.file import read_school
from tests.dialogue import ROOT

CALENDAR = SchoolCalendar(read_school((ROOT / "school.toml").read_text(encoding="utf-8")).hours)


def school(day: date, hour: str) -> datetime:
    return CALENDAR.at(day, time.fromisoformat(hour))


TUESDAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("day", "is_school"),
    [
        (TUESDAY, True),
        (date(2026, 11, 28), False),  # Saturday
        (date(2026, 12, 4), False),  # the school's own day off
        (date(2026, 12, 25), False),  # Christmas
        (date(2026, 10, 21), False),  # autumn holiday of this region
        (date(2027, 4, 27), False),  # King's Day
        (date(2027, 8, 3), False),  # summer holiday
        (date(2027, 1, 4), True),
    ],
)
def test_lessons_are_given_on_school_days_only(day: date, is_school: bool) -> None:  # noqa: FBT001 - a column of a table
    assert CALENDAR.is_school_day(day) is is_school


@pytest.mark.parametrize(
    ("hour", "until"),
    [
        ("07:59", None),
        ("08:00", "08:30"),
        ("08:30", None),
        ("10:15", "10:30"),
        ("11:00", None),
        ("12:10", "12:40"),
        ("12:40", None),
        ("16:10", "18:00"),
        ("17:59", "18:00"),
        ("18:00", None),
        ("23:00", None),
    ],
)
def test_groups_are_spoken_to_outside_lessons_between_eight_and_six(hour: str, until: str | None) -> None:
    expected = school(TUESDAY, until) if until else None
    assert CALENDAR.may_speak_until(school(TUESDAY, hour)) == expected
    assert CALENDAR.may_speak(school(TUESDAY, hour)) is (until is not None)


def test_the_school_lives_on_amsterdam_time_in_winter_and_summer() -> None:
    assert school(TUESDAY, "10:15") == datetime(2026, 11, 24, 9, 15, tzinfo=UTC)
    assert school(date(2027, 6, 15), "10:15") == datetime(2027, 6, 15, 8, 15, tzinfo=UTC)
    # The Sunday on which the clock goes back: the day before and after keep their hours.
    assert school(date(2026, 10, 23), "08:00").hour == 6
    assert school(date(2026, 10, 26), "08:00").hour == 7


@pytest.mark.parametrize(
    ("day", "hour", "expected_day", "expected_hour"),
    [
        (TUESDAY, "10:15", TUESDAY, "10:15"),
        (TUESDAY, "06:00", TUESDAY, "08:00"),
        (TUESDAY, "18:00", date(2026, 11, 25), "08:00"),
        (date(2026, 11, 27), "20:00", date(2026, 11, 30), "08:00"),
        (date(2026, 12, 3), "19:00", date(2026, 12, 7), "08:00"),
        (date(2026, 12, 18), "19:00", date(2027, 1, 4), "08:00"),
    ],
)
def test_what_can_wait_reaches_staff_in_working_hours(
    day: date, hour: str, expected_day: date, expected_hour: str
) -> None:
    assert CALENDAR.staff_moment(school(day, hour)) == school(expected_day, expected_hour)


def test_the_summer_holiday_ends() -> None:
    start = school(date(2027, 8, 3), "12:00")
    waited = CALENDAR.staff_moment(start) - start
    assert 20 < waited.days < 60


@pytest.mark.parametrize(
    ("today", "runs_out"), [(date(2026, 11, 23), False), (date(2030, 6, 30), False), (date(2030, 7, 3), True)]
)
def test_half_a_year_before_the_known_school_holidays_end_it_says_so(today: date, runs_out: bool) -> None:  # noqa: FBT001 - the expected answer
    assert CALENDAR.runs_out(today) == runs_out
