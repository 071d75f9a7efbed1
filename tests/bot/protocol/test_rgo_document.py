"""The RGO protocol: every article in its place, and not a character of the school's text lost."""

import hashlib
import json
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from bot.protocol.document import Audience, BlockKind, Document, SectionKind
from bot.protocol.loader import load_document
from bot.protocol.loading import RGO_PROTOCOL
from bot.school.articles import ArticleCode, Citation

SHARED = Path(__file__).parents[4] / "shared" / "protocol"

HASHES = {
    "V": "1008bcf3562dbc5a",
    "I1": "a2a919556bc6b66b",
    "I2": "33a3254f7bcb6e53",
    "I3": "baf1e21f5e4cf675",
    "I4": "73b529aa85fd791f",
    "U1": "b5a3191612feafcc",
    "U2": "a329c053993818b6",
    "U3": "94077f495b13b08d",
    "U4": "2619e6bca78954f1",
    "U5": "a444f6cec55483f5",
    "D1": "53d10e4f276de318",
    "D2": "461cbcdeb177417b",
    "A1": "d4ea9f90bc1b19e0",
    "A2": "a26118c774d37953",
    "A3": "cd97af91a07383ec",
    "A4": "b809f3da76193df4",
    "A5": "5e2b8351398165e0",
    "A6": "364de5fd19305393",
    "A7": "50caef6caea33798",
    "A8": "7ba3168d1fdbf614",
    "A9": "1cd3de3b0010f8cd",
    "F1": "94a89eadaa75183a",
    "F2": "67294ddca32386ce",
    "A10": "637931fe9affbbbf",
    "W1": "44248f0fac909365",
    "W2": "ee9811588eb84fe3",
    "W3": "5fbc8d00455208f8",
    "W4": "8455545cc6667ad3",
    "P1": "4a458361911eb1fe",
    "P2": "b9d2dbea18278eb0",
    "P3": "74956e56f81f6b2c",
    "P4": "f111be2137b2407a",
    "S1": "e0344d70f26f4321",
    "S2": "e578ef4ffb75cc0f",
    "S3": "3c30df33f30fd902",
    "S4": "b0bb01edfb4d737d",
    "S5": "408011ebe6678c5e",
    "S6": "d469736fcf67d206",
    "S7": "6465d6206ef4e3d2",
    "F3": "f17929e5df34421a",
}
"""The first 16 hexadecimal digits of the SHA-256 of each article's text, in the order of the source."""


@pytest.fixture(scope="module")
def source() -> str:
    return (RGO_PROTOCOL / "protocol.txt").read_bytes().decode()


@pytest.fixture(scope="module")
def document(source: str) -> Document:
    return load_document(source)


def test_the_blocks_joined_are_the_source_character_for_character(document: Document, source: str) -> None:
    assert document.source == source


def test_every_line_with_text_is_exactly_one_block(document: Document, source: str) -> None:
    with_text = [number for number, line in enumerate(source.splitlines(), start=1) if line.strip()]
    assert [block.line for block in document.blocks] == with_text


def test_it_has_forty_articles_with_known_texts_in_order(document: Document) -> None:
    found = {article.code: hashlib.sha256(article.text.encode()).hexdigest()[:16] for article in document.articles}
    assert list(found.items()) == list(HASHES.items())
    assert len(found) == 40


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared reference texts are not beside this checkout")
def test_its_articles_and_text_are_those_of_the_shared_reference(document: Document, source: str) -> None:
    expected = json.loads((SHARED / "articles.json").read_text(encoding="utf-8"))
    found = {
        article.code: {"section": article.section.title, "number": article.number, "text": article.text}
        for article in document.articles
    }
    assert found == expected
    assert source.encode() == (SHARED / "rgo-protocol-sociale-media.txt").read_bytes()


def test_each_article_is_its_blocks_joined_by_line_ends(document: Document) -> None:
    for article in document.articles:
        blocks = [block.text for block in document.blocks if block.code == article.code]
        assert "\n".join(blocks) == article.text


def test_w1_holds_its_two_follow_on_paragraphs(document: Document) -> None:
    article = document.find("W1")
    assert article is not None
    assert [line.split()[0] for line in article.text.splitlines()] == ["Een", "Wanneer", "Die"]


def test_footnotes_in_the_middle_of_a_list_do_not_interrupt_it(document: Document) -> None:
    codes = [article.code for article in document.articles]
    assert codes[codes.index(ArticleCode("A9")) :][:4] == ["A9", "F1", "F2", "A10"]
    assert {article.section.kind for article in document.articles if article.code.startswith("F")} == {
        SectionKind.FOOTNOTES
    }


def test_the_empty_heading_becomes_the_group_of_the_section_below_it(document: Document) -> None:
    (grouped,) = (section for section in document.sections if section.group is not None)
    assert grouped.letter == "A"
    assert grouped.group == "Sociale media, Algemene Verordening Gegevensbescherming (AVG) en de school"


def test_headings_with_dots_get_the_words_that_the_dots_stand_for(document: Document) -> None:
    titles = {section.letter: section.title for section in document.sections}
    assert titles["W"] == "Richtlijnen voor medewerkers tijdens werksituaties"
    assert titles["P"] == "Richtlijnen voor medewerkers tijdens privésituaties"


def test_sections_for_staff_are_known_as_such(document: Document) -> None:
    assert {section.letter for section in document.sections if section.audience is Audience.STAFF} == {"W", "P"}


def test_sanctions_for_pupils_and_for_staff_are_told_apart(document: Document) -> None:
    audiences = {article.code: article.audience for article in document.articles}
    assert (audiences[ArticleCode("S4")], audiences[ArticleCode("S6")]) == (Audience.STAFF, Audience.PUPILS)


def test_the_version_table_tells_the_day_of_taking_effect_and_the_year_of_evaluation(document: Document) -> None:
    assert document.version.effective_on == date(2022, 2, 1)
    assert document.version.evaluation_year == 2025


def test_an_article_is_cited_by_short_title_number_and_version(document: Document) -> None:
    article = document.find("A6")
    assert article is not None
    assert document.cite(article) == Citation(
        ArticleCode("A6"), "Richtlijnen voor alle betrokkenen", 6, date(2022, 2, 1)
    )


def test_a_code_that_the_protocol_does_not_have_is_not_found(document: Document) -> None:
    assert document.find("A11") is None


def test_titles_and_contents_belong_to_no_article(document: Document) -> None:
    kinds = {block.kind for block in document.blocks if block.code is None}
    assert kinds == {BlockKind.TITLE, BlockKind.CONTENTS, BlockKind.HEADING}


def test_numbers_within_a_section_follow_one_another(document: Document) -> None:
    for section in document.sections:
        numbers = [article.number for article in document.of_section(section) if article.number is not None]
        assert all(later == earlier + 1 for earlier, later in pairwise(numbers))
