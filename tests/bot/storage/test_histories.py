"""Histories in the database: steps in order, one step for each number, gone with their case."""

from datetime import timedelta

from sqlalchemy import Engine, text

from bot.reports.ports import CaseId
from bot.storage.transactions import Store
from tests.bot.storage.kept import Kept
from tests.bot.storage.racing import at_once
from tests.bot.storage.test_reports import NOW, case, grant, keep

CASE = CaseId("case-1")


def test_steps_come_back_in_their_order(kept: Kept) -> None:
    keep(kept, case(1), grant(1))
    with kept.store.write() as change:
        for number in range(12):
            assert change.histories.append(CASE, number, bytes([number]))
    with kept.store.read() as look:
        assert look.histories.of(CASE) == [bytes([number]) for number in range(12)]
        assert look.histories.of(CaseId("case-2")) == []


def test_a_number_is_given_once(kept: Kept) -> None:
    keep(kept, case(1), grant(1))
    with kept.store.write() as change:
        assert change.histories.append(CASE, 0, b"first")
        assert not change.histories.append(CASE, 0, b"second")
    with kept.store.read() as look:
        assert look.histories.of(CASE) == [b"first"]


def test_of_many_who_take_the_same_step_at_once_one_wins(engine: Engine) -> None:
    store = Store(engine)
    with store.write() as change:
        change.reports.add(case(1), [grant(1)])
    won: list[int] = []

    def act(who: int) -> None:
        with store.write() as change:
            if change.histories.append(CASE, 0, bytes([who])):
                won.append(who)

    at_once(8, act)
    with store.read() as look:
        assert look.histories.of(CASE) == [bytes(won)]


def test_a_purged_case_takes_its_history_along(engine: Engine) -> None:
    store = Store(engine)
    with store.write() as change:
        change.reports.add(case(1), [grant(1)])
        change.reports.close(CASE, NOW, NOW + timedelta(days=30))
        change.histories.append(CASE, 0, b"step")
    with store.write() as change:
        assert change.reports.purge(NOW + timedelta(days=366)) == 1
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM case_steps")).scalar_one() == 0
