"""Finds cases for the overview by who may read them, and those that were over when they began: trials."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.reports.ports import CaseId, SealedCase
from bot.school.people import UserId
from bot.storage.reports.cases import SqlCases
from bot.storage.rows.reports import GrantRow, ReportRow


class SqlOverview:
    """A `bot.reports.overview.gathering.CasesReadByAll`."""

    __slots__ = ("_session",)

    def __init__(self, session: Session) -> None:
        self._session = session

    def read_by_all(self, users: Collection[UserId], start: datetime, end: datetime) -> Sequence[SealedCase]:
        """The cases received from `start` until `end` (aware UTC) whose story every one of these people may read."""
        everybody = set(users)
        readers = (
            select(GrantRow.case_id)
            .where(GrantRow.user_id.in_(everybody), GrantRow.sees_story.is_(True))
            .group_by(GrantRow.case_id)
            .having(func.count() == len(everybody))
        )
        asked = select(ReportRow.id).where(
            ReportRow.id.in_(readers), ReportRow.received_at >= start, ReportRow.received_at < end
        )
        return self._cases(self._session.scalars(asked.order_by(ReportRow.id)).all())

    def over_at_once(self, now: datetime) -> Sequence[SealedCase]:
        """The cases that were closed at the moment when they came in and whose time is not over, the newest first."""
        asked = select(ReportRow.id).where(ReportRow.closed_at == ReportRow.received_at, ReportRow.retain_until > now)
        return self._cases(self._session.scalars(asked.order_by(ReportRow.received_at.desc(), ReportRow.id)).all())

    def _cases(self, ids: Sequence[str]) -> Sequence[SealedCase]:
        cases = SqlCases(self._session)
        return [case for each in ids if (case := cases.get(CaseId(each))) is not None]
