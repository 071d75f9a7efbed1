"""The table of the protocol's versions: the school's own text, and from which day it is in force."""

from datetime import date, datetime

from sqlalchemy import Date, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.rows.base import Base, RandomId, Word


class ProtocolVersionRow(Base):
    """One version; a day has one, and `identities` is JSON: the article's code to its identity."""

    __tablename__ = "protocol_versions"

    id: Mapped[RandomId] = mapped_column(primary_key=True)
    effective_on: Mapped[date] = mapped_column(Date, unique=True)
    kind: Mapped[Word]
    source: Mapped[str] = mapped_column(Text)
    source_hash: Mapped[RandomId]
    identities: Mapped[str] = mapped_column(Text)
    loaded_at: Mapped[datetime]
