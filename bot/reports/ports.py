"""What reporting needs of the world: places that keep sealed cases, grants and drafts."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType, Protocol

from bot.school.people import UserId

CaseId = NewType("CaseId", str)
BlindIndex = NewType("BlindIndex", str)
"""HMAC of a user id under a key derived from the report keys: finds somebody's own cases, names nobody."""


class Urgency(StrEnum):
    """How soon somebody must look (responsible-use.md section 3: U0 to U3)."""

    NOW = "U0"
    TODAY = "U1"
    SOON = "U2"
    CALM = "U3"

    @property
    def sooner(self) -> "Urgency":
        """One step more urgent."""
        levels = list(Urgency)
        return levels[max(0, levels.index(self) - 1)]

    @property
    def is_urgent(self) -> bool:
        """Whether leadership is alerted at any hour."""
        return self is Urgency.NOW


@dataclass(frozen=True, slots=True)
class SealedCase:
    """A case as it is kept: what was told exists only as `body`, encrypted under a key that only `wrapped_key` holds.

    `code` is what the reporter keeps; random, as the id is. Times are aware UTC. `received_at` is rounded down to the
    day for a sealed reporter. `retain_until` is set at creation.
    """

    id: CaseId
    code: str
    urgency: Urgency
    wrapped_key: bytes
    body: bytes
    reporter: BlindIndex
    received_at: datetime
    retain_until: datetime
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Grant:
    """That somebody may see a case; who may not is never written down.

    Without `sees_story` it is a copy: that there is a case, its code and how urgent it is.
    """

    case: CaseId
    user: UserId
    granted_at: datetime
    opened_at: datetime | None = None
    sees_story: bool = True


class CaseStore(Protocol):
    """Keeps cases and grants, inside the caller's transaction; every reading asks for whom and answers by grant."""

    def add(self, case: SealedCase, grants: Sequence[Grant]) -> None:
        """Keep a new case with those who may see it."""
        ...

    def get(self, case: CaseId) -> SealedCase | None:
        """A case without asking for whom: for sending what is owed about it, never for showing."""
        ...

    def granted_to(
        self, user: UserId, *, start: int = 0, most: int | None = None
    ) -> Sequence[tuple[SealedCase, Grant]]:
        """The cases that somebody may see, what came to them last first; from place `start`, at most `most`."""
        ...

    def granted_case(self, case: CaseId, user: UserId) -> tuple[SealedCase, Grant] | None:
        """One case, if this person may see it; None tells nothing about whether it exists."""
        ...

    def mark_opened(self, case: CaseId, user: UserId, at: datetime) -> None:
        """Remember when somebody first opened the story; later openings change nothing."""
        ...

    def grant(self, grant: Grant) -> None:
        """Let somebody see a case from now on; who saw a copy sees the story."""
        ...

    def revoke(self, case: CaseId, user: UserId) -> None:
        """From now on it is as if the case did not exist for this person."""
        ...

    def readers(self, case: CaseId) -> Sequence[Grant]:
        """Who may see a case."""
        ...

    def close(self, case: CaseId, at: datetime, retain_until: datetime) -> None:
        """Remember that it is over, and until when it is kept."""
        ...

    def look_again(self, case: CaseId, at: datetime | None) -> None:
        """When somebody may have to be alerted about it; None when nothing is to come."""
        ...

    def to_look_at(self, now: datetime, most: int) -> Sequence[SealedCase]:
        """The open cases whose moment to look at has come, the longest waiting first."""
        ...

    def held_by_others(self, users: Collection[UserId], most: int) -> Sequence[SealedCase]:
        """Open cases of which somebody besides these people may read the story."""
        ...

    def unwatched(self, since: datetime) -> int:
        """How many open cases should have been looked at before this moment, and were not."""
        ...

    def hold(self, case: CaseId, *, held: bool) -> None:
        """Keep it whatever its end date says, or no longer."""
        ...

    def ended(self, now: datetime) -> Sequence[CaseId]:
        """The closed cases whose time is over and that nobody keeps longer."""
        ...

    def remove(self, cases: Sequence[CaseId]) -> None:
        """Remove cases with all that belongs to them; a purge counts them too (`bot.reports.keeping.auditing`)."""
        ...

    def purge(self, now: datetime) -> int:
        """Remove the closed cases whose time is over, with all that belongs to them; tells how many."""
        ...

    def open_past_end(self, now: datetime) -> int:
        """How many cases have outlived their time without being closed: they are kept, and they are an alarm."""
        ...

    def of_reporter(self, reporter: BlindIndex) -> Sequence[tuple[SealedCase, Sequence[Grant]]]:
        """Somebody's own cases with who may see each, newest first."""
        ...


class HistoryStore(Protocol):
    """Keeps the steps of each case, sealed, inside the caller's transaction."""

    def append(self, case: CaseId, number: int, body: bytes) -> bool:
        """Keep a step under its number; False when somebody else's step has it."""
        ...

    def of(self, case: CaseId) -> Sequence[bytes]:
        """All steps of a case, in order."""
        ...


@dataclass(frozen=True, slots=True)
class SealedDraft:
    """A report that is being written, encrypted; gone at `expires_at` (business time) at the latest."""

    id: str
    owner: BlindIndex
    wrapped_key: bytes
    body: bytes
    expires_at: datetime


class DraftStore(Protocol):
    """Keeps drafts, inside the caller's transaction."""

    def save(self, draft: SealedDraft) -> None:
        """Add it or replace what was there under this id."""
        ...

    def get(self, draft_id: str, owner: Collection[BlindIndex], now: datetime) -> SealedDraft | None:
        """One's own draft, under whichever of one's indexes, if it has not expired."""
        ...

    def erase(self, draft_id: str, owner: Collection[BlindIndex]) -> None:
        """Remove one's own draft at once."""
        ...

    def purge(self, now: datetime) -> int:
        """Remove what has expired; tells how many."""
        ...
