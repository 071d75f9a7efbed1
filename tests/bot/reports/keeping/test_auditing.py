"""Whatever is cut off, exchanged, changed or taken away behind the bot's back is found; a purge is not."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from bot.reports.keeping.auditing import Auditor, Fault, RollFault
from bot.reports.keeping.heads import ROLL
from bot.reports.ports import SealedCase
from bot.reports.sealing import Keyring
from handlers import job_runner
from handlers.verbs.keys import take_over
from tests.bot.reports.keeping.audited import SECRET, Audited, books
from tests.bot.storage.racing import at_once
from tests.dialogue import KEYS
from tests.processes.test_keys_rotated import NEW


@pytest.fixture
def here(sqlite_engine: Engine) -> Iterator[Audited]:
    audited = Audited(sqlite_engine)
    yield audited
    audited.talk.bot.engine.dispose()


@pytest.fixture
def anywhere(engine: Engine) -> Iterator[Audited]:
    """On each database: for what is said in its own words to each."""
    audited = Audited(engine)
    yield audited
    audited.talk.bot.engine.dispose()


def test_what_nobody_touched_is_sound_and_stays_so_when_steps_come(anywhere: Audited) -> None:
    assert anywhere.verify().is_sound
    anywhere.step(anywhere.second)
    assert anywhere.verify().is_sound
    anywhere.sign_tomorrow()
    found = anywhere.verify()
    assert found.is_sound
    assert found.read == 2
    assert found.signed_on == anywhere.talk.bot.calendar.local(anywhere.talk.clock.now()).date()


def test_steps_cut_off_the_end_are_found(anywhere: Audited) -> None:
    assert anywhere.sql("DELETE FROM case_steps WHERE case_id = :id AND number >= 2", id=anywhere.first.id) >= 2
    assert anywhere.verify().broken == {anywhere.first.id: Fault.CUT_OFF}


def test_steps_cut_off_and_written_anew_are_found(here: Audited) -> None:
    here.sql("DELETE FROM case_steps WHERE case_id = :id AND number >= 2", id=here.first.id)
    for _ in range(3):
        here.step(here.first)
    assert here.verify().broken == {here.first.id: Fault.CHANGED}


def test_two_steps_that_changed_places_are_found(here: Audited) -> None:
    for old, new in ((0, 99), (1, 0), (99, 1)):
        move = "UPDATE case_steps SET number = :new WHERE case_id = :id AND number = :old"
        assert here.sql(move, id=here.first.id, old=old, new=new) == 1
    assert here.verify().broken == {here.first.id: Fault.CHAIN}


@pytest.mark.parametrize("number", [0, 1, 3])
def test_one_changed_byte_of_a_step_is_found(here: Audited, number: int) -> None:
    with here.talk.bot.store.read() as transaction:
        body = bytearray(transaction.histories.of(here.first.id)[number])
    body[-1] ^= 1
    change = "UPDATE case_steps SET body = :body WHERE case_id = :id AND number = :number"
    assert here.sql(change, id=here.first.id, number=number, body=bytes(body)) == 1
    assert set(here.verify().broken) == {here.first.id}


@pytest.mark.parametrize("column", ["body", "wrapped_key"])
def test_one_changed_byte_of_a_report_is_found_before_anybody_did_anything_with_it(here: Audited, column: str) -> None:
    spoilt = bytearray(getattr(here.second, column))
    spoilt[-1] ^= 1
    change = {
        "body": "UPDATE reports SET body = :new WHERE id = :id",
        "wrapped_key": "UPDATE reports SET wrapped_key = :new WHERE id = :id",
    }
    assert here.sql(change[column], id=here.second.id, new=bytes(spoilt)) == 1
    assert set(here.verify().broken) == {here.second.id}


def take_away(here: Audited, case: SealedCase) -> None:
    here.sql("DELETE FROM case_steps WHERE case_id = :id", id=case.id)
    here.sql("DELETE FROM grants WHERE case_id = :id", id=case.id)
    assert here.sql("DELETE FROM reports WHERE id = :id", id=case.id) == 1


def test_a_case_taken_away_without_a_purge_is_found_and_named(here: Audited) -> None:
    take_away(here, here.first)
    assert here.verify().broken == {here.first.id: Fault.GONE}
    here.sign_tomorrow()
    assert here.verify().broken == {here.first.id: Fault.GONE}


def test_a_case_taken_away_with_its_head_is_found_and_counted(here: Audited) -> None:
    take_away(here, here.first)
    here.sql("DELETE FROM audit_heads WHERE case_id = :id", id=here.first.id)
    found = here.verify()
    assert (found.roll, found.missing, found.is_sound) == (RollFault.MISSING, 1, False)
    here.sign_tomorrow()
    assert here.verify().missing == 1


def test_a_purge_that_somebody_wrote_in_to_hide_it_is_found(anywhere: Audited) -> None:
    take_away(anywhere, anywhere.first)
    anywhere.sql("DELETE FROM audit_heads WHERE case_id = :id", id=anywhere.first.id)
    anywhere.sql("INSERT INTO purges (day, count) VALUES ('2026-11-24', 1)")
    assert anywhere.verify().roll is RollFault.MISSING


def test_an_older_head_put_back_beside_a_cut_history_is_found(here: Audited) -> None:
    with here.talk.bot.store.read() as transaction:
        old = transaction.audit.head(here.first.id)
    assert old is not None
    here.step(here.first)
    here.sign_tomorrow()
    here.sql("DELETE FROM case_steps WHERE case_id = :id AND number >= :count", id=here.first.id, count=old.count)
    with here.talk.bot.store.write() as transaction:
        transaction.audit.save(old)
    found = here.verify()
    assert (found.broken, found.roll) == ({}, RollFault.MISSING)


@pytest.mark.parametrize("case", ["first", "roll"])
def test_a_head_that_was_not_signed_with_our_key_is_found(here: Audited, case: str) -> None:
    case_id = ROLL if case == "roll" else here.first.id
    here.sql("UPDATE audit_heads SET count = count + 1 WHERE case_id = :id", id=case_id)
    found = here.verify()
    assert not found.is_sound
    assert found.broken == ({} if case == "roll" else {here.first.id: Fault.FORGED})
    here.sign_tomorrow()
    assert not here.verify().is_sound


def test_the_whole_roll_taken_away_is_found(here: Audited) -> None:
    here.sql("DELETE FROM audit_heads WHERE case_id = :id", id=ROLL)
    assert here.verify().roll is RollFault.MISSING
    here.sign_tomorrow()
    assert here.verify().roll is RollFault.FORGED


def test_all_heads_taken_away_are_missed_after_two_days(here: Audited) -> None:
    here.sql("DELETE FROM audit_heads")
    here.talk.clock.forward(days=3)
    assert set(here.verify().broken.values()) == {Fault.NOT_SIGNED}
    assert not here.verify().is_sound


def test_what_was_looked_into_can_be_signed_anew(here: Audited) -> None:
    take_away(here, here.first)
    with here.talk.bot.store.write() as transaction:
        Auditor(here.talk.bot.keyring).begin_anew(books(transaction), here.talk.clock.now().date())
    assert here.verify().is_sound


def test_a_purge_takes_the_whole_chain_and_leaves_day_and_count(anywhere: Audited) -> None:
    anywhere.close_first()
    anywhere.sign_tomorrow()
    anywhere.talk.clock.forward(days=182)
    anywhere.talk.minute()
    with anywhere.talk.bot.store.read() as transaction:
        assert list(transaction.audit.cases()) == [anywhere.second.id]
        assert set(transaction.audit.heads()) == {anywhere.second.id, ROLL}
        assert not transaction.histories.of(anywhere.first.id)
        day = anywhere.talk.bot.calendar.local(anywhere.talk.clock.now()).date()
        assert transaction.audit.purges() == {day: 1}
    assert anywhere.verify().is_sound
    anywhere.talk.minute(minutes=1)
    anywhere.sign_tomorrow()
    assert anywhere.verify().is_sound


def test_two_workers_who_purge_and_sign_at_once_count_once(anywhere: Audited) -> None:
    anywhere.close_first()
    anywhere.talk.clock.forward(days=182)
    bot = anywhere.talk.bot
    day = bot.calendar.local(anywhere.talk.clock.now()).date()

    def work(number: int) -> int:
        with bot.store.read() as transaction:
            look = Auditor(bot.keyring).look(books(transaction), day, anywhere.talk.clock.now())
        with bot.store.write() as transaction:
            if number % 2:
                return int(Auditor(bot.keyring).sign(look, books(transaction)) is not None)
            return 10 * Auditor(bot.keyring).purge(books(transaction), day, anywhere.talk.clock.now())

    assert sum(at_once(6, work)) == 11
    with bot.store.read() as transaction:
        assert transaction.audit.purges() == {day: 1}
    assert anywhere.verify().is_sound


def test_what_is_purged_between_reading_and_signing_gets_no_head(here: Audited) -> None:
    here.close_first()
    here.talk.clock.forward(days=182)
    bot, now = here.talk.bot, here.talk.clock.now()
    day = bot.calendar.local(now).date()
    with bot.store.read() as transaction:
        look = Auditor(bot.keyring).look(books(transaction), day, now)
    assert [head.case for head in look.grown] == [here.first.id]
    with bot.store.write() as transaction:
        assert Auditor(bot.keyring).purge(books(transaction), day, now) == 1
    with bot.store.write() as transaction:
        findings = Auditor(bot.keyring).sign(look, books(transaction))
        assert findings is not None
        assert findings.is_sound
        assert set(transaction.audit.heads()) == {here.second.id, ROLL}
    assert here.verify().is_sound


def test_what_has_not_grown_is_not_written_again(here: Audited) -> None:
    here.sign_tomorrow()
    bot, now = here.talk.bot, here.talk.clock.now() + timedelta(days=1)
    day = bot.calendar.local(now).date()
    with bot.store.read() as transaction:
        assert Auditor(bot.keyring).look(books(transaction), day, now).grown == ()


def test_a_purge_does_not_hide_what_was_broken_before_it(here: Audited) -> None:
    here.close_first()
    here.sign_tomorrow()
    take_away(here, here.second)
    here.sql("DELETE FROM audit_heads WHERE case_id = :id", id=here.second.id)
    here.talk.clock.forward(days=182)
    here.talk.minute()
    assert here.verify().roll is RollFault.MISSING


def test_after_a_rotation_the_new_key_alone_verifies_and_without_one_it_says_that_the_key_is_missing(
    here: Audited,
) -> None:
    assert set(here.verify(NEW).broken.values()) == {Fault.NO_KEY}
    assert here.verify(NEW).roll is RollFault.NO_KEY
    talk = here.talk.bot
    done = take_over(talk.store, Keyring.parse(f"{NEW},{KEYS}"), talk.intake)
    assert done.heads == 3
    assert here.verify(NEW).is_sound


def test_a_rotation_does_not_sign_what_was_forged(here: Audited) -> None:
    here.sql("UPDATE audit_heads SET count = count + 1 WHERE case_id = :id", id=here.first.id)
    both = Keyring.parse(f"{NEW},{KEYS}")
    with here.talk.bot.store.write() as transaction:
        assert Auditor(both).sign_with_first_key(transaction.audit) == 2
    assert here.verify(f"{NEW},{KEYS}").broken == {here.first.id: Fault.FORGED}


def test_what_is_broken_is_an_alarm_that_names_nothing(here: Audited, capsys: pytest.CaptureFixture[str]) -> None:
    here.sql("DELETE FROM case_steps WHERE case_id = :id AND number = 3", id=here.first.id)
    here.talk.clock.forward(days=1)
    assert job_runner.sign_histories(here.talk.bot) == {"histories": 2}
    said = capsys.readouterr().out
    assert "audit.broken" in said
    assert all(private not in said for private in (here.first.id, here.first.code, SECRET))
    assert job_runner.sign_histories(here.talk.bot) == {}


def test_heads_tell_nothing_of_what_a_history_says(here: Audited) -> None:
    with here.talk.bot.store.read() as transaction:
        heads = transaction.audit.heads()
    assert set(heads) == {here.first.id, here.second.id, ROLL}
    assert heads[here.first.id].count >= 4
    assert SECRET not in str(heads)
