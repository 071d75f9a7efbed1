"""Sealed cases, grants and drafts in dictionaries."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.reports.ports import BlindIndex, CaseId, Grant, SealedCase, SealedDraft
from bot.school.people import UserId
from bot.storage.reports.drafts import DraftOfSomebodyElse


@dataclass(frozen=True)
class _Row:
    case: SealedCase
    grants: tuple[Grant, ...]
    look_at: datetime | None = None
    held: bool = False


class FakeCases:
    """A `bot.reports.ports.CaseStore`."""

    def __init__(self) -> None:
        self.rows: dict[CaseId, _Row] = {}

    def add(self, case: SealedCase, grants: Sequence[Grant]) -> None:
        self.rows[case.id] = _Row(case, tuple(sorted(grants, key=lambda grant: (grant.granted_at, grant.user))))

    def get(self, case: CaseId) -> SealedCase | None:
        return self.rows[case].case if case in self.rows else None

    def granted_to(
        self, user: UserId, *, start: int = 0, most: int | None = None
    ) -> Sequence[tuple[SealedCase, Grant]]:
        found = [(row.case, grant) for row in self.rows.values() for grant in row.grants if grant.user == user]
        found.sort(key=lambda each: (each[1].granted_at, each[0].id), reverse=True)
        return found[start : None if most is None else start + most]

    def granted_case(self, case: CaseId, user: UserId) -> tuple[SealedCase, Grant] | None:
        return next((found for found in self.granted_to(user) if found[0].id == case), None)

    def mark_opened(self, case: CaseId, user: UserId, at: datetime) -> None:
        if case not in self.rows:
            return
        grants = self.rows[case].grants
        opened = (replace(grant, opened_at=grant.opened_at or at) if grant.user == user else grant for grant in grants)
        self._change(case, grants=tuple(opened))

    def grant(self, grant: Grant) -> None:
        self.revoke(grant.case, grant.user)
        self._change(grant.case, grants=(*self.rows[grant.case].grants, grant))

    def revoke(self, case: CaseId, user: UserId) -> None:
        self._change(case, grants=tuple(grant for grant in self.rows[case].grants if grant.user != user))

    def readers(self, case: CaseId) -> Sequence[Grant]:
        return sorted(self.rows[case].grants, key=lambda grant: grant.user) if case in self.rows else []

    def close(self, case: CaseId, at: datetime, retain_until: datetime) -> None:
        over = replace(self.rows[case].case, closed_at=at, retain_until=retain_until)
        self._change(case, case=over, look_at=None)

    def look_again(self, case: CaseId, at: datetime | None) -> None:
        self._change(case, look_at=at)

    def to_look_at(self, now: datetime, most: int) -> Sequence[SealedCase]:
        due = [(row.look_at, row.case) for row in self.rows.values() if row.look_at and row.case.closed_at is None]
        return [case for at, case in sorted(due, key=lambda each: each[0]) if at <= now][:most]

    def held_by_others(self, users: Collection[UserId], most: int) -> Sequence[SealedCase]:
        open_cases = [row for row in self.rows.values() if row.case.closed_at is None]
        found = [row.case for row in open_cases if any(g.sees_story and g.user not in users for g in row.grants)]
        return sorted(found, key=lambda case: case.id)[:most]

    def unwatched(self, since: datetime) -> int:
        return len(self.to_look_at(since, len(self.rows)))

    def hold(self, case: CaseId, *, held: bool) -> None:
        self._change(case, held=held)

    def ended(self, now: datetime) -> Sequence[CaseId]:
        return [
            row.case.id
            for row in self.rows.values()
            if row.case.closed_at is not None and row.case.retain_until <= now and not row.held
        ]

    def remove(self, cases: Sequence[CaseId]) -> None:
        for case_id in cases:
            self.rows.pop(case_id, None)

    def purge(self, now: datetime) -> int:
        over = self.ended(now)
        self.remove(over)
        return len(over)

    def open_past_end(self, now: datetime) -> int:
        return sum(row.case.retain_until <= now and row.case.closed_at is None for row in self.rows.values())

    def of_reporter(self, reporter: BlindIndex) -> Sequence[tuple[SealedCase, Sequence[Grant]]]:
        return [(row.case, list(row.grants)) for row in self._newest_first() if row.case.reporter == reporter]

    def _newest_first(self) -> list[_Row]:
        by_id = sorted(self.rows.values(), key=lambda row: row.case.id)
        return sorted(by_id, key=lambda row: row.case.received_at, reverse=True)

    def _change(self, case_id: CaseId, **fields: Any) -> None:
        if case_id in self.rows:
            self.rows[case_id] = replace(self.rows[case_id], **fields)


class FakeHistories:
    """A `bot.reports.ports.HistoryStore`."""

    def __init__(self) -> None:
        self.rows: dict[CaseId, list[bytes]] = {}

    def append(self, case: CaseId, number: int, body: bytes) -> bool:
        steps = self.rows.setdefault(case, [])
        if number != len(steps):
            return False
        steps.append(body)
        return True

    def of(self, case: CaseId) -> Sequence[bytes]:
        return list(self.rows.get(case, []))


class FakeDrafts:
    """A `bot.reports.ports.DraftStore`."""

    def __init__(self) -> None:
        self.rows: dict[str, SealedDraft] = {}

    def save(self, draft: SealedDraft) -> None:
        known = self.rows.get(draft.id)
        if known is not None and known.owner != draft.owner:
            raise DraftOfSomebodyElse
        self.rows[draft.id] = draft

    def get(self, draft_id: str, owner: Collection[BlindIndex], now: datetime) -> SealedDraft | None:
        draft = self.rows.get(draft_id)
        return draft if draft is not None and draft.owner in owner and draft.expires_at > now else None

    def erase(self, draft_id: str, owner: Collection[BlindIndex]) -> None:
        if draft_id in self.rows and self.rows[draft_id].owner in owner:
            del self.rows[draft_id]

    def purge(self, now: datetime) -> int:
        expired = [key for key, draft in self.rows.items() if draft.expires_at <= now]
        for key in expired:
            del self.rows[key]
        return len(expired)
