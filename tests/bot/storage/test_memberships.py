"""Who is in which group, how far a round came, and what a group remembers of both; on both databases."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine

from bot.groups.ports import Concern, Group, GroupState
from bot.groups.presence.ports import Membership
from bot.outbox.delivery import Kind, Priority, State, owe, to_member
from bot.school.people import UserId
from bot.school.spaces import Dialect, SpaceKind, SpaceName
from bot.storage.transactions import Store
from tests.bot.storage.racing import at_once

NOW = datetime(2026, 11, 24, 15, 30, tzinfo=UTC)
TODAY = date(2026, 11, 24)
A, B, C = (SpaceName(f"spaces/{letter}") for letter in "ABC")
SANNE, DAAN = UserId("users/10"), UserId("users/1")


def group(space: SpaceName, state: GroupState = GroupState.SANCTIONED, looked_at: datetime | None = None) -> Group:
    return Group(
        space=space,
        ref=f"ref-{space[-1]}",
        kind=SpaceKind.SPACE,
        display_name=f"Groep {space[-1]}",
        state=state,
        dialect=Dialect.CLASSIC,
        added_by=UserId("users/7"),
        added_at=NOW,
        looked_at=looked_at,
    )


def member(space: SpaceName, user: UserId, *, welcomed: bool = False, left_on: date | None = None) -> Membership:
    return Membership(space, user, outsider=False, first_seen=TODAY, welcomed=welcomed, left_on=left_on)


@pytest.fixture
def store(engine: Engine) -> Store:
    return Store(engine)


def test_a_group_is_kept_with_all_that_was_found_out(store: Store) -> None:
    full = replace(
        group(A, GroupState.SUSPENDED, NOW),
        suspended_for=Concern.OUTSIDERS,
        overruled=Concern.NO_TEACHER,
        members_complete=False,
        expires_on=date(2027, 7, 31),
        asked_on=TODAY,
    )
    with store.write() as change:
        change.spaces.save(full)
        change.spaces.save(group(B))
    with store.read() as look:
        assert look.spaces.get(A) == full
        assert look.spaces.get(B) == group(B)
        assert list(look.spaces.in_state(GroupState.SUSPENDED, GroupState.SANCTIONED)) == [full, group(B)]
        assert look.spaces.named([A, C]) == {A: full}


def test_the_next_groups_to_look_at_are_those_not_looked_at_in_this_round(store: Store) -> None:
    with store.write() as change:
        for each in (
            group(A, looked_at=NOW - timedelta(hours=1)),
            group(B, looked_at=NOW),
            group(C, GroupState.SUSPENDED),
            group(SpaceName("spaces/D"), GroupState.WITHDRAWN),
        ):
            change.spaces.save(each)
    with store.read() as look:
        assert [each.space for each in look.spaces.to_look_at(NOW, SpaceName(""), 9)] == [A, C]
        assert [each.space for each in look.spaces.to_look_at(NOW, A, 9)] == [C]
        assert [each.space for each in look.spaces.to_look_at(NOW, SpaceName(""), 1)] == [A]


def test_members_are_added_replaced_and_forgotten_by_group(store: Store) -> None:
    with store.write() as change:
        change.memberships.save([member(A, SANNE), member(A, DAAN), member(B, SANNE)])
        change.memberships.save([member(A, SANNE, welcomed=True, left_on=TODAY)])
        change.memberships.save([])
    with store.read() as look:
        assert look.memberships.of([A, C]) == {
            A: {SANNE: member(A, SANNE, welcomed=True, left_on=TODAY), DAAN: member(A, DAAN)},
            C: {},
        }
        assert [look.memberships.is_in(A, user) for user in (SANNE, DAAN)] == [False, True]
    with store.write() as change:
        change.memberships.forget(A)
    with store.read() as look:
        assert look.memberships.of([A, B]) == {A: {}, B: {SANNE: member(B, SANNE)}}


def test_more_members_than_a_statement_takes_are_kept(store: Store) -> None:
    many = [member(A, UserId(f"users/{number}")) for number in range(2500)]
    with store.write() as change:
        change.memberships.save(many)
    with store.read() as look:
        assert len(look.memberships.of([A])[A]) == 2500


def test_to_be_welcomed_is_who_is_there_still_in_a_group_that_may_be_spoken_to(store: Store) -> None:
    with store.write() as change:
        change.spaces.save(group(A))
        change.spaces.save(group(B, GroupState.SUSPENDED))
        change.memberships.save(
            [
                member(A, SANNE),
                member(A, DAAN, welcomed=True),
                member(A, UserId("users/3"), left_on=TODAY),
                replace(member(A, UserId("users/4")), outsider=True),
                member(B, SANNE),
            ]
        )
    with store.read() as look:
        assert look.memberships.to_welcome(9) == [member(A, SANNE)]
        assert look.memberships.to_welcome(0) == []


def test_who_left_is_forgotten_in_the_end(store: Store) -> None:
    with store.write() as change:
        change.memberships.save([member(A, SANNE, left_on=TODAY), member(A, DAAN)])
        assert change.memberships.purge(TODAY) == 0
        assert change.memberships.purge(TODAY + timedelta(days=1)) == 1


class TestRounds:
    """One worker at a time, and each goes on where the last one stopped."""

    def begin(self, store: Store, now: datetime) -> datetime | None:
        with store.write() as change:
            return change.rounds.begin(
                "presence", now, done_before=now - timedelta(minutes=55), real_now=now, until=now + timedelta(minutes=9)
            )

    def end(self, store: Store, *, done: bool) -> None:
        with store.write() as change:
            change.rounds.let_go("presence", done=done)

    def test_while_one_holds_it_no_other_does_until_its_lease_is_over(self, store: Store) -> None:
        assert self.begin(store, NOW) == NOW
        assert self.begin(store, NOW + timedelta(minutes=1)) is None
        # The same round goes on: what was looked at since it began is not looked at again.
        assert self.begin(store, NOW + timedelta(minutes=10)) == NOW

    def test_finished_it_begins_anew_after_the_hour(self, store: Store) -> None:
        self.begin(store, NOW)
        self.end(store, done=True)
        assert self.begin(store, NOW + timedelta(minutes=50)) is None
        later = NOW + timedelta(minutes=60)
        assert self.begin(store, later) == later

    def test_unfinished_it_goes_on_at_once(self, store: Store) -> None:
        self.begin(store, NOW)
        self.end(store, done=False)
        assert self.begin(store, NOW + timedelta(minutes=1)) == NOW

    def test_of_many_workers_one_gets_it(self, store: Store) -> None:
        assert sorted(at_once(4, lambda _: self.begin(store, NOW) is not None)) == [False, False, False, True]


def test_what_was_said_to_a_member_alone_counts_as_theirs(store: Store) -> None:
    with store.write() as change:
        change.spaces.save(group(A))
        change.memberships.save([member(A, SANNE), member(B, SANNE)])
        for user in (SANNE, DAAN):
            welcome = owe(Kind.MEMBER_WELCOME, to_member(A, user), "ref-A", Priority.WELCOME, now=NOW)
            change.deliveries.add(replace(welcome, state=State.DELIVERED, delivered_at=NOW))
    with store.write() as change:
        assert change.own_data.member_of(SANNE) == ["Groep A"]
        assert [change.own_data.messages_to(user) for user in (SANNE, DAAN)] == [1, 1]
        change.own_data.forget_messages(DAAN)
        # users/1 is not the end of users/10, nor the other way round.
        assert [change.own_data.messages_to(user) for user in (SANNE, DAAN)] == [1, 0]
