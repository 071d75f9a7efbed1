"""The tables of what is owed to people and groups, and of how fast it may go."""

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


class LaneRow(Base):
    """When the next message of a lane may leave (`bot.outbox.pace.Lane`), by real time."""

    __tablename__ = "pace_lanes"

    lane: Mapped[Word] = mapped_column(primary_key=True)
    next_at: Mapped[datetime]


class SpaceWriteRow(Base):
    """A space that was written to just now: its keyed hash, and from when on it may be written to again (real time).

    Gone within a minute or two: beside the steps of a case, a moment could say whose direct message it was.
    """

    __tablename__ = "pace_spaces"

    space: Mapped[RandomId] = mapped_column(primary_key=True)
    free_at: Mapped[datetime]
