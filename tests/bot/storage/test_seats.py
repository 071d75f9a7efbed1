"""The list of who reads reports: the newest counts, a proposal is decided once, and nothing is proposed twice."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine

from bot.school.file import read_school
from bot.school.people import Email
from bot.school.seats.agreeing import STANDS_FOR, Proposal, ProposalState
from bot.school.seats.seats import Seats, seats_in
from bot.storage.seats.known import LOOKED_UP_EVERY, KnownSchool
from bot.storage.transactions import Store
from tests.dialogue import ROOT

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
FACTS = read_school((ROOT / "school.toml").read_text(encoding="utf-8"))
SEATS = seats_in(FACTS)
ARIE, BEA = Email("arie.admin@rgo.example"), SEATS.board[0]
MORE = replace(SEATS, leadership=(*SEATS.leadership, ARIE))
LESS = replace(SEATS, leadership=SEATS.leadership[:1])


@pytest.fixture
def store(engine: Engine) -> Store:
    store = Store(engine)
    with store.write() as transaction:
        transaction.seats.seed(SEATS, NOW)
        transaction.seats.confirm(SEATS.recipients, NOW)
    return store


def proposed(key: str, seats: Seats, by: Email | None = None, against: int = 1) -> Proposal:
    return Proposal(key, against, seats, by, "because", NOW)


def propose(store: Store, proposal: Proposal) -> bool:
    with store.write() as transaction:
        return transaction.seats.propose(proposal)


def put(store: Store, proposal: Proposal) -> bool:
    with store.write() as transaction:
        return transaction.seats.put_in_force(proposal, BEA, NOW)


def test_what_is_kept_comes_back(store: Store) -> None:
    with store.read() as transaction:
        found = transaction.seats.in_force()
    assert found is not None
    assert (found.number, found.seats, found.since) == (1, SEATS, NOW)
    assert found.seats.names == SEATS.names
    assert found.confirmed == set(SEATS.recipients)


def test_a_confirmed_list_is_not_replaced_by_another_file(store: Store) -> None:
    with store.write() as transaction:
        transaction.seats.seed(MORE, NOW)
        found = transaction.seats.in_force()
    assert found is not None
    assert found.seats == SEATS


def test_an_agreed_proposal_is_the_next_list_and_is_kept_with_who_decided(store: Store) -> None:
    change = proposed("a", MORE, ARIE)
    assert propose(store, change)
    assert put(store, change)
    with store.read() as transaction:
        found, (kept,) = transaction.seats.in_force(), transaction.seats.proposals(5)
        assert transaction.seats.pending() is None
    assert found is not None
    assert (found.number, found.seats) == (2, MORE)
    assert kept == change.decided(ProposalState.AGREED, BEA, NOW)


def test_nothing_is_decided_twice(store: Store) -> None:
    change = proposed("a", MORE)
    propose(store, change)
    assert put(store, change)
    assert not put(store, change)
    with store.write() as transaction:
        assert not transaction.seats.refuse(change, BEA, NOW)


def test_two_leaders_who_agree_at_the_same_moment_make_one_list(store: Store) -> None:
    change = proposed("a", MORE)
    propose(store, change)
    with ThreadPoolExecutor(4) as leaders:
        done = list(leaders.map(lambda _: put(store, change), range(4)))
    assert sorted(done) == [False, False, False, True]
    with store.read() as transaction:
        found = transaction.seats.in_force()
    assert found is not None
    assert found.number == 2


def test_of_two_proposals_the_later_one_waits(store: Store) -> None:
    propose(store, proposed("a", MORE))
    propose(store, proposed("b", LESS))
    with store.read() as transaction:
        waits = transaction.seats.pending()
    assert waits is not None
    assert waits.id == "b"
    assert not put(store, proposed("a", MORE))


def test_the_file_proposes_the_same_only_once_and_a_person_again(store: Store) -> None:
    change = proposed("a", MORE)
    assert propose(store, change)
    assert not propose(store, proposed("b", MORE))
    with store.write() as transaction:
        transaction.seats.refuse(change, BEA, NOW)
    assert not propose(store, proposed("c", MORE))
    assert propose(store, proposed("d", MORE, ARIE))


def test_after_two_weeks_it_is_gone(store: Store) -> None:
    propose(store, proposed("a", MORE))
    for days, gone in ((STANDS_FOR, 0), (STANDS_FOR + timedelta(minutes=1), 1)):
        with store.write() as transaction:
            assert transaction.seats.expire(NOW + days) == gone


def test_the_school_in_force_is_looked_up_once_a_minute(engine: Engine) -> None:
    at, store = [0.0], Store(engine)
    known = KnownSchool(FACTS, store, lambda: NOW, lambda: at[0])
    assert known.school() is FACTS
    change = proposed("a", MORE)
    propose(store, change)
    put(store, change)
    assert ARIE not in known.school().leadership
    at[0] = LOOKED_UP_EVERY
    assert ARIE in known.school().leadership
    assert known.school() is known.school()


def test_a_school_that_is_no_demo_starts_with_reports_closed_until_all_confirmed(engine: Engine) -> None:
    store = Store(engine)
    known = KnownSchool(replace(FACTS, demo=False), store, lambda: NOW)
    known.school()
    assert not known.is_open
    for number, who in enumerate(SEATS.recipients, start=1):
        with store.write() as transaction:
            transaction.seats.confirm([who], NOW)
        known.look_again()
        known.school()
        assert known.is_open == (number == len(SEATS.recipients))


def test_while_nobody_confirmed_the_file_says_who_is_asked(engine: Engine) -> None:
    store = Store(engine)
    KnownSchool(replace(FACTS, demo=False), store, lambda: NOW).school()
    other = replace(FACTS, demo=False, leadership=FACTS.leadership[:1])
    assert KnownSchool(other, store, lambda: NOW).in_force().seats.leadership == FACTS.leadership[:1]
