"""Counts per article and week; nothing in them says who asked."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bot.school.articles import ArticleCode
from bot.storage.rows.answers import ArticleCountRow
from bot.storage.statements import changed, insert_into

VISIBLE_FROM = 5
"""A smaller number could be about somebody in particular."""


class SqlArticleCounts:
    """How often each article was shown, and was found helpful or wrong."""

    __slots__ = ("_session",)

    def __init__(self, session: Session) -> None:
        self._session = session

    def add_one(self, article: ArticleCode, week: str, kind: str, until: datetime) -> None:
        """One more in this ISO week (`2026-W48`)."""
        row = ArticleCountRow
        new = insert_into(self._session, row).values(article=article, week=week, kind=kind, number=1, until=until)
        self._session.execute(
            new.on_conflict_do_update(index_elements=[row.article, row.week, row.kind], set_={"number": row.number + 1})
        )

    def of_week(self, week: str, kind: str) -> Mapping[ArticleCode, int]:
        """The number of each article, from `VISIBLE_FROM` on: nobody sees a smaller one."""
        row = ArticleCountRow
        asked = select(row.article, row.number).where(row.week == week, row.kind == kind, row.number >= VISIBLE_FROM)
        return {ArticleCode(article): number for article, number in self._session.execute(asked)}

    def purge(self, now: datetime) -> int:
        """Erase what is past its end; tells how many rows."""
        return changed(self._session, delete(ArticleCountRow).where(ArticleCountRow.until <= now))
