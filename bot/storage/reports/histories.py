"""Keeps the history of each case as sealed steps, numbered so that two people cannot both take the next one."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.reports.ports import CaseId
from bot.storage.rows.reports import CaseStepRow
from bot.storage.statements import changed, insert_into


class SqlHistories:
    """A `bot.reports.ports.HistoryStore`."""

    __slots__ = ("_session",)

    def __init__(self, session: Session) -> None:
        self._session = session

    def append(self, case: CaseId, number: int, body: bytes) -> bool:
        """Keep a step under its number; False when somebody else's step has it."""
        new = insert_into(self._session, CaseStepRow).values(case_id=case, number=number, body=body)
        return changed(self._session, new.on_conflict_do_nothing()) == 1

    def of(self, case: CaseId) -> Sequence[bytes]:
        """All steps of a case, in order."""
        steps = select(CaseStepRow.body).where(CaseStepRow.case_id == case).order_by(CaseStepRow.number)
        return list(self._session.scalars(steps))
