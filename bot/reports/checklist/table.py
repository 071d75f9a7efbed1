"""The checklist's rows, read from data that a school can edit; a table with a mistake is refused with its place."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any, Self

from bot.reports.categories import ABUSE_BY_STAFF, ADVICE, Categories, Category
from bot.reports.checklist.deadlines import Deadline
from bot.school.articles import ArticleCode
from bot.school.helplines import Helplines

STOP_FIRST = "niet_zelf_onderzoeken"
INSPECTOR = "vertrouwensinspecteur"
"""The two rows without which the board's case is not safe (responsible-use.md section 3, C01)."""

MINUTES_LINES = (3, 6)
TITLE_AT_MOST = 120
EXPLANATION_AT_MOST = 400
ROWS_AT_MOST = 25
"""Of one case: they stand on one card, which holds only so much."""

_STEP_REQUIRED = frozenset({"sleutel", "titel", "uitleg", "voor"})
_STEP_OPTIONAL = frozenset({"artikel", "bron", "route", "personeel", "binnen", "termijn"})
_MINUTES = frozenset({"voor", "regels", "hulp"})


class ChecklistRefused(ValueError):
    """A checklist that cannot be used; the message is Dutch and names the row."""


@dataclass(frozen=True, slots=True)
class Row:
    """One step: what it asks, and the article or law it comes from (at least one of the two).

    `for_board` and `with_staff` are None where they make no difference. `key` is what histories keep, so it stays.
    """

    key: str
    title: str
    explanation: str
    categories: frozenset[str]
    article: ArticleCode | None
    source: str
    for_board: bool | None
    with_staff: bool | None
    deadline: Deadline | None

    def asks(self, category: Category, by_staff: str) -> bool:
        """Whether it is for a case; `by_staff` is what its reporter said ("" when not asked), doubt shows both."""
        if category.code not in self.categories or self.for_board not in {None, category.to_board}:
            return False
        certainly = category.by_staff or by_staff == "ja"
        perhaps = certainly or by_staff == "weet_niet"
        return self.with_staff is None or (perhaps if self.with_staff else not certainly)


@dataclass(frozen=True, slots=True)
class FirstMinutes:
    """What to do now: a few short lines, and whom to call (ids of `Helplines`)."""

    categories: frozenset[str]
    lines: tuple[str, ...]
    help: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Checklist:
    """The whole table."""

    rows: tuple[Row, ...]
    minutes: tuple[FirstMinutes, ...]

    @classmethod
    def load(cls, categories: Categories) -> Self:
        """Read the table that ships with the bot; raises `ChecklistRefused`."""
        text = resources.files("bot.reports").joinpath("data/checklist.toml").read_text(encoding="utf-8")
        return cls.parse(text, categories, Helplines.load())

    @classmethod
    def parse(cls, text: str, categories: Categories, helplines: Helplines) -> Self:
        """Read a table; raises `ChecklistRefused` with the row and what is wrong with it."""
        try:
            table = tomllib.loads(text)
        except tomllib.TOMLDecodeError as problem:
            raise ChecklistRefused(f"De lijst met stappen is niet te lezen: {problem}") from problem
        reading = _Reading(categories, helplines, table.get("groepen", {}))
        rows = tuple(reading.row(row, number) for number, row in enumerate(table.get("stap", []), start=1))
        minutes = tuple(reading.minutes(row, n) for n, row in enumerate(table.get("tien_minuten", []), start=1))
        made = cls(rows, minutes)
        _check_whole(made, categories)
        return made

    def of(self, category: Category, by_staff: str) -> Sequence[Row]:
        """The rows for a case, in the table's order."""
        return [row for row in self.rows if row.asks(category, by_staff)]

    def first_minutes(self, category: Category) -> FirstMinutes:
        """What to do now; raises LookupError for a category of which no case can exist."""
        for minutes in self.minutes:
            if category.code in minutes.categories:
                return minutes
        raise LookupError(f"no first minutes for {category.code}")


@dataclass(frozen=True, slots=True)
class _Reading:
    """Reads single rows against what they may name."""

    categories: Categories
    helplines: Helplines
    groups: Mapping[str, Any]

    def row(self, row: Mapping[str, Any], number: int) -> Row:
        place = f"stap {row.get('sleutel', number)}"
        _check_fields(place, row, _STEP_REQUIRED, _STEP_OPTIONAL)
        if not {"artikel", "bron"} & row.keys():
            raise ChecklistRefused(f"{place}: zet erbij waar dit vandaan komt, met artikel of bron.")
        if ("binnen" in row) != ("termijn" in row):
            raise ChecklistRefused(f"{place}: binnen en termijn horen bij elkaar.")
        key, title = str(row["sleutel"]), str(row["titel"]).strip()
        _check_words(place, key, title, str(row["uitleg"]).strip())
        try:
            deadline = Deadline.parse(str(row["binnen"]), str(row["termijn"])) if "binnen" in row else None
        except ValueError as problem:
            raise ChecklistRefused(f"{place}: deze termijn kan niet: {problem}") from problem
        return Row(
            key=key,
            title=title,
            explanation=str(row["uitleg"]).strip(),
            categories=self._codes(place, row["voor"]),
            article=ArticleCode(row["artikel"]) if "artikel" in row else None,
            source=str(row.get("bron", "")).strip(),
            for_board=_either(place, row.get("route"), "bestuur", "schoolleiding"),
            with_staff=_either(place, row.get("personeel"), "ja", "nee"),
            deadline=deadline,
        )

    def minutes(self, row: Mapping[str, Any], number: int) -> FirstMinutes:
        place, (fewest, most) = f"tien_minuten {number}", MINUTES_LINES
        _check_fields(place, row, _MINUTES, frozenset())
        lines, numbers = tuple(str(line).strip() for line in row["regels"]), tuple(str(line) for line in row["hulp"])
        if not fewest <= len(lines) <= most or not all(lines):
            raise ChecklistRefused(f"{place}: er horen {fewest} tot {most} regels te staan, geen lege.")
        unknown = [line for line in numbers if line not in self.helplines.rows]
        if unknown:
            raise ChecklistRefused(f"{place}: {unknown[0]} staat niet in de lijst met nummers.")
        return FirstMinutes(self._codes(place, row["voor"]), lines, numbers)

    def _codes(self, place: str, named: Sequence[object]) -> frozenset[str]:
        codes = [str(code) for name in named for code in self.groups.get(str(name), [name])]
        unknown = [code for code in codes if code not in self.categories]
        if unknown or not codes:
            raise ChecklistRefused(f"{place}: {unknown[0] if unknown else 'niets'} is geen onderwerp en geen groep.")
        return frozenset(codes)


def _check_fields(place: str, row: Mapping[str, Any], required: frozenset[str], optional: frozenset[str]) -> None:
    wrong = (required - row.keys()) or (row.keys() - required - optional)
    if wrong:
        raise ChecklistRefused(f"{place}: {', '.join(sorted(wrong))} ontbreekt of hoort hier niet.")


def _check_words(place: str, key: str, title: str, explanation: str) -> None:
    if not re.fullmatch(r"\w{1,40}", key):
        raise ChecklistRefused(f"{place}: een sleutel is een woord van hooguit 40 letters.")
    for name, text, most in (("titel", title, TITLE_AT_MOST), ("uitleg", explanation, EXPLANATION_AT_MOST)):
        if not 0 < len(text) <= most:
            raise ChecklistRefused(f"{place}: een {name} telt 1 tot {most} tekens.")


def _either(place: str, value: object, yes: str, no: str) -> bool | None:
    if value not in {None, yes, no}:
        raise ChecklistRefused(f'{place}: hier kan alleen "{yes}" of "{no}" staan.')
    return None if value is None else value == yes


def _check_whole(made: Checklist, categories: Categories) -> None:
    """What only the whole table can be wrong about."""
    keys = [row.key for row in made.rows]
    twice = sorted({key for key in keys if keys.count(key) > 1})
    if twice:
        raise ChecklistRefused(f"stap {twice[0]}: deze sleutel staat er twee keer.")
    for category in categories.rows.values():
        if not category.sendable and category.code != ADVICE:
            continue
        if not any(category.code in row.categories for row in made.rows):
            raise ChecklistRefused(f"{category.code}: hiervoor staat er geen stap.")
        if len(made.of(category, "weet_niet")) > ROWS_AT_MOST:
            raise ChecklistRefused(f"{category.code}: er passen hooguit {ROWS_AT_MOST} stappen bij een zaak.")
        if sum(category.code in minutes.categories for minutes in made.minutes) != 1:
            raise ChecklistRefused(f"{category.code}: hiervoor hoort er precies een lijst met tien minuten te zijn.")
    board = [row.key for row in made.of(categories[ABUSE_BY_STAFF], "ja")]
    if board[:2] != [STOP_FIRST, INSPECTOR]:
        raise ChecklistRefused(f"{ABUSE_BY_STAFF}: de eerste twee stappen horen {STOP_FIRST} en {INSPECTOR} te zijn.")
