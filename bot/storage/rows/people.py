"""The tables of addresses that are bound to a Chat id, of roles by account, and of who is away."""

from datetime import date, datetime

from sqlalchemy import String
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
