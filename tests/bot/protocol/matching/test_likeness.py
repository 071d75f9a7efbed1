"""Likeness is learnt by counting: a text is most like the label whose examples share its rarest pieces."""

import pytest

from bot.protocol.bank import Example
from bot.protocol.matching.features import MOST_CHARACTERS, features, fold, pieces
from bot.protocol.matching.likeness import Likeness

EXAMPLES = (
    Example("photo", "mag ik een foto plaatsen"),
    Example("photo", "foto's van de klas online zetten"),
    Example("lesson", "mag ik appen in de les"),
    Example("weather", "wordt het morgen mooi weer"),
)


@pytest.fixture(scope="module")
def likeness() -> Likeness:
    return Likeness(EXAMPLES, "school", strangers=frozenset({"weather"}))


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("een foto posten", "photo"),
        ("fotoos plaatse", "photo"),
        ("tijdens de lessen appen", "lesson"),
        ("wat voor weer is het", "weather"),
    ],
)
def test_the_label_with_the_likest_examples_scores_highest(likeness: Likeness, text: str, label: str) -> None:
    scores = likeness.scores(features(text))
    own = {name: scores[name] for name in ("photo", "lesson", "weather")}
    assert max(own, key=lambda name: own[name]) == label


def test_the_family_stands_for_all_but_the_strangers(likeness: Likeness) -> None:
    about_school = likeness.scores(features("foto in de les"))
    about_weather = likeness.scores(features("mooi weer morgen"))
    assert about_school["school"] > about_school["weather"]
    assert about_weather["school"] < about_weather["weather"]


def test_familiarity_is_the_share_of_what_was_seen_before(likeness: Likeness) -> None:
    assert likeness.familiarity(features("mag ik een foto plaatsen")) == 1.0
    assert likeness.familiarity(features("漢字")) == 0.0
    assert likeness.familiarity(features("")) == 0.0


def test_folding_makes_one_of_capitals_quotes_stretched_letters_and_invisible_signs() -> None:
    assert fold("  HEEEEEL\u200b  leuk, foto\u2019s\n") == "heel leuk, foto's"


def test_folding_keeps_turkish_capital_i_comparable() -> None:
    assert fold("İNTİHAR") == "intihar"


def test_pieces_mark_the_edges_of_a_word() -> None:
    assert pieces("foto") == [" fo", "fot", "oto", "to ", " fot", "foto", "oto "]


def test_what_is_beyond_the_longest_message_is_not_looked_at() -> None:
    assert features("a " * MOST_CHARACTERS + "geheim")["=geheim"] == 0
