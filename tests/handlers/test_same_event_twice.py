"""The same event again, or on two workers at once, has one effect and is answered both times."""

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, text

from bot.reports.sealing import Keyring
from bot.school.spaces import Dialect
from bot.storage.seen_events import First, SeenEvents
from bot.storage.transactions import Store, Transaction
from handlers.events.parsing import parse
from handlers.once import Once, StillBusy
from tests.cast import KLAS_3B, SANNE
from tests.dialogue import KEYS, Dialogue, button, start, words
from tests.scenarios.test_reporting import tell

EVENT = b"an event"


def once_on(engine: Engine, real_now: datetime | None = None) -> Once:
    def now() -> datetime:
        return real_now or datetime.now(UTC)

    return Once(Store(engine), SeenEvents(engine), Keyring.parse(KEYS), now, lambda _: None)


def test_two_workers_with_the_same_event_at_once_make_one_effect_and_both_hear_of_it(engine: Engine) -> None:
    effects: list[str] = []
    heard: list[str] = []
    together = threading.Barrier(4)

    def apply(transaction: Transaction) -> str:
        effects.append("made")
        return f"effect {len(effects)}"

    def work() -> None:
        once = Once(
            Store(engine), SeenEvents(engine), Keyring.parse(KEYS), lambda: datetime.now(UTC), lambda _: pause()
        )
        together.wait(10)
        heard.append(once.change(EVENT, apply))

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(20)
    assert effects == ["made"]
    assert heard == ["effect 1"] * 4


def pause() -> None:
    threading.Event().wait(0.02)


def test_a_change_that_failed_is_forgotten_and_the_repeat_makes_it(engine: Engine) -> None:
    def fail(_: Transaction) -> str:
        raise RuntimeError

    once = once_on(engine)
    with pytest.raises(RuntimeError):
        once.change(EVENT, fail)
    assert once.change(EVENT, lambda _: "made") == "made"


def test_a_worker_that_died_is_taken_over_when_its_lease_is_over(engine: Engine) -> None:
    now = datetime(2026, 11, 24, 9, tzinfo=UTC)
    once = once_on(engine, now)
    SeenEvents(engine).begin(once.keyring.event_key(EVENT), now)
    later = once_on(engine, now + timedelta(seconds=16))
    assert later.change(EVENT, lambda _: "made") == "made"


def test_a_repeat_that_waits_too_long_is_told_that_it_is_busy(engine: Engine) -> None:
    moments = iter(datetime(2026, 11, 24, 9, tzinfo=UTC) + timedelta(seconds=step) for step in range(100))
    first = once_on(engine, datetime(2026, 11, 24, 9, 0, 5, tzinfo=UTC))
    SeenEvents(engine).begin(first.keyring.event_key(EVENT), datetime(2026, 11, 24, 9, 0, 5, tzinfo=UTC))
    waiting = Once(Store(engine), SeenEvents(engine), Keyring.parse(KEYS), lambda: next(moments), lambda _: None)
    with pytest.raises(StillBusy):
        waiting.change(EVENT, lambda _: "never")


@pytest.mark.parametrize("dialect", list(Dialect))
def test_who_pressed_twice_hears_that_the_first_time_is_still_at_work(dialect: Dialect) -> None:
    talk = start(dialect=dialect)
    review = tell(talk)
    body = talk.wires.press(SANNE, KLAS_3B, *button(review, "Verstuur"), dialog="SUBMIT")
    begun = talk.bot.seen.begin(talk.bot.keyring.event_key(parse(body).fingerprint), datetime.now(UTC))
    assert isinstance(begun, First)
    # The waiting worker's clock runs, so that nobody really waits ten seconds.
    moments = iter(datetime.now(UTC) + timedelta(seconds=step) for step in range(15))
    hurried = replace(talk.endpoint.once, real_now=lambda: next(moments))
    talk.endpoint = replace(talk.endpoint, once=hurried)
    assert "Ik ben hier nog mee bezig" in words(talk.send(body))
    assert count(talk.bot.engine, "reports") == 0
    # The first worker failed: the repeat does what it did not.
    talk.bot.seen.forget(begun)
    talk.endpoint = replace(talk.endpoint, once=replace(hurried, real_now=talk.bot.real_now))
    assert "Je code" in words(talk.send(body))
    assert count(talk.bot.engine, "reports") == 1


def count(engine: Engine, table: str) -> int:
    with engine.connect() as connection:
        return int(connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())  # noqa: S608 - our own table


def test_what_is_left_of_an_event_tells_nothing_of_it_and_no_answer(engine: Engine) -> None:
    once_on(engine).change(EVENT, lambda _: "made")
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT * FROM seen_events")).mappings().all()
    [row] = rows
    assert EVENT.decode() not in str(row)
    assert set(row) == {"event_key", "state", "holder", "lease_until", "effect", "expires_at"}


def test_a_report_that_is_sent_on_two_workers_at_once_is_one_report(engine: Engine) -> None:
    talk = start(engine=engine)
    other = start(engine=engine, everybody=())
    review = tell(talk)
    body = talk.wires.press(SANNE, KLAS_3B, *button(review, "Verstuur"), dialog="SUBMIT")
    answers: list[str] = []
    together = threading.Barrier(2)

    def press(where: Dialogue) -> None:
        together.wait(10)
        answers.append(words(where.send(body)))

    workers = [threading.Thread(target=press, args=(where,)) for where in (talk, other)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(20)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM reports")).scalar() == 1
        assert connection.execute(text("SELECT count(*) FROM deliveries WHERE kind = 'report.waits'")).scalar() == 2
    assert len(answers) == 2
    assert all("Je code" in answer for answer in answers)
    for opened in (talk, other):
        opened.bot.engine.dispose()
