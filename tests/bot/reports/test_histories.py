"""The history of a case: sealed under the case's key, in one chain, and one step at a time."""

import base64
from datetime import UTC, datetime, timedelta

import pytest

from bot.reports import casefile
from bot.reports.casefile import Casefile
from bot.reports.histories import ChainBroken, Histories
from bot.reports.ports import BlindIndex, CaseId, SealedCase, Urgency
from bot.reports.sealing import CannotOpen, Keyring
from bot.reports.submitting import TABLE
from bot.reports.text import ReportText
from bot.school.people import UserId
from tests.fakes.cases import FakeHistories

NOW = datetime(2026, 11, 24, 9, 15, tzinfo=UTC)
OLGA, HANS = UserId("users/107"), UserId("users/108")
KEYRING = Keyring.parse("k1:" + base64.b64encode(bytes(range(32))).decode())
HISTORIES = Histories(KEYRING)


def sealed(number: int = 1) -> SealedCase:
    kept = KEYRING.seal(b"{}", table=TABLE, row=f"case-{number}")
    return SealedCase(
        id=CaseId(f"case-{number}"),
        code="7KX2-M9QF",
        urgency=Urgency.SOON,
        wrapped_key=kept.wrapped_key,
        body=kept.body,
        reporter=BlindIndex("11" * 32),
        received_at=NOW,
        retain_until=NOW + timedelta(days=365),
    )


@pytest.fixture
def store() -> FakeHistories:
    return FakeHistories()


def worked_on(case: SealedCase, store: FakeHistories) -> Casefile:
    known = HISTORIES.load(case, store)
    assert HISTORIES.append(case, known, casefile.take(known, OLGA, NOW), store)
    known = HISTORIES.load(case, store)
    assert HISTORIES.append(case, known, casefile.note(known, OLGA, NOW, ReportText("bessenjam")), store)
    return HISTORIES.load(case, store)


def test_what_was_done_comes_back_as_it_was(store: FakeHistories) -> None:
    case = sealed()
    history = worked_on(case, store)
    assert history.handler == OLGA
    assert history.entries[1].text.words == "bessenjam"
    assert history.entries[1].at == NOW


def test_of_two_who_act_on_the_same_state_one_wins_and_the_other_is_told(store: FakeHistories) -> None:
    case = sealed()
    seen_by_both = HISTORIES.load(case, store)
    assert HISTORIES.append(case, seen_by_both, casefile.take(seen_by_both, OLGA, NOW), store)
    assert not HISTORIES.append(case, seen_by_both, casefile.take(seen_by_both, HANS, NOW), store)
    assert HISTORIES.load(case, store).handler == OLGA


def test_nothing_of_it_can_be_read_without_the_key(store: FakeHistories) -> None:
    case = sealed()
    worked_on(case, store)
    assert not any(b"bessenjam" in body or b"users/107" in body or b"note" in body for body in store.of(case.id))
    other = Histories(Keyring.parse("k1:" + base64.b64encode(bytes(range(32, 64))).decode()))
    with pytest.raises(CannotOpen):
        other.load(case, store)


def test_a_step_cannot_be_moved_left_out_or_put_into_another_case(store: FakeHistories) -> None:
    case, other = sealed(1), sealed(2)
    worked_on(case, store)
    first, second = store.rows[case.id]
    for spoilt in ([second, first], [second], [first, first], [first, second, second]):
        store.rows[case.id] = spoilt
        with pytest.raises((CannotOpen, ChainBroken)):
            HISTORIES.load(case, store)
    store.rows[other.id] = [first]
    with pytest.raises(CannotOpen):
        HISTORIES.load(other, store)


def test_a_step_that_was_written_anew_breaks_the_chain_behind_it(store: FakeHistories) -> None:
    """Whoever holds the key can write; the next step still knows what stood there."""
    case = sealed()
    worked_on(case, store)
    other = FakeHistories()
    nothing = Casefile(case.urgency)
    HISTORIES.append(case, nothing, casefile.take(nothing, HANS, NOW), other)
    store.rows[case.id][0] = other.rows[case.id][0]
    with pytest.raises(ChainBroken, match="7KX2-M9QF: step 1"):
        HISTORIES.load(case, store)
