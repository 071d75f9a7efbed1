"""A whole school year, as a table of schools and rhythms: when something may be said, how often, and never twice."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from bot.etiquette.items import Items
from bot.etiquette.schedule import Schedule, Slot
from bot.etiquette.wishes import FOR_STAFF, RemindedGroup, Rhythm, default_wishes
from bot.school.calendar import SchoolCalendar
from bot.school.file import read_school
from bot.school.spaces import SpaceName

TEXT = (Path(__file__).parents[3] / "school.toml").read_text(encoding="utf-8")
ITEMS = tuple(item for item in Items.load().rows.values() if item.topic != FOR_STAFF)
BEGIN, END = datetime(2026, 8, 1, tzinfo=UTC), datetime(2027, 8, 1, tzinfo=UTC)
TESTS = (date(2027, 1, 18), date(2027, 1, 29))
DIRKSLAND, MIDDELHARNIS = (time(9), time(15)), (time(8, 30), time(16, 10))
EXTRA = f"""
[[tijden.stil]]
van = {TESTS[0]}
tot = {TESTS[1]}
naam = "Toetsweken"

[[tijden.locatie]]
naam = "Dirksland"
in_groepsnaam = ["Dirksland"]
lessen_van = 09:00:00
lessen_tot = 15:00:00

[[tijden.locatie]]
naam = "Middelharnis"
in_groepsnaam = ["Middelharnis"]
lessen_van = 08:30:00
lessen_tot = 16:10:00

[onderdelen]"""


@dataclass(frozen=True)
class School:
    """A school of one region, with two locations and two test weeks."""

    region: str

    @property
    def schedule(self) -> Schedule:
        text = TEXT.replace('regio = "zuid"', f'regio = "{self.region}"').replace("[onderdelen]", EXTRA, 1)
        return Schedule(SchoolCalendar(read_school(text).hours), "zaad", ITEMS)


def groups(rhythm: Rhythm) -> list[RemindedGroup]:
    names = ("Klas 1A Dirksland", "Klas 2B Middelharnis", "Sportteam", "Klas 3C")
    return [
        RemindedGroup(SpaceName(f"spaces/{number}"), BEGIN, replace(default_wishes(""), rhythm=rhythm), name)
        for number, name in enumerate(names * 5)
    ]


def year(schedule: Schedule, group: RemindedGroup) -> list[Slot]:
    return [slot for slot in schedule.coming(group, BEGIN) if slot.moment < END]


@pytest.mark.parametrize("region", ["noord", "midden", "zuid"])
@pytest.mark.parametrize("rhythm", [rhythm for rhythm in Rhythm if rhythm])
def test_a_year_holds_to_days_hours_lessons_and_rhythm(region: str, rhythm: Rhythm) -> None:
    schedule = School(region).schedule
    calendar = schedule.calendar
    for group in groups(rhythm):
        slots = year(schedule, group)
        weeks = 36 // rhythm
        assert weeks - 6 <= len(slots) <= weeks + 5
        for slot in slots:
            local = calendar.local(slot.moment)
            assert calendar.is_school_day(local.date())
            assert not TESTS[0] <= local.date() <= TESTS[1]
            assert time(8) <= local.time() < time(18)
            assert calendar.may_speak(slot.moment, group.name)
            for word, (start, end) in (("Dirksland", DIRKSLAND), ("Middelharnis", MIDDELHARNIS)):
                if word in group.name or group.name in {"Sportteam", "Klas 3C"}:
                    assert not start <= local.time() < end
        for earlier, later in pairwise(slots):
            # The same weekday, or another one of the same week when there is no school on it.
            assert later.moment - earlier.moment >= timedelta(weeks=rhythm) - timedelta(days=4, hours=10)
        in_weeks = Counter((calendar.local(slot.moment).date() - date(2026, 8, 3)).days // 7 for slot in slots)
        assert max(in_weeks.values()) == 1


@pytest.mark.parametrize("rhythm", [rhythm for rhythm in Rhythm if rhythm])
def test_everything_is_said_before_anything_comes_back(rhythm: Rhythm) -> None:
    schedule = School("zuid").schedule
    for group in groups(rhythm)[:4]:
        items = [slot.item for slot in schedule.coming(group, BEGIN)]
        for start in range(max(1, len(items) - len(ITEMS) + 1)):
            window = items[start : start + len(ITEMS)]
            assert len(set(window)) == len(window)


@pytest.mark.parametrize("change", [date(2026, 10, 25), date(2027, 3, 28)])
def test_when_the_clock_changes_a_reminder_stays_in_its_hours(change: date) -> None:
    schedule = School("noord").schedule
    around = [
        schedule.calendar.local(slot.moment)
        for group in groups(Rhythm.WEEKLY)
        for slot in year(schedule, group)
        if abs((schedule.calendar.local(slot.moment).date() - change).days) <= 9
    ]
    assert {moment.utcoffset() for moment in around} == {timedelta(hours=1), timedelta(hours=2)}
    assert all(time(8) <= moment.time() < time(18) for moment in around)


def test_a_pupil_in_twelve_groups_hears_once_in_four_weeks_where_nobody_chose() -> None:
    names = ["Klas 2B", "Engels 2B mw. Pen", "wiskunde clusters", "Sportteam", "Schoolkrant", "Leerlingenraad"]
    names += [
        "Musical",
        "Werkweek Londen",
        "profielwerkstuk 3",
        "fietsen naar school",
        "Techniek",
        "Brugklaskamp foto's",
    ]
    schedule = School("midden").schedule
    theirs = [RemindedGroup(SpaceName(f"spaces/{name}"), BEGIN, default_wishes(name), name) for name in names]
    moments = sorted(slot.moment for group in theirs for slot in year(schedule, group))
    assert moments
    assert all(later - earlier >= timedelta(days=14) for earlier, later in pairwise(moments))


@pytest.mark.parametrize(
    "name", ["Klas 3B", "3b", "4H", "2 B", "mentorgroep 5V2", "Mentorles 1C", "Brugklas b", "klas van mw. Pen"]
)
def test_the_group_of_a_class_is_known_by_its_name(name: str) -> None:
    assert default_wishes(name).rhythm is Rhythm.FOUR_WEEKLY


@pytest.mark.parametrize("name", ["", "Sportteam", "Klassiek orkest", "3 musketiers", "Engels", "Werkweek 2027", "7B"])
def test_every_other_group_hears_nothing_until_its_staff_choose(name: str) -> None:
    assert default_wishes(name).rhythm is Rhythm.NEVER
    group = RemindedGroup(SpaceName("spaces/x"), BEGIN, default_wishes(name), name)
    assert School("zuid").schedule.upcoming(group, BEGIN) is None
