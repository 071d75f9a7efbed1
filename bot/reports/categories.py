"""What a report can be about, read from data that a school can edit."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib import resources
from typing import Self

from bot.reports.ports import Urgency
from bot.school.articles import ArticleCode

ABUSE_BY_STAFF = "C01"
"""The category that goes to the board only; also what C14 becomes unless it is said not to be sexual."""


class Question(StrEnum):
    """The one question that decides the route; the value is its name in the data."""

    NONE = ""
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
    question: Question
    help: tuple[str, ...]
    articles: tuple[ArticleCode, ...]


@dataclass(frozen=True, slots=True)
class Categories:
    """The whole table."""

    rows: Mapping[str, Category]

    @classmethod
    def load(cls) -> Self:
        """Read the table that ships with the bot."""
        text = resources.files("bot.reports").joinpath("data/categories.toml").read_text(encoding="utf-8")
        rows = [
            Category(
                code=row["code"],
                offered=row["keuze"],
                urgency=Urgency(row["dringend"]),
                sexual=row.get("seksueel", False),
                by_staff=row.get("personeel", False),
                question=Question(row["vraag"]),
                help=tuple(row["hulp"]),
                articles=tuple(ArticleCode(code) for code in row["artikelen"]),
            )
            for row in tomllib.loads(text)["categorie"]
        ]
        return cls({row.code: row for row in rows})

    def offered(self) -> tuple[Category, ...]:
        """The choices of the first screen, in order."""
        return tuple(row for row in self.rows.values() if row.offered)

    def __getitem__(self, code: str) -> Category:
        return self.rows[code]

    def __contains__(self, code: object) -> bool:
        return code in self.rows
