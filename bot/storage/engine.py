"""Opens the database so that a confirmed report survives a power cut and two writers never meet."""

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool

READ_ONLY = "read_only"
"""Execution option of an engine or connection: its transactions only read, and the database refuses a write."""

BUSY_SECONDS = 10
"""How long a writer waits for another one; as long as a repeated event waits (design: section 2.1)."""

THREADS = 8
"""Threads of one worker (`gunicorn --threads 8`); each holds at most one connection, and a job or probe one more."""

_POSTGRES_OPTIONS = " ".join(
    f"-c {name}={value}"
    for name, value in {
        "timezone": "UTC",
        "statement_timeout": "15s",
        "lock_timeout": f"{BUSY_SECONDS}s",
        "idle_in_transaction_session_timeout": "30s",
    }.items()
)


class DatabaseAddressError(ValueError):
    """The address of the database cannot be used; the message never holds it, for it may hold a password."""


def open_engine(url: str) -> Engine:
    """An engine for SQLite or PostgreSQL; nothing is connected yet.

    A transaction writes unless the engine or connection has the execution option `READ_ONLY`. Makes the folder of an
    SQLite file, for its owner only. Raises DatabaseAddressError.
    """
    try:
        address = make_url(url)
    except ArgumentError:
        raise DatabaseAddressError("expected an address such as sqlite:///var/protocolbot.db") from None
    match address.get_backend_name():
        case "sqlite":
            return _open_sqlite(address.set(drivername="sqlite+pysqlite"))
        case "postgresql" | "postgres":
            return _open_postgres(address.set(drivername="postgresql+psycopg"))
        case _:
            raise DatabaseAddressError("expected an address that begins with sqlite:// or postgresql://")


def reading(engine: Engine) -> Engine:
    """The same engine, pool included, for transactions that only read, all of it as it was at one moment."""
    if engine.dialect.name == "sqlite":
        return engine.execution_options(**{READ_ONLY: True})
    return engine.execution_options(**{READ_ONLY: True}, postgresql_readonly=True, isolation_level="REPEATABLE READ")


def _open_sqlite(address: URL) -> Engine:
    arguments: dict[str, Any] = {"check_same_thread": False, "isolation_level": None, "timeout": BUSY_SECONDS}
    if address.database in {None, "", ":memory:"}:
        # An in-memory database is its one connection. A pool of one lets threads take turns, where a shared
        # connection (StaticPool) would put two threads into one transaction.
        engine = create_engine(
            address,
            hide_parameters=True,
            connect_args=arguments,
            poolclass=QueuePool,
            pool_size=1,
            max_overflow=0,
            pool_timeout=BUSY_SECONDS,
        )
    else:
        _make_folder(address)
        engine = create_engine(address, hide_parameters=True, connect_args=arguments, pool_size=THREADS, max_overflow=2)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _make_folder(address: URL) -> None:
    if address.database is not None and not address.database.startswith("file:"):
        Path(address.database).parent.mkdir(mode=0o700, parents=True, exist_ok=True)


def _prepare_sqlite(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    # busy_timeout comes first: the switch to WAL itself may have to wait for another process.
    for pragma in (
        f"busy_timeout={BUSY_SECONDS * 1000}",
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",
    ):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin_sqlite(connection: Connection) -> None:
    # isolation_level None switched off pysqlite's own BEGIN, which comes too late and never IMMEDIATE: a transaction
    # that reads and then writes would fail at once when another one wrote in between, however long it may wait.
    if connection.get_execution_options().get(READ_ONLY, False):
        connection.exec_driver_sql("PRAGMA query_only=ON")
        connection.exec_driver_sql("BEGIN")
    else:
        connection.exec_driver_sql("PRAGMA query_only=OFF")
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _open_postgres(address: URL) -> Engine:
    given = address.query.get("options", "")
    options = " ".join((_POSTGRES_OPTIONS, *((given,) if isinstance(given, str) else given)))
    return create_engine(
        address,
        # What a row holds must not stand in an error that somebody prints.
        hide_parameters=True,
        connect_args={"options": options.strip(), "connect_timeout": BUSY_SECONDS, "application_name": "protocolbot"},
        pool_size=THREADS,
        max_overflow=2,
        pool_timeout=BUSY_SECONDS,
        # Cloud SQL closes connections in maintenance; a ping is cheaper than a lost event.
        pool_pre_ping=True,
        pool_recycle=1800,
    )
