"""Remembers for half an hour which articles were shown last, so that "en voor docenten?" can be understood."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from bot.school.articles import ArticleCode
from bot.storage.rows.answers import QuestionMemoryRow
from bot.storage.statements import changed, insert_into

CODES_AT_MOST = 3


class SqlQuestionMemory:
    """Keyed hashes with article codes; without today's key nobody can tell whose they are."""

    __slots__ = ("_session",)

    def __init__(self, session: Session) -> None:
        self._session = session

    def recall(self, key: str, mark: str, now: datetime) -> tuple[ArticleCode, ...]:
        """The articles of the answer before this event, the best first; none when that is too long ago.

        `mark` recognises the event: when it comes again, what it made itself remembered does not count.
        """
        row = self._session.get(QuestionMemoryRow, key)
        if row is None or row.until <= now:
            return ()
        codes = row.before if row.mark == mark else row.codes
        return tuple(ArticleCode(code) for code in codes.split(",") if code)

    def remember(
        self, key: str, mark: str, codes: Sequence[ArticleCode], before: Sequence[ArticleCode], until: datetime
    ) -> None:
        """Keep the articles of this event's answer until then, in place of those of the last one."""
        new = insert_into(self._session, QuestionMemoryRow).values(
            key=key,
            codes=",".join(codes[:CODES_AT_MOST]),
            before=",".join(before[:CODES_AT_MOST]),
            mark=mark,
            until=until,
        )
        kept = ("codes", "before", "mark", "until")
        self._session.execute(
            new.on_conflict_do_update(
                index_elements=[QuestionMemoryRow.key], set_={name: new.excluded[name] for name in kept}
            )
        )

    def purge(self, now: datetime) -> int:
        """Forget what is past its end; tells how many."""
        return changed(self._session, delete(QuestionMemoryRow).where(QuestionMemoryRow.until <= now))
