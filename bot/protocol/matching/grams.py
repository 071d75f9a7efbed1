"""Turns a sentence into weighed columns of one wide table: pieces of 2 to 5 letters, words and pairs of words.

Columns are numbered by a checksum, so that no list of words has to be kept beside the weights. Training and answering
both go through here: what was learnt about a column is about what is counted in it.
"""

import re
from collections import Counter
from collections.abc import Iterator
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from bot.protocol.matching.features import fold

COLUMNS = 1 << 17

MOST_CHARACTERS = 1_000
"""Of a text that are counted; a longer story has said what it is about before that."""

_PIECES = range(2, 6)
_WORD = re.compile(r"\w+")

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]


def weighed(text: str, rarity: Floats) -> tuple[Integers, Floats]:
    """The columns in which a text has something, and how much; its pieces together weigh as much as its words.

    `rarity` says for each column how telling it is; zero where nothing was ever seen.
    """
    words = _WORD.findall(fold(text)[:MOST_CHARACTERS])
    parts = [_part(Counter(found), rarity) for found in (_pieces(words), _words(words))]
    return np.concatenate([columns for columns, _ in parts]), np.concatenate([weights for _, weights in parts])


def columns_of(text: str) -> frozenset[int]:
    """All columns in which a text has something."""
    words = _WORD.findall(fold(text)[:MOST_CHARACTERS])
    return frozenset((*_pieces(words), *_words(words)))


def _part(counts: Counter[int], rarity: Floats) -> tuple[Integers, Floats]:
    columns = np.fromiter(counts.keys(), np.int64, len(counts))
    often = np.fromiter(counts.values(), np.float32, len(counts))
    weights = (1 + np.log(often)) * rarity[columns]
    length = float(np.linalg.norm(weights))
    return columns, weights / length if length else weights


def _pieces(words: list[str]) -> Iterator[int]:
    for word in words:
        framed = f" {word} "
        for size in _PIECES:
            for start in range(max(1, len(framed) - size + 1)):
                yield _column("p" + framed[start : start + size])


def _words(words: list[str]) -> Iterator[int]:
    for place, word in enumerate(words):
        yield _column("w" + word)
        if place:
            yield _column(f"w{words[place - 1]} {word}")


def _column(piece: str) -> int:
    return crc32(piece.encode()) % COLUMNS
