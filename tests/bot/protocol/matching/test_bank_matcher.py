"""The matcher over a small bank: intents before articles, danger before all, the asker's role as a hint."""

import re

import pytest

from bot.protocol.bank import Bank, Example
from bot.protocol.loader import load_document
from bot.protocol.matching.bank_matcher import BankMatcher
from bot.protocol.matching.crisis import CrisisWords
from bot.protocol.ports import Intent, Matcher
from bot.school.people import Role

PROTOCOL = """Protocol sociale media Testschool

A. Voor leerlingen
1. Leerlingen delen geen foto zonder toestemming.
2. Leerlingen appen niet in de les.

B. Gevolgen
1. Een medewerker die zich niet aan de regels houdt krijgt een waarschuwing of ontslag.
2. Een leerling die zich niet aan de regels houdt krijgt een waarschuwing of schorsing.
"""

BANK = Bank(
    articles=(
        Example("A1", "mag ik een foto van een ander delen"),
        Example("A1", "moet ik toestemming vragen voor een foto"),
        Example("A2", "mag ik appen in de les"),
        Example("A2", "mag mijn telefoon aan onder de les"),
        Example("B1", "welke straf krijg je als je je niet aan de regels houdt"),
        Example("B2", "welke straf krijg je als je je niet aan de regels houdt"),
    ),
    intents=(
        Example("OOS", "hoe laat begint de school morgen"),
        Example("OOS", "wat kost een broodje in de kantine"),
        Example("SMALL", "hallo daar"),
        Example("SMALL", "dank je wel"),
        Example("REPORT", "ik word gepest door iemand uit mijn klas"),
        Example("REPORT", "iemand bedreigt mij op snap"),
    ),
)
CRISIS = CrisisWords(signs=(re.compile(r"\bgevaar\b"),), figures=(re.compile(r"\blevensgevaar(lijk)? saai\b"),))


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return BankMatcher(load_document(PROTOCOL).articles, BANK, CRISIS)


@pytest.mark.parametrize(
    ("question", "intent"),
    [
        ("mag ik een foto delen", Intent.ARTICLE),
        ("wat kost een broodje", Intent.OUT_OF_SCOPE),
        ("hallo", Intent.SMALL_TALK),
        ("ik word gepest op snap", Intent.REPORT),
        ("mag ik een foto delen, ik ben in gevaar", Intent.CRISIS),
    ],
)
def test_what_somebody_wants_is_understood(matcher: Matcher, question: str, intent: Intent) -> None:
    assert matcher.match(question, Role.UNKNOWN).intent is intent


def test_the_best_article_comes_first_and_every_article_is_ranked(matcher: Matcher) -> None:
    ranked = matcher.match("mag ik appen onder de les", Role.UNKNOWN).articles
    assert ranked[0].code == "A2"
    assert {article.code for article in ranked} == {"A1", "A2", "B1", "B2"}
    assert [article.score for article in ranked] == sorted((article.score for article in ranked), reverse=True)


@pytest.mark.parametrize(("role", "code"), [(Role.STAFF, "B1"), (Role.PUPIL, "B2"), (Role.PARENT, "B2")])
def test_of_two_like_articles_the_one_for_the_asker_comes_first(matcher: Matcher, role: Role, code: str) -> None:
    assert matcher.match("welke straf krijg je dan", role).articles[0].code == code


def test_articles_are_ranked_in_a_crisis_too_for_after_the_help(matcher: Matcher) -> None:
    assert matcher.match("gevaar: mag ik een foto delen", Role.UNKNOWN).articles[0].code == "A1"


@pytest.mark.parametrize("question", ["漢字漢字", "ζωή και θάνατος", "1234567", "🙂🙂"])
def test_what_nobody_can_read_is_out_of_scope_and_no_article_is_guessed(matcher: Matcher, question: str) -> None:
    match = matcher.match(question, Role.UNKNOWN)
    assert (match.intent, match.articles) == (Intent.OUT_OF_SCOPE, ())


def test_an_article_named_by_its_code_goes_before_what_is_likest(matcher: Matcher) -> None:
    match = matcher.match("wat zegt artikel B1 over een foto", Role.PUPIL)
    assert (match.intent, match.articles[0].code) == (Intent.ARTICLE, "B1")


def test_danger_goes_before_an_article_named_by_its_code(matcher: Matcher) -> None:
    assert matcher.match("artikel B1, ik ben in gevaar", Role.PUPIL).intent is Intent.CRISIS


def test_without_a_bank_the_verbatim_texts_are_searched() -> None:
    bare = BankMatcher(load_document(PROTOCOL).articles, Bank(), CRISIS)
    match = bare.match("foto zonder toestemming", Role.UNKNOWN)
    assert (match.intent, match.articles[0].code) == (Intent.ARTICLE, "A1")
