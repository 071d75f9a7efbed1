"""What Alembic runs to migrate; the connection comes from `bot.storage.migrate`, and nothing is read from a file."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection

from bot.storage.rows.base import UtcTime
from bot.storage.rows.schema import schema


def _as_plain_type(kind: str, value: Any, _context: AutogenContext) -> str | Literal[False]:
    # A revision must not change its meaning when our own type does.
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(value, UtcTime) else False


def _run(connection: Connection | None) -> None:
    if connection is None:
        raise RuntimeError("run migrations with bot.storage.migrate, which opens the database")
    context.configure(
        connection=connection,
        target_metadata=schema(),
        render_as_batch=True,
        render_item=_as_plain_type,
        compare_type=True,
        # The transaction is the caller's; SQLite's tables are transactional too, now that pysqlite keeps out of it.
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()


_run(context.config.attributes["connection"])
