"""A place in the school's file, which knows its own name, so that an error can say where it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any


class SchoolFileError(ValueError):
    """The school's file cannot be used; the message says where and what is expected."""


@dataclass(frozen=True, slots=True)
class Place:
    """A table of the file with its name, so that an error can say where it is."""

    where: str
    table: Mapping[str, Any]

    def sub(self, key: str) -> "Place":
        """A block inside this one, empty when it is not there; raises SchoolFileError."""
        value = self.table.get(key, {})
        if not isinstance(value, dict):
            raise SchoolFileError(f"{self._at(key)}: hier hoort een blok [{key}] te staan.")
        return Place(self._at(key), value)

    def text(self, key: str, meaning: str, default: str | None = None) -> str:
        """A text; `meaning` says in the error what it is about. Raises SchoolFileError."""
        value = self.table.get(key, default)
        if not isinstance(value, str) or (not value.strip() and default is None):
            raise SchoolFileError(f"{self._at(key)}: {meaning} ontbreekt of is geen tekst tussen aanhalingstekens.")
        return value.strip()

    def flag(self, key: str) -> bool:
        """Yes or no, no when it is not there; raises SchoolFileError."""
        value = self.table.get(key, False)
        if not isinstance(value, bool):
            raise SchoolFileError(f"{self._at(key)}: schrijf true of false.")
        return value

    def number(self, key: str, meaning: str, default: int, *, least: int, most: int) -> int:
        """A whole number between two bounds, both included; raises SchoolFileError."""
        value = self.table.get(key, default)
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise SchoolFileError(f"{self._at(key)}: {meaning} is een getal van {least} tot en met {most}.")
        return value

    def day(self, key: str, meaning: str) -> date:
        """A day; raises SchoolFileError."""
        value = self.table.get(key)
        # TOML's moments are dates to Python as well, and cannot be compared with days.
        if not isinstance(value, date) or isinstance(value, datetime):
            raise SchoolFileError(f"{self._at(key)}: {meaning} ontbreekt; schrijf een datum als 2026-09-01.")
        return value

    def hour(self, key: str, meaning: str) -> time:
        """A time of day at school; raises SchoolFileError."""
        value = self.table.get(key)
        if not isinstance(value, time):
            raise SchoolFileError(f"{self._at(key)}: {meaning} ontbreekt; schrijf een tijd als 08:30:00.")
        return value

    def rows(self, key: str, meaning: str) -> list["Place"]:
        """The blocks of a list, each knowing its number; raises SchoolFileError."""
        value = self.table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
            raise SchoolFileError(f"{self._at(key)}: {meaning} hoort een lijst van blokken [[{key}]] te zijn.")
        return [Place(f"{self._at(key)}, nummer {number}", row) for number, row in enumerate(value, start=1)]

    def texts(self, key: str, meaning: str) -> tuple[str, ...]:
        """A list of texts; raises SchoolFileError."""
        value = self.table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise SchoolFileError(f"{self._at(key)}: {meaning} hoort een lijst van teksten te zijn.")
        return tuple(item.strip() for item in value)

    def only(self, *known: str) -> None:
        """Refuse a misspelt word: what it was meant to say would silently not count."""
        for key in self.table:
            if key not in known:
                raise SchoolFileError(f"{self._at(key)}: dit woord hoort hier niet. Kies uit: {', '.join(known)}.")

    def _at(self, key: str) -> str:
        return f"{self.where} > {key}" if self.where else key
