"""Several workers at once never do a thing twice, on either database."""

import multiprocessing
import threading
from concurrent.futures import ProcessPoolExecutor
from itertools import chain

from sqlalchemy import Engine

from bot.groups.joining import decide
from bot.groups.ports import Group, GroupState
from bot.outbox.delivery import Kind, Priority, owe, to_group
from bot.reports.ports import BlindIndex, CaseId, SealedCase, SealedDraft, Urgency
from bot.school.people import UserId
from bot.school.spaces import Dialect, SpaceKind, SpaceName
from bot.storage.delivery_store import SqlDeliveryStore
from bot.storage.seen_events import LEASE, Done, First, SeenEvents
from bot.storage.transactions import Store
from tests.bot.storage.racing import A_LONG_TIME, NOW, at_once, claim_all, take_all, work_in_a_process

WORKERS = 4
KEYS = [f"{number:064x}" for number in range(25)]


def owe_many(engine: Engine, count: int) -> list[str]:
    owed = [
        owe(Kind.REMINDER, to_group(SpaceName("spaces/AAA")), "reminder-1", Priority.REMINDER, now=NOW)
        for _ in range(count)
    ]
    with Store(engine).write() as change:
        for delivery in owed:
            change.deliveries.add(delivery)
    return sorted(delivery.id for delivery in owed)


def test_threads_that_take_deliveries_take_each_exactly_once(engine: Engine) -> None:
    owed = owe_many(engine, 60)
    taken = at_once(WORKERS, lambda _: take_all(SqlDeliveryStore(engine)))
    assert sorted(chain.from_iterable(taken)) == owed


def test_processes_that_take_deliveries_and_events_take_each_exactly_once(engine: Engine) -> None:
    owed = owe_many(engine, 60)
    url = engine.url.render_as_string(hide_password=False)
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as processes:
        work = list(processes.map(work_in_a_process, [url, url], [KEYS, KEYS]))
    assert sorted(chain.from_iterable(deliveries for deliveries, _ in work)) == owed
    assert sorted(chain.from_iterable(events for _, events in work)) == KEYS


def test_a_worker_does_not_wait_for_what_another_one_is_taking(postgres_engine: Engine) -> None:
    first, second = owe_many(postgres_engine, 2)
    with postgres_engine.begin() as other:
        other.exec_driver_sql("SELECT id FROM deliveries WHERE id = %s FOR UPDATE", (first,))
        assert take_all(SqlDeliveryStore(postgres_engine)) == [second]


def test_of_threads_that_see_an_event_at_once_exactly_one_handles_it(engine: Engine) -> None:
    claimed = at_once(WORKERS, lambda _: claim_all(SeenEvents(engine), KEYS))
    assert sorted(chain.from_iterable(claimed)) == KEYS


def test_of_threads_that_find_an_expired_lease_exactly_one_takes_it_over(engine: Engine) -> None:
    events = SeenEvents(engine)
    events.begin(KEYS[0], NOW - LEASE)
    heard = at_once(WORKERS, lambda _: events.begin(KEYS[0], NOW))
    assert sum(isinstance(answer, First) for answer in heard) == 1


def test_a_repeat_that_comes_while_the_effect_is_being_committed_waits_and_hears_done(engine: Engine) -> None:
    events, heard = SeenEvents(engine), list[object]()
    first = events.begin(KEYS[0], NOW)
    assert isinstance(first, First)
    # By its clock the lease has run out, so that it would take the event over if it did not wait.
    repeat = threading.Thread(target=lambda: heard.append(events.begin(KEYS[0], NOW + LEASE)))
    with Store(engine).write() as change:
        change.events.done(first, "report-1")
        repeat.start()
        repeat.join(0.2)
        assert repeat.is_alive()
    repeat.join(10)
    assert heard == [Done("report-1")]


def test_of_two_admins_who_decide_at_once_one_decides_and_the_news_is_owed_once(engine: Engine) -> None:
    store = Store(engine)
    group = Group(
        space=SpaceName("spaces/AAA"),
        ref="ref-1",
        kind=SpaceKind.SPACE,
        display_name="Mentorgroep 2B",
        state=GroupState.WAITING,
        dialect=Dialect.CLASSIC,
        added_by=UserId("users/1"),
        added_at=NOW,
    )
    with store.write() as change:
        change.spaces.save(group)

    def decide_as(number: int) -> GroupState:
        choice = (GroupState.SANCTIONED, GroupState.REFUSED)[number % 2]
        with store.write() as change:
            decision = decide("ref-1", choice, change.spaces, by=UserId(f"users/{number}"), now=NOW)
            assert decision is not None
            decided, news = decision
            if news is not None:
                change.deliveries.add(news)
            return decided.state

    assert len(set(at_once(WORKERS, decide_as))) == 1
    owed = SqlDeliveryStore(engine).lease(now=NOW, real_now=NOW, until=NOW + A_LONG_TIME, most=10)
    assert len(owed) == 1


def test_of_two_clicks_on_send_at_once_one_makes_the_report(engine: Engine) -> None:
    store, owner = Store(engine), BlindIndex("11" * 32)
    with store.write() as change:
        change.drafts.save(SealedDraft("draft-1", owner, b"key", b"sealed", NOW + A_LONG_TIME))

    def send(number: int) -> bool:
        with store.write() as change:
            draft = change.drafts.get("draft-1", [owner], NOW)
            if draft is None:
                return False
            sealed = SealedCase(
                id=CaseId(f"case-{number}"),
                code=f"code-{number}",
                urgency=Urgency.NOW,
                wrapped_key=draft.wrapped_key,
                body=draft.body,
                reporter=owner,
                received_at=NOW,
                retain_until=NOW + A_LONG_TIME,
            )
            change.reports.add(sealed, [])
            change.drafts.erase(draft.id, [owner])
            return True

    assert sum(at_once(WORKERS, send)) == 1
    with store.read() as look:
        assert len(look.reports.of_reporter(owner)) == 1
