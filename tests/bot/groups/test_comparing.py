"""What changed in groups and members, and what a group's state becomes of it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.groups.ports import Concern, Group, GroupState
from bot.groups.presence.comparing import compare_groups, compare_members, concern_about, is_outsider, looked
from bot.groups.presence.ports import ListedGroup, ListedPerson, Membership
from bot.school.people import Email, Person, Role, UserId
from bot.school.spaces import Dialect, SpaceKind, SpaceName

NOW = datetime(2026, 11, 24, 15, 30, tzinfo=UTC)
TODAY, EARLIER = date(2026, 11, 24), date(2026, 9, 1)
SPACE, OTHER = SpaceName("spaces/KLAS3B"), SpaceName("spaces/KLAS2A")
TEACHER, PUPIL, NEW = UserId("users/1"), UserId("users/2"), UserId("users/3")
GROUP = Group(
    space=SPACE,
    ref="ref-1",
    kind=SpaceKind.SPACE,
    display_name="Klas 3B",
    state=GroupState.SANCTIONED,
    dialect=Dialect.CLASSIC,
    added_by=TEACHER,
    added_at=NOW - timedelta(days=9),
    looked_at=NOW - timedelta(hours=1),
)
LISTED = ListedGroup(SPACE, SpaceKind.SPACE, "Klas 3B", outsiders_allowed=False, complete=True)
PEOPLE = {
    TEACHER: Person(Email("t@rgo.example"), "T", frozenset({Role.STAFF})),
    PUPIL: Person(Email("p@rgo.example"), "P", frozenset({Role.PUPIL})),
}


def member(user: UserId, *, outsider: bool = False, left_on: date | None = None) -> Membership:
    return Membership(SPACE, user, outsider, EARLIER, welcomed=True, left_on=left_on)


def seen(*users: UserId) -> list[ListedPerson]:
    return [ListedPerson(user, "INTERNAL") for user in users]


class TestGroups:
    """Which groups are new, gone, different."""

    def test_what_is_as_it_was_changes_nothing(self) -> None:
        changes = compare_groups({SPACE: GROUP}, [LISTED], NOW)
        assert (changes.new, changes.gone, changes.different) == ((), (), ())

    def test_a_listed_group_that_nobody_told_of_is_new_and_so_is_one_that_was_left(self) -> None:
        other = replace(LISTED, space=OTHER)
        left = replace(GROUP, state=GroupState.REMOVED)
        assert compare_groups({SPACE: left}, [LISTED, other], NOW).new == (LISTED, other)

    @pytest.mark.parametrize("state", list(GroupState))
    def test_a_group_that_is_not_listed_is_gone_but_a_no_stays_a_no(self, state: GroupState) -> None:
        group = replace(GROUP, state=state)
        kept = state in {GroupState.REFUSED, GroupState.WITHDRAWN, GroupState.REMOVED}
        assert compare_groups({SPACE: group}, [], NOW).gone == (() if kept else (group,))

    def test_a_group_that_came_after_the_list_was_asked_for_is_not_gone(self) -> None:
        assert compare_groups({SPACE: replace(GROUP, added_at=NOW)}, [], NOW).gone == ()

    def test_a_new_name_and_kind_are_taken_over_and_an_empty_name_is_not(self) -> None:
        renamed = replace(LISTED, display_name="Klas 4B", kind=SpaceKind.GROUP_CHAT)
        [different] = compare_groups({SPACE: GROUP}, [renamed], NOW).different
        assert different == replace(GROUP, display_name="Klas 4B", kind=SpaceKind.GROUP_CHAT)
        assert compare_groups({SPACE: GROUP}, [replace(LISTED, display_name="")], NOW).different == ()


class TestMembers:
    """Who is new, who left."""

    def test_at_the_first_look_nobody_is_new(self) -> None:
        first = replace(GROUP, looked_at=None)
        changed = compare_members(first, {}, seen(TEACHER, PUPIL), TODAY, outsiders_allowed=False)
        assert [each.welcomed for each in changed] == [True, True]

    def test_later_whoever_was_not_there_is_to_be_welcomed(self) -> None:
        before = {TEACHER: member(TEACHER)}
        changed = compare_members(GROUP, before, seen(TEACHER, NEW), TODAY, outsiders_allowed=False)
        assert changed == (Membership(SPACE, NEW, outsider=False, first_seen=TODAY, welcomed=False),)

    def test_who_left_is_remembered_with_the_day_and_who_comes_back_is_no_stranger(self) -> None:
        before = {TEACHER: member(TEACHER), PUPIL: member(PUPIL)}
        [left] = compare_members(GROUP, before, seen(TEACHER), TODAY, outsiders_allowed=False)
        assert left == member(PUPIL, left_on=TODAY)
        assert compare_members(GROUP, {**before, PUPIL: left}, seen(TEACHER), TODAY, outsiders_allowed=False) == ()
        [back] = compare_members(GROUP, {PUPIL: left}, seen(PUPIL), TODAY, outsiders_allowed=False)
        assert back == member(PUPIL)

    @pytest.mark.parametrize(
        ("affiliation", "outsiders_allowed", "outside"),
        [
            ("INTERNAL", True, False),
            ("EXTERNAL", False, True),
            ("MANAGED_EXTERNAL", False, True),
            ("SOMETHING_NEW", False, True),
            ("", False, False),
            ("", True, True),
            ("AFFILIATION_UNSPECIFIED", True, True),
        ],
    )
    def test_only_what_google_calls_internal_is_of_the_school(
        self, affiliation: str, *, outsiders_allowed: bool, outside: bool
    ) -> None:
        assert is_outsider(ListedPerson(NEW, affiliation), outsiders_allowed=outsiders_allowed) is outside


class TestConcern:
    """Why a group should not go on."""

    @pytest.mark.parametrize(
        ("members", "complete", "concern"),
        [
            ((member(TEACHER), member(PUPIL)), True, None),
            ((member(PUPIL),), True, Concern.NO_TEACHER),
            ((member(PUPIL), member(TEACHER, left_on=TODAY)), True, Concern.NO_TEACHER),
            ((member(PUPIL),), False, None),
            ((member(PUPIL), member(NEW)), True, None),
            ((), True, None),
            ((member(TEACHER), member(NEW, outsider=True)), True, Concern.OUTSIDERS),
            ((member(TEACHER), member(NEW, outsider=True)), False, Concern.OUTSIDERS),
            ((member(TEACHER), member(NEW, outsider=True, left_on=TODAY)), True, None),
        ],
    )
    def test_it_is_named_only_when_it_is_sure(
        self, members: tuple[Membership, ...], *, complete: bool, concern: Concern | None
    ) -> None:
        assert concern_about(members, PEOPLE.get, complete=complete) is concern


class TestAfterALook:
    """What becomes of the group's state."""

    def test_a_concern_suspends_and_its_end_lets_go_on(self) -> None:
        suspended = looked(GROUP, Concern.NO_TEACHER, NOW, complete=True)
        assert (suspended.state, suspended.suspended_for) == (GroupState.SUSPENDED, Concern.NO_TEACHER)
        again = looked(suspended, None, NOW, complete=True)
        assert (again.state, again.suspended_for) == (GroupState.SANCTIONED, None)

    def test_the_look_itself_is_remembered(self) -> None:
        after = looked(GROUP, None, NOW, complete=False)
        assert (after.looked_at, after.members_complete, after.state) == (NOW, False, GroupState.SANCTIONED)

    def test_what_an_admin_set_aside_does_not_suspend_again_until_it_has_gone(self) -> None:
        overruled = replace(GROUP, overruled=Concern.OUTSIDERS)
        assert looked(overruled, Concern.OUTSIDERS, NOW, complete=True).state is GroupState.SANCTIONED
        assert looked(overruled, Concern.NO_TEACHER, NOW, complete=True).state is GroupState.SUSPENDED
        calm = looked(overruled, None, NOW, complete=True)
        assert calm.overruled is None
        assert looked(calm, Concern.OUTSIDERS, NOW, complete=True).state is GroupState.SUSPENDED
