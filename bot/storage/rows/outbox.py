"""The table of what is owed to people and groups."""

from datetime import datetime

from sqlalchemy import Index, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.rows.base import Base, RandomId, Word


class DeliveryRow(Base):
    """One delivery; the fields mean what they mean in `bot.outbox.delivery.Delivery`."""

    __tablename__ = "deliveries"
    __table_args__ = (
        # In the order of the lease query: waiting ones first, then the most pressing one.
        Index("ix_deliveries_next", "state", "priority", "not_before", "created_at"),
        # What somebody was told just now.
        Index("ix_deliveries_just_said", "address", "delivered_at"),
    )

    id: Mapped[RandomId] = mapped_column(primary_key=True)
    kind: Mapped[Word]
    address: Mapped[str] = mapped_column(String(512))
    subject: Mapped[RandomId] = mapped_column(index=True)
    priority: Mapped[int] = mapped_column(SmallInteger)
    message_id: Mapped[RandomId] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    not_before: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    state: Mapped[Word]
    attempts: Mapped[int]
    retry_at: Mapped[datetime | None]
    lease_until: Mapped[datetime | None]
    delivered_at: Mapped[datetime | None]
