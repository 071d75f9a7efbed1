"""The tables of reports, of who may see them, and of drafts; what was told is only ever sealed bytes."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.rows.base import Base, GoogleName, RandomId, Word

# Rows lie in the order of their random ids and not, as SQLite's hidden counter would have it, in the order in which
# they came: a neighbour's time must not tell when a sealed report was made.
_UNORDERED: dict[str, Any] = {"sqlite_with_rowid": False}


class ReportRow(Base):
    """One sealed case; without the master keys it tells a day and an urgency."""

    __tablename__ = "reports"
    __table_args__ = _UNORDERED

    id: Mapped[RandomId] = mapped_column(primary_key=True)
    code: Mapped[RandomId] = mapped_column(unique=True)
    urgency: Mapped[Word]
    wrapped_key: Mapped[bytes]
    body: Mapped[bytes]
    reporter_index: Mapped[RandomId] = mapped_column(index=True)
    received_at: Mapped[datetime]
    retain_until: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    # When somebody may have to be alerted, or a deadline passes; None when nothing is to come.
    look_at: Mapped[datetime | None] = mapped_column(index=True)
    # Kept whatever its end date says: the board decided so.
    held: Mapped[bool]


class GrantRow(Base):
    """That somebody may see a case; it goes with the case."""

    __tablename__ = "grants"
    # In the order in which an inbox shows them.
    __table_args__ = (Index("ix_grants_inbox", "user_id", "granted_at", "case_id"), _UNORDERED)

    case_id: Mapped[RandomId] = mapped_column(ForeignKey("reports.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[GoogleName] = mapped_column(primary_key=True)
    granted_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]
    sees_story: Mapped[bool]


class CaseStepRow(Base):
    """One step in the history of a case, sealed under the case's own key; it goes with the case."""

    __tablename__ = "case_steps"
    __table_args__ = _UNORDERED

    case_id: Mapped[RandomId] = mapped_column(ForeignKey("reports.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    body: Mapped[bytes]


class DraftRow(Base):
    """One report that is being written."""

    __tablename__ = "drafts"
    __table_args__ = _UNORDERED

    id: Mapped[RandomId] = mapped_column(primary_key=True)
    owner_index: Mapped[RandomId]
    wrapped_key: Mapped[bytes]
    body: Mapped[bytes]
    expires_at: Mapped[datetime] = mapped_column(index=True)
