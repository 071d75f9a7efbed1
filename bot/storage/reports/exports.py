"""Keeps which case somebody may fetch, counts the tries, and lets the right code work once, on several workers too."""

from datetime import datetime

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import Session

from bot.reports.exporting.codes import TRIES_AT_MOST
from bot.reports.exporting.ports import Waiting
from bot.reports.ports import CaseId
from bot.school.people import UserId
from bot.storage.rows.exports import ExportRow
from bot.storage.statements import changed


class SqlExports:
    """A `bot.reports.exporting.ports.ExportStore`."""

    __slots__ = ("_session",)

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, waiting: Waiting) -> None:
        """Keep it in place of what this person could fetch of this case so far."""
        self._session.execute(
            delete(ExportRow).where(ExportRow.case_id == waiting.case, ExportRow.user_id == waiting.user)
        )
        self._session.add(
            ExportRow(
                address_hash=waiting.address_hash,
                case_id=waiting.case,
                user_id=waiting.user,
                code_hash=waiting.code_hash,
                tries=0,
                expires_at=waiting.expires_at,
                used_at=None,
            )
        )
        self._session.flush()

    def is_waiting(self, address_hash: str, now: datetime) -> bool:
        """Whether a code would be looked at: not used, not expired, tries left."""
        found = select(ExportRow.address_hash).where(_waits(address_hash, now))
        return self._session.scalar(found) is not None

    def take_a_try(self, address_hash: str, now: datetime) -> Waiting | None:
        """Count one try; None when nothing waits there or no try is left. Others wait until this transaction ends."""
        # One statement: of two at once the second waits here, and then sees what the first one left.
        counted = update(ExportRow).where(_waits(address_hash, now)).values(tries=ExportRow.tries + 1)
        if changed(self._session, counted.execution_options(synchronize_session=False)) != 1:
            return None
        row = self._session.get_one(ExportRow, address_hash)
        return Waiting(row.address_hash, row.code_hash, CaseId(row.case_id), UserId(row.user_id), row.expires_at)

    def use(self, address_hash: str, now: datetime) -> None:
        """From now on it is used."""
        used = update(ExportRow).where(ExportRow.address_hash == address_hash).values(used_at=now)
        self._session.execute(used.execution_options(synchronize_session=False))

    def purge(self, now: datetime) -> int:
        """Remove what has expired; tells how many."""
        return changed(self._session, delete(ExportRow).where(ExportRow.expires_at <= now))


def _waits(address_hash: str, now: datetime) -> ColumnElement[bool]:
    return (
        (ExportRow.address_hash == address_hash)
        & ExportRow.used_at.is_(None)
        & (ExportRow.expires_at > now)
        & (ExportRow.tries < TRIES_AT_MOST)
    )
