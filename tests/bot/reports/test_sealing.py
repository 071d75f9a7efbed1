"""What was told is unreadable without the keys, and bound to the row it belongs to."""

import base64
import secrets

import pytest

from bot.reports.intake import Draft, Identity, Reply
from bot.reports.sealing import CannotOpen, Keyring, KeysMalformed, Sealed
from bot.reports.text import ReportText
from bot.school.people import Email, UserId

WORDS = b"de zwartbessenjam was op"
OLD, NEW = (f"{name}:{base64.b64encode(secrets.token_bytes(32)).decode()}" for name in ("old", "new"))


def test_what_was_sealed_can_be_opened_and_is_unreadable_meanwhile() -> None:
    ring = Keyring.parse(OLD)
    sealed = ring.seal(WORDS, table="cases", row="1")
    assert ring.open(sealed, table="cases", row="1") == WORDS
    assert WORDS not in sealed.body + sealed.wrapped_key
    assert ring.seal(WORDS, table="cases", row="1").body != sealed.body


@pytest.mark.parametrize(("table", "row"), [("cases", "2"), ("drafts", "1")])
def test_moved_to_another_row_or_table_it_does_not_open(table: str, row: str) -> None:
    ring = Keyring.parse(OLD)
    sealed = ring.seal(WORDS, table="cases", row="1")
    with pytest.raises(CannotOpen):
        ring.open(sealed, table=table, row=row)


def test_one_changed_byte_is_noticed() -> None:
    ring = Keyring.parse(OLD)
    sealed = ring.seal(WORDS, table="cases", row="1")
    for broken in (
        Sealed(sealed.wrapped_key, sealed.body[:-1] + bytes([sealed.body[-1] ^ 1])),
        Sealed(sealed.wrapped_key[:-1] + bytes([sealed.wrapped_key[-1] ^ 1]), sealed.body),
        Sealed(sealed.wrapped_key, b""),
    ):
        with pytest.raises(CannotOpen):
            ring.open(broken, table="cases", row="1")


def test_after_a_new_key_came_first_the_old_rows_still_open_and_new_ones_use_the_new_key() -> None:
    before = Keyring.parse(OLD).seal(WORDS, table="cases", row="1")
    ring = Keyring.parse(f"{NEW},{OLD}")
    assert ring.open(before, table="cases", row="1") == WORDS
    assert ring.seal(WORDS, table="cases", row="1").wrapped_key.startswith(b"new:")
    with pytest.raises(CannotOpen, match="not among REPORT_KEYS"):
        Keyring.parse(NEW).open(before, table="cases", row="1")


def test_the_blind_index_finds_ones_own_rows_under_every_key_and_names_nobody() -> None:
    user = UserId("users/101")
    old, both = Keyring.parse(OLD).blind_indexes(user), Keyring.parse(f"{NEW},{OLD}").blind_indexes(user)
    assert old[0] in both
    assert old[0] != Keyring.parse(OLD).blind_indexes(UserId("users/102"))[0]
    assert "101" not in old[0] or len(old[0]) == 64


@pytest.mark.parametrize("text", ["", "k1", "k1:", "k1:====", "k1:QUJD", f"{OLD},{OLD}", "k-1:QUJD"])
def test_malformed_keys_are_refused(text: str) -> None:
    with pytest.raises(KeysMalformed):
        Keyring.parse(text)


def test_neither_keys_nor_words_show_themselves() -> None:
    ring = Keyring.parse(OLD)
    assert OLD.split(":")[1][:10] not in repr(ring)
    draft = Draft("C07", story=ReportText("de zwartbessenjam"), identity=Identity.NAMED)
    assert "zwartbessenjam" not in f"{draft!r} {draft.story} {draft.story!r}"
    assert "17 characters" in repr(draft.story)


def test_a_draft_comes_back_as_it_was() -> None:
    draft = Draft(
        "C02",
        story=ReportText("é 😀 verhaal"),
        safe=Reply.UNSURE,
        by_staff=Reply.NO,
        sexual=Reply.UNSURE,
        excluded=frozenset({Email("a@rgo.example")}),
        identity=Identity.SEALED,
        shown_readers=(Email("b@rgo.example"),),
    )
    assert Draft.from_bytes(draft.to_bytes()) == draft
