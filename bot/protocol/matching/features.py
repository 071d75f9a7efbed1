"""What a sentence is made of, for finding its like: words, pairs of words, and pieces of words that survive typos."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator

MOST_CHARACTERS = 4_096
"""Google Chat's own limit; what is beyond it is not looked at."""

SHORTEST_PIECE = 3
LONGEST_PIECE = 4

_WORD = re.compile(r"\w+")
_STRETCHED = re.compile(r"(\w)\1{2,}")
_SPACES = re.compile(r"\s+")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\u0640]")
_QUOTES = str.maketrans({"\u2018": "'", "\u2019": "'", "\u02bc": "'", "`": "'", "\u00b4": "'", "\u0307": None})

Pieces = Callable[[str], list[str]]


def fold(text: str) -> str:
    """The text with small letters, plain quotes, single spaces and no stretched letters ("heeeel" becomes "heel")."""
    plain = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text[:MOST_CHARACTERS])).casefold().translate(_QUOTES)
    return _STRETCHED.sub(r"\1\1", _SPACES.sub(" ", plain)).strip()


def pieces(word: str) -> list[str]:
    """The pieces of 3 and 4 letters of a word, its edges marked by a space; measured better than 2 to 5."""
    framed = f" {word} "
    return [
        framed[start : start + size]
        for size in range(SHORTEST_PIECE, LONGEST_PIECE + 1)
        for start in range(len(framed) - size + 1)
    ]


def features(text: str, pieces_of: Pieces = pieces) -> Counter[str]:
    """How often each feature is in a text; `pieces_of` lets whoever reads thousands of texts remember pieces."""
    return Counter(_features(text, pieces_of))


def _features(text: str, pieces_of: Pieces) -> Iterator[str]:
    before = ""
    for word in _WORD.findall(fold(text)):
        yield f"={word}"
        if before:
            yield f"{before}+{word}"
        yield from pieces_of(word)
        before = word
