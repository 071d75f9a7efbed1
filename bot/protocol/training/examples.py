"""What is learnt from: the lines of the bank and the articles' own texts, each with a share for every label."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.protocol.bank import INTENTS, Example, load_bank
from bot.protocol.loader import load_document
from bot.protocol.matching.grams import Floats

ALSO = 0.3
"""What a further article of a line counts beside its first."""

OWN_TEXT = "protocol"
"""The hand of the articles' own texts."""

LONGEST_TEXT = 400
"""Of an article's own text that is learnt from, in characters: as much as is read of a question."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """Examples with the labels that exist, in a fixed order: the protocol's, then the intents."""

    labels: tuple[str, ...]
    examples: tuple[Example, ...]

    def shares(self, examples: Sequence[Example]) -> Floats:
        """A row per example: the share of each label, adding up to 1."""
        place = {label: number for number, label in enumerate(self.labels)}
        shares = np.zeros((len(examples), len(self.labels)), np.float32)
        for row, example in zip(shares, examples, strict=True):
            row[place[example.label]] += 1
            for code in example.also:
                row[place[code]] += ALSO
        return np.asarray(shares / shares.sum(axis=1, keepdims=True), np.float32)

    def firsts(self, examples: Sequence[Example]) -> list[int]:
        """The place of each example's own label."""
        place = {label: number for number, label in enumerate(self.labels)}
        return [place[example.label] for example in examples]


def lesson(protocol: Path) -> Lesson:
    """Everything that there is to learn about a protocol."""
    document = load_document((protocol / "protocol.txt").read_text(encoding="utf-8"))
    codes = [article.code for article in document.articles]
    bank = load_bank(protocol / "bank", frozenset(codes))
    own = [Example(article.code, article.text[:LONGEST_TEXT], hand=OWN_TEXT) for article in document.articles]
    return Lesson((*codes, *sorted(INTENTS)), (*bank.articles, *own, *bank.intents))


def split(examples: Sequence[Example], hand: str, every: int) -> tuple[list[Example], list[Example]]:
    """Those to learn from and those to keep apart: all of one hand, and every so-many-th line that is no question.

    A whole hand, because lines of somebody whose other lines were learnt look easier than those of a stranger.
    """
    learnt: list[Example] = []
    apart: list[Example] = []
    for number, example in enumerate(examples):
        is_every = example.label in INTENTS and number % every == every - 1
        (apart if example.hand == hand or is_every else learnt).append(example)
    return learnt, apart
