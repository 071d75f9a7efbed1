"""What answering needs of whatever finds the articles, so that a better finder can take its place."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from bot.school.articles import ArticleCode
from bot.school.people import Role


class Intent(StrEnum):
    """What somebody who typed something wants."""

    ARTICLE = "article"
    OUT_OF_SCOPE = "out_of_scope"
    REPORT = "report"
    CRISIS = "crisis"
    SMALL_TALK = "small_talk"


@dataclass(frozen=True, slots=True)
class Ranked:
    """An article with how well it fits: a higher score fits better, the scale is the matcher's own."""

    code: ArticleCode
    score: float


@dataclass(frozen=True, slots=True)
class Match:
    """What was understood: the intent, and articles with the best first, also when the intent is another.

    `close` is how many of them are near enough to the best to belong to the answer. `doubtful` means that the best is
    not clearly the best. `danger` means a faint sign of danger under another intent: help fits beside the answer.
    """

    intent: Intent
    articles: tuple[Ranked, ...]
    close: int = 1
    doubtful: bool = False
    danger: bool = False


class Matcher(Protocol):
    """Finds the articles that a question is about. Keeps nothing of the question."""

    def match(self, question: str, role: Role) -> Match:
        """What the question wants and which articles fit it; never raises on what somebody typed."""
        ...
