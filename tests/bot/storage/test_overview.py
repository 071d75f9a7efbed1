"""Cases are found for a row of people only when every one of them may read the story; on both databases."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine

from bot.reports.ports import BlindIndex, CaseId, Grant, SealedCase, Urgency
from bot.school.people import UserId
from bot.storage.transactions import Store

START, END = datetime(2025, 12, 31, 23, tzinfo=UTC), datetime(2026, 12, 31, 23, tzinfo=UTC)
OLGA, HANS, BEA = UserId("users/olga"), UserId("users/hans"), UserId("users/bea")


def keep(
    store: Store,
    name: str,
    *readers: UserId,
    copied: tuple[UserId, ...] = (),
    at: datetime = START,
    closed_at: datetime | None = None,
) -> None:
    case = SealedCase(
        id=CaseId(name),
        code=f"code-{name}",
        urgency=Urgency.TODAY,
        wrapped_key=b"k1:\x00\x01",
        body=b"\xff",
        reporter=BlindIndex("11" * 32),
        received_at=at,
        retain_until=at + timedelta(days=7),
        closed_at=closed_at,
    )
    grants = [Grant(case.id, user, granted_at=at) for user in readers]
    grants += [Grant(case.id, user, granted_at=at, sees_story=False) for user in copied]
    with store.write() as transaction:
        transaction.reports.add(case, grants)


def found(store: Store, *users: UserId) -> list[str]:
    with store.read() as transaction:
        return [case.id for case in transaction.overview.read_by_all(users, START, END)]


def test_a_case_counts_for_a_row_when_each_of_them_may_read_it(engine: Engine) -> None:
    store = Store(engine)
    keep(store, "both", OLGA, HANS)
    keep(store, "three", OLGA, HANS, BEA)
    keep(store, "one", OLGA, BEA)
    keep(store, "none")
    assert found(store, OLGA, HANS) == ["both", "three"]
    assert found(store, HANS, OLGA, HANS) == ["both", "three"]
    assert found(store, OLGA, HANS, BEA) == ["three"]
    assert found(store, BEA) == ["one", "three"]
    assert found(store) == []


def test_a_copy_is_no_reading(engine: Engine) -> None:
    store = Store(engine)
    keep(store, "copied", OLGA, copied=(HANS,))
    assert found(store, OLGA, HANS) == []
    assert found(store, HANS) == []
    assert found(store, OLGA) == ["copied"]


def test_a_year_begins_with_its_first_moment_and_ends_before_the_next_one(engine: Engine) -> None:
    store = Store(engine)
    for name, at in (("before", START - timedelta(seconds=1)), ("first", START), ("next", END)):
        keep(store, name, OLGA, at=at)
    keep(store, "last", OLGA, at=END - timedelta(seconds=1))
    assert found(store, OLGA) == ["first", "last"]


def test_what_was_over_when_it_began_is_found_until_its_time_is_over_newest_first(engine: Engine) -> None:
    store = Store(engine)
    for name, days in (("old", 0), ("new", 1)):
        keep(store, name, OLGA, at=START + timedelta(days=days), closed_at=START + timedelta(days=days))
    keep(store, "open", OLGA)
    keep(store, "closed", OLGA, closed_at=START + timedelta(hours=1))
    with store.read() as transaction:
        look = transaction.overview.over_at_once
        assert [case.id for case in look(START + timedelta(days=2))] == ["new", "old"]
        assert [case.id for case in look(START + timedelta(days=7))] == ["new"]
