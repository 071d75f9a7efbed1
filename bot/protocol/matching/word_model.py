"""How likely each label is for a text by its words alone: fast, and all there is where the sentence encoder is not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.protocol.matching.grams import COLUMNS, Floats, weighed


@dataclass(frozen=True, slots=True)
class WordModel:
    """A linear model over columns of letters and words; read-only, so that threads may share it.

    `table` has a row per column and a whole number per label, `steps` says how much one of label's whole numbers is.
    """

    labels: tuple[str, ...]
    rarity: Floats
    table: NDArray[np.int8]
    steps: Floats
    offsets: Floats

    def logits(self, text: str) -> Floats:
        """A number per label, in the order of `labels`: the log of its likelihood up to a constant."""
        columns, weights = weighed(text, self.rarity)
        totals: Floats = weights @ self.table[columns].astype(np.float32)
        return totals * self.steps + self.offsets

    def familiarity(self, text: str) -> float:
        """The share of a text's columns that some example had, 0 to 1; of an empty text 0."""
        columns, _ = weighed(text, self.rarity)
        return float((self.rarity[columns] > 0).mean()) if columns.size else 0.0


def load_word_model(path: Path, labels: Sequence[str]) -> WordModel:
    """Read weights that training wrote; raises ValueError when they are of another shape than these labels."""
    with np.load(path, allow_pickle=False) as arrays:
        model = WordModel(
            tuple(labels),
            arrays["rarity"].astype(np.float32),
            arrays["table"],
            arrays["steps"].astype(np.float32),
            arrays["offsets"].astype(np.float32),
        )
    if model.table.shape != (COLUMNS, len(labels)) or model.rarity.shape != (COLUMNS,):
        raise ValueError(f"{path.name} has weights of another shape than the labels say")
    return model


def save_word_model(path: Path, rarity: Floats, weights: Floats, offsets: Floats) -> None:
    """Write weights with a whole number of eight bits each; `weights` has a row per column and a column per label."""
    steps = np.maximum(np.abs(weights).max(axis=0), 1e-9) / 127
    arrays: Mapping[str, NDArray[np.generic]] = {
        "rarity": rarity.astype(np.float16),
        "table": np.rint(weights / steps).astype(np.int8),
        "steps": steps.astype(np.float32),
        "offsets": offsets.astype(np.float32),
    }
    np.savez_compressed(path, allow_pickle=False, **arrays)
