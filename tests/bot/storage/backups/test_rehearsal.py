"""A backup that was rehearsed: what comes back, what stays gone, and what is refused."""

import base64
import gzip
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.reports.keeping.backups import KEYS_KEPT
from bot.storage.backups.keys_folder import DELETIONS, read_keys
from bot.storage.backups.lines import BackupRefused
from bot.storage.backups.writing import SHORT_LIVED
from bot.storage.migrate import migrate
from bot.storage.rows.schema import schema
from tests.bot.storage.backups.rehearsal import REPORTS, Rehearsal, audit, ids_in, is_empty
from tests.cast import OLGA, SANNE
from tests.databases import opened
from tests.dialogue import KEYS, words
from tests.processes.test_keys_rotated import NEW
from tests.scenarios.reading import inbox_of, read_story
from tests.scenarios.test_reporting import STORY, send, tell


@pytest.fixture
def here(sqlite_engine: Engine, tmp_path: Path) -> Iterator[Rehearsal]:
    """A school on SQLite."""
    rehearsal = Rehearsal(sqlite_engine, tmp_path / "backups")
    yield rehearsal
    rehearsal.talk.bot.engine.dispose()


@pytest.fixture
def anywhere(engine: Engine, tmp_path: Path) -> Iterator[Rehearsal]:
    """A school on each database."""
    rehearsal = Rehearsal(engine, tmp_path / "backups")
    yield rehearsal
    rehearsal.talk.bot.engine.dispose()


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Engine]:
    """A new SQLite file."""
    with opened(f"sqlite:///{tmp_path / 'restored.db'}") as engine:
        yield engine


def test_what_was_backed_up_is_served_again_on_either_database(anywhere: Rehearsal, empty_engine: Engine) -> None:
    written = anywhere.write()
    assert written.cases == REPORTS
    done = anywhere.restore(empty_engine, written)
    assert (done.cases, done.purged) == (REPORTS, 0)
    assert done.rows == written.rows
    talk = anywhere.bot_on(empty_engine)
    assert words(inbox_of(talk, OLGA)).count("Openen") == REPORTS
    assert STORY in words(read_story(talk, OLGA))
    assert words(talk.slash(SANNE, SANNE.direct, 4, dialog=True)).count("Bekijken") == 2
    assert audit(anywhere, empty_engine).is_sound
    talk.minute(minutes=1)
    talk.bot.engine.dispose()


def test_a_case_purged_after_the_backup_is_gone_and_unreadable_when_the_older_backup_comes_back(
    anywhere: Rehearsal, empty_engine: Engine
) -> None:
    written = anywhere.write()
    gone, *left = anywhere.cases
    anywhere.purge(gone)
    assert anywhere.tell_folder() == 1
    done = anywhere.restore(empty_engine, written)
    assert (done.cases, done.purged) == (REPORTS - 1, 1)
    assert ids_in(empty_engine) == {case.id for case in left}
    talk = anywhere.bot_on(empty_engine)
    assert words(inbox_of(talk, OLGA)).count("Openen") == REPORTS - 1
    assert STORY in words(read_story(talk, OLGA))
    with talk.bot.store.read() as transaction:
        assert not transaction.histories.of(gone.id)
        assert not transaction.deliveries.about(gone.id)
        assert sum(transaction.audit.purges().values()) == 1
    assert audit(anywhere, empty_engine).is_sound
    talk.minute(minutes=1)
    assert audit(anywhere, empty_engine).is_sound
    talk.bot.engine.dispose()
    # And nothing that is left anywhere opens it: its key is in no file any more.
    assert gone.id not in read_keys(written.keys).keys
    assert base64.b64encode(gone.wrapped_key) not in written.keys.read_bytes()


def test_a_copy_of_the_keys_from_before_the_purge_does_not_bring_it_back(here: Rehearsal, other: Engine) -> None:
    written = here.write()
    safe = here.folder / "safe"
    shutil.copytree(here.keys.path, safe)
    gone = here.cases[0]
    here.purge(gone)
    here.tell_folder()
    shutil.copy(here.keys.path / DELETIONS, safe / DELETIONS)
    copied = replace(written, keys=safe / written.keys.name)
    assert gone.id in read_keys(copied.keys).keys
    assert here.restore(other, copied).purged == 1
    assert gone.id not in ids_in(other)


def test_a_case_whose_time_passed_since_is_purged_by_the_restore_also_when_the_folder_never_heard(
    here: Rehearsal, other: Engine
) -> None:
    gone = here.cases[0]
    here.close(gone, days=2)
    written = here.write()
    here.talk.clock.forward(days=3)
    done = here.restore(other, written)
    assert (done.cases, done.purged) == (REPORTS - 1, 1)
    assert gone.id not in ids_in(other)
    assert audit(here, other).is_sound


def test_the_data_hold_no_key_and_no_story_and_nothing_that_lives_an_hour(here: Rehearsal) -> None:
    tell(here.talk, SANNE)
    written = here.write()
    data = gzip.decompress(written.data.read_bytes())
    keys = written.keys.read_bytes()
    for case in here.cases:
        assert base64.b64encode(case.wrapped_key) in keys
        assert base64.b64encode(case.wrapped_key) not in data
        assert case.wrapped_key not in data
        assert base64.b64encode(case.body) in data
        assert base64.b64encode(case.body) not in keys
    assert STORY.encode() not in data + keys
    assert all(f'"{table}"'.encode() not in data for table in SHORT_LIVED)


def test_every_table_is_either_backed_up_or_short_lived_on_purpose() -> None:
    kept = {"deliveries", "people", "absences", "spaces", "reminders", "reports", "grants", "case_steps"}
    kept |= {"audit_heads", "purges", "purged_cases", "protocol_versions", "article_counts", "opinions"}
    kept |= {"classes", "class_pupils", "class_looks", "group_wishes", "memberships", "account_roles"}
    kept |= {"seat_lists", "seat_confirmations", "seat_proposals"}
    assert set(schema().tables) - SHORT_LIVED == kept


def test_files_are_for_their_owner_only(here: Rehearsal) -> None:
    written = here.write()
    for path in (written.data, written.keys, here.keys.path / DELETIONS):
        assert path.stat().st_mode & 0o077 == 0
    assert here.keys.path.stat().st_mode & 0o077 == 0


def test_keys_are_destroyed_after_two_weeks_and_refused_when_somebody_kept_them(here: Rehearsal, other: Engine) -> None:
    old = here.write()
    kept = here.folder / "kept.jsonl"
    shutil.copy(old.keys, kept)
    here.talk.clock.moment += KEYS_KEPT + timedelta(seconds=1)
    new = here.write()
    assert not old.keys.exists()
    assert new.keys.exists()
    shutil.copy(kept, old.keys)
    with pytest.raises(BackupRefused, match="14 dagen"):
        here.restore(other, old)
    # Older data with newer keys is fine.
    assert here.restore(other, replace(old, keys=new.keys)).cases == REPORTS


def test_after_a_rotation_a_restore_of_older_keys_asks_for_the_older_master_key(here: Rehearsal, other: Engine) -> None:
    written = here.write()
    with pytest.raises(BackupRefused, match="k1"):
        here.restore(other, written, keys=NEW)
    assert is_empty(other)
    assert here.restore(other, written, keys=f"{NEW},{KEYS}").cases == REPORTS


def test_keys_of_another_moment_that_miss_a_case_are_refused(here: Rehearsal, other: Engine) -> None:
    earlier = here.write()
    here.talk.clock.forward(hours=1)
    send(here.talk, tell(here.talk, SANNE), SANNE)
    later = here.write()
    with pytest.raises(BackupRefused, match="Van 1 meldingen"):
        here.restore(other, replace(later, keys=earlier.keys))
    assert is_empty(other)


def test_without_the_list_of_purges_nothing_is_restored(here: Rehearsal, other: Engine) -> None:
    written = here.write()
    (here.keys.path / DELETIONS).unlink()
    with pytest.raises(BackupRefused, match="deletions"):
        here.restore(other, written)


def test_a_database_that_holds_anything_is_left_as_it_is(here: Rehearsal) -> None:
    written = here.write()
    before = ids_in(here.engine)
    with pytest.raises(BackupRefused, match="niet leeg"):
        here.restore(here.engine, written)
    assert ids_in(here.engine) == before


@pytest.mark.parametrize("left", [0, 1, 40, 0.5, -2, -20])
@pytest.mark.parametrize("which", ["data", "keys"])
def test_half_a_file_is_refused_and_leaves_the_database_empty(
    here: Rehearsal, other: Engine, which: str, left: float
) -> None:
    written = here.write()
    path: Path = getattr(written, which)
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * left)] if 0 < left < 1 else whole[: int(left)])
    migrate(other)
    with pytest.raises(BackupRefused):
        here.restore(other, written)
    assert is_empty(other)


def test_the_backup_of_another_version_of_the_bot_is_refused(
    here: Rehearsal, other: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.storage.backups.writing.revisions", lambda: ("0001",))
    written = here.write()
    with pytest.raises(BackupRefused, match="andere versie"):
        here.restore(other, written)
