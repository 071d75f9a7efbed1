"""The database is opened so that nothing confirmed is lost and no writer overtakes another."""

import stat
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError, StatementError

from bot.etiquette.items import ItemId
from bot.etiquette.ports import Reminder
from bot.school.spaces import SpaceName
from bot.storage.engine import DatabaseAddressError, open_engine, reading
from bot.storage.migrate import migrate
from bot.storage.transactions import Store
from tests.databases import opened

NOW = datetime(2026, 11, 23, 9, 0, 0, 123456, tzinfo=UTC)


def reminder(number: int, slot: datetime = NOW) -> Reminder:
    return Reminder(f"reminder-{number}", SpaceName(f"spaces/{number}"), slot, ItemId("A6"))


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("busy_timeout", 10_000),
        ("foreign_keys", 1),
        ("synchronous", 2),
        ("secure_delete", 1),
    ],
)
def test_sqlite_is_durable_patient_and_forgets_for_good(sqlite_engine: Engine, pragma: str, value: object) -> None:
    with sqlite_engine.connect() as connection:
        assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value


def test_pysqlite_begins_no_transactions_of_its_own(sqlite_engine: Engine) -> None:
    with closing(sqlite_engine.raw_connection()) as connection:
        assert getattr(connection.driver_connection, "isolation_level", "missing") is None


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("TimeZone", "UTC"),
        ("statement_timeout", "15s"),
        ("lock_timeout", "10s"),
        ("idle_in_transaction_session_timeout", "30s"),
    ],
)
def test_postgresql_waits_for_nothing_forever(postgres_engine: Engine, setting: str, value: str) -> None:
    with postgres_engine.connect() as connection:
        assert connection.execute(text(f"SHOW {setting}")).scalar() == value


def test_the_folder_of_a_sqlite_file_is_made_for_its_owner_only(tmp_path: Path) -> None:
    with opened(f"sqlite:///{tmp_path / 'var' / 'protocolbot.db'}") as engine:
        migrate(engine)
    assert stat.S_IMODE((tmp_path / "var").stat().st_mode) == 0o700


@pytest.mark.parametrize("url", ["", "mysql://root:geheim@host/db", "geheim"])
def test_an_address_that_cannot_be_used_is_refused_without_being_shown(url: str) -> None:
    with pytest.raises(DatabaseAddressError) as refused:
        open_engine(url)
    assert "geheim" not in str(refused.value)


def test_a_postgresql_address_may_be_written_in_any_usual_way() -> None:
    for scheme in ("postgresql", "postgres", "postgresql+psycopg"):
        engine = open_engine(f"{scheme}://bot@/bot?host=/nowhere")
        assert engine.url.drivername == "postgresql+psycopg"
        engine.dispose()


def test_a_look_cannot_change_anything(engine: Engine) -> None:
    with pytest.raises(DBAPIError), Store(engine).read() as look:
        look.reminders.add_once(reminder(1))
    with Store(engine).write() as change:
        assert change.reminders.add_once(reminder(1))


def test_a_look_sees_one_moment_while_others_write(engine: Engine) -> None:
    store = Store(engine)
    with store.read() as look:
        assert look.reminders.get("reminder-1") is None
        with store.write() as change:
            change.reminders.add_once(reminder(1))
        assert look.reminders.get("reminder-1") is None
    with store.read() as later:
        assert later.reminders.get("reminder-1") == reminder(1)


def test_an_exception_undoes_the_whole_transaction(engine: Engine) -> None:
    store = Store(engine)

    def fail_halfway() -> None:
        with store.write() as change:
            change.reminders.add_once(reminder(1))
            raise InterruptedError

    with pytest.raises(InterruptedError):
        fail_halfway()
    with store.read() as look:
        assert look.reminders.get("reminder-1") is None


def test_a_moment_comes_back_aware_and_in_utc_whatever_zone_it_had(engine: Engine) -> None:
    amsterdam = NOW.astimezone(timezone(timedelta(hours=1)))
    with Store(engine).write() as change:
        change.reminders.add_once(reminder(1, amsterdam))
    with Store(engine).read() as look:
        kept = look.reminders.get("reminder-1")
    assert kept is not None
    assert kept.slot == NOW
    assert kept.slot.tzinfo is UTC


def test_a_moment_without_a_zone_is_refused(engine: Engine) -> None:
    with pytest.raises(StatementError, match="aware datetime"), Store(engine).write() as change:
        change.reminders.add_once(reminder(1, NOW.replace(tzinfo=None)))


def test_a_writer_that_has_only_read_so_far_already_keeps_the_next_one_waiting(sqlite_engine: Engine) -> None:
    store, order = Store(sqlite_engine), list[str]()
    first_is_in = threading.Event()

    def second() -> None:
        first_is_in.wait(5)
        with store.write() as change:
            change.reminders.add_once(reminder(2))
            order.append("second")

    thread = threading.Thread(target=second)
    thread.start()
    with store.write() as change:
        assert change.reminders.get("reminder-2") is None
        first_is_in.set()
        thread.join(0.2)
        assert thread.is_alive()
        order.append("first")
        change.reminders.add_once(reminder(1))
    thread.join(5)
    assert order == ["first", "second"]


def test_a_database_in_memory_is_shared_by_threads_that_take_turns() -> None:
    with opened("sqlite://") as engine:
        migrate(engine)
        store = Store(engine)

        def add(number: int) -> None:
            with store.write() as change:
                change.reminders.add_once(reminder(number))

        threads = [threading.Thread(target=add, args=(number,)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(10)
        with reading(engine).connect() as connection:
            assert connection.execute(text("SELECT count(*) FROM reminders")).scalar() == 8
