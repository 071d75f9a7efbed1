"""Whom to call or chat with outside school, read from data with the day on which each row was checked."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from importlib import resources
from typing import Self

CRISIS = ("noodgeval", "113", "kindertelefoon", "veilig_thuis")
"""What is shown first to somebody in need (responsible-use.md R22)."""


@dataclass(frozen=True, slots=True)
class Helpline:
    """One number with what it is for, in Dutch and English."""

    id: str
    dutch: str
    english: str
    phone: str
    checked_on: date


@dataclass(frozen=True, slots=True)
class Helplines:
    """All rows, by id."""

    rows: Mapping[str, Helpline]

    @classmethod
    def load(cls) -> Self:
        """Read the rows that ship with the bot."""
        text = resources.files("bot.school").joinpath("helplines.toml").read_text(encoding="utf-8")
        rows = [
            Helpline(row["id"], row["naam"], row["en"], row["telefoon"], row["checked_on"])
            for row in tomllib.loads(text)["hulp"]
        ]
        return cls({row.id: row for row in rows})

    def pick(self, ids: Iterable[str]) -> tuple[Helpline, ...]:
        """These rows, in this order."""
        return tuple(self.rows[line] for line in ids)
