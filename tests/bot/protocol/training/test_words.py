"""Learning the word model: what was learnt is what answers, and a school's own lines decide."""

from pathlib import Path

import numpy as np
import pytest

from bot.protocol.bank import Example
from bot.protocol.matching.grams import COLUMNS, columns_of, weighed
from bot.protocol.matching.word_model import WordModel, load_word_model
from bot.protocol.training.examples import Lesson, split
from bot.protocol.training.words import learn_words

EXAMPLES = (
    Example("A1", "mag ik een foto van een ander delen"),
    Example("A1", "moet ik toestemming vragen voor een foto"),
    Example("A2", "mag ik appen in de les"),
    Example("A2", "is appen onder de les verboden", also=("A1",)),
    Example("OOS", "wat kost een broodje in de kantine"),
    Example("OOS", "hoe laat gaat de kantine open"),
)
LESSON = Lesson(("A1", "A2", "OOS"), EXAMPLES)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> WordModel:
    path = tmp_path_factory.mktemp("model") / "words.npz"
    learn_words(LESSON, EXAMPLES, path)
    return load_word_model(path, LESSON.labels)


@pytest.mark.parametrize(
    ("text", "label"),
    [("een FOTO delen?", "A1"), ("apppen in de lessen", "A2"), ("kantine", "OOS"), ("foto's delen mag dat", "A1")],
)
def test_a_text_gets_the_label_of_what_it_is_like(model: WordModel, text: str, label: str) -> None:
    assert model.labels[int(np.argmax(model.logits(text)))] == label


def test_a_text_of_which_nothing_is_known_has_no_familiarity(model: WordModel) -> None:
    assert model.familiarity("日本語") == 0.0
    assert model.familiarity("") == 0.0
    assert model.familiarity("mag ik een foto delen") > 0.5


def test_weights_for_other_labels_are_refused(tmp_path: Path) -> None:
    learn_words(LESSON, EXAMPLES, tmp_path / "words.npz")
    with pytest.raises(ValueError, match="another shape"):
        load_word_model(tmp_path / "words.npz", ("A1", "A2"))


def test_pieces_and_words_weigh_the_same_and_the_same_text_weighs_the_same() -> None:
    rarity = np.ones(COLUMNS, np.float32)
    columns, weights = weighed("mag ik een foto delen", rarity)
    assert float((weights**2).sum()) == pytest.approx(2, abs=1e-4)
    assert frozenset(columns.tolist()) == columns_of("MAG ik  een foto delen")


def test_a_further_article_of_a_line_counts_less_than_its_first() -> None:
    shares = LESSON.shares([EXAMPLES[3]])[0]
    assert shares.tolist() == pytest.approx([0.3 / 1.3, 1 / 1.3, 0])


def test_one_hand_and_some_lines_that_are_no_questions_are_kept_apart() -> None:
    stranger = Example("A1", "een vreemde hand", hand="vreemd")
    learnt, apart = split([*EXAMPLES, stranger], hand="vreemd", every=2)
    assert [example.text for example in apart] == [EXAMPLES[5].text, stranger.text]
    assert learnt == list(EXAMPLES[:5])
