"""Gives cases and drafts another wrapped key, a batch at a time, beside a bot that serves."""

from collections import Counter
from collections.abc import Mapping, Sequence

from sqlalchemy import LargeBinary, func, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from bot.reports.ports import BlindIndex, CaseId, SealedCase, SealedDraft
from bot.school.people import UserId
from bot.storage.reports.cases import SqlCases
from bot.storage.reports.drafts import sealed_draft
from bot.storage.rows.audit import AuditHeadRow
from bot.storage.rows.people import PersonRow
from bot.storage.rows.reports import DraftRow, ReportRow

_LONGEST_ID = 64


class SqlRewrapping:
    """A `bot.reports.keeping.ports.RewrapStore`.

    Rows that were read stay locked until the end. Whom another transaction has locked is passed over instead of
    waited for, so that no two can wait for one another; the caller comes back for it.
    """

    __slots__ = ("_session",)

    def __init__(self, session: Session) -> None:
        self._session = session

    def users(self) -> Sequence[UserId]:
        """Everybody whom the bot knows."""
        return [UserId(user) for user in self._session.scalars(select(PersonRow.user_id))]

    def cases_not_under(self, mark: bytes, *, after: str, most: int) -> Sequence[SealedCase]:
        """Cases whose wrapped key does not begin with `mark`, by id, from the one behind `after`."""
        beginning = func.substr(ReportRow.wrapped_key, 1, len(mark), type_=LargeBinary)
        older = select(ReportRow.id).where(ReportRow.id > after, beginning != mark).order_by(ReportRow.id).limit(most)
        ids = self._session.scalars(older.with_for_update(skip_locked=True)).all()
        cases = SqlCases(self._session)
        return [case for each in ids if (case := cases.get(CaseId(each))) is not None]

    def drafts(self, *, after: str, most: int) -> Sequence[SealedDraft]:
        """Drafts by id, from the one behind `after`."""
        found = select(DraftRow).where(DraftRow.id > after).order_by(DraftRow.id).limit(most)
        return [sealed_draft(row) for row in self._session.scalars(found.with_for_update(skip_locked=True))]

    def keep_case(self, case: CaseId, wrapped_key: bytes, reporter: BlindIndex) -> None:
        """Give a case that was just read another wrapped key and index."""
        changing = update(ReportRow).where(ReportRow.id == case)
        self._session.execute(changing.values(wrapped_key=wrapped_key, reporter_index=reporter))

    def keep_draft(self, draft: str, wrapped_key: bytes, owner: BlindIndex) -> None:
        """Give a draft that was just read another wrapped key and index."""
        changing = update(DraftRow).where(DraftRow.id == draft)
        self._session.execute(changing.values(wrapped_key=wrapped_key, owner_index=owner))

    def marks(self) -> Mapping[str, Mapping[str, int]]:
        """How many cases, drafts and heads there are for each key's id."""
        signatures = self._session.scalars(select(AuditHeadRow.signature))
        return {
            "cases": self._by_key(ReportRow.wrapped_key),
            "drafts": self._by_key(DraftRow.wrapped_key),
            "heads": Counter(signature.partition(":")[0] for signature in signatures),
        }

    def _by_key(self, column: InstrumentedAttribute[bytes]) -> Mapping[str, int]:
        beginnings = self._session.scalars(select(func.substr(column, 1, _LONGEST_ID, type_=LargeBinary)))
        ids = (bytes(beginning).partition(b":")[0] for beginning in beginnings)
        return Counter(key.decode("ascii", errors="replace") for key in ids)
