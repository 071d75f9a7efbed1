"""An export is fetched once, within its tries, on either database, by however many workers at once."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from bot.reports.exporting.codes import TRIES_AT_MOST, VALID_FOR, Codes, Invitation, hash_of
from bot.reports.ports import BlindIndex, CaseId, Grant, SealedCase, Urgency
from bot.reports.sealing import Keyring
from bot.school.people import UserId
from bot.storage.transactions import Store
from tests.bot.storage.racing import NOW, at_once
from tests.dialogue import KEYS

CASE, OTHER_CASE, OLGA, HANS = CaseId("case-1"), CaseId("case-2"), UserId("users/107"), UserId("users/108")
CODES = Codes(Keyring.parse(KEYS))
FIRST, SECOND = CODES.invite(b"first"), CODES.invite(b"second")
WORKERS = 8


@pytest.fixture
def store(engine: Engine) -> Store:
    opened = Store(engine)
    with opened.write() as change:
        for number, case in enumerate((CASE, OTHER_CASE)):
            sealed = SealedCase(case, f"7KX2-000{number}", Urgency.CALM, b"k", b"b", BlindIndex("x"), NOW, NOW)
            change.reports.add(sealed, [Grant(case, OLGA, granted_at=NOW)])
    return opened


def add(store: Store, invitation: Invitation = FIRST, case: CaseId = CASE, user: UserId = OLGA) -> None:
    with store.write() as change:
        change.exports.add(CODES.waiting(invitation, case, user, NOW))


def attempt(store: Store, code: str, later: timedelta = timedelta(), invitation: Invitation = FIRST) -> CaseId | None:
    with store.write() as change:
        found = CODES.claim(change.exports, invitation.address, code, NOW + later)
        if found is None:
            return None
        change.exports.use(found.address_hash, NOW + later)
        return found.case


def test_the_right_code_works_once(store: Store) -> None:
    add(store)
    assert attempt(store, "2222222222") is None
    assert attempt(store, FIRST.code) == CASE
    assert attempt(store, FIRST.code) is None


def test_what_expired_or_was_never_there_is_not_waiting(store: Store) -> None:
    add(store)
    with store.read() as look:
        assert look.exports.is_waiting(hash_of(FIRST.address), NOW + VALID_FOR - timedelta(seconds=1))
        assert not look.exports.is_waiting(hash_of(FIRST.address), NOW + VALID_FOR)
        assert not look.exports.is_waiting(hash_of(SECOND.address), NOW)
    assert attempt(store, FIRST.code, VALID_FOR) is None
    assert attempt(store, SECOND.code, invitation=SECOND) is None


def test_tries_are_counted_where_all_workers_see_them(store: Store) -> None:
    add(store)
    heard = at_once(TRIES_AT_MOST, lambda _: attempt(store, "2222222222"))
    assert heard == [None] * TRIES_AT_MOST
    assert attempt(store, FIRST.code) is None


def test_of_many_who_guess_at_once_only_five_are_heard(store: Store) -> None:
    add(store)
    guesses = iter([*["2222222222"] * (WORKERS - 1), FIRST.code])
    at_once(WORKERS, _each(store, guesses.__next__))
    with store.read() as look:
        assert not look.exports.is_waiting(hash_of(FIRST.address), NOW)


def _each(store: Store, guess: Callable[[], str]) -> Callable[[int], CaseId | None]:
    return lambda _: attempt(store, guess())


def test_of_many_with_the_right_code_at_once_one_gets_it(store: Store) -> None:
    add(store)
    got = at_once(TRIES_AT_MOST, lambda _: attempt(store, FIRST.code))
    assert [case for case in got if case is not None] == [CASE]


def test_a_new_one_takes_the_place_of_the_same_persons_old_one_and_of_no_other(store: Store) -> None:
    add(store, FIRST)
    add(store, SECOND, OTHER_CASE)
    third, fourth = CODES.invite(b"third"), CODES.invite(b"fourth")
    add(store, third, user=HANS)
    add(store, fourth)
    assert attempt(store, FIRST.code) is None
    assert attempt(store, SECOND.code, invitation=SECOND) == OTHER_CASE
    assert attempt(store, third.code, invitation=third) == CASE
    assert attempt(store, fourth.code, invitation=fourth) == CASE


def test_what_has_expired_is_removed_and_the_rest_stays(store: Store) -> None:
    add(store, FIRST)
    with store.write() as change:
        change.exports.add(CODES.waiting(SECOND, OTHER_CASE, OLGA, NOW + timedelta(minutes=1)))
        assert change.exports.purge(NOW + VALID_FOR) == 1
    assert attempt(store, SECOND.code, invitation=SECOND) == OTHER_CASE


def test_it_goes_with_its_case(store: Store) -> None:
    add(store)
    with store.write() as change:
        change.reports.remove([CASE])
    assert attempt(store, FIRST.code) is None
