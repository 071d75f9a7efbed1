"""Files as people save them: whatever the program, the text comes out, or a sentence that says what to do."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.protocol.loader import ProtocolRefused, examine
from bot.protocol.reading.encodings import MOST_BYTES, Decoded, decode
from bot.protocol.reading.files import FileKind, read_file

TEXT = "Protocol Zeeëndschool\r\n\r\nRegels\r\n1. Privé blijft privé \u2013 ook \u2018online\u2019.\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_a_file_that_says_how_it_was_saved_is_read_without_a_doubt(encoding: str) -> None:
    decoded = decode(TEXT.encode(encoding))
    assert decoded.guess is None
    assert decoded.text.removeprefix("\ufeff") == TEXT


@pytest.mark.parametrize(
    ("encoding", "guess"), [("cp1252", "Windows"), ("utf-16-le", "UTF-16"), ("utf-16-be", "UTF-16")]
)
def test_a_file_that_does_not_say_it_is_guessed_and_the_guess_is_told(encoding: str, guess: str) -> None:
    decoded = decode(TEXT.encode(encoding))
    assert decoded.text == TEXT
    assert guess in (decoded.guess or "")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"%PDF-1.7 ...", "een pdf"),
        (b"{\\rtf1 ...", "rtf-bestand"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "oud of versleuteld Word-bestand"),
        (b"PK\x03\x04....", "ingepakt bestand"),
        (b"<!DOCTYPE html><html>", "webpagina"),
        (b"\x00\x01\x02 Protocol en nog veel meer tekst", "geen tekst"),
        (b"Protocol \x81\x8d\x8f\x90 \xff", "geen leesbare tekst"),
        (b"\xff\xfe\x00\xd8", "geen leesbare tekst"),
        (b"a" * (MOST_BYTES + 1), "te groot"),
    ],
)
def test_what_is_no_text_is_refused_with_what_to_do(content: bytes, reason: str) -> None:
    with pytest.raises(ProtocolRefused, match=reason):
        decode(content)


def test_a_school_whose_name_begins_like_a_packed_file_is_read() -> None:
    assert decode(b"PK College\n") == Decoded("PK College\n")


def test_a_guess_is_on_the_review_list(tmp_path: Path) -> None:
    path = tmp_path / "protocol.txt"
    path.write_bytes(TEXT.encode("cp1252"))
    read = read_file(path)
    assert (read.kind, read.source) == (FileKind.TEXT, TEXT)
    (finding,) = examine(read.source, read.doubts).review.unsure
    assert finding.line == 0
    assert "accent" in (finding.unsure or "")


def test_a_file_that_is_not_there_is_said_by_its_name_only(tmp_path: Path) -> None:
    with pytest.raises(ProtocolRefused, match=r"^weg\.txt is niet te lezen"):
        read_file(tmp_path / "weg.txt")


@settings(max_examples=400, deadline=None)
@given(content=st.binary(max_size=300))
def test_any_bytes_are_text_or_refused(content: bytes) -> None:
    try:
        outcome = decode(content).text
    except ProtocolRefused as refused:
        outcome = refused.reason
    assert outcome or not content
