"""What was reviewed beside the articles: whole, bound to the text, in short sentences, without a lost condition."""

import hashlib
import re
from dataclasses import replace
from pathlib import Path

import pytest

from bot.protocol.document import Document
from bot.protocol.loading import RGO_PROTOCOL, LoadedProtocol, load
from bot.protocol.quoting import Quotations
from bot.protocol.reviewed import ReviewedArticle, ReviewedRefused, load_reviewed
from bot.school.people import Role

ENTRY = """
[[artikel]]
code = "A1"
tekst = "abc"
gewoon = "Zo is het."
english = "That is how it is."
plain_english = "It is so."
zie_ook = ["A2"]
voor = ["leerling"]
"""


@pytest.fixture(scope="module")
def rgo() -> LoadedProtocol:
    return load(RGO_PROTOCOL)


def articles(protocol: LoadedProtocol) -> list[tuple[str, str, ReviewedArticle]]:
    return [(article.code, article.text, protocol.reviewed[article.code]) for article in protocol.document.articles]


def test_every_article_was_reviewed_against_its_own_text(rgo: LoadedProtocol) -> None:
    hashes = {code: hashlib.sha256(text.encode()).hexdigest() for code, text, _ in articles(rgo)}
    assert {code: approved.text_hash for code, _, approved in articles(rgo)} == hashes
    assert len(hashes) == 40


def test_plain_words_are_a_few_short_sentences(rgo: LoadedProtocol) -> None:
    for code, _, approved in articles(rgo):
        for words in (approved.plain.nl, approved.plain.en):
            sentences = re.split(r"[.?!](?:\s|$)", words.rstrip(".?! "))
            assert len(sentences) <= 4, code
            assert len(words.split()) <= 60, code
            assert len(words.split()) / len(sentences) <= 23, code


def test_a_prohibition_stays_one_and_a_permission_keeps_its_condition(rgo: LoadedProtocol) -> None:
    for code, text, approved in articles(rgo):
        words = approved.plain.nl.casefold()
        if re.search(r"niet toegestaan", text):
            assert re.search(r"\bniet\b|\bgeen\b", words), code
        if "tenzij" in text:
            assert "alleen" in words, code
        if "mits" in text:
            assert "geen vertrouwelijke" in words, code
        if re.search(r"\bmogelijk\b|\(mogelijk\)|kan door de RGO", text):
            assert re.search(r"mogelijk|\bkan\b", words), code


@pytest.mark.parametrize("number", ["16", "0900", "18.2", "2025"])
def test_a_number_of_an_article_is_in_its_rendering_and_no_other_is(rgo: LoadedProtocol, number: str) -> None:
    holding = {code for code, text, _ in articles(rgo) if number in text}
    assert {code for code, _, approved in articles(rgo) if number in approved.rendering} == holding


def test_whom_an_article_binds_fits_what_it_means_for_others(rgo: LoadedProtocol) -> None:
    for code, _, approved in articles(rgo):
        assert approved.binds, code
        assert approved.binds <= {Role.PUPIL, Role.PARENT, Role.STAFF}
    assert rgo.reviewed["A8"].means[Role.PUPIL].nl == "Deze regel geldt voor je docent, niet voor jou."


def test_the_gaps_of_the_protocol_are_named(rgo: LoadedProtocol) -> None:
    """Responsible use, section 4: A7, memes, who the leadership is, parents' sanctions, P2, phones, evaluation."""
    silent = {code for code, _, approved in articles(rgo) if approved.unclear is not None}
    assert {"A1", "A6", "A7", "A9", "A10", "P2", "S2", "S5", "S6", "V"} <= silent
    assert "telefoon" in rgo.reviewed["A1"].unclear.nl  # type: ignore[union-attr]


def test_every_article_says_on_a_button_what_it_is_about(rgo: LoadedProtocol) -> None:
    subjects = [approved.subject for _, _, approved in articles(rgo) if approved.subject is not None]
    assert len({subject.nl for subject in subjects}) == len({subject.en for subject in subjects}) == 40


def test_after_a_change_of_the_text_nothing_of_it_is_left(rgo: LoadedProtocol) -> None:
    quotations = Quotations(_with_another_text(rgo.document, "A6"), rgo.reviewed)
    assert quotations.reviewed("A6") is None
    assert quotations.reviewed("A5") is not None
    assert quotations.reviewed("Z9") is None


def _with_another_text(document: Document, code: str) -> Document:
    changed = tuple(
        replace(article, text=f"{article.text} Echt.") if article.code == code else article
        for article in document.articles
    )
    return replace(document, articles=changed)


def test_a_school_without_reviewed_words_has_none(tmp_path: Path) -> None:
    assert load_reviewed(tmp_path / "reviewed.toml", {"A1"}) == {}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[artikel", "niet te lezen"),
        (ENTRY.replace('gewoon = "Zo is het."\n', ""), "artikel A1: gewoon ontbreekt"),
        (ENTRY + 'kleur = "rood"\n', "artikel A1: kleur"),
        (ENTRY.replace('"A2"', '"A1"'), "artikel A1: zie_ook noemt A1"),
        (ENTRY.replace('"A2"', '"B9"'), "artikel A1: zie_ook noemt B9"),
        (ENTRY.replace('["leerling"]', '["buur"]'), "artikel A1: kies uit leerling, ouder, medewerker"),
        (ENTRY.replace('"Zo is het."', '" "'), "artikel A1: bij gewoon hoort een zin"),
        (ENTRY + '[artikel.betekent]\nouder = "Ook u."\n', "artikel A1: betekent en means"),
        (ENTRY + 'onduidelijk = "Dat staat er niet."\n', "artikel A1: bij unclear hoort een zin"),
        (ENTRY + 'onderwerp = "Foto\'s"\n', "artikel A1: bij subject hoort een zin"),
        (ENTRY + f'onderwerp = "{"a" * 37}"\nsubject = "b"\n', "artikel A1: een onderwerp past in 36 tekens"),
        (ENTRY + ENTRY, "twee keer"),
        (
            ENTRY + f'[artikel.betekent]\nouder = "{"a" * 161}"\n[artikel.means]\nouder = "b"\n',
            "artikel A1: wat het betekent past in 160 tekens",
        ),
    ],
)
def test_a_wrong_entry_is_refused_with_its_article_and_what_is_wrong(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "reviewed.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ReviewedRefused, match=message):
        load_reviewed(tmp_path / "reviewed.toml", {"A1", "A2"})
