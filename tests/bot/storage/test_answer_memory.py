"""What is kept beside answers: a short memory, counts and opinions, each with its end."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine

from bot.school.articles import ArticleCode
from bot.storage.answers.opinions import Opinion
from bot.storage.transactions import Store
from tests.bot.storage.racing import at_once

NOW = datetime(2026, 11, 24, 9, 15, tzinfo=UTC)
LATER = NOW + timedelta(minutes=30)
A5, A6, A7 = (ArticleCode(code) for code in ("A5", "A6", "A7"))


def test_the_last_articles_are_recalled_until_their_end(engine: Engine) -> None:
    store = Store(engine)
    with store.write() as transaction:
        transaction.shown.remember("k", "event 1", (A6, A5), (), LATER)
    with store.read() as transaction:
        assert transaction.shown.recall("k", "event 2", NOW) == (A6, A5)
        assert transaction.shown.recall("k", "event 2", LATER) == ()
        assert transaction.shown.recall("other", "event 2", NOW) == ()


def test_the_same_event_again_recalls_what_came_before_it(engine: Engine) -> None:
    store = Store(engine)
    with store.write() as transaction:
        transaction.shown.remember("k", "event 1", (A6,), (), LATER)
        transaction.shown.remember("k", "event 2", (A7,), (A6,), LATER)
    with store.read() as transaction:
        assert transaction.shown.recall("k", "event 2", NOW) == (A6,)
        assert transaction.shown.recall("k", "event 3", NOW) == (A7,)


def test_a_memory_is_purged_at_its_end_and_not_before(engine: Engine) -> None:
    store = Store(engine)
    with store.write() as transaction:
        transaction.shown.remember("k", "e", (A6,), (), LATER)
        assert transaction.shown.purge(NOW) == 0
        assert transaction.shown.purge(LATER) == 1


def test_counts_add_up_also_when_many_count_at_once(engine: Engine) -> None:
    store = Store(engine)

    def count(_: int) -> None:
        with store.write() as transaction:
            transaction.counts.add_one(A6, "2026-W48", "shown", LATER)

    at_once(8, count)
    with store.read() as transaction:
        assert transaction.counts.of_week("2026-W48", "shown") == {A6: 8}
        assert transaction.counts.of_week("2026-W48", "helpful") == {}
        assert transaction.counts.of_week("2026-W49", "shown") == {}
    with store.write() as transaction:
        assert transaction.counts.purge(LATER) == 1


def test_an_opinion_is_kept_until_its_end_and_shows_nothing_of_itself(engine: Engine) -> None:
    store = Store(engine)
    opinion = Opinion("o1", A6, "mag een tekening?", "of het ook voor tekeningen geldt", LATER)
    with store.write() as transaction:
        transaction.opinions.add(opinion)
    with store.read() as transaction:
        assert transaction.opinions.all(NOW) == (opinion,)
        assert transaction.opinions.all(LATER) == ()
    assert "tekening" not in repr(opinion)
    with store.write() as transaction:
        assert transaction.opinions.purge(NOW) == 0
        assert transaction.opinions.purge(LATER) == 1


@pytest.mark.parametrize(("times", "seen"), [(4, {}), (5, {A6: 5})])
def test_a_number_under_five_is_shown_to_nobody(engine: Engine, times: int, seen: dict[str, int]) -> None:
    store = Store(engine)
    with store.write() as transaction:
        for _ in range(times):
            transaction.counts.add_one(A6, "2026-W48", "shown", LATER)
    with store.read() as transaction:
        assert transaction.counts.of_week("2026-W48", "shown") == seen
