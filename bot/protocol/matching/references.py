"""Finds articles that a text names by their code ("artikel A6", "A6") or footnote number ("voetnoot 3")."""

import re
from collections.abc import Set as AbstractSet

from bot.protocol.matching.features import fold
from bot.school.articles import ArticleCode

_CODE_ALONE = re.compile(r"[\s/?.!]*([a-z]) ?(\d{1,2})?[\s?.!]*")
_CODE_WITH_WORD = re.compile(r"\b(?:artikel|artikelen|art\.?|regel|article|rule) ([a-z]) ?(\d{1,2})?\b")
_FOOTNOTE = re.compile(r"\b(?:voetnoot|noot|footnote|note) (?:nummer |number )?(\d{1,2})\b")


def named_in(text: str, codes: AbstractSet[ArticleCode]) -> frozenset[ArticleCode]:
    """The codes of this protocol that the text names; a letter without such a word beside it may be a class or size."""
    folded = fold(text)
    found = {f"{letter}{number}" for letter, number in _CODE_WITH_WORD.findall(folded)}
    found |= {f"f{number}" for number in _FOOTNOTE.findall(folded)}
    if alone := _CODE_ALONE.fullmatch(folded):
        found.add(f"{alone[1]}{alone[2] or ''}")
    return frozenset(code for code in codes if code.casefold() in found)
