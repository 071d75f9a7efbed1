"""The tables beside answers: which articles came last, how often each was shown, and what was missed in them."""

from datetime import datetime
from typing import Any

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.rows.base import Base, RandomId, Word

# In the order of their hashes, not of their coming: what lies beside what tells nothing about who asked when.
_UNORDERED: dict[str, Any] = {"sqlite_with_rowid": False}


class QuestionMemoryRow(Base):
    """The articles that somebody was shown last in one space; `key` is a keyed hash of both, of one day.

    `before` are those of the event before `mark`, so that the same event again is answered alike.
    """

    __tablename__ = "question_memory"
    __table_args__ = _UNORDERED

    key: Mapped[RandomId] = mapped_column(primary_key=True)
    codes: Mapped[str] = mapped_column(String(64))
    before: Mapped[str] = mapped_column(String(64))
    mark: Mapped[RandomId]
    until: Mapped[datetime] = mapped_column(index=True)


class ArticleCountRow(Base):
    """How often something happened with an article in an ISO week (`2026-W48`); never by whom."""

    __tablename__ = "article_counts"
    __table_args__ = _UNORDERED

    article: Mapped[Word] = mapped_column(primary_key=True)
    week: Mapped[Word] = mapped_column(primary_key=True)
    kind: Mapped[Word] = mapped_column(primary_key=True)
    number: Mapped[int]
    until: Mapped[datetime] = mapped_column(index=True)


class OpinionRow(Base):
    """What somebody wrote about an answer, because they ticked that it may be kept; never by whom."""

    __tablename__ = "opinions"
    __table_args__ = _UNORDERED

    id: Mapped[RandomId] = mapped_column(primary_key=True)
    article: Mapped[Word]
    question: Mapped[str] = mapped_column(Text)
    missed: Mapped[str] = mapped_column(Text)
    until: Mapped[datetime] = mapped_column(index=True)
