"""The keys themselves: what they refuse, what they never show, and how one takes over from another."""

import base64
import secrets
import traceback

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reports.sealing import CannotOpen, Keyring, KeysMalformed, Sealed
from bot.school.people import UserId


def key(name: str, content: bytes | None = None) -> str:
    return f"{name}:{base64.b64encode(content or secrets.token_bytes(32)).decode()}"


OLD, NEW = key("old"), key("new")
SANNE, DAAN = UserId("users/101"), UserId("users/102")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("geheim", "key number 1 is not written as id:base64"),
        (f"{OLD},geheim", "key number 2 is not written as id:base64"),
        (f"{OLD},", "key number 2 is not written as id:base64"),
        (":geheim", "key number 1 is not written as id:base64"),
        ("ge heim:x", "key number 1 is not written as id:base64"),
        ("k1:geh eim=", "key number 1 is not base64"),
        ("k1:gehéim", "key number 1 is not base64"),
        (key("k1", b"geheim"), "key number 1 is not 32 bytes long"),
        (key("k1", b"x" * 33), "key number 1 is not 32 bytes long"),
        (f"{OLD}, {key('old')}", "two keys have the same id"),
    ],
)
def test_a_malformed_key_is_named_by_its_number_and_never_shown(text: str, said: str) -> None:
    with pytest.raises(KeysMalformed) as refused:
        Keyring.parse(text)
    assert str(refused.value) == said
    shown = "".join(traceback.format_exception_only(refused.value))
    for secret in ("geheim", "gehéim", OLD.partition(":")[2], base64.b64encode(b"geheim").decode()):
        assert secret not in shown


def test_space_around_keys_does_not_matter() -> None:
    assert Keyring.parse(f" {NEW} ,\n {OLD} ") == Keyring.parse(f"{NEW},{OLD}")


def test_keys_show_only_their_ids() -> None:
    ring = Keyring.parse(f"{NEW},{OLD}")
    shown = f"{ring!r} {ring} {ring.keys[0]!r}"
    assert "new" in shown
    for part in (OLD, NEW):
        content = part.partition(":")[2]
        assert content not in shown
        assert repr(base64.b64decode(content)) not in shown


@given(st.binary(max_size=500), st.text(min_size=1, max_size=20), st.text(min_size=1, max_size=20))
def test_whatever_was_sealed_comes_back_from_its_own_row_only(content: bytes, table: str, row: str) -> None:
    ring = Keyring.parse(OLD)
    sealed = ring.seal(content, table=table, row=row)
    assert ring.open(sealed, table=table, row=row) == content
    with pytest.raises(CannotOpen):
        ring.open(sealed, table=table, row=f"{row}x")
    with pytest.raises(CannotOpen):
        ring.open(sealed, table=f"{table}x", row=row)


@given(st.binary(max_size=80), st.binary(max_size=80))
def test_garbage_never_opens_and_never_breaks_anything(wrapped: bytes, body: bytes) -> None:
    ring = Keyring.parse(OLD)
    for sealed in (Sealed(wrapped, body), Sealed(b"old:" + wrapped, body)):
        with pytest.raises(CannotOpen):
            ring.open(sealed, table="cases", row="1")


def test_key_and_content_of_two_rows_cannot_be_exchanged() -> None:
    ring = Keyring.parse(OLD)
    one, other = (ring.seal(content, table="cases", row="1") for content in (b"one", b"other"))
    with pytest.raises(CannotOpen):
        ring.open(Sealed(one.wrapped_key, other.body), table="cases", row="1")


def test_what_cannot_be_opened_says_nothing_of_what_it_was() -> None:
    ring = Keyring.parse(OLD)
    sealed = ring.seal(b"de zwartbessenjam", table="cases", row="1")
    with pytest.raises(CannotOpen) as refused:
        ring.open(sealed, table="cases", row="2")
    assert "zwartbessenjam" not in "".join(traceback.format_exception(refused.value))


def test_in_a_rotation_both_instances_read_old_rows_and_only_the_new_one_reads_new_rows() -> None:
    before, during, after = Keyring.parse(OLD), Keyring.parse(f"{NEW},{OLD}"), Keyring.parse(NEW)
    old_row = before.seal(b"old", table="cases", row="1")
    new_row = during.seal(b"new", table="cases", row="1")
    assert during.open(old_row, table="cases", row="1") == b"old"
    assert after.open(new_row, table="cases", row="1") == b"new"
    for ring, row in ((before, new_row), (after, old_row)):
        with pytest.raises(CannotOpen, match="not among REPORT_KEYS"):
            ring.open(row, table="cases", row="1")


def test_another_key_with_the_same_id_opens_nothing() -> None:
    sealed = Keyring.parse(OLD).seal(b"x", table="cases", row="1")
    with pytest.raises(CannotOpen):
        Keyring.parse(key("old")).open(sealed, table="cases", row="1")


def test_ones_own_rows_are_found_under_each_key_and_nobody_elses() -> None:
    ring = Keyring.parse(f"{NEW},{OLD}")
    mine, theirs = ring.blind_indexes(SANNE), ring.blind_indexes(DAAN)
    assert mine == ring.blind_indexes(SANNE)
    assert mine[0] == Keyring.parse(NEW).blind_indexes(SANNE)[0]
    assert mine[1] == Keyring.parse(OLD).blind_indexes(SANNE)[0]
    assert not set(mine) & set(theirs)


def test_what_is_derived_for_one_purpose_tells_nothing_about_another() -> None:
    """The same words under the same key give another result as an index, as an event and as a case."""
    ring = Keyring.parse(OLD)
    results = {ring.blind_indexes(SANNE)[0][:32], ring.event_key(SANNE.encode())[:32], ring.case_ids(SANNE)[0]}
    assert len(results) == 3
    assert all("101" not in result or len(result) == 32 for result in results)
