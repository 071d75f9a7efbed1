"""Knows an article again in a new version: by its text and place, so that a number that shifts takes nothing along."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from rapidfuzz import fuzz

from bot.protocol.document import Article
from bot.school.articles import ArticleCode

SURE = 80.0
"""From 0 to 100; texts that are more alike are one article that was touched up."""

DOUBTFUL = 55.0
"""Below this, texts are no longer one article in other words; only the same place can still say that they are."""

AHEAD = 8.0
"""How much more alike the best pair must be than the next best, or nobody can tell which of them it is."""

SAME_SECTION, SAME_CODE = 4.0, 2.0
"""What the same heading and the same code add: less than what keeps two texts apart."""

LONGEST_COMPARED = 4_000
"""Characters; enough to know a text by."""

Identities = Mapping[ArticleCode, str]
"""Article code to identity, for one version."""


@dataclass(frozen=True, slots=True)
class Pair:
    """An article of the new version with the one of the old version that it is, None for a new one.

    `sure` is False where the choice had to be made on little; a human looks at those.
    """

    new: Article
    old: Article | None
    sure: bool = True


def pairs_of(old: Sequence[Article], new: Sequence[Article]) -> tuple[Pair, ...]:
    """Every new article with its old one, in the order of the new version; an old article is used once."""
    found = _same_texts(old, new)
    free_old = [article for article in old if article.code not in {pair.old.code for pair in found if pair.old}]
    free_new = [article for article in new if article.code not in {pair.new.code for pair in found}]
    found += _alike(free_old, free_new)
    by_code = {pair.new.code: pair for pair in found}
    return tuple(by_code.get(article.code, Pair(article, None)) for article in new)


def new_identities(pairs: Sequence[Pair], old: Identities, used: AbstractSet[str]) -> dict[ArticleCode, str]:
    """The identities of a version: the old article's own, or one that no version ever used (`used`)."""
    taken = {*used, *old.values()}
    found: dict[ArticleCode, str] = {}
    for pair in pairs:
        if pair.old is not None:
            found[pair.new.code] = old[pair.old.code]
            continue
        identity = str(pair.new.code)
        if identity in taken:
            identity = f"{pair.new.code}-{hashlib.sha256(pair.new.text.encode()).hexdigest()[:8]}"
        while identity in taken:
            identity += "x"
        taken.add(identity)
        found[pair.new.code] = identity
    return found


def _same_texts(old: Sequence[Article], new: Sequence[Article]) -> list[Pair]:
    """Texts that did not change; of those that stand there more than once, the ones at the same place."""
    old_texts, new_texts = Counter(map(_flat, old)), Counter(map(_flat, new))
    waiting: dict[str, list[Article]] = {}
    for article in old:
        waiting.setdefault(_flat(article), []).append(article)
    found = []
    for article in sorted(new, key=lambda each: all(each.code != other.code for other in old)):
        same = waiting.get(_flat(article))
        if not same:
            continue
        best = max(same, key=lambda other: _place(other, article))
        same.remove(best)
        only = old_texts[_flat(article)] == new_texts[_flat(article)] == 1
        found.append(Pair(article, best, sure=only or best.code == article.code))
    return found


def _alike(old: Sequence[Article], new: Sequence[Article]) -> list[Pair]:
    """Texts that changed: the most alike pairs first, then what stands at the same place."""
    scores = {
        (before.code, after.code): fuzz.ratio(_flat(before)[:LONGEST_COMPARED], _flat(after)[:LONGEST_COMPARED])
        + _place(before, after)
        for before in old
        for after in new
    }
    old_by_code = {article.code: article for article in old}
    new_by_code = {article.code: article for article in new}
    found = []
    for (before, after), score in sorted(scores.items(), key=lambda item: -item[1]):
        if score < DOUBTFUL or before not in old_by_code or after not in new_by_code:
            continue
        sure = score >= SURE and score - _next_best(scores, before, after) >= AHEAD
        found.append(Pair(new_by_code.pop(after), old_by_code.pop(before), sure))
    stayed = ((article, old_by_code.get(code)) for code, article in new_by_code.items())
    found += [Pair(after, before, sure=False) for after, before in stayed if before and _same_section(before, after)]
    return found


def _next_best(scores: Mapping[tuple[ArticleCode, ArticleCode], float], old: ArticleCode, new: ArticleCode) -> float:
    others = (score for (before, after), score in scores.items() if (before == old) != (after == new))
    return max(others, default=0.0)


def _place(old: Article, new: Article) -> float:
    return SAME_SECTION * _same_section(old, new) + SAME_CODE * (old.code == new.code)


def _same_section(old: Article, new: Article) -> bool:
    return old.section.short_title.casefold() == new.section.short_title.casefold()


def _flat(article: Article) -> str:
    return " ".join(article.text.split())
