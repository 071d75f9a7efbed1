"""The tables that prove what happened: signed heads of histories, and how many cases were purged when."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.rows.base import Base, RandomId

# In the order of their random ids: what lies beside what tells nothing.
_UNORDERED: dict[str, Any] = {"sqlite_with_rowid": False}


class AuditHeadRow(Base):
    """The last signed head of one history; the fields mean what they mean in `bot.reports.keeping.heads.Head`.

    No foreign key: the head must outlive a case that somebody deletes.
    """

    __tablename__ = "audit_heads"
    __table_args__ = _UNORDERED

    case_id: Mapped[RandomId] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(Date)
    count: Mapped[int]
    hash: Mapped[RandomId]
    signature: Mapped[str] = mapped_column(String(160))


class PurgeRow(Base):
    """How many cases were purged on a day at school: all that is left of them."""

    __tablename__ = "purges"
    __table_args__ = _UNORDERED

    day: Mapped[date] = mapped_column(Date, primary_key=True)
    count: Mapped[int]


class PurgedCaseRow(Base):
    """A case that was purged, by its random id, for as long as a backup may still hold its key."""

    __tablename__ = "purged_cases"
    __table_args__ = _UNORDERED

    case_id: Mapped[RandomId] = mapped_column(primary_key=True)
    purged_at: Mapped[datetime] = mapped_column(index=True)
