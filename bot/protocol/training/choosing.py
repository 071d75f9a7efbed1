"""Weighs the two models together on lines that neither learnt from, and holds the bars that were chosen."""

import math
from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

import numpy as np

from bot.protocol.matching.grams import Floats

TOGETHER: Mapping[str, float] = {
    "crisis": 0.2,
    "hint": 0.05,
    "small_talk": 0.4,
    "report": 0.4,
    "out_of_scope": 0.35,
    "doubt": 0.45,
    "close": 0.12,
}
ALONE: Mapping[str, float] = {
    **TOGETHER,
    "crisis": 0.15,
    "hint": 0.1,
    "out_of_scope": 0.25,
    "report": 0.5,
}
"""Chosen on the lines kept apart and on the public questions together; `make eval` shows what they do."""

SURE = 0.985
"""From here on words alone are right so often that asking the sentence encoder changes nothing; see the card."""

_WEIGHTS = (0.25, 0.35, 0.5, 0.65, 0.75, 1.0, 1.25, 1.5, 2.0, 2.5)

NEARLY = 1.05
"""How much more surprising a mixture may be than the best one, when it leans more evenly on both models.

They err on different lines, and the lines that were kept apart are of one writer: on the public questions an even
mixture was right more often.
"""


def mixtures(by_words: Floats, by_sentence: Floats, firsts: Sequence[int]) -> Mapping[str, Mapping[str, Any]]:
    """The weights under which lines that were kept apart are hardly surprising; for the card of the model."""
    words, sentences = log_shares(by_words), log_shares(by_sentence)
    tried = {pair: surprise(pair[0] * words + pair[1] * sentences, firsts) for pair in product(_WEIGHTS, _WEIGHTS)}
    good = [pair for pair, surprised in tried.items() if surprised <= NEARLY * min(tried.values())]
    best = min(good, key=lambda pair: (round(abs(math.log(pair[0] / pair[1])), 3), tried[pair]))
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
