"""A code opens only what it was made for, and nobody without the keys can make one."""

from collections import Counter

from bot.reports.exporting.codes import ADDRESS_LENGTH, CODE_LENGTH, VALID_FOR, Codes, hash_of
from bot.reports.ports import CaseId
from bot.reports.sealing import Keyring
from bot.reports.submitting import CODE_LETTERS
from bot.school.people import UserId
from tests.bot.storage.racing import NOW
from tests.dialogue import KEYS

CODES = Codes(Keyring.parse(KEYS))
OTHERS = Codes(Keyring.parse(KEYS.replace("AAEC", "AAED")))
CASE, OLGA = CaseId("case-1"), UserId("users/107")


def test_the_same_event_has_the_same_invitation_and_another_event_another_one() -> None:
    first, again, other = CODES.invite(b"event"), CODES.invite(b"event"), CODES.invite(b"event 2")
    assert first == again
    assert first.address != other.address
    assert first.code != other.code


def test_who_knows_the_event_but_not_the_keys_knows_neither_address_nor_code() -> None:
    ours, theirs = CODES.invite(b"event"), OTHERS.invite(b"event")
    assert ours.address != theirs.address
    assert ours.code != theirs.code


def test_a_code_has_ten_letters_of_which_none_is_rarer_than_another() -> None:
    codes = [CODES.invite(str(number).encode()) for number in range(2_000)]
    assert {len(each.code) for each in codes} == {CODE_LENGTH}
    assert {len(each.address) for each in codes} == {ADDRESS_LENGTH}
    counted = Counter(letter for each in codes for letter in each.code)
    assert set(counted) == set(CODE_LETTERS)
    expected = len(codes) * CODE_LENGTH / len(CODE_LETTERS)
    assert max(abs(count - expected) for count in counted.values()) < expected / 5


def test_an_invitation_does_not_show_its_code_by_accident() -> None:
    invitation = CODES.invite(b"event")
    assert invitation.code not in repr(invitation)
    assert invitation.readable_code == f"{invitation.code[:5]}-{invitation.code[5:]}"


def test_what_is_kept_holds_neither_address_nor_code() -> None:
    invitation = CODES.invite(b"event")
    kept = CODES.waiting(invitation, CASE, OLGA, NOW)
    assert invitation.code not in str(kept)
    assert invitation.address not in str(kept)
    assert (kept.address_hash, kept.expires_at) == (hash_of(invitation.address), NOW + VALID_FOR)


def test_a_code_fits_its_own_address_alone_however_it_is_typed() -> None:
    one, other = CODES.invite(b"one"), CODES.invite(b"other")
    kept = CODES.waiting(one, CASE, OLGA, NOW)
    for typed in (one.code, one.readable_code, f" {one.code[:3]} {one.code[3:].lower()}\t"):
        assert CODES.fits(kept, one.address, typed)
    assert not CODES.fits(kept, one.address, other.code)
    assert not CODES.fits(kept, other.address, one.code)
    assert not CODES.fits(kept, one.address, "")
    assert not CODES.fits(None, one.address, one.code)


def test_a_code_still_fits_when_another_key_came_first_meanwhile() -> None:
    one = CODES.invite(b"one")
    kept = CODES.waiting(one, CASE, OLGA, NOW)
    rotated = Codes(Keyring.parse("k2:" + KEYS.partition(":")[2].replace("AAEC", "AAED") + "," + KEYS))
    assert rotated.fits(kept, one.address, one.code)
    assert not OTHERS.fits(kept, one.address, one.code)
