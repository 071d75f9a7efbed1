"""The tables of class lists, and of when a group was looked at for who is missing."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.rows.base import Base, GoogleName, Word


class ClassRow(Base):
    """One class that has a list; the name as the list writes it, in capitals."""

    __tablename__ = "classes"

    name: Mapped[Word] = mapped_column(primary_key=True)
    imported_at: Mapped[datetime]


class ClassPupilRow(Base):
    """One pupil on a class list (RFC 5321: an address has at most 254 characters)."""

    __tablename__ = "class_pupils"

    class_name: Mapped[Word] = mapped_column(ForeignKey(ClassRow.name, ondelete="CASCADE"), primary_key=True)
    email: Mapped[str] = mapped_column(String(254), primary_key=True, index=True)
    name: Mapped[str] = mapped_column(String(100))


class LookRow(Base):
    """From which day a group may be looked at again for who is missing."""

    __tablename__ = "class_looks"

    # No foreign key: a group that comes back within the month is not looked at sooner.
    space: Mapped[GoogleName] = mapped_column(primary_key=True)
    again_on: Mapped[date]
