"""Keeps what people chose to give about an answer that was not right, without who they are."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bot.school.articles import ArticleCode
from bot.storage.rows.answers import OpinionRow
from bot.storage.statements import changed


@dataclass(frozen=True, slots=True)
class Opinion:
    """A question with what its answer lacked, as somebody typed them again to be kept; `until` is its end."""

    id: str
    article: ArticleCode
    question: str = field(repr=False)
    missed: str = field(repr=False)
    until: datetime


class SqlOpinions:
    """Opinions, each with the day on which it is erased."""

    __slots__ = ("_session",)

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, opinion: Opinion) -> None:
        """Keep it."""
        self._session.add(
            OpinionRow(
                id=opinion.id,
                article=opinion.article,
                question=opinion.question,
                missed=opinion.missed,
                until=opinion.until,
            )
        )

    def all(self, now: datetime) -> tuple[Opinion, ...]:
        """Those whose end has not come, by article; in an article their order says nothing about when they came."""
        row = OpinionRow
        asked = select(row).where(row.until > now).order_by(row.article, row.id)
        return tuple(
            Opinion(kept.id, ArticleCode(kept.article), kept.question, kept.missed, kept.until)
            for kept in self._session.scalars(asked)
        )

    def purge(self, now: datetime) -> int:
        """Erase what is past its end; tells how many."""
        return changed(self._session, delete(OpinionRow).where(OpinionRow.until <= now))
