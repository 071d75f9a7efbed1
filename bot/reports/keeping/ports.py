"""What keeping reports needs of the world: rows by the key that they lie under, and a place for signed heads."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from bot.reports.keeping.heads import Head
from bot.reports.ports import BlindIndex, CaseId, SealedCase, SealedDraft
from bot.school.people import UserId


class RewrapStore(Protocol):
    """Rows with a wrapped key, inside the caller's transaction; what somebody else is changing is passed over."""

    def users(self) -> Sequence[UserId]:
        """Everybody whom the bot knows."""
        ...

    def cases_not_under(self, mark: bytes, *, after: str, most: int) -> Sequence[SealedCase]:
        """Cases whose wrapped key does not begin with `mark`, by id, from the one behind `after`."""
        ...

    def drafts(self, *, after: str, most: int) -> Sequence[SealedDraft]:
        """Drafts by id, from the one behind `after`."""
        ...

    def keep_case(self, case: CaseId, wrapped_key: bytes, reporter: BlindIndex) -> None:
        """Give a case that was just read another wrapped key and index."""
        ...

    def keep_draft(self, draft: str, wrapped_key: bytes, owner: BlindIndex) -> None:
        """Give a draft that was just read another wrapped key and index."""
        ...

    def marks(self) -> Mapping[str, Mapping[str, int]]:
        """How many cases, drafts and heads there are for each key's id."""
        ...


class AuditStore(Protocol):
    """Keeps the signed heads of histories, and what was purged, inside the caller's transaction."""

    def alone(self) -> None:
        """From here to the end of the transaction nobody else signs or purges."""
        ...

    def cases(self) -> Sequence[CaseId]:
        """All cases, by id."""
        ...

    def head(self, case: CaseId) -> Head | None:
        """The last head of one case, or of the roll."""
        ...

    def heads(self) -> Mapping[CaseId, Head]:
        """The last head of each case, and of the roll (`heads.ROLL`)."""
        ...

    def save(self, head: Head) -> None:
        """Keep a head in place of the one before."""
        ...

    def forget(self, cases: Sequence[CaseId]) -> None:
        """Remove the heads of cases that were purged."""
        ...

    def purges(self) -> Mapping[date, int]:
        """How many cases were purged on each day."""
        ...

    def add_purge(self, cases: Sequence[CaseId], day: date, at: datetime) -> None:
        """Count cases that were purged, and remember their ids for as long as a backup may hold their keys."""
        ...
