"""Writing a backup, letting keys go and restoring are killed at every step: nothing comes back, nothing is half."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.reports.ports import CaseId
from bot.storage.backups import keys_folder, lines
from bot.storage.backups.keys_folder import read_keys
from bot.storage.backups.lines import BackupRefused
from bot.storage.backups.writing import Written
from bot.storage.migrate import migrate
from tests.bot.storage.backups.rehearsal import REPORTS, Rehearsal, audit, ids_in, is_empty
from tests.databases import opened
from tests.processes.dying import Steps, in_a_process

SHORT = 7
"""Every how manieth step in the short form."""


@pytest.fixture
def here(sqlite_engine: Engine, tmp_path: Path) -> Iterator[Rehearsal]:
    rehearsal = Rehearsal(sqlite_engine, tmp_path / "backups")
    yield rehearsal
    rehearsal.talk.bot.engine.dispose()


def killed_at_steps(every: int, again: Callable[[Steps], Callable[[], object]], check: Callable[[bool], None]) -> int:
    """Let a process do it and die at ever later steps, each time from the beginning; how often it died."""
    deaths = 0
    while True:
        steps = Steps(1 + deaths * every)
        work = again(steps)

        def life(work: Callable[[], object] = work) -> None:
            work()

        lived = in_a_process(life)
        check(lived)
        if lived:
            return deaths
        deaths += 1


def watch_files(steps: Steps) -> None:
    """In the process that dies: each line that is written and each file that gets its name or goes is a step."""
    line, replace, unlink = lines._line, Path.replace, Path.unlink

    def counted_line(fields: lines.Fields) -> bytes:
        steps.take()
        return line(fields)

    def counted_replace(self: Path, target: Path) -> Path:
        steps.take()
        moved = replace(self, target)
        steps.take()
        return moved

    def counted_unlink(self: Path, missing_ok: bool = False) -> None:  # noqa: FBT001, FBT002 - pathlib's
        steps.take()
        unlink(self, missing_ok)

    lines._line = counted_line
    Path.replace = counted_replace  # type: ignore[method-assign, assignment]
    Path.unlink = counted_unlink  # type: ignore[method-assign]


def restored_after_kills(here: Rehearsal, url_of: Callable[[int], str], written: Written, every: int) -> int:
    """Restore into a new database each time, die, and restore once more into what is left."""
    numbers = iter(range(10_000))
    urls: list[str] = []

    def again(steps: Steps) -> Callable[[], object]:
        urls.append(url_of(next(numbers)))

        def life() -> None:
            with opened(urls[-1]) as engine:
                steps.watch(engine)
                here.restore(engine, written)

        return life

    def check(lived: bool) -> None:  # noqa: FBT001 - whether it lived is all there is to say
        with opened(urls[-1]) as engine:
            migrate(engine)
            if is_empty(engine):
                assert not lived
                here.restore(engine, written)
            assert here.cases[0].id not in ids_in(engine)
            assert len(ids_in(engine)) == REPORTS - 1
            assert audit(here, engine).is_sound
            with pytest.raises(BackupRefused, match="niet leeg"):
                here.restore(engine, written)

    return killed_at_steps(every, again, check)


@pytest.fixture
def written(here: Rehearsal) -> Written:
    """A backup from before a purge that the folder was told of."""
    done = here.write()
    here.purge(here.cases[0])
    here.tell_folder()
    return done


def test_a_restore_that_is_killed_leaves_nothing_or_all_of_it(
    here: Rehearsal, written: Written, tmp_path: Path
) -> None:
    assert restored_after_kills(here, lambda number: f"sqlite:///{tmp_path}/new{number}.db", written, 40) >= 3


@pytest.mark.slow
@pytest.mark.parametrize("backend", ["sqlite", "postgres"])
def test_a_restore_that_is_killed_at_every_step_leaves_nothing_or_all_of_it(
    here: Rehearsal, written: Written, tmp_path: Path, request: pytest.FixtureRequest, backend: str
) -> None:
    def url_of(number: int) -> str:
        if backend == "sqlite":
            return f"sqlite:///{tmp_path}/new{number}.db"
        server = request.getfixturevalue("postgres_server")
        server.run(f"CREATE DATABASE restored{number} TEMPLATE template0")
        return str(server.url(f"restored{number}"))

    assert restored_after_kills(here, url_of, written, 3) >= 30


def check_folder(here: Rehearsal, every: int, at_least: int) -> None:
    """The folder is told of a purge, with two backups in it, and dies on the way."""
    first = here.write()
    here.talk.clock.forward(minutes=5)
    second = here.write()
    gone = here.cases[0]
    here.purge(gone)
    before = here.folder / "before"
    shutil.copytree(here.keys.path, before)

    def again(steps: Steps) -> Callable[[], object]:
        shutil.rmtree(here.keys.path)
        shutil.copytree(before, here.keys.path)

        def life() -> None:
            watch_files(steps)
            here.tell_folder()

        return life

    def check(lived: bool) -> None:  # noqa: FBT001 - whether it lived is all there is to say
        for written in (first, second):
            # Whole, whenever it died: with the key, and then the list forbids it, or without.
            assert len(read_keys(written.keys).keys) in {REPORTS - 1, REPORTS}
        scrubbed = [gone.id not in read_keys(written.keys).keys for written in (first, second)]
        if any(scrubbed) or lived:
            assert CaseId(gone.id) in here.keys.deletions()
        here.tell_folder()
        assert all(gone.id not in read_keys(written.keys).keys for written in (first, second))
        assert not list(here.keys.path.glob(".*"))

    assert killed_at_steps(every, again, check) >= at_least


def test_a_folder_that_is_killed_while_it_lets_go_finishes_the_next_time(here: Rehearsal) -> None:
    check_folder(here, SHORT, 2)


@pytest.mark.slow
def test_a_folder_that_is_killed_at_every_step_finishes_the_next_time(here: Rehearsal) -> None:
    check_folder(here, 1, 15)


@pytest.mark.parametrize("every", [SHORT * 5, pytest.param(1, marks=pytest.mark.slow)])
def test_a_backup_that_is_killed_while_it_is_written_leaves_no_half_files(here: Rehearsal, every: int) -> None:
    def again(steps: Steps) -> Callable[[], object]:
        shutil.rmtree(here.folder, ignore_errors=True)

        def life() -> None:
            watch_files(steps)
            here.write()

        return life

    def check(lived: bool) -> None:  # noqa: FBT001 - whether it lived is all there is to say
        data = list((here.folder / "data").glob("data-*"))
        keys = list((here.folder / "keys").glob("keys-*"))
        assert all(len(list(lines.read_lines(path, "gegevens"))) > REPORTS for path in data)
        assert all(len(read_keys(path).keys) == REPORTS for path in keys)
        assert not keys or data
        assert not lived or (keys and (here.folder / "keys" / keys_folder.DELETIONS).exists())

    assert killed_at_steps(every, again, check) >= 2
