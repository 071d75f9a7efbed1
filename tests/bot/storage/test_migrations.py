"""Every revision goes up, down and up again, with what people told still in it."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Column, Connection, Engine, Integer, MetaData, func, insert, inspect, select, text

from bot.storage.engine import reading
from bot.storage.migrate import ForeignKeysBroken, alone, at_head, migrate, revisions
from bot.storage.rows.schema import ROWS, schema
from tests.bot.storage.racing import at_once

VALUES: Mapping[type, object] = {
    str: "x",
    int: 1,
    bytes: b"\x00",
    bool: True,
    datetime: datetime(2026, 11, 23, 9, tzinfo=UTC),
    date: date(2026, 11, 23),
}


def shape(engine: Engine) -> dict[str, Any]:
    """Tables, columns, keys and indexes, in words that can be compared."""
    with reading(engine).connect() as connection:
        seen = inspect(connection)
        return {
            table: {
                "columns": sorted((c["name"], str(c["type"]), c["nullable"]) for c in seen.get_columns(table)),
                "key": seen.get_pk_constraint(table),
                "foreign": seen.get_foreign_keys(table),
                "unique": sorted(str(unique["name"]) for unique in seen.get_unique_constraints(table)),
                "indexes": sorted(str(index["name"]) for index in seen.get_indexes(table)),
            }
            for table in seen.get_table_names()
            if table != "alembic_version"
        }


def tables_of(connection: Connection) -> MetaData:
    """The tables as the database has them, in whatever revision."""
    found = MetaData()
    found.reflect(connection)
    if "alembic_version" in found.tables:
        found.remove(found.tables["alembic_version"])
    return found


def fill(engine: Engine) -> None:
    """One row in every table that has none, pointing at one another where there are foreign keys."""
    with engine.begin() as connection:
        for table in tables_of(connection).sorted_tables:
            if connection.scalar(select(func.count()).select_from(table)) == 0:
                row = {column.name: VALUES[column.type.python_type] for column in table.columns}
                connection.execute(insert(table).values(row))


def counts(engine: Engine) -> dict[str, int]:
    with reading(engine).connect() as connection:
        return {
            table.name: connection.scalar(select(func.count()).select_from(table)) or 0
            for table in tables_of(connection).sorted_tables
        }


def test_the_last_revision_is_what_the_rows_expect(empty_engine: Engine) -> None:
    migrate(empty_engine)
    with reading(empty_engine).connect() as connection:
        options = {"compare_type": True, "compare_server_default": True}
        assert compare_metadata(MigrationContext.configure(connection, opts=options), schema()) == []


def test_every_row_belongs_to_a_table_of_the_schema_and_none_is_forgotten() -> None:
    assert {row.__tablename__ for row in ROWS} == set(schema().tables)


def test_revisions_are_numbered_in_order() -> None:
    assert list(revisions()) == [f"{number:04}" for number in range(1, len(revisions()) + 1)]


def test_every_revision_goes_up_and_down_and_up_again_to_the_same_shape(empty_engine: Engine) -> None:
    below = "base"
    for revision in revisions():
        before = shape(empty_engine)
        migrate(empty_engine, revision)
        after = shape(empty_engine)
        assert after != before
        migrate(empty_engine, below)
        assert shape(empty_engine) == before
        migrate(empty_engine, revision)
        assert shape(empty_engine) == after
        below = revision
    assert at_head(empty_engine)


def test_every_revision_keeps_the_rows_that_are_there_up_and_down(empty_engine: Engine) -> None:
    for revision in revisions():
        before = counts(empty_engine)
        migrate(empty_engine, revision)
        assert {table: count for table, count in counts(empty_engine).items() if table in before} == before
        fill(empty_engine)
        assert set(counts(empty_engine).values()) == {1}
    for revision in (*reversed(revisions()[:-1]), "base"):
        before = counts(empty_engine)
        migrate(empty_engine, revision)
        after = counts(empty_engine)
        assert after == {table: count for table, count in before.items() if table in after}
    assert counts(empty_engine) == {}


def test_a_database_knows_whether_it_is_up_to_date(empty_engine: Engine) -> None:
    assert not at_head(empty_engine)
    migrate(empty_engine)
    assert at_head(empty_engine)
    migrate(empty_engine, "base")
    assert not at_head(empty_engine)


def test_migrating_what_is_up_to_date_changes_nothing(engine: Engine) -> None:
    fill(engine)
    before = (shape(engine), counts(engine))
    migrate(engine)
    assert (shape(engine), counts(engine)) == before


def test_of_two_who_migrate_at_once_the_second_waits_and_finds_it_done(empty_engine: Engine) -> None:
    at_once(2, lambda _: migrate(empty_engine))
    assert at_head(empty_engine)


def test_a_migration_that_fails_halfway_leaves_nothing_behind(empty_engine: Engine) -> None:
    def fail_halfway() -> None:
        with alone(empty_engine) as connection:
            connection.execute(text("CREATE TABLE half (id INTEGER)"))
            raise InterruptedError

    with pytest.raises(InterruptedError):
        fail_halfway()
    assert counts(empty_engine) == {}


def test_a_table_that_sqlite_has_to_make_anew_keeps_the_rows_that_point_to_it(sqlite_engine: Engine) -> None:
    fill(sqlite_engine)
    with alone(sqlite_engine) as connection:
        operations = Operations(MigrationContext.configure(connection))
        with operations.batch_alter_table("reports", recreate="always") as reports:
            reports.add_column(Column("more", Integer))
    assert counts(sqlite_engine)["grants"] == 1
    with sqlite_engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_a_migration_that_would_leave_a_grant_without_its_case_is_undone(sqlite_engine: Engine) -> None:
    fill(sqlite_engine)

    def lose_the_case() -> None:
        with alone(sqlite_engine) as connection:
            connection.execute(text("DELETE FROM reports"))

    with pytest.raises(ForeignKeysBroken, match="grants"):
        lose_the_case()
    assert counts(sqlite_engine)["reports"] == 1


def test_a_case_takes_its_grants_along_when_it_goes(engine: Engine) -> None:
    fill(engine)
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM reports"))
    assert counts(engine)["grants"] == 0
