"""What both databases can say and plain SQL cannot: insert or else replace, and read in order to change."""

from typing import TypeVar

from sqlalchemy import CursorResult, Executable, GenerativeSelect
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from bot.storage.engine import READ_ONLY
from bot.storage.rows.base import Base

_Query = TypeVar("_Query", bound=GenerativeSelect)


def insert_into(session: Session, row: type[Base]) -> postgresql.Insert | sqlite.Insert:
    """An INSERT that can be given `on_conflict_do_nothing` or `on_conflict_do_update`."""
    if session.get_bind().dialect.name == "postgresql":
        return postgresql.insert(row)
    return sqlite.insert(row)


def changed(session: Session, statement: Executable) -> int:
    """Run an INSERT, UPDATE or DELETE; tells how many rows it touched."""
    # Without the option SQLAlchemy forgets the count of an INSERT, and says -1 on PostgreSQL.
    result = session.execute(statement, execution_options={"preserve_rowcount": True})
    if not isinstance(result, CursorResult) or result.rowcount < 0:
        raise TypeError("only a statement that changes rows can tell how many")
    return result.rowcount


def locked_for_change(session: Session, query: _Query) -> _Query:
    """The query, its rows locked until the end of a transaction that writes; as it is in one that only reads."""
    # PostgreSQL refuses a lock in a transaction that only reads; SQLite's writers are alone from the start.
    reads = session.connection().get_execution_options().get(READ_ONLY, False)
    return query if reads else query.with_for_update()
