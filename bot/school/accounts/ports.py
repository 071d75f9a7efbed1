"""What is asked of the school's list of accounts."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from bot.school.people import Email


@dataclass(frozen=True, slots=True)
class Account:
    """An account of the school; `unit` is the path of its organisational unit, such as `/Leerlingen/Onderbouw`."""

    email: Email = field(repr=False)
    unit: str


class AccountsUnknown(Exception):
    """Who has an account cannot be said now; the sentence says what to do and names nobody."""


class Accounts(Protocol):
    """Knows the accounts of the school, and who is in a Google group."""

    def all(self) -> Sequence[Account]:
        """Every account that is in use; raises AccountsUnknown, never a part of the list."""
        ...

    def members_of(self, group: str) -> Sequence[Email]:
        """The addresses in a Google group, those in groups within it too; raises AccountsUnknown."""
        ...
