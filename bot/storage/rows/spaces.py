"""The tables of groups, of the reminders that were planned for them, and of what their staff chose about these."""

from datetime import date, datetime

from sqlalchemy import SmallInteger, String, UniqueConstraint
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
    suspended_for: Mapped[Word | None]
    overruled: Mapped[Word | None]
    members_complete: Mapped[bool | None]
    looked_at: Mapped[datetime | None]
    expires_on: Mapped[date | None]
    asked_on: Mapped[date | None]


class MembershipRow(Base):
    """Somebody in a group; the fields mean what they mean in `bot.groups.presence.ports.Membership`."""

    __tablename__ = "memberships"

    space: Mapped[GoogleName] = mapped_column(primary_key=True)
    user_id: Mapped[GoogleName] = mapped_column(primary_key=True)
    outsider: Mapped[bool]
    first_seen: Mapped[date]
    welcomed: Mapped[bool] = mapped_column(index=True)
    left_on: Mapped[date | None]


class RoundRow(Base):
    """How far a round over all groups came; `lease_until` is real time."""

    __tablename__ = "rounds"

    name: Mapped[Word] = mapped_column(primary_key=True)
    started_at: Mapped[datetime]
    done: Mapped[bool]
    lease_until: Mapped[datetime | None]


class ReminderRow(Base):
    """One reminder; the pair of group and slot is what keeps it from being planned twice."""

    __tablename__ = "reminders"
    __table_args__ = (UniqueConstraint("space", "slot"),)

    id: Mapped[RandomId] = mapped_column(primary_key=True)
    # No foreign key: that something was said in a group stays true when the group is gone.
    space: Mapped[GoogleName]
    slot: Mapped[datetime]
    item: Mapped[Word]


class WishesRow(Base):
    """One group whose staff chose; the fields mean what they mean in `bot.etiquette.wishes.Wishes`."""

    __tablename__ = "group_wishes"

    # No foreign key: what was chosen stays when the bot was away for a while.
    space: Mapped[GoogleName] = mapped_column(primary_key=True)
    weeks: Mapped[int] = mapped_column(SmallInteger)
    moved_on: Mapped[int]
    since: Mapped[datetime | None]
    paused_until: Mapped[date | None]
    left_out: Mapped[str] = mapped_column(String(255))
