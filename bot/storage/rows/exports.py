"""The table of cases that somebody may fetch, for minutes; without the keys no code can be made of it."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.rows.base import Base, GoogleName, RandomId

# In the order of their random ids: what lies beside what tells nothing.
_UNORDERED: dict[str, Any] = {"sqlite_with_rowid": False}


class ExportRow(Base):
    """One export that waits or was fetched; all times are real. It goes with the case."""

    __tablename__ = "exports"
    __table_args__ = _UNORDERED

    address_hash: Mapped[RandomId] = mapped_column(primary_key=True)
    case_id: Mapped[RandomId] = mapped_column(ForeignKey("reports.id", ondelete="CASCADE"), index=True)
    user_id: Mapped[GoogleName]
    code_hash: Mapped[str] = mapped_column(String(160))
    tries: Mapped[int]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    used_at: Mapped[datetime | None]
