"""Protocols of made-up schools, each laid out in its own way: what every line of them becomes, or why it is refused.

The protocols stand in `layouts/`, what is expected of them in `layouts/expected.toml`.
"""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from bot.protocol.document import Article, Document
from bot.protocol.loader import Examined, ProtocolRefused, examine

LAYOUTS = Path(__file__).parents[1] / "layouts"
EXPECTED: dict[str, dict[str, Any]] = tomllib.loads((LAYOUTS / "expected.toml").read_text(encoding="utf-8"))
LOADED = sorted(name for name, expected in EXPECTED.items() if "refused" not in expected)
REFUSED = sorted(set(EXPECTED) - set(LOADED))


def source_of(name: str) -> str:
    return (LAYOUTS / f"{name}.txt").read_bytes().decode()


def read(name: str) -> Examined:
    return examine(source_of(name))


def told(article: Article) -> str:
    opening = article.text[:46].replace("\t", " | ").replace("\n", " / ")
    return f"{article.code} {article.label or '-'} {opening}".rstrip()


def test_every_made_up_protocol_has_an_expectation_and_there_are_enough_of_them() -> None:
    assert {path.stem for path in LAYOUTS.glob("*.txt")} == set(EXPECTED)
    assert len(EXPECTED) >= 25


@pytest.mark.parametrize("name", LOADED)
def test_each_layout_is_read_as_its_school_meant_it(name: str) -> None:
    examined, expected = read(name), EXPECTED[name]
    document = examined.document
    assert [told(article) for article in document.articles] == expected["articles"]
    assert [f"{section.letter} {section.short_title}" for section in document.sections] == expected["sections"]
    assert [finding.line for finding in examined.review.unsure] == expected.get("unsure", [])
    assert document.version.effective_on == expected.get("effective_on")
    assert document.version.evaluation_year == expected.get("evaluation")


@pytest.mark.parametrize("name", REFUSED)
def test_what_has_no_place_is_refused_with_its_line_and_the_reason(name: str) -> None:
    with pytest.raises(ProtocolRefused) as refused:
        read(name)
    assert (refused.value.line, refused.value.reason) == (EXPECTED[name]["refused"], EXPECTED[name]["reason"])


@pytest.mark.parametrize("name", LOADED)
def test_the_verbatim_texts_joined_are_the_source_character_for_character(name: str) -> None:
    assert read(name).document.source == source_of(name)


@pytest.mark.parametrize("name", LOADED)
def test_every_line_with_text_is_on_the_review_list_once(name: str) -> None:
    with_text = [number for number, line in enumerate(source_of(name).splitlines(), start=1) if line.strip()]
    assert [finding.line for finding in read(name).review.findings if finding.line] == with_text


def cited(document: Document, article: Article) -> str:
    citation = document.cite(article)
    return f"{citation.section} {'' if citation.number is None else citation.number}"


@pytest.mark.parametrize("name", LOADED)
def test_no_number_is_cited_that_is_not_on_the_lines_of_that_article_or_heading(name: str) -> None:
    document = read(name).document
    lines = source_of(name).splitlines()
    for article in document.articles:
        own = set(re.findall(r"[0-9]+", lines[article.line - 1])) | set(re.findall(r"[0-9]+", article.section.title))
        own |= set(re.findall(r"[0-9]+", article.section.group or ""))
        own |= {str("⁰¹²³⁴⁵⁶⁷⁸⁹".index(sign)) for sign in lines[article.line - 1] if sign in "⁰¹²³⁴⁵⁶⁷⁸⁹"}
        assert set(re.findall(r"[0-9]+", cited(document, article))) <= own, article.code


@pytest.mark.parametrize(
    ("name", "code", "citation"),
    [
        ("artikel_met_leden", "G2", "Artikel 2. Gebruik in de les, lid 2 "),
        ("artikel_per_hoofdstuk", "Lb", "Artikel 2.1 Leerlingen, onder b "),
        ("decimale_hoofdstukken", "A3.2", "3 Afspraken voor medewerkers 3.2"),
        ("hoofdletters", "L2", "LEERLINGEN "),
        ("romeinse_regels", "Riv", "Regels iv"),
        ("nummers_lopen_door", "O3", "Voor medewerkers 3"),
        ("tussenzin", "Rb", "Afspraken in de klas "),
    ],
)
def test_an_article_is_cited_with_the_number_of_the_source_or_with_none(name: str, code: str, citation: str) -> None:
    document = read(name).document
    article = document.find(code)
    assert article is not None
    assert cited(document, article) == citation


@pytest.mark.parametrize("ends", ["\r\n", "\r"])
@pytest.mark.parametrize("name", LOADED)
def test_other_line_ends_change_nothing_but_the_characters_between(name: str, ends: str) -> None:
    source = source_of(name).replace("\n", ends)
    document = examine(source).document
    assert document.source == source
    assert [told(article) for article in document.articles] == EXPECTED[name]["articles"]


@pytest.mark.parametrize("name", LOADED)
def test_a_byte_order_mark_at_the_top_changes_nothing(name: str) -> None:
    document = examine("\ufeff" + source_of(name)).document
    assert document.source == "\ufeff" + source_of(name)
    assert [told(article) for article in document.articles] == EXPECTED[name]["articles"]
