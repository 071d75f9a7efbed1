"""Brings a database up to date; web workers never do, `protocolbot migrate` does (design: section 4).

A developer who changed `bot/storage/rows/` makes a new revision with

    .venv/bin/python -m bot.storage.migrate "what changes, in a few words"

which writes the next number in `bot/storage/migrations/versions/` from the difference between the last revision and
the rows. Read it, say in its docstring why, and give `tests/bot/storage/test_migrations.py` a row that must survive.
"""

import re
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from bot.storage.engine import open_engine, reading

_MIGRATIONS = Path(__file__).parent / "migrations"

_LOCK_ID = 0x7072_6F74_6F63
"""PostgreSQL's advisory lock of everybody who migrates this bot's database; any number that is only ours."""


class ForeignKeysBroken(Exception):
    """A migration would leave rows that point to nothing; it was undone."""


def migrate(engine: Engine, revision: str = "head") -> None:
    """Bring the database to a revision, in one transaction; of two at once the second waits and finds it done.

    Goes up, or down when the revision lies before what the database is at. Raises ForeignKeysBroken, and
    sqlalchemy.exc.OperationalError when another one holds a table for longer than five seconds.
    """
    with alone(engine) as connection:
        config = _config(connection)
        if _lies_before(connection, revision):
            command.downgrade(config, revision)
        else:
            command.upgrade(config, revision)


def at_head(engine: Engine) -> bool:
    """Whether the database is exactly at this version of the bot."""
    with reading(engine).connect() as connection:
        current = MigrationContext.configure(connection).get_current_heads()
    return set(current) == set(_scripts().get_heads())


def revisions() -> tuple[str, ...]:
    """All revisions, oldest first."""
    return tuple(script.revision for script in reversed(list(_scripts().walk_revisions())))


def write_revision(message: str) -> Path:
    """Write the next revision from the difference between the last one and the rows; for developers."""
    number = f"{len(revisions()) + 1:04}"
    with TemporaryDirectory() as folder, closing_engine(f"sqlite:///{folder}/scratch.db") as engine:
        migrate(engine)
        with alone(engine) as connection:
            written = command.revision(_config(connection), message, autogenerate=True, rev_id=number)
    if not isinstance(written, list) and written is not None:
        return Path(written.path)
    raise RuntimeError("Alembic wrote no single revision; see what it printed")


@contextmanager
def closing_engine(url: str) -> Iterator[Engine]:
    """An engine that lets go of its connections at the end."""
    engine = open_engine(url)
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def alone(engine: Engine) -> Iterator[Connection]:
    """A transaction in which tables may change, with nobody else in one; raises ForeignKeysBroken at its end."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            with _sqlite_keys_checked_at_the_end(connection), connection.begin():
                yield connection
                _refuse_broken_keys(connection)
        else:
            with connection.begin():
                # Another migration may take its time; a table in use may not: its readers would wait behind us.
                connection.execute(text("SET LOCAL statement_timeout = 0"))
                connection.execute(text("SET LOCAL lock_timeout = 0"))
                connection.execute(text("SELECT pg_advisory_xact_lock(:id)"), {"id": _LOCK_ID})
                connection.execute(text("SET LOCAL lock_timeout = '5s'"))
                yield connection


@contextmanager
def _sqlite_keys_checked_at_the_end(connection: Connection) -> Iterator[None]:
    # SQLite changes a table by making a new one and dropping the old one, which would take all rows along that point
    # to it. The switch does nothing inside a transaction, so it is turned on the connection itself.
    driver = connection.connection.driver_connection
    if driver is None:
        raise RuntimeError("the connection to SQLite is closed")
    with closing(driver.execute("PRAGMA foreign_keys=OFF")):
        pass
    try:
        yield
    finally:
        with closing(driver.execute("PRAGMA foreign_keys=ON")):
            pass


def _refuse_broken_keys(connection: Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if broken:
        tables = ", ".join(sorted({str(row[0]) for row in broken}))
        raise ForeignKeysBroken(f"rows would point to nothing in: {tables}")


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    # Alembic fills in %-signs of its options, and a folder may have one in its name.
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())


def _lies_before(connection: Connection, revision: str) -> bool:
    if revision == "head":
        return False
    if revision == "base":
        return True
    order = revisions()
    current = MigrationContext.configure(connection).get_current_revision()
    return current is not None and order.index(revision) < order.index(current)


def _main() -> None:
    message = " ".join(sys.argv[1:])
    if not re.fullmatch(r"[\w ,-]{3,60}", message):
        sys.exit('Say in a few words what changes: python -m bot.storage.migrate "what changes"')
    sys.stdout.write(f"{write_revision(message)}\n")


if __name__ == "__main__":
    _main()
