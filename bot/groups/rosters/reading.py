"""Reads class lists from a file as schools export it: each row that cannot be used has a reason, the rest goes in."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from bot.groups.rosters.decoding import Refusal, RosterRefused, decoded, repaired
from bot.groups.rosters.ports import Enrolled, Pupil
from bot.groups.rosters.table import Meaning, Row, Table, Words, clean, find_table
from bot.school.people import Email, Person

LONGEST_CLASS, LONGEST_NAME, LONGEST_EMAIL = 32, 100, 254
"""Letters; the last is RFC 5321's."""

_EMAIL = re.compile(r"[a-z0-9._%+'-]+@[a-z0-9-]+(\.[a-z0-9-]+)+")
_CLASS = re.compile(r"\w[\w .\-/+&]*")
_TITLE = re.compile(
    r"\b(?:(?:stam|mentor)?(?:klas|groep)|klassenlijst|leerlingenlijst)\b\s*[:;]?\s*((?=\S*\d)[^\s,;]{1,32})",
    re.IGNORECASE,
)
_BY_EXCEL = re.compile(r"\d+([.,]\d+)?e[+-]\d+", re.IGNORECASE)
_TITLE_CELLS = 2
"""`Klas` and `2B`."""

_FORMULA = ("=", "+", "@", "-")


class Reason(StrEnum):
    """What is wrong with a row."""

    NO_EMAIL = "no_email"
    BAD_EMAIL = "bad_email"
    OUTSIDE = "outside"
    STAFF = "staff"
    FORMULA = "formula"
    NO_CLASS = "no_class"
    BAD_CLASS = "bad_class"
    TWICE = "twice"
    UNREADABLE = "unreadable"
    CUT_OFF = "cut_off"
    TWO_CLASSES = "two_classes"
    NAME_LEFT_OUT = "name_left_out"

    @property
    def goes_in(self) -> bool:
        """Whether the pupil is on the list all the same, and somebody should only look."""
        return self in {Reason.TWO_CLASSES, Reason.NAME_LEFT_OUT}


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with which line; nothing of what stands there."""

    line: int
    reason: Reason


@dataclass(frozen=True, slots=True)
class RosterFile:
    """What a file says; a file that is cut off says nothing about the classes that are not in it."""

    classes: Mapping[str, tuple[Pupil, ...]] = field(repr=False)
    problems: tuple[Problem, ...]
    cut_off: bool


def read_roster(data: bytes, person: Callable[[Email], Person], only_class: str | None = None) -> RosterFile:
    """The class lists in the bytes of a file; `person` knows who belongs to an address by the school's own data.

    With `only_class` the other classes are left out; a file that names no class is about that one. Raises
    RosterRefused where nothing can be used.
    """
    words = Words.load()
    table = find_table(decoded(data), words)
    wanted = None if only_class is None else class_key(only_class)
    return _Reader(table, words, person, wanted).read()


def read_course(enrolled: Iterable[Enrolled], class_name: str, person: Callable[[Email], Person]) -> RosterFile:
    """The class list that the pupils of a course make; a problem's line is the place in the course, from 1."""
    rows = tuple(Row(place, (clean(each.email), clean(each.name))) for place, each in enumerate(enrolled, start=1))
    columns = {Meaning.EMAIL: (0,), Meaning.FULL: (1,)}
    table = Table(before=(), heading=Row(0, ()), columns=columns, rows=rows)
    return _Reader(table, Words.load(), person, class_key(class_name)).read()


def class_key(name: str) -> str:
    """How a class is kept and compared: `klas 2b` is 2B."""
    return re.sub(r"^(?:klas|groep)\s+", "", " ".join(name.split()), flags=re.IGNORECASE).upper()


def is_class(key: str) -> bool:
    """Whether a class can have this name (as `class_key` gives it)."""
    return len(key) <= LONGEST_CLASS and _CLASS.fullmatch(key) is not None


class _Unusable(Exception):
    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


class _Reader:
    """One reading of one table."""

    def __init__(self, table: Table, words: Words, person: Callable[[Email], Person], wanted: str | None) -> None:
        self._table, self._words, self._person, self._wanted = table, words, person, wanted
        self._named = bool(table.columns.keys() & {Meaning.CLASS, Meaning.LESSON})
        # Somebody is in many lesson groups, and in one class.
        self._by_class = not self._named or Meaning.CLASS in table.columns
        self._classes: dict[str, dict[Email, Pupil]] = {}
        self._home: dict[Email, str] = {}
        self._problems: list[Problem] = []
        self._title = ""
        self._cut_off = False

    def read(self) -> RosterFile:
        for row in self._table.before:
            self._is_title(row)
        if not self._named and self._wanted is None and not self._title and not self._titles_follow():
            raise RosterRefused(Refusal.NO_CLASS)
        for row in self._table.rows:
            try:
                self._take(row)
            except _Unusable as unusable:
                self._problem(row, unusable.reason)
        lists = {name: tuple(pupils.values()) for name, pupils in sorted(self._classes.items())}
        return RosterFile(lists, tuple(self._problems), self._cut_off)

    def _take(self, row: Row) -> None:
        if row.cells is None:
            raise _Unusable(Reason.UNREADABLE)
        if not any(row.cells) or row.cells == self._table.heading.cells or self._is_remark(row):
            return
        class_name = self._class_of(row)
        if class_name is not None and not is_class(class_name):
            raise _Unusable(Reason.BAD_CLASS)
        if class_name is not None and self._wanted not in {None, class_name}:
            return
        email = self._email_of(row)
        if class_name is None:
            raise _Unusable(Reason.NO_CLASS)
        pupils = self._classes.setdefault(class_name, {})
        if email in pupils:
            raise _Unusable(Reason.TWICE)
        pupils[email] = Pupil(email, self._name_of(row))
        if self._home.setdefault(email, class_name) != class_name and self._by_class:
            self._problem(row, Reason.TWO_CLASSES)

    def _problem(self, row: Row, reason: Reason) -> None:
        short = row.cells is None or len(row.cells) < len(self._table.heading.cells or ())
        if row.unended and short and not reason.goes_in:
            self._cut_off, reason = True, Reason.CUT_OFF
        self._problems.append(Problem(row.number, reason))

    def _is_remark(self, row: Row) -> bool:
        """Whether a row tells about the list and not about a pupil: a total, a page, or the class that follows."""
        said = [cell for cell in row.cells or () if cell]
        if any("@" in cell for cell in said):
            return False
        return self._is_title(row) or self._words.is_total(said[0]) or (len(said) == 1 and said[0].isdigit())

    def _is_title(self, row: Row) -> bool:
        said = [cell for cell in row.cells or () if cell]
        if self._named:
            # Whoever has no address must be told of: only a class that stands alone is no pupil.
            return len(said) == 1 and _TITLE.fullmatch(said[0]) is not None
        title = _TITLE.search(" ".join(said)) if len(said) <= _TITLE_CELLS else None
        if title is None:
            return False
        self._title = class_key(title[1])
        return True

    def _titles_follow(self) -> bool:
        found = any(self._is_title(row) for row in self._table.rows if not any("@" in cell for cell in row.cells or ()))
        self._title = ""
        return found

    def _class_of(self, row: Row) -> str | None:
        if not self._named:
            return self._title or self._wanted
        said = [*self._table.cells(row, Meaning.CLASS), *self._table.cells(row, Meaning.LESSON)]
        if not said:
            return None
        if said[0].startswith(_FORMULA):
            raise _Unusable(Reason.FORMULA)
        name = class_key(said[0])
        months = {word.upper() for word in self._words.by_meaning[Meaning.MONTH]}
        # Excel makes 1E2 a number and 2-1 a date: which class was meant is gone.
        by_excel = _BY_EXCEL.fullmatch(name) or not months.isdisjoint(re.split(r"[\s.-]+", name))
        if by_excel:
            raise _Unusable(Reason.BAD_CLASS)
        return name

    def _email_of(self, row: Row) -> Email:
        """The first address of a row that is a pupil's; else what is wrong with the first one."""
        problem: Reason | None = None
        for cell in self._table.cells(row, Meaning.EMAIL):
            if cell.startswith(_FORMULA):
                problem = problem or Reason.FORMULA
                continue
            for address in _addresses(cell):
                wrong = self._wrong_with(address)
                if wrong is None:
                    return Email(address)
                problem = problem or wrong
        raise _Unusable(problem or Reason.NO_EMAIL)

    def _wrong_with(self, address: str) -> Reason | None:
        if len(address) > LONGEST_EMAIL or _EMAIL.fullmatch(address) is None:
            return Reason.BAD_EMAIL
        person = self._person(Email(address))
        if person.is_pupil:
            return None
        return Reason.STAFF if person.is_staff else Reason.OUTSIDE

    def _name_of(self, row: Row) -> str:
        given, particle, surname, full = (
            next(iter(self._table.cells(row, meaning)), "")
            for meaning in (Meaning.GIVEN, Meaning.PARTICLE, Meaning.SURNAME, Meaning.FULL)
        )
        particle = "" if particle == "-" else particle
        if any(part.startswith(_FORMULA) for part in (given, particle, surname, full)):
            self._problem(row, Reason.NAME_LEFT_OUT)
            return ""
        name = repaired(" ".join(part for part in (given, particle, surname) if part) if surname else full or given)
        name = _in_order(name).replace("\ufffd", "").replace('"', "")
        if len(name) > LONGEST_NAME or any(unicodedata.category(letter)[0] == "C" for letter in name):
            self._problem(row, Reason.NAME_LEFT_OUT)
            return ""
        return name


def _addresses(cell: str) -> Sequence[str]:
    """The addresses in a cell; a cell that is not addresses only is returned whole, as an address that is none."""
    text = re.sub(r"\s*@\s*", "@", cell.strip("'\"")).casefold()
    if (named := re.fullmatch(r"[^<>]*<([^<>]*)>", text)) is not None:
        text = named[1]
    pieces = [piece.removeprefix("mailto:").rstrip(".") for piece in re.split(r"[;,\s]+", text) if piece]
    return pieces if all("@" in piece for piece in pieces) else [text]


def _in_order(name: str) -> str:
    """`Vries, Sanne de` is Sanne de Vries."""
    return " ".join(part.strip() for part in reversed(name.split(",")) if part.strip())
