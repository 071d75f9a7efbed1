"""Which Google Chat id belongs to which address of the school, and where somebody's direct message with the bot is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.school.people import Email, UserId
from bot.school.spaces import Dialect, SpaceName


@dataclass(frozen=True, slots=True)
class Binding:
    """An address bound once to a Chat id; `direct_message` is None until there is one. `bound_at` is aware UTC."""

    email: Email
    user: UserId
    bound_at: datetime
    direct_message: SpaceName | None = None
    dialect: Dialect = Dialect.CLASSIC


class Bindings(Protocol):
    """Remembers bindings, inside the caller's transaction."""

    def of_user(self, user: UserId) -> Binding | None:
        """What is bound to this Chat id."""
        ...

    def of_email(self, email: Email) -> Binding | None:
        """What is bound to this address."""
        ...

    def of_emails(self, emails: Sequence[Email]) -> Mapping[Email, Binding]:
        """The bindings of these addresses, those without one left out."""
        ...

    def save(self, binding: Binding) -> None:
        """Add it, or replace the direct message and dialect of what is bound; never moves an address to another id."""
        ...

    def forget_direct_message(self, space: SpaceName) -> None:
        """The bot was removed from this direct message."""
        ...
