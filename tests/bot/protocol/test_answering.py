"""Answers quote the loaded protocol and nothing else; danger, reports and small talk never get an article first."""

from dataclasses import dataclass

import pytest

from bot.protocol.answering import Answerer, Outcome
from bot.protocol.document import Document
from bot.protocol.loader import load_document
from bot.protocol.matching.commands import CommandName
from bot.protocol.ports import Intent, Match, Ranked
from bot.school.articles import ArticleCode
from bot.school.people import Role

RULES = "".join(f"{number}. Dit is afspraak {number}.\n" for number in range(1, 9))
PROTOCOL = f"""Protocol sociale media Testschool

Versiebeheer
def\tInwerkingtreding\t1 maart 2024

A. Afspraken (voor iedereen)
{RULES}"""


@dataclass(frozen=True, slots=True)
class FixedMatcher:
    """Understands whatever it was told to."""

    found: Match

    def match(self, question: str, role: Role) -> Match:
        return self.found


def ranked(*scores: tuple[str, float]) -> tuple[Ranked, ...]:
    return tuple(Ranked(ArticleCode(code), score) for code, score in scores)


FOUND = ranked(("A2", 9.0), ("A1", 8.0), ("A3", 1.0), ("A4", 0.9), ("A5", 0.8), ("A6", 0.7))
COMMANDS = {"hulp": CommandName("hulp"), "iets melden": CommandName("melden")}


@pytest.fixture(scope="module")
def document() -> Document:
    return load_document(PROTOCOL)


def answerer(
    document: Document, intent: Intent, articles: tuple[Ranked, ...] = FOUND, *, close: int = 1, doubtful: bool = False
) -> Answerer:
    return Answerer(document, FixedMatcher(Match(intent, articles, close, doubtful=doubtful)), COMMANDS)


def test_an_answer_quotes_the_best_article_letter_for_letter_with_its_place_and_version(document: Document) -> None:
    answer = answerer(document, Intent.ARTICLE).answer("mag dat", Role.PUPIL, "nl")
    best = answer.citations[0]
    assert answer.outcome is Outcome.ANSWER
    assert best.verbatim == "Dit is afspraak 2."
    assert (best.citation.code, best.citation.section, best.citation.number) == ("A2", "Afspraken", 2)
    assert str(best.citation.version) == "2024-03-01"


def test_articles_that_fit_nearly_as_well_are_quoted_too_and_others_only_named(document: Document) -> None:
    answer = answerer(document, Intent.ARTICLE, close=2).answer("mag dat", Role.PUPIL, "nl")
    assert [quotation.citation.code for quotation in answer.citations] == ["A2", "A1"]
    assert answer.see_also == ("A3", "A4", "A5")


def test_never_more_than_three_articles_are_quoted(document: Document) -> None:
    alike = ranked(*((f"A{number}", 5.0) for number in range(1, 7)))
    answer = answerer(document, Intent.ARTICLE, alike, close=6).answer("mag dat", Role.PUPIL, "nl")
    assert len(answer.citations) == 3


def test_an_article_that_is_not_clearly_the_best_is_a_choice_and_not_an_answer(document: Document) -> None:
    assert answerer(document, Intent.ARTICLE, close=2, doubtful=True).answer("mag dat", Role.PUPIL, "nl").doubtful
    assert not answerer(document, Intent.ARTICLE).answer("mag dat", Role.PUPIL, "nl").doubtful


def test_every_quoted_text_is_a_text_of_the_loaded_protocol(document: Document) -> None:
    answer = answerer(document, Intent.ARTICLE).answer("mag dat", Role.PUPIL, "nl")
    texts = {article.text for article in document.articles}
    assert all(quotation.verbatim in texts for quotation in answer.citations)


@pytest.mark.parametrize(
    ("intent", "outcome"), [(Intent.CRISIS, Outcome.CRISIS), (Intent.OUT_OF_SCOPE, Outcome.NOT_IN_PROTOCOL)]
)
def test_a_crisis_and_what_is_not_in_the_protocol_quote_nothing_and_name_what_is_near(
    document: Document, intent: Intent, outcome: Outcome
) -> None:
    answer = answerer(document, intent).answer("help mij", Role.PUPIL, "nl")
    assert (answer.outcome, answer.citations) == (outcome, ())
    assert answer.see_also == ("A2", "A1", "A3")


def test_who_tells_of_an_incident_is_offered_a_report_with_the_article_beside_it(document: Document) -> None:
    answer = answerer(document, Intent.REPORT).answer("ze pesten mij", Role.PUPIL, "nl")
    assert answer.outcome is Outcome.REPORT_OFFER
    assert answer.citations[0].citation.code == "A2"


def test_small_talk_gets_no_article(document: Document) -> None:
    answer = answerer(document, Intent.SMALL_TALK).answer("hoi", Role.PUPIL, "nl")
    assert (answer.outcome, answer.citations, answer.see_also) == (Outcome.SMALLTALK, (), ())


@pytest.mark.parametrize("typed", ["hulp", "/hulp", " HULP! "])
def test_a_command_typed_as_text_is_recognised(document: Document, typed: str) -> None:
    answer = answerer(document, Intent.ARTICLE).answer(typed, Role.PUPIL, "nl")
    assert (answer.outcome, answer.command) == (Outcome.SMALLTALK, "hulp")


def test_the_command_to_report_is_an_offer_to_report(document: Document) -> None:
    answer = answerer(document, Intent.ARTICLE).answer("Iets melden", Role.PUPIL, "nl")
    assert (answer.outcome, answer.command) == (Outcome.REPORT_OFFER, "melden")


def test_a_sentence_with_a_command_word_in_it_is_a_question(document: Document) -> None:
    answer = answerer(document, Intent.ARTICLE).answer("wat doet hulp", Role.PUPIL, "nl")
    assert (answer.outcome, answer.command) == (Outcome.ANSWER, None)


@pytest.mark.parametrize("nothing", ["", "   ", "?!", "🙂"])
def test_a_message_without_words_is_small_talk(document: Document, nothing: str) -> None:
    assert answerer(document, Intent.ARTICLE).answer(nothing, Role.PUPIL, "en").outcome is Outcome.SMALLTALK


def test_the_answer_keeps_the_language_that_was_asked_for(document: Document) -> None:
    assert answerer(document, Intent.ARTICLE).answer("may I", Role.PUPIL, "en").language == "en"


def test_an_article_is_quoted_by_its_code_and_an_unknown_code_is_not_made_up(document: Document) -> None:
    asked = answerer(document, Intent.ARTICLE)
    known = asked.quote("A7")
    assert known is not None
    assert known.verbatim == "Dit is afspraak 7."
    assert asked.quote("Z1") is None
