"""Keeps the signed heads of histories, and what is left of cases that were purged."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import delete, select, text
from sqlalchemy.orm import Session

from bot.reports.keeping.heads import Head
from bot.reports.ports import CaseId
from bot.storage.rows.audit import AuditHeadRow, PurgedCaseRow, PurgeRow
from bot.storage.rows.reports import ReportRow
from bot.storage.statements import changed, insert_into


class SqlAudit:
    """A `bot.reports.keeping.ports.AuditStore`."""

    __slots__ = ("_session",)

    def __init__(self, session: Session) -> None:
        self._session = session

    def alone(self) -> None:
        """From here to the end of the transaction nobody else signs or purges; readers are not held up."""
        # SQLite's writers are alone from the start.
        if self._session.get_bind().dialect.name == "postgresql":
            self._session.execute(text("LOCK TABLE audit_heads IN SHARE ROW EXCLUSIVE MODE"))

    def cases(self) -> Sequence[CaseId]:
        """All cases, by id."""
        return [CaseId(case) for case in self._session.scalars(select(ReportRow.id).order_by(ReportRow.id))]

    def head(self, case: CaseId) -> Head | None:
        """The last head of one case, or of the roll."""
        row = self._session.get(AuditHeadRow, case)
        return None if row is None else _head(row)

    def heads(self) -> Mapping[CaseId, Head]:
        """The last head of each case, and of the roll."""
        return {CaseId(row.case_id): _head(row) for row in self._session.scalars(select(AuditHeadRow))}

    def save(self, head: Head) -> None:
        """Keep a head in place of the one before."""
        new = insert_into(self._session, AuditHeadRow).values(
            case_id=head.case, day=head.day, count=head.count, hash=head.hash, signature=head.signature
        )
        fields = {name: new.excluded[name] for name in ("day", "count", "hash", "signature")}
        self._session.execute(new.on_conflict_do_update(index_elements=[AuditHeadRow.case_id], set_=fields))

    def forget(self, cases: Sequence[CaseId]) -> None:
        """Remove the heads of cases that were purged."""
        self._session.execute(delete(AuditHeadRow).where(AuditHeadRow.case_id.in_(cases)))

    def purges(self) -> Mapping[date, int]:
        """How many cases were purged on each day."""
        return {row.day: row.count for row in self._session.scalars(select(PurgeRow))}

    def add_purge(self, cases: Sequence[CaseId], day: date, at: datetime) -> None:
        """Count cases that were purged, and remember their ids for as long as a backup may hold their keys."""
        if not cases:
            return
        counted = insert_into(self._session, PurgeRow).values(day=day, count=len(cases))
        more = {"count": PurgeRow.count + counted.excluded["count"]}
        self._session.execute(counted.on_conflict_do_update(index_elements=[PurgeRow.day], set_=more))
        for case in cases:
            gone = insert_into(self._session, PurgedCaseRow).values(case_id=case, purged_at=at)
            self._session.execute(gone.on_conflict_do_nothing())

    def purged_cases(self) -> Sequence[CaseId]:
        """The ids of what was purged lately."""
        asked = select(PurgedCaseRow.case_id).order_by(PurgedCaseRow.case_id)
        return [CaseId(case) for case in self._session.scalars(asked)]

    def forget_purged(self, before: datetime) -> int:
        """Remove the ids of what was purged before this moment; tells how many."""
        return changed(self._session, delete(PurgedCaseRow).where(PurgedCaseRow.purged_at < before))


def _head(row: AuditHeadRow) -> Head:
    return Head(CaseId(row.case_id), row.day, row.count, row.hash, row.signature)
