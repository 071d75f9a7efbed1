"""The keyring's part in keeping: the same key under another master key, and signatures that only keys can make."""

import pytest

from bot.reports.sealing import CannotOpen, Keyring, Sealed
from tests.bot.reports.test_keyring import NEW, OLD

BOTH, BEFORE, AFTER = Keyring.parse(f"{NEW},{OLD}"), Keyring.parse(OLD), Keyring.parse(NEW)


def test_a_key_wrapped_again_opens_the_same_content_without_the_old_master_key() -> None:
    sealed = BEFORE.seal(b"bessenjam", table="cases", row="1")
    beside = BEFORE.seal_beside(sealed.wrapped_key, b"stap", owner=("cases", "1"), table="case_steps", row="1/0")
    again = BOTH.rewrap(sealed.wrapped_key, table="cases", row="1")
    assert again.startswith(AFTER.first_mark)
    assert AFTER.open(Sealed(again, sealed.body), table="cases", row="1") == b"bessenjam"
    assert AFTER.open_beside(again, beside, owner=("cases", "1"), table="case_steps", row="1/0") == b"stap"
    with pytest.raises(CannotOpen):
        BEFORE.open(Sealed(again, sealed.body), table="cases", row="1")


def test_a_key_is_wrapped_again_for_its_own_row_only() -> None:
    sealed = BEFORE.seal(b"bessenjam", table="cases", row="1")
    for table, row in (("cases", "2"), ("drafts", "1")):
        with pytest.raises(CannotOpen):
            BOTH.rewrap(sealed.wrapped_key, table=table, row=row)
    with pytest.raises(CannotOpen):
        AFTER.rewrap(sealed.wrapped_key, table="cases", row="1")


def test_a_signature_is_of_one_content_one_purpose_and_one_key() -> None:
    signature = BEFORE.sign("audit head", b"1|2")
    assert BEFORE.is_signed("audit head", b"1|2", signature)
    assert BOTH.is_signed("audit head", b"1|2", signature)
    assert not BEFORE.is_signed("audit head", b"1|3", signature)
    assert not BEFORE.is_signed("another purpose", b"1|2", signature)
    assert not AFTER.is_signed("audit head", b"1|2", signature)
    assert not AFTER.is_signed("audit head", b"1|2", signature.replace("old:", "new:"))


@pytest.mark.parametrize("signature", ["", ":", "old", "old:", "old:é", "x" * 160])
def test_garbage_is_no_signature_and_breaks_nothing(signature: str) -> None:
    assert not BOTH.is_signed("audit head", b"1", signature)


def test_whether_the_key_of_a_signature_is_there_can_be_told() -> None:
    signature = BEFORE.sign("audit head", b"1")
    assert BEFORE.has_key_of(signature)
    assert not AFTER.has_key_of(signature)
    assert not AFTER.has_key_of("")
