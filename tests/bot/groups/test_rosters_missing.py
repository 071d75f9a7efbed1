"""Who of a class is not in its group, how sure that is, and when a teacher hears of it."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.groups.ports import Group, GroupState
from bot.groups.rosters.missing import Missing, may_ask, mentors_of, missing_of
from bot.groups.rosters.nudging import again_on, nudge
from bot.groups.rosters.ports import Membership, Pupil
from bot.outbox.delivery import Kind, to_person
from bot.school.calendar import SchoolCalendar
from bot.school.file import read_school
from bot.school.people import Email, Person, Role, UserId
from bot.school.spaces import Dialect, SpaceKind, SpaceName

DEMO_SCHOOL = Path(__file__).parents[3] / "school.toml"
ANNA, BO, CAS = (Pupil(Email(f"{name}@school.example"), name.title()) for name in ("anna", "bo", "cas"))
OTHER_ANNA = Pupil(Email("anna2@school.example"), "Anna")
NAMELESS = Pupil(Email("dirk@school.example"), "")
NOW = datetime(2026, 11, 24, 9, 15, tzinfo=UTC)
TODAY = date(2026, 11, 24)
NOBODY_MISSING, ONE_MISSING = Missing((), 0, complete=True), Missing((ANNA,), 0, complete=True)


def members(*pupils: Pupil, unplaced: Sequence[str] = (), complete: bool = True) -> Membership:
    return Membership(frozenset(pupil.email for pupil in pupils), complete, tuple(unplaced))


@pytest.mark.parametrize(
    ("pupils", "membership", "missing", "unplaced"),
    [
        ([ANNA, BO], members(ANNA, BO), [], 0),
        ([CAS, BO, ANNA], members(BO), [ANNA, CAS], 0),
        ([ANNA, BO], members(unplaced=["ANNA", "Bö"]), [], 0),
        ([ANNA, BO], members(unplaced=["Anna Bo"]), [ANNA, BO], 1),
        # Two of one name and one member of it: nobody can say which of them is there.
        ([ANNA, OTHER_ANNA], members(unplaced=["Anna"]), [ANNA, OTHER_ANNA], 1),
        ([ANNA, OTHER_ANNA], members(unplaced=["Anna", "anna"]), [], 0),
        ([ANNA, OTHER_ANNA], members(ANNA, unplaced=["Anna"]), [], 0),
        ([NAMELESS], members(unplaced=[""]), [NAMELESS], 1),
        ([], members(BO), [], 0),
    ],
)
def test_who_is_not_seen_by_address_or_by_the_very_same_name(
    pupils: list[Pupil], membership: Membership, missing: list[Pupil], unplaced: int
) -> None:
    found = missing_of(pupils, membership)
    assert set(found.pupils) == set(missing)
    assert found.unplaced == unplaced


@pytest.mark.parametrize(
    ("missing", "sure"),
    [
        (NOBODY_MISSING, False),
        (ONE_MISSING, True),
        (Missing((ANNA, BO), 1, complete=True), True),
        (Missing((ANNA, BO), 2, complete=True), False),
        (Missing((ANNA,), 0, complete=False), False),
    ],
)
def test_somebody_is_surely_missing_only_where_the_unknown_members_cannot_be_all_of_them(
    missing: Missing, *, sure: bool
) -> None:
    assert missing.surely_somebody is sure


def test_a_class_belongs_to_its_mentors_else_to_whoever_works_here() -> None:
    mentor, teacher = (
        Person(Email(f"{name}@school.example"), name, frozenset({Role.STAFF}), classes)
        for name, classes in (("mentor", frozenset({"2b"})), ("teacher", frozenset[str]()))
    )
    pupil = Person(ANNA.email, "Anna", frozenset({Role.PUPIL}), frozenset({"2B"}))
    assert mentors_of("2B", [mentor, teacher, pupil]) == {mentor.email}
    assert mentors_of("3C", [mentor, teacher, pupil]) == frozenset()
    assert [may_ask(person, {mentor.email}) for person in (mentor, teacher, pupil)] == [True, False, False]
    assert [may_ask(person, ()) for person in (mentor, teacher, pupil)] == [True, True, False]


def test_a_teacher_hears_it_at_most_once_a_month_and_a_failure_is_made_good_the_next_day() -> None:
    assert again_on(ONE_MISSING, TODAY) - TODAY == timedelta(days=31)
    assert again_on(NOBODY_MISSING, TODAY) - TODAY == timedelta(days=7)
    assert again_on(None, TODAY) - TODAY == timedelta(days=1)


def test_the_message_goes_to_who_added_the_bot_and_not_after_that_day() -> None:
    group = Group(
        SpaceName("spaces/AAA"),
        "ref",
        SpaceKind.SPACE,
        "Klas 2B",
        GroupState.SANCTIONED,
        Dialect.CLASSIC,
        UserId("users/1"),
        NOW,
    )
    calendar = demo_calendar()
    delivery = nudge(group, ONE_MISSING, calendar, now=NOW)
    assert delivery is not None
    assert (delivery.kind, delivery.address) == (Kind.MISSING_NUDGE, to_person(UserId("users/1")))
    assert delivery.expires_at == datetime(2026, 11, 24, 17, 0, tzinfo=UTC)
    assert nudge(group, NOBODY_MISSING, calendar, now=NOW) is None
    assert nudge(group, None, calendar, now=NOW) is None


def demo_calendar() -> SchoolCalendar:
    return SchoolCalendar(read_school(DEMO_SCHOOL.read_text(encoding="utf-8")).hours)
