"""What staff choose changes when and of what their group is reminded, and nothing that was said comes back at once."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import islice

import pytest

from bot.etiquette.items import Items
from bot.etiquette.schedule import Schedule
from bot.etiquette.wishes import FOR_STAFF, RemindedGroup, Rhythm
from bot.school.calendar import SchoolCalendar
from bot.school.file import read_school
from tests.dialogue import ROOT
from tests.fakes.groups import group

CALENDAR = SchoolCalendar(read_school((ROOT / "school.toml").read_text(encoding="utf-8")).hours)
ALL = Items.load()
SCHEDULE = Schedule(CALENDAR, "zaad", tuple(ALL.rows.values()))
NOW = datetime(2026, 11, 24, 9, 15, tzinfo=UTC)
GROUPS = [group(f"groep{number}") for number in range(20)]


def items_of(reminded: RemindedGroup, now: datetime = NOW, most: int = 12) -> list[str]:
    return [slot.item for slot in islice(SCHEDULE.coming(reminded, now), most)]


@pytest.mark.parametrize("reminded", GROUPS)
def test_another_rhythm_goes_on_with_what_was_to_come(reminded: RemindedGroup) -> None:
    for rhythm in (Rhythm.WEEKLY, Rhythm.FORTNIGHTLY):
        wishes = SCHEDULE.going_on(reminded, replace(reminded.wishes, rhythm=rhythm, since=NOW), NOW)
        assert items_of(replace(reminded, wishes=wishes)) == items_of(reminded)


@pytest.mark.parametrize("reminded", GROUPS)
def test_what_is_left_out_does_not_come_and_the_rest_keeps_its_order(reminded: RemindedGroup) -> None:
    chosen = replace(reminded.wishes, left_out=frozenset({"beeld", FOR_STAFF}), since=NOW)
    wishes = SCHEDULE.going_on(reminded, chosen, NOW)
    left = items_of(replace(reminded, wishes=wishes), most=6)
    expected = [item for item in items_of(reminded, most=20) if ALL.rows[item].topic != "beeld"]  # type: ignore[index]
    assert left == expected[:6]


def test_a_pause_is_silent_until_its_last_day_is_over() -> None:
    until = date(2027, 1, 31)
    for reminded in GROUPS:
        paused = replace(reminded, wishes=replace(reminded.wishes, paused_until=until))
        first = SCHEDULE.upcoming(paused, NOW)
        assert first is not None
        assert CALENDAR.local(first.moment).date() > until


def test_what_was_said_early_does_not_come_again_and_nothing_is_left_out() -> None:
    for reminded in GROUPS:
        after = replace(reminded, wishes=reminded.wishes.passed_over(NOW))
        assert items_of(after, most=5) == items_of(reminded, most=6)[1:]


def test_what_was_drawn_for_this_morning_is_not_sent_when_somebody_chooses_at_noon() -> None:
    slot = SCHEDULE.upcoming(GROUPS[0], NOW)
    assert slot is not None
    later = slot.moment + timedelta(minutes=1)
    chosen = replace(GROUPS[0], wishes=replace(GROUPS[0].wishes, since=later))
    assert SCHEDULE.due(GROUPS[0], since=NOW, now=later) == slot
    assert SCHEDULE.due(chosen, since=NOW, now=later) is None


def test_with_every_topic_left_out_nothing_comes() -> None:
    silent = replace(GROUPS[0], wishes=replace(GROUPS[0].wishes, left_out=frozenset(ALL.topics)))
    assert items_of(silent) == []


def test_what_only_staff_need_to_hear_comes_only_where_staff_chose_it() -> None:
    for_staff = {item.id for item in ALL.rows.values() if item.topic == FOR_STAFF}
    assert {ALL.rows[item].article for item in for_staff} >= {"W1", "W2", "W3", "W4", "P4"}
    for reminded in GROUPS:
        assert for_staff.isdisjoint(items_of(reminded, most=26))
        others = frozenset(topic for topic in ALL.topics if topic != FOR_STAFF)
        chosen = replace(reminded, wishes=replace(reminded.wishes, left_out=others))
        assert set(items_of(chosen, most=26)) <= for_staff
