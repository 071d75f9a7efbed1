"""Moves the encoder's four-bit weights: learning goes by fine amounts, the weights themselves by whole steps.

A weight is a step number from -8 to 7 times the scale of its block. Learning keeps a fine number beside it, rounds that
for what is computed, and lets the gradient through the rounding as if it were not there (a straight-through estimator).
The scales stay, so that all that is kept is by how many steps a weight moved: mostly none, which packs well.
"""

from collections.abc import Iterator, Mapping, Sequence

import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

from bot.protocol.matching.grams import Floats
from bot.protocol.training.encoder_file import BLOCK, EncoderFile

MATRICES = ("q", "k", "v", "ao", "fi", "fo")

LOWEST, HIGHEST = -8, 7
_NO_SCALE = 1e-8


class Steps:
    """All matrices as steps; `scales` are what one step is worth, the same shape."""

    def __init__(self, file: EncoderFile) -> None:
        self.begin: dict[str, Floats] = {}
        self.scales: dict[str, Floats] = {}
        for name, columns in _matrices(file):
            steps, scales = file.steps(name, columns)
            self.begin[name] = steps
            self.scales[name] = np.where(scales == 0, _NO_SCALE, scales).astype(np.float32)
        self.worth = float(np.median([np.median(np.abs(scales)) for scales in self.scales.values()]))
        """What a step is usually worth, for saying how fast to go in steps."""

    def weights(self, layers: int, fine: Mapping[str, jax.Array]) -> Sequence[Mapping[str, jax.Array]]:
        """The matrices layer by layer, at the whole steps that `fine` lies nearest to."""
        return [
            {matrix: _whole(fine[name]) * self.scales[name] for matrix in MATRICES for name in [tensor(layer, matrix)]}
            for layer in range(layers)
        ]

    def moved(self, fine: Mapping[str, jax.Array]) -> Mapping[str, NDArray[np.uint8]]:
        """By how many steps each weight moved, modulo 16, two in a byte as in the engine's blocks of 32."""
        moved = {}
        for name, numbers in fine.items():
            now = np.clip(np.round(np.asarray(numbers)), LOWEST, HIGHEST)
            by = (now - self.begin[name]).astype(np.int8).reshape(-1, BLOCK).astype(np.uint8) & 15
            moved[name] = (by[:, : BLOCK // 2] | (by[:, BLOCK // 2 :] << 4)).astype(np.uint8)
        return moved


def tensor(layer: int, matrix: str) -> str:
    """The engine's name of a matrix."""
    return f"l{layer}.{matrix}.w"


def _matrices(file: EncoderFile) -> Iterator[tuple[str, int]]:
    for layer in range(file.layers):
        for matrix in MATRICES:
            yield tensor(layer, matrix), file.inner if matrix == "fo" else file.width


def _whole(fine: jax.Array) -> jax.Array:
    nearest = jnp.clip(jnp.round(fine), LOWEST, HIGHEST)
    return fine + jax.lax.stop_gradient(nearest - fine)
