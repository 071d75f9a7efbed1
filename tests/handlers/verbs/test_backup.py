"""`protocolbot backup`, from a shell: two folders, two files, and a rehearsal that ends with a sound audit."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.storage.engine import open_engine
from handlers.command_line import main
from tests.bot.storage.backups.rehearsal import REPORTS, Rehearsal
from tests.dialogue import KEYS, environment
from tests.scenarios.test_reporting import STORY


@pytest.fixture
def here(tmp_path: Path) -> Rehearsal:
    """A school whose clock shows today, as that of a verb does."""
    url = f"sqlite:///{tmp_path / 'bot.db'}"
    assert run(url, "migrate")[0] == 0
    rehearsal = Rehearsal(open_engine(url), tmp_path)
    rehearsal.talk.clock.moment = datetime.now(UTC)
    return rehearsal


def run(url: str, *arguments: str) -> tuple[int, Sequence[str]]:
    result = CliRunner().invoke(main, arguments, env=environment(DATABASE_URL=url))
    assert all(private not in result.output for private in (STORY, "users/", KEYS.partition(":")[2], "Traceback"))
    return result.exit_code, result.output.splitlines()


def url_of(here: Rehearsal) -> str:
    return str(here.engine.url)


def test_a_rehearsal_from_a_shell_with_a_purge_in_between(here: Rehearsal, tmp_path: Path) -> None:
    folders = ("--data", str(tmp_path / "data"), "--keys", str(tmp_path / "keys"))
    code, said = run(url_of(here), "backup", "write", *folders, "--json")
    assert code == 0
    written = json.loads(said[0])
    assert written["cases"] == REPORTS
    here.purge(here.cases[0])
    code, said = run(url_of(here), "backup", "deletions", "--keys", str(tmp_path / "keys"))
    assert (code, said) == (0, ["De map met sleutels is bij: 1 opgeruimde zaken komen niet terug."])
    files = ("--data", str(tmp_path / "data" / written["data"]), "--keys", str(tmp_path / "keys" / written["keys"]))
    new = f"sqlite:///{tmp_path / 'new.db'}"
    code, said = run(new, "backup", "restore", *files)
    assert code == 0
    assert said[0].endswith("2 zaken. Niet teruggezet, want opgeruimd: 1 zaken.")
    assert run(new, "audit", "verify")[0] == 0
    code, said = run(new, "backup", "restore", *files)
    assert code == 1
    assert "niet leeg" in said[0]


@pytest.mark.parametrize(("data", "keys"), [("b", "b"), ("b", "b/keys"), ("b/data", "b"), ("b/../b", "b")])
def test_keys_in_or_over_the_folder_of_the_data_are_refused(
    here: Rehearsal, tmp_path: Path, data: str, keys: str
) -> None:
    code, said = run(url_of(here), "backup", "write", "--data", str(tmp_path / data), "--keys", str(tmp_path / keys))
    assert code == 1
    assert "niet in elkaar" in said[0]
    assert not (tmp_path / "b").exists()


def test_a_folder_that_cannot_be_written_is_said(here: Rehearsal, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    folder = str(tmp_path / "file" / "data")
    code, said = run(url_of(here), "backup", "write", "--data", folder, "--keys", str(tmp_path / "keys"))
    assert code == 1
    assert "niet te schrijven" in said[0]
