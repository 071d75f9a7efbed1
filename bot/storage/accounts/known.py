"""The school's facts with the roles that accounts have now; looked up again once a minute."""

import threading
import time
from collections.abc import Callable
from dataclasses import replace

from bot.school.facts import SchoolFacts
from bot.storage.transactions import Store

LOOKED_UP_EVERY = 60.0
"""Seconds; a role that the directory took away is gone within this."""


class KnownAccounts:
    """Gives the school as it is now; without rules about units or groups it never asks the database.

    The last list stays in use while the database does not answer: nobody gets more rights by that than they had.
    """

    def __init__(self, school: SchoolFacts, store: Store, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._school = school
        self._store = store
        self._monotonic = monotonic
        self._looking = threading.Lock()
        self._looked_at: float | None = None

    def school(self) -> SchoolFacts:
        """The school's facts; the same object until a role changes."""
        if not self._school.account_rules:
            return self._school
        with self._looking:
            now = self._monotonic()
            if self._looked_at is None or now - self._looked_at >= LOOKED_UP_EVERY:
                with self._store.read() as transaction:
                    roles = transaction.accounts.all()
                self._looked_at = now
                if roles != self._school.by_account:
                    self._school = replace(self._school, by_account=roles)
            return self._school
