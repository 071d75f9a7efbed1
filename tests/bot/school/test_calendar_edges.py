"""The calendar where it is easily wrong: regions, rows of days off, the clock's change, long lessons and summer."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.school.calendar import SchoolCalendar
from bot.school.facts import SchoolHours
from bot.school.file import read_school
from bot.school.reading.place import SchoolFileError
from tests.dialogue import ROOT

HOURS: SchoolHours = read_school((ROOT / "school.toml").read_text(encoding="utf-8")).hours
CALENDAR = SchoolCalendar(HOURS)
TUESDAY = date(2026, 11, 24)
LONG_AWAY = (date(2026, 11, 30), date(2026, 12, 11), "Verbouwing")


def with_hours(**changes: object) -> SchoolCalendar:
    return SchoolCalendar(replace(HOURS, **changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("day", "free_in"),
    [
        (date(2026, 10, 14), {"noord"}),  # autumn holiday of the north
        (date(2026, 10, 21), {"midden", "zuid"}),
        (date(2027, 2, 17), {"zuid"}),  # spring holiday, as advised: a school with another week names its own days off
        (date(2027, 2, 24), {"noord", "midden"}),
        (date(2026, 12, 28), {"noord", "midden", "zuid"}),
        (date(2027, 4, 27), {"noord", "midden", "zuid"}),  # King's Day
        (date(2027, 5, 6), {"noord", "midden", "zuid"}),  # Ascension Day
        (TUESDAY, set()),
    ],
)
def test_each_region_has_its_own_holidays(day: date, free_in: set[str]) -> None:
    assert {
        region for region in ("noord", "midden", "zuid") if not with_hours(region=region).is_school_day(day)
    } == free_in


def test_a_row_of_days_off_counts_from_its_first_to_its_last_day() -> None:
    calendar = with_hours(days_off=(LONG_AWAY,))
    around = list(calendar.school_days(date(2026, 11, 26), date(2026, 12, 15)))
    assert around == [date(2026, 11, day) for day in (26, 27)] + [date(2026, 12, day) for day in (14, 15)]


def test_school_days_include_both_ends_and_an_empty_row_has_none() -> None:
    assert list(CALENDAR.school_days(TUESDAY, TUESDAY)) == [TUESDAY]
    assert list(CALENDAR.school_days(TUESDAY, TUESDAY - timedelta(days=1))) == []


@pytest.mark.parametrize(
    ("last_before", "first_after"),
    [
        (date(2026, 10, 23), date(2026, 10, 26)),  # the clock went back on Sunday 25 October
        (date(2027, 3, 25), date(2027, 3, 30)),  # and forward on Easter Sunday, 28 March
    ],
)
def test_the_change_of_the_clock_moves_no_school_hour(last_before: date, first_after: date) -> None:
    for day in (last_before, first_after):
        moment = CALENDAR.at(day, time(8, 15))
        assert CALENDAR.local(moment).time() == time(8, 15)
        until = CALENDAR.may_speak_until(moment)
        if CALENDAR.is_school_day(day):
            assert until == CALENDAR.at(day, time(8, 30))
    before, after = (CALENDAR.at(day, time(8)).hour for day in (last_before, first_after))
    assert abs(before - after) == 1


def test_a_notice_over_the_weekend_of_the_change_waits_until_eight_by_the_new_time() -> None:
    friday = CALENDAR.at(date(2026, 10, 30), time(20))
    in_holiday = CALENDAR.at(date(2026, 10, 23), time(20))
    assert CALENDAR.staff_moment(friday) == CALENDAR.at(date(2026, 11, 2), time(8))
    assert CALENDAR.staff_moment(in_holiday) == datetime(2026, 10, 26, 7, tzinfo=UTC)


def test_moments_come_back_aware_and_in_utc() -> None:
    moment = CALENDAR.at(TUESDAY, time(17, 0))
    until = CALENDAR.may_speak_until(moment)
    assert until is not None
    waits = CALENDAR.staff_moment(CALENDAR.at(TUESDAY, time(20)))
    assert {moment.tzinfo, until.tzinfo, waits.tzinfo} == {UTC}


def test_another_time_zone_is_the_schools_own() -> None:
    island = with_hours(time_zone="America/Kralendijk")
    assert island.at(TUESDAY, time(8)) == datetime(2026, 11, 24, 12, tzinfo=UTC)
    assert not island.may_speak(datetime(2026, 11, 24, 7, 15, tzinfo=UTC))


def test_the_free_times_are_before_between_and_after_lessons() -> None:
    assert CALENDAR.free_times() == (
        (time(8), time(8, 30)),
        (time(10, 10), time(10, 30)),
        (time(12, 10), time(12, 40)),
        (time(16, 10), time(18)),
    )


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"lessons_from": time(8)}, (*HOURS.breaks, (time(16, 10), time(18)))),
        ({"lessons_from": time(8), "lessons_until": time(18), "breaks": ()}, ()),
        # Evening lessons: a break after six is free for pupils, and still too late for the bot.
        (
            {"lessons_until": time(21), "breaks": ((time(17, 50), time(18, 10)), (time(19), time(19, 15)))},
            ((time(8), time(8, 30)), (time(17, 50), time(18))),
        ),
        ({"speak_from": time(10, 20), "lessons_until": time(18)}, ((time(10, 20), time(10, 30)), HOURS.breaks[1])),
    ],
)
def test_no_free_time_lies_outside_the_hours_in_which_the_bot_may_speak(
    changes: dict[str, object], expected: tuple[tuple[time, time], ...]
) -> None:
    assert with_hours(**changes).free_times() == expected


def test_a_free_time_ends_at_its_end_and_not_a_moment_later() -> None:
    end = CALENDAR.at(TUESDAY, time(10, 30))
    assert CALENDAR.may_speak_until(end - timedelta(microseconds=1)) == end
    assert CALENDAR.may_speak_until(end) is None


@pytest.mark.parametrize("region", ["noord", "midden", "zuid"])
@pytest.mark.parametrize("year", [2026, 2027, 2028, 2029])
def test_the_summer_holiday_is_known_and_ends_on_a_school_day(region: str, year: int) -> None:
    calendar = with_hours(region=region)
    august = calendar.at(date(year, 8, 4), time(12))
    assert not calendar.is_school_day(date(year, 8, 4))
    back = calendar.local(calendar.staff_moment(august))
    assert back.time() == time(8)
    assert calendar.is_school_day(back.date())
    assert date(year, 8, 15) < back.date() < date(year, 9, 8)


def test_a_calendar_without_any_school_day_holds_nothing_back_for_ever() -> None:
    closed = with_hours(days_off=((date(2026, 1, 1), date(2029, 1, 1), "dicht"),))
    moment = closed.at(TUESDAY, time(3))
    assert closed.staff_moment(moment) == moment


def test_a_moment_in_staff_hours_is_taken_as_it_is_also_during_lessons() -> None:
    lesson = CALENDAR.at(TUESDAY, time(9, 17)) + timedelta(seconds=13)
    assert CALENDAR.staff_moment(lesson) == lesson
    assert not CALENDAR.may_speak(lesson)


TWO_LOCATIONS = """
[[tijden.locatie]]
naam = "Dirksland"
in_groepsnaam = ["Dirksland", "DL"]
lessen_van = 09:00:00
lessen_tot = 15:00:00

[[tijden.locatie.pauze]]
van = 11:00:00
tot = 11:20:00

[[tijden.locatie]]
naam = "Middelharnis"
in_groepsnaam = ["Middelharnis"]
lessen_van = 08:30:00
lessen_tot = 16:10:00

[[tijden.locatie.pauze]]
van = 11:10:00
tot = 11:30:00

[[tijden.stil]]
van = 2026-11-24
tot = 2026-11-25
naam = "Toetsweek"
"""


def in_two_places() -> SchoolCalendar:
    text = (ROOT / "school.toml").read_text(encoding="utf-8")
    return SchoolCalendar(read_school(text.replace("[onderdelen]", f"{TWO_LOCATIONS}\n[onderdelen]")).hours)


@pytest.mark.parametrize(
    ("group", "expected"),
    [
        ("Klas 2A Dirksland", [(8, 0, 9, 0), (11, 0, 11, 20), (15, 0, 18, 0)]),
        ("mentorgroep 3b (dl)", [(8, 0, 9, 0), (11, 0, 11, 20), (15, 0, 18, 0)]),
        ("Klas 3B Middelharnis", [(8, 0, 8, 30), (11, 10, 11, 30), (16, 10, 18, 0)]),
        # Whose lessons they are is not known: only when nobody has one.
        ("Klas 1C", [(8, 0, 8, 30), (11, 10, 11, 20), (16, 10, 18, 0)]),
    ],
)
def test_a_group_is_left_in_peace_in_the_lessons_of_its_own_location(
    group: str, expected: list[tuple[int, int, int, int]]
) -> None:
    free = [(start.hour, start.minute, end.hour, end.minute) for start, end in in_two_places().free_times(group)]
    assert free == expected


def test_on_quiet_days_groups_hear_nothing_and_staff_do() -> None:
    calendar = in_two_places()
    noon = calendar.at(date(2026, 11, 24), time(16, 30))
    assert calendar.is_school_day(date(2026, 11, 24))
    assert not calendar.may_speak(noon)
    assert calendar.staff_moment(noon) == noon
    assert calendar.may_speak(calendar.at(date(2026, 11, 26), time(16, 30)))


def test_a_location_without_a_word_for_its_groups_is_named() -> None:
    text = (ROOT / "school.toml").read_text(encoding="utf-8")
    wrong = TWO_LOCATIONS.replace('["Middelharnis"]', "[]")
    with pytest.raises(SchoolFileError, match="tijden > locatie, nummer 2 > in_groepsnaam"):
        read_school(text.replace("[onderdelen]", f"{wrong}\n[onderdelen]"))
