"""The tables of addresses bound to a Chat id, of roles by account, of who is away, and of who reads reports."""

from datetime import date, datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.rows.base import Base, GoogleName, Word


class PersonRow(Base):
    """One binding; an address has one Chat id and a Chat id one address (RFC 5321: at most 254 characters)."""

    __tablename__ = "people"

    email: Mapped[str] = mapped_column(String(254), primary_key=True)
    user_id: Mapped[GoogleName] = mapped_column(unique=True)
    bound_at: Mapped[datetime]
    direct_message: Mapped[GoogleName | None] = mapped_column(index=True)
    dialect: Mapped[Word]


class AccountRoleRow(Base):
    """The role that an account of the school has by its unit or groups."""

    __tablename__ = "account_roles"

    email: Mapped[str] = mapped_column(String(254), primary_key=True)
    role: Mapped[Word]


class AbsenceRow(Base):
    """Who is away from and until which day (both included, at school), and who stands in."""

    __tablename__ = "absences"

    email: Mapped[str] = mapped_column(String(254), primary_key=True)
    first_day: Mapped[date]
    last_day: Mapped[date]
    deputy: Mapped[str] = mapped_column(String(254))


class SeatListRow(Base):
    """A list of who reads reports, from the moment that it held; the newest one counts."""

    __tablename__ = "seat_lists"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seats: Mapped[str] = mapped_column(Text)
    since: Mapped[datetime]


class SeatConfirmationRow(Base):
    """Somebody of the first list who said that it is right and that they read reports."""

    __tablename__ = "seat_confirmations"

    email: Mapped[str] = mapped_column(String(254), primary_key=True)
    confirmed_at: Mapped[datetime]


class SeatProposalRow(Base):
    """Another list that somebody proposed, and what came of it."""

    __tablename__ = "seat_proposals"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    against: Mapped[int]
    seats: Mapped[str] = mapped_column(Text)
    proposer: Mapped[str | None] = mapped_column(String(254))
    reason: Mapped[str] = mapped_column(Text)
    proposed_at: Mapped[datetime]
    state: Mapped[Word]
    decided_by: Mapped[str | None] = mapped_column(String(254))
    decided_at: Mapped[datetime | None]
