"""The table of events that changed something, so that a repeat changes nothing."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.rows.base import Base, RandomId, Word


class SeenEventRow(Base):
    """One event: a keyed hash of it, who works on it until when (real time), and the id of what it did."""

    __tablename__ = "seen_events"

    event_key: Mapped[RandomId] = mapped_column(primary_key=True)
    state: Mapped[Word]
    holder: Mapped[RandomId]
    lease_until: Mapped[datetime]
    effect: Mapped[str | None] = mapped_column(String(255))
    expires_at: Mapped[datetime] = mapped_column(index=True)
