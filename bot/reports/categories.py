"""What a report can be about, read from data that a school can edit."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib import resources
from typing import Self

from bot.reports.ports import Urgency
from bot.school.articles import ArticleCode

ABUSE_BY_STAFF = "C01"
"""What goes to the board only: sexual and with somebody of the staff, or perhaps so (responsible-use.md 0.2)."""


class Question(StrEnum):
    """A question that decides the route; the value is its name in the data."""

    STAFF = "personeel"
    SEXUAL = "seksueel"


@dataclass(frozen=True, slots=True)
class Category:
    """One row of the table (responsible-use.md section 3)."""

    code: str
    offered: bool
    urgency: Urgency
    sexual: bool
    by_staff: bool
    also_board: bool
    questions: tuple[Question, ...]
    help: tuple[str, ...]
    articles: tuple[ArticleCode, ...]


@dataclass(frozen=True, slots=True)
class Categories:
    """The whole table."""

    rows: Mapping[str, Category]
    sexual_words: tuple[str, ...]

    @classmethod
    def load(cls) -> Self:
        """Read the table that ships with the bot."""
        text = resources.files("bot.reports").joinpath("data/categories.toml").read_text(encoding="utf-8")
        table = tomllib.loads(text)
        rows = [
            Category(
                code=row["code"],
                offered=row["keuze"],
                urgency=Urgency(row["dringend"]),
                sexual=row.get("seksueel", False),
                by_staff=row.get("personeel", False),
                also_board=row.get("ook_bestuur", False),
                questions=tuple(Question(name) for name in row["vragen"]),
                help=tuple(row["hulp"]),
                articles=tuple(ArticleCode(code) for code in row["artikelen"]),
            )
            for row in table["categorie"]
        ]
        return cls({row.code: row for row in rows}, tuple(table["seksuele_woorden"]))

    def sounds_sexual(self, story: str) -> bool:
        """Whether a word of the story begins like one of the list; that only brings questions, it decides nothing."""
        return any(word.startswith(self.sexual_words) for word in re.findall(r"[^\W\d_]+", story.casefold()))

    def offered(self) -> tuple[Category, ...]:
        """The choices of the first screen, in order."""
        return tuple(row for row in self.rows.values() if row.offered)

    def __getitem__(self, code: str) -> Category:
        return self.rows[code]

    def __contains__(self, code: object) -> bool:
        return code in self.rows
