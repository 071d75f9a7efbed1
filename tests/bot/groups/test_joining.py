"""Which groups the bot takes part in: those of the school's rule or of an admin's word, and no other."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.groups.joining import Arrival, arrive, ask_admins, decide, leave
from bot.groups.ports import Group, GroupState
from bot.groups.sanction import may_speak
from bot.outbox.delivery import Kind, Priority, to_group, to_left_group, to_person
from bot.school.facts import GroupRules
from bot.school.people import Email, Person, Role, UserId
from bot.school.spaces import Dialect, SpaceKind, SpaceName
from tests.fakes.groups import FakeGroups

NOW = datetime(2026, 11, 24, 9, 15, tzinfo=UTC)
SPACE = SpaceName("spaces/KLAS3B")
ARIE, ANJA = UserId("users/116"), UserId("users/117")
ARRIVAL = Arrival(SPACE, SpaceKind.SPACE, "Klas 3B", outsiders_allowed=False, dialect=Dialect.CLASSIC, added_by=ARIE)


def person(*roles: Role) -> Person:
    return Person(Email("x@rgo.example"), "X", frozenset(roles))


TEACHER, PUPIL = person(Role.STAFF), person(Role.PUPIL)


@pytest.fixture
def store() -> FakeGroups:
    return FakeGroups()


def come(
    store: FakeGroups, adder: Person = TEACHER, arrival: Arrival = ARRIVAL, *, staff_may_add: bool = True
) -> tuple[Group, bool]:
    return arrive(arrival, adder, store, rules=GroupRules(staff_may_add), now=NOW)


def waiting(store: FakeGroups) -> Group:
    group, _ = come(store, PUPIL)
    return group


class TestArriving:
    """The bot is added to a group."""

    def test_an_internal_group_to_which_staff_added_it_is_sanctioned_at_once(self, store: FakeGroups) -> None:
        group, asks = come(store)
        assert not asks
        assert group.state is GroupState.SANCTIONED
        assert group.decided_at == NOW
        assert group.decided_by is None
        assert store.get(SPACE) == group

    @pytest.mark.parametrize("role", [Role.PUPIL, Role.PARENT, Role.UNKNOWN, Role.SUPERVISOR])
    def test_whoever_is_no_staff_makes_it_wait(self, store: FakeGroups, role: Role) -> None:
        group, asks = come(store, person(role))
        assert asks
        assert group.state is GroupState.WAITING
        assert group.decided_at is None

    def test_nobody_without_a_role_sanctions_a_group(self, store: FakeGroups) -> None:
        assert come(store, person())[0].state is GroupState.WAITING

    def test_a_group_with_outsiders_waits_whoever_added_it(self, store: FakeGroups) -> None:
        group, asks = come(store, arrival=replace(ARRIVAL, outsiders_allowed=True))
        assert asks
        assert group.state is GroupState.WAITING

    def test_a_school_without_the_rule_decides_about_every_group(self, store: FakeGroups) -> None:
        group, asks = come(store, staff_may_add=False)
        assert asks
        assert group.state is GroupState.WAITING

    def test_its_reference_is_random_and_tells_nothing(self, store: FakeGroups) -> None:
        one, other = come(store)[0], come(FakeGroups())[0]
        assert one.ref != other.ref
        assert len(one.ref) == 32
        assert "KLAS" not in one.ref

    def test_added_again_while_it_waits_asks_the_admins_once(self, store: FakeGroups) -> None:
        first = waiting(store)
        again, asks = come(store, PUPIL)
        assert not asks
        assert (again.state, again.ref, again.added_at) == (GroupState.WAITING, first.ref, NOW)

    def test_a_teacher_who_adds_it_again_does_not_decide_for_the_admins(self, store: FakeGroups) -> None:
        waiting(store)
        assert come(store, TEACHER)[0].state is GroupState.WAITING

    def test_what_was_refused_stays_refused_however_often_it_is_added(self, store: FakeGroups) -> None:
        group = waiting(store)
        decide(group.ref, GroupState.REFUSED, store, by=ARIE, now=NOW)
        leave(SPACE, store)
        again, asks = come(store, TEACHER)
        assert not asks
        assert again.state is GroupState.REFUSED

    def test_a_group_that_was_renamed_and_speaks_the_other_dialect_is_still_the_same(self, store: FakeGroups) -> None:
        first, _ = come(store)
        again, _ = come(store, PUPIL, replace(ARRIVAL, display_name="Klas 4B", dialect=Dialect.ADDON))
        assert again == replace(first, display_name="Klas 4B", dialect=Dialect.ADDON)

    def test_after_it_was_removed_everything_is_asked_anew_under_the_same_reference(self, store: FakeGroups) -> None:
        first, _ = come(store)
        leave(SPACE, store)
        again, asks = come(store, PUPIL)
        assert asks
        assert (again.state, again.ref) == (GroupState.WAITING, first.ref)


class TestDeciding:
    """An admin approves or refuses."""

    @pytest.mark.parametrize(
        ("state", "kind"),
        [(GroupState.SANCTIONED, Kind.GROUP_WELCOME), (GroupState.REFUSED, Kind.GROUP_REFUSED)],
    )
    def test_the_group_hears_it_at_once(self, store: FakeGroups, state: GroupState, kind: Kind) -> None:
        group = waiting(store)
        later = NOW + timedelta(hours=12)
        answer = decide(group.ref, state, store, by=ARIE, now=later)
        assert answer is not None
        decided, news = answer
        assert (decided.state, decided.decided_by, decided.decided_at) == (state, ARIE, later)
        assert store.get(SPACE) == decided
        assert news is not None
        where = to_group(SPACE) if state is GroupState.SANCTIONED else to_left_group(SPACE)
        assert (news.kind, news.address, news.subject) == (kind, where, group.ref)
        # It answers an act, so it waits for no school hours.
        assert news.not_before == later

    def test_the_second_admin_changes_nothing_and_the_group_hears_it_once(self, store: FakeGroups) -> None:
        group = waiting(store)
        decide(group.ref, GroupState.SANCTIONED, store, by=ARIE, now=NOW)
        answer = decide(group.ref, GroupState.REFUSED, store, by=ANJA, now=NOW + timedelta(minutes=1))
        assert answer is not None
        known, news = answer
        assert news is None
        assert (known.state, known.decided_by) == (GroupState.SANCTIONED, ARIE)

    def test_a_group_from_which_it_was_removed_meanwhile_gets_no_news(self, store: FakeGroups) -> None:
        group = waiting(store)
        leave(SPACE, store)
        answer = decide(group.ref, GroupState.SANCTIONED, store, by=ARIE, now=NOW)
        assert answer is not None
        assert answer[1] is None
        assert not may_speak(store.get(SPACE))

    def test_a_reference_that_nobody_gave_out_decides_nothing(self, store: FakeGroups) -> None:
        waiting(store)
        assert decide("x", GroupState.SANCTIONED, store, by=ARIE, now=NOW) is None
        assert decide(SPACE, GroupState.SANCTIONED, store, by=ARIE, now=NOW) is None

    def test_every_admin_who_can_be_reached_is_asked_in_their_own_direct_message(self, store: FakeGroups) -> None:
        group = waiting(store)
        asked = ask_admins(group, [ARIE, ANJA], now=NOW)
        assert [delivery.address for delivery in asked] == [to_person(ARIE), to_person(ANJA)]
        assert {(delivery.kind, delivery.subject) for delivery in asked} == {(Kind.APPROVAL_ASKED, group.ref)}
        assert all(delivery.not_before == NOW and delivery.priority is Priority.WELCOME for delivery in asked)
        assert len({delivery.message_id for delivery in asked}) == 2
        assert ask_admins(group, [], now=NOW) == []


class TestSpeaking:
    """Only a sanctioned group is spoken to."""

    @pytest.mark.parametrize("state", [state for state in GroupState if state is not GroupState.SANCTIONED])
    def test_in_any_other_group_the_bot_is_silent(self, store: FakeGroups, state: GroupState) -> None:
        group, _ = come(store)
        assert may_speak(group)
        assert not may_speak(replace(group, state=state))

    def test_in_a_group_that_nobody_knows_the_bot_is_silent(self) -> None:
        assert not may_speak(None)

    def test_where_it_was_removed_nothing_is_sent_any_more(self, store: FakeGroups) -> None:
        come(store)
        leave(SPACE, store)
        assert store.in_state(GroupState.SANCTIONED) == []
        assert not may_speak(store.get(SPACE))

    def test_to_be_removed_from_where_it_never_was_changes_nothing(self, store: FakeGroups) -> None:
        leave(SPACE, store)
        assert store.rows == {}
