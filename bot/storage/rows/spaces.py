"""The tables of groups and of the reminders that were planned for them."""

from datetime import datetime

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.rows.base import Base, GoogleName, RandomId, Word


class SpaceRow(Base):
    """One group that the bot was added to."""

    __tablename__ = "spaces"

    name: Mapped[GoogleName] = mapped_column(primary_key=True)
    ref: Mapped[RandomId] = mapped_column(unique=True)
    kind: Mapped[Word]
    display_name: Mapped[str] = mapped_column(String(512))
    state: Mapped[Word] = mapped_column(index=True)
    dialect: Mapped[Word]
    added_by: Mapped[GoogleName]
    added_at: Mapped[datetime]
    decided_by: Mapped[GoogleName | None]
    decided_at: Mapped[datetime | None]


class ReminderRow(Base):
    """One reminder; the pair of group and slot is what keeps it from being planned twice."""

    __tablename__ = "reminders"
    __table_args__ = (UniqueConstraint("space", "slot"),)

    id: Mapped[RandomId] = mapped_column(primary_key=True)
    # No foreign key: that something was said in a group stays true when the group is gone.
    space: Mapped[GoogleName]
    slot: Mapped[datetime]
    item: Mapped[Word]
