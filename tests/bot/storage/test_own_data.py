"""What lies about one person is found and removed, and nobody else's; on both databases."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine

from bot.groups.ports import Group, GroupState
from bot.outbox.delivery import Kind, Priority, State, owe, to_person, to_reporter
from bot.reports.ports import BlindIndex, CaseId, SealedDraft
from bot.school.articles import ArticleCode
from bot.school.bindings import Binding
from bot.school.people import Email, UserId
from bot.school.spaces import Dialect, SpaceKind, SpaceName
from bot.storage.transactions import Store

NOW = datetime(2026, 11, 24, 9, 15, tzinfo=UTC)
SANNE, DAAN = UserId("users/101"), UserId("users/102")
OWN, OTHER = BlindIndex("11" * 32), BlindIndex("22" * 32)
LATER = NOW + timedelta(minutes=30)


def group(name: str, added_by: UserId, decided_by: UserId | None) -> Group:
    return Group(
        space=SpaceName(f"spaces/{name}"),
        ref=f"ref-{name}",
        kind=SpaceKind.SPACE,
        display_name=name,
        state=GroupState.SANCTIONED,
        dialect=Dialect.CLASSIC,
        added_by=added_by,
        added_at=NOW,
        decided_by=decided_by,
        decided_at=NOW,
    )


@pytest.fixture
def store(engine: Engine) -> Store:
    """Two people with the same things each."""
    filled = Store(engine)
    with filled.write() as change:
        for user, index, key in ((SANNE, OWN, "s"), (DAAN, OTHER, "d")):
            change.people.save(Binding(Email(f"{key}@leerling.rgo.example"), user, NOW, SpaceName(f"spaces/{key}")))
            change.drafts.save(SealedDraft(f"draft-{key}", index, b"\x00", b"\xff", LATER))
            change.shown.remember(key, "mark", [ArticleCode("A6"), ArticleCode("A7")], [], LATER)
            change.spaces.save(group(f"groep {key}", added_by=user, decided_by=None))
            for kind in (Kind.APPROVAL_ASKED, Kind.REPORT_WAITS):
                change.deliveries.add(owe(kind, to_person(user), f"case-{key}", Priority.REPLY, now=NOW))
            news = owe(Kind.REPORT_NEWS, to_reporter(f"case-{key}"), f"case-{key}", Priority.REPLY, now=NOW)
            change.deliveries.add(news)
        change.spaces.save(group("besloten", added_by=DAAN, decided_by=SANNE))
    return filled


def everything(store: Store, user: UserId, index: BlindIndex, key: str) -> tuple[object, ...]:
    with store.read() as look:
        return (
            list(look.own_data.groups_of(user)),
            look.own_data.messages_to(user),
            list(look.own_data.remembered([key], NOW)),
            look.own_data.drafts_of([index], NOW),
            look.people.of_user(user) is not None,
            sorted(delivery.kind for delivery in look.deliveries.about(f"case-{key}")),
        )


def test_each_is_found_with_what_is_theirs(store: Store) -> None:
    kinds = sorted([Kind.APPROVAL_ASKED, Kind.REPORT_WAITS, Kind.REPORT_NEWS])
    assert everything(store, SANNE, OWN, "s") == (["besloten", "groep s"], 1, ["A6", "A7"], 1, True, kinds)
    assert everything(store, DAAN, OTHER, "d") == (["besloten", "groep d"], 1, ["A6", "A7"], 1, True, kinds)


def test_what_is_past_its_end_is_not_shown_any_more(store: Store) -> None:
    with store.read() as look:
        assert look.own_data.remembered(["s"], LATER) == []
        assert look.own_data.drafts_of([OWN], LATER) == 0


def test_all_that_is_one_s_own_goes_and_the_other_keeps_everything(store: Store) -> None:
    before = everything(store, DAAN, OTHER, "d")
    with store.write() as change:
        change.own_data.erase_drafts([OWN])
        change.own_data.forget_memory(["s"])
        change.own_data.forget_binding(SANNE)
    # What a group says about who let the bot in belongs to the group, and what is owed is still sent.
    kinds = sorted([Kind.APPROVAL_ASKED, Kind.REPORT_WAITS, Kind.REPORT_NEWS])
    assert everything(store, SANNE, OWN, "s") == (["besloten", "groep s"], 1, [], 0, False, kinds)
    assert everything(store, DAAN, OTHER, "d") == before


def test_messages_that_were_sent_go_but_for_what_belongs_to_a_case(store: Store) -> None:
    with store.write() as change:
        change.own_data.forget_messages(SANNE)
    assert everything(store, SANNE, OWN, "s")[1] == 1, "what is still owed is sent"
    with store.write() as change:
        for kind in (Kind.APPROVAL_ASKED, Kind.REPORT_WAITS):
            sent = owe(kind, to_person(SANNE), "sent", Priority.REPLY, now=NOW)
            change.deliveries.add(replace(sent, state=State.DELIVERED, delivered_at=NOW))
        change.own_data.forget_messages(SANNE)
    with store.read() as look:
        assert [delivery.kind for delivery in look.deliveries.about("sent")] == [Kind.REPORT_WAITS]


def test_a_reporter_who_is_gone_is_owed_nothing_and_readers_still_are(store: Store) -> None:
    before = everything(store, DAAN, OTHER, "d")
    with store.write() as change:
        change.own_data.tell_no_more([CaseId("case-s")])
    assert everything(store, SANNE, OWN, "s")[5] == sorted([Kind.APPROVAL_ASKED, Kind.REPORT_WAITS])
    assert everything(store, DAAN, OTHER, "d") == before
