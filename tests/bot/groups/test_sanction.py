"""Which groups need no admin's word, what can be decided about each, and until when that holds."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.groups.expiring import (
    asks_from,
    expires,
    is_over,
    is_to_be_asked,
    next_moment,
    school_year_ends,
    stays,
    with_end,
)
from bot.groups.joining import decide, leave, overturn
from bot.groups.ports import Concern, GroupState
from bot.groups.presence.pacing import Pace
from bot.groups.presence.ports import Membership
from bot.groups.presence.telling import BETWEEN_WELCOMES, welcomes
from bot.groups.sanction import DECISIONS, is_allowed_beforehand, may_say_goodbye, may_speak, members_are_kept
from bot.outbox.delivery import Kind, to_left_group, to_member
from bot.school.calendar import SchoolCalendar
from bot.school.facts import GroupRules
from bot.school.file import read_school
from bot.school.people import Email, Person, Role, UserId
from tests.bot.groups.test_comparing import GROUP, NEW, NOW, SPACE
from tests.dialogue import ROOT
from tests.fakes.groups import FakeGroups

STAFF, PUPIL = (Person(Email("x@rgo.example"), "X", frozenset({role})) for role in (Role.STAFF, Role.PUPIL))
ADMIN = UserId("users/116")


@pytest.fixture(scope="module")
def calendar() -> SchoolCalendar:
    return SchoolCalendar(read_school((ROOT / "school.toml").read_text(encoding="utf-8")).hours)


class TestBeforehand:
    """The rules and lists of the school's file."""

    @pytest.mark.parametrize(
        ("rules", "title", "adder", "outsiders", "allowed"),
        [
            (GroupRules(staff_may_add=True), "Wat dan ook", STAFF, False, True),
            (GroupRules(staff_may_add=True), "Wat dan ook", PUPIL, False, False),
            (GroupRules(staff_may_add=True), "Wat dan ook", None, False, False),
            (GroupRules(staff_may_add=True), "Wat dan ook", STAFF, True, False),
            (GroupRules(staff_may_add=True, names=("klas *",)), "KLAS 3B", STAFF, False, True),
            (GroupRules(staff_may_add=True, names=("klas *",)), "Feest", STAFF, False, False),
            (GroupRules(names=("klas *",)), "Klas 3B", STAFF, False, False),
            (GroupRules(spaces=frozenset({SPACE})), "Feest", PUPIL, True, True),
            (GroupRules(titles=frozenset({"klas 3b"})), " Klas 3B ", STAFF, False, True),
            (GroupRules(titles=frozenset({"klas 3b"})), "Klas 3B", PUPIL, False, False),
            (GroupRules(titles=frozenset({"klas 3b"})), "Klas 3B", STAFF, True, False),
        ],
    )
    def test_an_id_counts_for_everybody_and_a_name_for_staff_only(
        self, rules: GroupRules, title: str, adder: Person | None, *, outsiders: bool, allowed: bool
    ) -> None:
        assert is_allowed_beforehand(rules, SPACE, title, adder, outsiders_allowed=outsiders) is allowed


class TestDecisions:
    """Every decision can be undone, and no old card undoes one by itself."""

    def test_what_a_group_may_do_follows_from_its_state_alone(self) -> None:
        table = {
            state: (may_speak(group), may_say_goodbye(group), members_are_kept(group))
            for state in GroupState
            for group in [replace(GROUP, state=state)]
        }
        speaks, parted, silent = (True, False, True), (False, True, False), (False, False, False)
        assert table == {
            GroupState.WAITING: silent,
            GroupState.SANCTIONED: speaks,
            GroupState.SUSPENDED: (False, False, True),
            GroupState.REFUSED: parted,
            GroupState.WITHDRAWN: parted,
            GroupState.EXPIRED: parted,
            GroupState.REMOVED: silent,
        }

    @pytest.mark.parametrize("state", list(GroupState))
    @pytest.mark.parametrize("wanted", list(GroupState))
    def test_only_what_the_table_allows_changes_anything(self, state: GroupState, wanted: GroupState) -> None:
        store = FakeGroups()
        store.save(replace(GROUP, state=state))
        for change in (decide, overturn):
            result = change(GROUP.ref, wanted, store, by=ADMIN, now=NOW)
            assert result is not None
        allowed = wanted in DECISIONS[state]
        kept = store.get(SPACE)
        assert kept is not None
        assert kept.state is (wanted if allowed else state)

    def test_withdrawn_it_owes_one_goodbye(self) -> None:
        store = FakeGroups()
        store.save(GROUP)
        result = overturn(GROUP.ref, GroupState.WITHDRAWN, store, by=ADMIN, now=NOW)
        assert result is not None
        assert result[1] is not None
        assert (result[1].kind, result[1].address) == (Kind.GROUP_GOODBYE, to_left_group(SPACE))

    def test_lifting_a_suspension_sets_that_concern_aside_and_says_nothing(self) -> None:
        store = FakeGroups()
        store.save(replace(GROUP, state=GroupState.SUSPENDED, suspended_for=Concern.OUTSIDERS))
        result = overturn(GROUP.ref, GroupState.SANCTIONED, store, by=ADMIN, now=NOW)
        assert result is not None
        group, news = result
        assert news is None
        assert (group.suspended_for, group.overruled) == (None, Concern.OUTSIDERS)
        assert group.looked_at == GROUP.looked_at

    def test_removed_from_where_it_was_withdrawn_it_stays_withdrawn(self) -> None:
        store = FakeGroups()
        store.save(replace(GROUP, state=GroupState.WITHDRAWN))
        leave(SPACE, store)
        assert store.rows[SPACE].state is GroupState.WITHDRAWN

    def test_what_nobody_knows_cannot_be_overturned(self) -> None:
        assert overturn("x", GroupState.SANCTIONED, FakeGroups(), by=ADMIN, now=NOW) is None


class TestTheYear:
    """A word holds to the end of the school year."""

    @pytest.mark.parametrize(
        ("day", "end"),
        [
            (date(2026, 8, 1), date(2027, 7, 31)),
            (date(2026, 11, 24), date(2027, 7, 31)),
            (date(2027, 7, 31), date(2027, 7, 31)),
        ],
    )
    def test_a_school_year_runs_from_august(self, day: date, end: date) -> None:
        assert school_year_ends(day) == end

    def test_in_the_last_weeks_a_word_holds_for_the_next_year_too(self, calendar: SchoolCalendar) -> None:
        # In the south the summer holiday of 2027 begins on 24 July.
        assert asks_from(date(2027, 7, 31), calendar) == date(2027, 7, 9)
        assert expires(date(2027, 7, 8), calendar) == date(2027, 7, 31)
        assert expires(date(2027, 7, 9), calendar) == date(2028, 7, 31)

    def test_a_group_without_an_end_gets_one_and_keeps_it(self, calendar: SchoolCalendar) -> None:
        group = with_end(GROUP, NOW.date(), calendar)
        assert group.expires_on == date(2027, 7, 31)
        assert with_end(group, date(2030, 1, 1), calendar) == group
        waiting = replace(GROUP, state=GroupState.WAITING)
        assert with_end(waiting, NOW.date(), calendar) == waiting

    def test_it_is_asked_about_once_and_over_the_day_after(self, calendar: SchoolCalendar) -> None:
        group, first = replace(GROUP, expires_on=date(2027, 7, 31)), date(2027, 7, 9)
        assert not is_to_be_asked(group, date(2027, 7, 8), first)
        assert is_to_be_asked(group, date(2027, 7, 9), first)
        assert not is_to_be_asked(replace(group, asked_on=date(2027, 7, 9)), date(2027, 7, 10), first)
        assert not is_over(group, date(2027, 7, 31))
        assert is_over(group, date(2027, 8, 1))
        assert stays(group, calendar, NOW).expires_on == date(2028, 7, 31)

    def test_the_last_word_waits_for_a_school_day(self, calendar: SchoolCalendar) -> None:
        holiday = datetime(2027, 8, 1, 9, tzinfo=UTC)
        assert next_moment(holiday, "Klas 3B", calendar) == datetime(2027, 9, 6, 6, tzinfo=UTC)
        assert next_moment(NOW, "Klas 3B", calendar) == NOW.replace(hour=15, minute=30)


class TestWelcomes:
    """Each a few seconds apart, none in a lesson."""

    def owed(self, calendar: SchoolCalendar, now: datetime, count: int) -> list[datetime]:
        people = [Membership(SPACE, UserId(f"users/{n}"), False, NOW.date(), welcomed=False) for n in range(count)]
        return [delivery.not_before for _, delivery in welcomes(people, {SPACE: GROUP}, calendar, now)]

    def test_they_come_one_after_another(self, calendar: SchoolCalendar) -> None:
        assert self.owed(calendar, NOW, 3) == [NOW, NOW + BETWEEN_WELCOMES, NOW + 2 * BETWEEN_WELCOMES]

    def test_those_that_would_come_after_the_hour_wait_for_another_one(self, calendar: SchoolCalendar) -> None:
        just_before_six = datetime(2026, 11, 24, 16, 59, 55, tzinfo=UTC)
        assert len(self.owed(calendar, just_before_six, 9)) == 2
        assert self.owed(calendar, just_before_six + timedelta(minutes=1), 9) == []

    def test_a_welcome_is_for_one_person_in_the_group(self, calendar: SchoolCalendar) -> None:
        new = Membership(SPACE, NEW, False, NOW.date(), welcomed=False)
        [(_, delivery)] = welcomes([new], {SPACE: GROUP}, calendar, NOW)
        assert delivery.address == to_member(SPACE, NEW)
        assert delivery.expires_at == datetime(2026, 11, 24, 17, tzinfo=UTC)


def test_the_pace_is_even_and_makes_up_for_nothing() -> None:
    clock = [0.0]

    def sleep(seconds: float) -> None:
        clock[0] += seconds

    pace = Pace(lambda: clock[0], sleep, a_minute=60)
    moments = []
    for _ in range(3):
        pace.wait()
        moments.append(clock[0])
    clock[0] += 100
    pace.wait()
    pace.wait()
    # A list of 2,500 members took three pages.
    pace.spent(2500)
    pace.wait()
    assert [*moments, clock[0]] == [0, 1, 2, 106]
