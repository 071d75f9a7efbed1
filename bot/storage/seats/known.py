"""The school as it is in force: its file, who reads reports by the lists that were agreed on, and roles by account."""

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.school.facts import SchoolFacts
from bot.school.seats.agreeing import InForce
from bot.school.seats.seats import seats_in, with_seats
from bot.storage.transactions import Store

LOOKED_UP_EVERY = 60.0
"""Seconds; what another worker was told holds here within this."""


class KnownSchool:
    """Gives the school's facts, looked up again once a minute; `file` is what the school's file says.

    Who reads reports never comes from the file alone: without the database there is no answer. The demo school's list
    is there from the start, so that a visitor can try everything. `is_open` is whether reports can come in at all.
    """

    def __init__(
        self,
        file: SchoolFacts,
        store: Store,
        now: Callable[[], datetime],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.file = file
        self._store = store
        self._now = now
        self._monotonic = monotonic
        self._looking = threading.Lock()
        self._looked_at: float | None = None
        self._school = file
        self.is_open = False

    def school(self) -> SchoolFacts:
        """The facts in force; the same object until something changes."""
        with self._looking:
            at = self._monotonic()
            if self._looked_at is None or at - self._looked_at >= LOOKED_UP_EVERY:
                found = self._look()
                self._looked_at = at
                if found != self._school:
                    self._school = found
            return self._school

    def look_again(self) -> None:
        """Look at the next call: a change was agreed on here."""
        self._looked_at = None

    def in_force(self) -> InForce:
        """The list that counts; the file's becomes the first one where nobody has confirmed any."""
        with self._store.read() as transaction:
            known = transaction.seats.in_force()
        wanted = seats_in(self.file)
        if known is not None and (known.was_ever_confirmed or known.seats == wanted):
            return known
        with self._store.write() as transaction:
            transaction.seats.seed(wanted, self._now())
            if self.file.demo:
                transaction.seats.confirm(wanted.recipients, self._now())
            seeded = transaction.seats.in_force()
        if seeded is None:
            raise LookupError("the list of who reads reports was not kept")
        return seeded

    def _look(self) -> SchoolFacts:
        in_force = self.in_force()
        self.is_open = in_force.is_open
        school = with_seats(self.file, in_force.seats, reports_open=in_force.is_open)
        if not school.account_rules:
            return school
        with self._store.read() as transaction:
            return replace(school, by_account=transaction.accounts.all())
