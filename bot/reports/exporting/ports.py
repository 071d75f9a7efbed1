"""What exporting needs of the world: a place for what may be fetched, for minutes."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.reports.ports import CaseId
from bot.school.people import UserId


@dataclass(frozen=True, slots=True)
class Waiting:
    """That somebody may fetch a case once, until `expires_at` (real time, aware UTC).

    Address and code are kept as hashes only: whoever reads the database can fetch nothing.
    """

    address_hash: str
    code_hash: str
    case: CaseId
    user: UserId
    expires_at: datetime


class ExportStore(Protocol):
    """Keeps what may be fetched, inside the caller's transaction; all times are real, aware UTC."""

    def add(self, waiting: Waiting) -> None:
        """Keep it in place of what this person could fetch of this case so far."""
        ...

    def is_waiting(self, address_hash: str, now: datetime) -> bool:
        """Whether a code would be looked at: not used, not expired, tries left."""
        ...

    def take_a_try(self, address_hash: str, now: datetime) -> Waiting | None:
        """Count one try; None when nothing waits there or no try is left. Others wait until this transaction ends."""
        ...

    def use(self, address_hash: str, now: datetime) -> None:
        """From now on it is used."""
        ...

    def purge(self, now: datetime) -> int:
        """Remove what has expired; tells how many."""
        ...
