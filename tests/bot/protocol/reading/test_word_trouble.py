"""Word files that are no Word files, damaged, locked or made to do harm: refused with a reason, none crashes."""

import random
import struct
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.protocol.loader import ProtocolRefused, examine
from bot.protocol.reading.files import read_file
from bot.protocol.reading.word.opening import MOST_TEXT_BYTES
from bot.protocol.reading.word.writing import text_of_word
from tests.bot.protocol.reading.word_files import abstract, level, note, num, packed, par, parts, run, table, word

GOOD = word(par("Protocol", style="Titel") + par("Regels", style="Kop1") + par("Je filmt niet."))
BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'


def without(name: str) -> bytes:
    return packed({key: text for key, text in parts(par("x")).items() if key != name})


def with_other(name: str, text: str) -> bytes:
    return packed({**parts(par("x")), name: text})


def locked() -> bytes:
    content = bytearray(GOOD)
    for opening, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(opening)
        while at >= 0:
            struct.pack_into("<H", content, at + flags, 1)
            at = content.find(opening, at + 4)
    return bytes(content)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "niet te lezen"),
        (b"PK\x03\x04 en verder niets", "niet te lezen"),
        (GOOD[:400], "niet te lezen"),
        (packed({"a.txt": "x"}), "geen Word-bestand"),
        (without("[Content_Types].xml"), "niet te lezen"),
        (without("_rels/.rels"), "niet te lezen"),
        (with_other("word/document.xml", "geen xml"), "niet te lezen"),
        (with_other("word/document.xml", "<a/>"), "niet te lezen"),
        (with_other("word/footnotes.xml", "<a"), "beschadigd|niet te lezen"),
        (locked(), "wachtwoord"),
        (with_other("word/document.xml", " " * (MOST_TEXT_BYTES + 1)), "te groot bij het uitpakken"),
        (packed({**parts(par("x")), **{f"word/a{number}.xml": "" for number in range(2100)}}), "te groot bij"),
    ],
)
def test_each_kind_of_trouble_has_its_reason(content: bytes, reason: str) -> None:
    with pytest.raises(ProtocolRefused, match=reason):
        text_of_word(content)


def test_entities_are_not_unfolded() -> None:
    xml = parts(par("x"))["word/document.xml"].replace('<w:t xml:space="preserve">x', "<w:t>&b;")
    try:
        read = text_of_word(with_other("word/document.xml", BOMB + xml))
    except ProtocolRefused:
        return
    assert "aaaa" not in read.text


@pytest.mark.parametrize(
    ("deep", "opening", "closing"),
    [
        (60, "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
        (110, "<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"),
        (400, "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
    ],
)
def test_what_is_nested_very_deep_is_read_or_refused(deep: int, opening: str, closing: str) -> None:
    read_or_refused(word(opening * deep + par("Protocol") + closing * deep))


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"\xd0\xcf\x11\xe0" + bytes(600), "oud of versleuteld"), (GOOD[:30], "niet te lezen")],
)
def test_a_file_that_only_is_called_docx_is_refused_in_words(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "protocol.docx"
    path.write_bytes(content)
    with pytest.raises(ProtocolRefused, match=reason):
        read_file(path)


def test_a_word_file_with_another_ending_is_refused_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "protocol.txt"
    path.write_bytes(GOOD)
    with pytest.raises(ProtocolRefused, match=r"\.docx eindigen"):
        read_file(path)


@settings(max_examples=150, deadline=None)
@given(seed=st.integers(0, 2**32), hits=st.integers(1, 12))
def test_a_word_file_with_spoilt_bytes_is_read_or_refused(seed: int, hits: int) -> None:
    draw = random.Random(seed)  # noqa: S311 - spoils a file
    content = bytearray(GOOD)
    for _ in range(hits):
        content[draw.randrange(len(content))] = draw.randrange(256)
    read_or_refused(bytes(content))


PARAGRAPHS = st.builds(
    par,
    st.sampled_from(["", "Kop", "Je filmt niet.", "1. Getypt.", "# Hekje", "A. Deel", "¹ noot", "x:", "Artikel 3"]),
    style=st.sampled_from(["", "Kop1", "Kop2", "Titel", "Regel", "Vet", "Inhopg1", "Onbekend"]),
    num=st.sampled_from([None, 0, 1, 2, 3, 99]),
    level=st.integers(-1, 10),
    runs=st.sampled_from(["", run("vet", "<w:b/>"), note(4), run("a") + "<w:r><w:tab/><w:br/></w:r>" + run("b")]),
)
BODIES = st.lists(st.one_of(PARAGRAPHS, st.builds(lambda a, b: table((a, b), ("2", "x")), PARAGRAPHS, PARAGRAPHS)))
LISTS = (
    abstract(1, level(0, "decimal", "%1."), level(1, "lowerRoman", "%2)"))
    + abstract(2, level(0, "bullet", "o"))
    + num(1, 1)
    + num(2, 2)
    + num(3, 1, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="4"/></w:lvlOverride>')
)
NOTE = '<w:footnote w:id="4"><w:p><w:r><w:t>Noot.</w:t></w:r></w:p></w:footnote>'


@settings(max_examples=200, deadline=None)
@given(body=BODIES)
def test_whatever_stands_in_a_word_file_is_read_or_refused(body: list[str]) -> None:
    read_or_refused(word("".join(body), LISTS, NOTE))


def read_or_refused(content: bytes) -> None:
    try:
        read = text_of_word(content)
        kept = examine(read.text, read.doubts).document.source == read.text
    except ProtocolRefused as refused:
        kept = bool(refused.reason)
    assert kept
