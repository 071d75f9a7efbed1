"""What a report can be about, read from data that a school can edit."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib import resources
from typing import Any, Self

from bot.reports.ports import Urgency
from bot.school.articles import ArticleCode
from bot.school.people import Role

ABUSE_BY_STAFF = "C01"
"""What goes to the board only: sexual and with somebody of the staff, or perhaps so (responsible-use.md 0.2)."""

ADVICE = "C16"
"""A question to one's line manager: no incident, and in no figure about incidents."""

SOMETHING_ELSE = "C21"
"""The choice behind which the further ones stand; nobody is forced to make one."""


class CategoriesRefused(ValueError):
    """A table that cannot be used; the message is Dutch and names the row."""


class Question(StrEnum):
    """A question that decides the route; the value is its name in the data."""

    STAFF = "personeel"
    SEXUAL = "seksueel"


class Offered(StrEnum):
    """Where a category can be chosen."""

    FIRST = "eerst"
    MORE = "meer"
    NEVER = "nee"


class Board(StrEnum):
    """What the board gets of a report to the leadership."""

    NOTHING = "niets"
    ALL = "alles"
    CODE = "code"


_ROLES = {"leerling": Role.PUPIL, "ouder": Role.PARENT, "medewerker": Role.STAFF}
_REQUIRED = frozenset({"code", "keuze", "dringend", "vragen", "hulp", "artikelen"})
_OPTIONAL = frozenset(
    {"seksueel", "personeel", "gaande", "route", "route_personeel", "bestuur", "versturen", "voor"},
)
_ROUTES = frozenset({"schoolleiding", "bestuur"})


@dataclass(frozen=True, slots=True)
class Category:
    """One row of the table (responsible-use.md section 3).

    `may_go_on` asks whether it still goes on, which makes it one level more urgent. `sendable` is False for what has a
    door of its own elsewhere: that door is shown, and nothing is sent from here.
    """

    code: str
    offered: Offered
    urgency: Urgency
    questions: tuple[Question, ...]
    help: tuple[str, ...]
    articles: tuple[ArticleCode, ...]
    sexual: bool = False
    by_staff: bool = False
    may_go_on: bool = False
    to_board: bool = False
    to_board_if_staff: bool = False
    board: Board = Board.NOTHING
    sendable: bool = True
    roles: frozenset[Role] = frozenset(_ROLES.values())

    def is_for(self, role: Role) -> bool:
        """Whether it is offered to somebody in this role; who has none is offered what pupils are."""
        return (role if role in _ROLES.values() else Role.STAFF if role in _STAFF else Role.PUPIL) in self.roles


_STAFF = frozenset({Role.LEADER, Role.BOARD})


@dataclass(frozen=True, slots=True)
class Categories:
    """The whole table."""

    rows: Mapping[str, Category]
    sexual_words: tuple[str, ...]

    @classmethod
    def load(cls) -> Self:
        """Read the table that ships with the bot; raises `CategoriesRefused`."""
        return cls.parse(resources.files("bot.reports").joinpath("data/categories.toml").read_text(encoding="utf-8"))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a table; raises `CategoriesRefused` with the row and what is wrong with it."""
        try:
            table = tomllib.loads(text)
        except tomllib.TOMLDecodeError as problem:
            raise CategoriesRefused(f"De tabel met onderwerpen is niet te lezen: {problem}") from problem
        rows = [_category(row, number) for number, row in enumerate(table.get("categorie", []), start=1)]
        found = {row.code: row for row in rows}
        if len(found) < len(rows):
            raise CategoriesRefused("Een code staat twee keer in de tabel met onderwerpen.")
        for needed in (ABUSE_BY_STAFF, ADVICE, SOMETHING_ELSE):
            if needed not in found:
                raise CategoriesRefused(f"De tabel met onderwerpen mist {needed}.")
        if not found[ABUSE_BY_STAFF].to_board:
            raise CategoriesRefused(f'{ABUSE_BY_STAFF} hoort route = "bestuur" te hebben.')
        return cls(found, tuple(table.get("seksuele_woorden", ())))

    def sounds_sexual(self, story: str) -> bool:
        """Whether a word of the story begins like one of the list; that only brings questions, it decides nothing."""
        return any(word.startswith(self.sexual_words) for word in re.findall(r"[^\W\d_]+", story.casefold()))

    def offered(self, where: Offered = Offered.FIRST) -> tuple[Category, ...]:
        """The choices of the first screen, or the further ones, in order."""
        return tuple(row for row in self.rows.values() if row.offered is where)

    def __getitem__(self, code: str) -> Category:
        return self.rows[code]

    def __contains__(self, code: object) -> bool:
        return code in self.rows


def _category(row: Mapping[str, Any], number: int) -> Category:
    name = str(row.get("code", f"onderwerp {number}"))
    missing, unknown = _REQUIRED - row.keys(), row.keys() - _REQUIRED - _OPTIONAL
    if missing or unknown:
        raise CategoriesRefused(f"{name}: {', '.join(sorted(missing or unknown))} ontbreekt of hoort hier niet.")
    routes = [row.get(key, "schoolleiding") for key in ("route", "route_personeel")]
    if not set(routes) <= _ROUTES:
        raise CategoriesRefused(f"{name}: een route is schoolleiding of bestuur.")
    try:
        return Category(
            code=name,
            offered=Offered(row["keuze"]),
            urgency=Urgency(row["dringend"]),
            questions=tuple(Question(asked) for asked in row["vragen"]),
            help=tuple(str(line) for line in row["hulp"]),
            articles=tuple(ArticleCode(code) for code in row["artikelen"]),
            sexual=bool(row.get("seksueel", False)),
            by_staff=bool(row.get("personeel", False)),
            may_go_on=bool(row.get("gaande", False)),
            to_board=routes[0] == "bestuur",
            to_board_if_staff=routes[1] == "bestuur",
            board=Board(row.get("bestuur", Board.NOTHING)),
            sendable=bool(row.get("versturen", True)),
            roles=frozenset(_ROLES[role] for role in row.get("voor", _ROLES)),
        )
    except (ValueError, KeyError) as problem:
        raise CategoriesRefused(f"{name}: {problem} is hier geen geldig woord.") from problem
