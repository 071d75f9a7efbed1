"""What carrying a mail needs to know: whose address a Chat id has."""

from typing import Protocol

from bot.school.people import Email, UserId


class Mailboxes(Protocol):
    """Knows somebody's personal e-mail address, looked up at the moment of sending."""

    def of(self, user: UserId) -> Email | None:
        """The address, or None when this Chat id is bound to none any more."""
        ...
