"""Weighs the two models together on lines that neither learnt from, and holds the bars that were chosen."""

from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

import numpy as np

from bot.protocol.matching.grams import Floats

TOGETHER: Mapping[str, float] = {
    "crisis": 0.4,
    "hint": 0.05,
    "small_talk": 0.4,
    "report": 0.4,
    "out_of_scope": 0.4,
    "doubt": 0.45,
    "close": 0.12,
}
ALONE: Mapping[str, float] = {**TOGETHER, "crisis": 0.3, "hint": 0.1, "report": 0.5, "small_talk": 0.35}
"""Chosen on the lines kept apart and on the public questions together; `make eval` shows what they do."""

SURE = 0.985
"""From here on words alone are right so often that asking the sentence encoder changes nothing; see the card."""

_WEIGHTS = (0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 2.5)


def mixtures(by_words: Floats, by_sentence: Floats, firsts: Sequence[int]) -> Mapping[str, Mapping[str, Any]]:
    """The weights under which lines that were kept apart are least surprising; for the card of the model."""
    words, sentences = log_shares(by_words), log_shares(by_sentence)
    pairs = product(_WEIGHTS, _WEIGHTS)
    best = min(pairs, key=lambda pair: surprise(pair[0] * words + pair[1] * sentences, firsts))
    alone = min(_WEIGHTS, key=lambda weight: surprise(weight * words, firsts))
    return {
        "together": {"words": best[0], "sentences": best[1], "bars": TOGETHER, "sure": SURE},
        "alone": {"words": alone, "sentences": 0.0, "bars": ALONE, "sure": 1.0},
    }


def surprise(logits: Floats, firsts: Sequence[int]) -> float:
    """The mean of minus the log of what each line's own label was given."""
    return float(-log_shares(logits)[np.arange(len(firsts)), list(firsts)].mean())


def log_shares(logits: Floats) -> Floats:
    """Rows of logs that add up to one."""
    shifted = logits - logits.max(axis=1, keepdims=True)
    shares: Floats = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return shares
