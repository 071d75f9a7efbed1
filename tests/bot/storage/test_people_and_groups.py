"""Bindings, groups and reminders are kept as their features expect."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.etiquette.items import ItemId
from bot.etiquette.ports import Reminder
from bot.groups.ports import Group, GroupState
from bot.school.bindings import Binding
from bot.school.people import Email, UserId
from bot.school.spaces import Dialect, SpaceKind, SpaceName
from bot.storage.bindings import BoundElsewhere
from tests.bot.storage.kept import Kept

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
SANNE = Binding(Email("sanne@school.example"), UserId("users/1"), NOW, SpaceName("spaces/DM1"), Dialect.ADDON)
GROUP = Group(
    space=SpaceName("spaces/AAA"),
    ref="ref-1",
    kind=SpaceKind.SPACE,
    display_name="Mentorgroep 2B 🎒",
    state=GroupState.WAITING,
    dialect=Dialect.CLASSIC,
    added_by=UserId("users/1"),
    added_at=NOW,
)


def bind(kept: Kept, *bindings: Binding) -> None:
    with kept.store.write() as change:
        for binding in bindings:
            change.people.save(binding)


def keep_group(kept: Kept, *groups: Group) -> None:
    with kept.store.write() as change:
        for group in groups:
            change.spaces.save(group)


class TestBindings:
    """Who is who in Chat."""

    def test_a_binding_is_found_by_id_and_by_address(self, kept: Kept) -> None:
        bind(kept, SANNE)
        with kept.store.read() as look:
            assert look.people.of_user(SANNE.user) == SANNE
            assert look.people.of_email(SANNE.email) == SANNE
            assert look.people.of_user(UserId("users/2")) is None
            assert look.people.of_email(Email("bram@school.example")) is None

    def test_many_are_found_at_once_and_the_unbound_left_out(self, kept: Kept) -> None:
        bram = Binding(Email("bram@school.example"), UserId("users/2"), NOW)
        bind(kept, SANNE, bram)
        asked = [SANNE.email, Email("nobody@school.example"), bram.email]
        with kept.store.read() as look:
            assert look.people.of_emails(asked) == {SANNE.email: SANNE, bram.email: bram}
            assert look.people.of_emails([]) == {}

    def test_a_new_direct_message_replaces_the_old_one_and_the_binding_keeps_its_day(self, kept: Kept) -> None:
        moved = replace(
            SANNE, direct_message=SpaceName("spaces/DM2"), dialect=Dialect.CLASSIC, bound_at=NOW + timedelta(days=9)
        )
        bind(kept, SANNE)
        with kept.store.write() as change:
            assert change.people.of_user(SANNE.user) == SANNE
            change.people.save(moved)
            assert change.people.of_user(SANNE.user) == replace(moved, bound_at=NOW)

    @pytest.mark.parametrize(
        "other",
        [replace(SANNE, user=UserId("users/666")), replace(SANNE, email=Email("somebody.else@school.example"))],
        ids=["another id for the address", "another address for the id"],
    )
    def test_an_address_is_bound_once_and_for_good(self, kept: Kept, other: Binding) -> None:
        bind(kept, SANNE)
        with pytest.raises(BoundElsewhere):
            bind(kept, other)
        with kept.store.read() as look:
            assert look.people.of_email(SANNE.email) == SANNE
            assert look.people.of_user(UserId("users/666")) is None

    def test_a_direct_message_that_was_closed_is_forgotten_and_the_binding_stays(self, kept: Kept) -> None:
        bind(kept, SANNE, Binding(Email("bram@school.example"), UserId("users/2"), NOW, SpaceName("spaces/DM2")))
        with kept.store.write() as change:
            change.people.forget_direct_message(SpaceName("spaces/DM1"))
        with kept.store.read() as look:
            assert look.people.of_user(SANNE.user) == replace(SANNE, direct_message=None)
            bram = look.people.of_user(UserId("users/2"))
        assert bram is not None
        assert bram.direct_message == "spaces/DM2"


class TestGroups:
    """Which groups the bot is in."""

    def test_a_group_is_found_by_space_and_by_the_id_on_its_button(self, kept: Kept) -> None:
        keep_group(kept, GROUP)
        with kept.store.read() as look:
            assert look.spaces.get(GROUP.space) == GROUP
            assert look.spaces.by_ref("ref-1") == GROUP
            assert look.spaces.get(SpaceName("spaces/BBB")) is None
            assert look.spaces.by_ref("ref-2") is None

    def test_a_decision_replaces_what_was_known(self, kept: Kept) -> None:
        keep_group(kept, GROUP)
        decided = replace(
            GROUP.decided(GroupState.SANCTIONED, by=UserId("users/9"), at=NOW + timedelta(hours=1)),
            display_name="Mentorgroep 3B",
            dialect=Dialect.ADDON,
        )
        with kept.store.write() as change:
            assert change.spaces.by_ref("ref-1") == GROUP
            change.spaces.save(decided)
            assert change.spaces.by_ref("ref-1") == decided

    def test_groups_in_a_state_are_listed_oldest_first(self, kept: Kept) -> None:
        older = replace(GROUP, space=SpaceName("spaces/ZZZ"), ref="ref-2", added_at=NOW - timedelta(days=1))
        refused = replace(GROUP, space=SpaceName("spaces/BBB"), ref="ref-3", state=GroupState.REFUSED)
        keep_group(kept, GROUP, older, refused)
        with kept.store.read() as look:
            assert list(look.spaces.in_state(GroupState.WAITING)) == [older, GROUP]
            assert list(look.spaces.in_state(GroupState.SANCTIONED)) == []


class TestReminders:
    """What was planned for whom."""

    @pytest.fixture
    def add_once(self, kept: Kept) -> Callable[[Reminder], bool]:
        def add(reminder: Reminder) -> bool:
            with kept.store.write() as change:
                return change.reminders.add_once(reminder)

        return add

    def test_a_group_has_one_reminder_for_a_slot(self, kept: Kept, add_once: Callable[[Reminder], bool]) -> None:
        first = Reminder("reminder-1", SpaceName("spaces/AAA"), NOW, ItemId("A6"))
        assert add_once(first)
        assert not add_once(replace(first, id="reminder-2", item=ItemId("A7")))
        assert add_once(replace(first, id="reminder-3", slot=NOW + timedelta(weeks=4)))
        assert add_once(replace(first, id="reminder-4", space=SpaceName("spaces/BBB")))
        with kept.store.read() as look:
            assert look.reminders.get("reminder-1") == first
            assert look.reminders.get("reminder-2") is None
