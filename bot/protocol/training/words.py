"""Learns the word model: logistic regression over columns of letters and words, leaning on plain counting.

Regression finds what sets neighbours apart; counting (naive Bayes, as in `bot.protocol.matching.likeness`) knows more
of what was seen seldom. Both are linear over the same columns, so that their sum is one table.
"""

from collections import Counter
from collections.abc import Sequence
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from bot.protocol.bank import Example
from bot.protocol.matching.grams import COLUMNS, Floats, columns_of, weighed
from bot.protocol.matching.word_model import save_word_model
from bot.protocol.training.examples import Lesson

LOOSENESS = 10.0
"""Scikit-learn's C; measured between 1 and 30 on lines kept apart."""

COUNTING = 0.4
"""What counting weighs beside regression; together they were right 4 points more often than either alone."""

SMOOTHING = 0.02

SEEN_AT_LEAST = 2
"""Texts that must have a column for it to count; what one person once wrote says nothing about others."""


def learn_words(lesson: Lesson, examples: Sequence[Example], path: Path) -> None:
    """Fit the model and write its weights."""
    rarity = _rarity([example.text for example in examples])
    rows = [weighed(example.text, rarity) for example in examples]
    starts = np.cumsum([0, *(len(columns) for columns, _ in rows)])
    table = csr_matrix(
        (np.concatenate([weights for _, weights in rows]), np.concatenate([columns for columns, _ in rows]), starts),
        shape=(len(rows), COLUMNS),
    )
    used = np.flatnonzero(rarity)
    firsts = np.array(lesson.firsts(examples))
    model = LogisticRegression(C=LOOSENESS, max_iter=400).fit(table[:, used], firsts)
    weights = np.zeros((COLUMNS, len(lesson.labels)), np.float32)
    weights[np.ix_(used, model.classes_)] = model.coef_.T
    weights[used] += COUNTING * _counted(table[:, used], firsts, len(lesson.labels))
    # What a column says of all labels alike decides nothing; without it eight bits are enough.
    weights -= weights.mean(axis=1, keepdims=True)
    offsets: Floats = np.full(len(lesson.labels), -20.0, np.float32)
    offsets[model.classes_] = model.intercept_
    save_word_model(path, rarity, weights, offsets)


def _counted(table: csr_matrix, firsts: NDArray[np.int64], labels: int) -> Floats:
    """The log of how much of each label's weight lies in each column, a row per column."""
    sums = np.stack([np.asarray(table[firsts == label].sum(axis=0)).ravel() for label in range(labels)], axis=1)
    totals = SMOOTHING * table.shape[1] + sums.sum(axis=0)
    return np.asarray(np.log(SMOOTHING + sums) - np.log(totals), np.float32)


def _rarity(texts: Sequence[str]) -> Floats:
    seen = Counter(chain.from_iterable(columns_of(text) for text in texts))
    rarity = np.zeros(COLUMNS, np.float32)
    for column, times in seen.items():
        if times >= SEEN_AT_LEAST:
            rarity[column] = np.log((1 + len(texts)) / (1 + times)) + 1
    return rarity
