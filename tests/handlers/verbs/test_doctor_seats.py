"""doctor says when the school's file names other readers than there are, or a first list is not confirmed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import Engine

from handlers.command_line import main
from tests.dialogue import Dialogue, environment, start
from tests.handlers.verbs.test_school import FILE, TAKEN_OVER


@pytest.fixture
def talk(sqlite_engine: Engine) -> Iterator[Dialogue]:
    talk = start(sqlite_engine.url.render_as_string(hide_password=False))
    talk.minute()
    yield talk
    talk.bot.engine.dispose()


def found(url: str, folder: Path, text: str) -> str:
    file = folder / "school.toml"
    file.write_text(text, encoding="utf-8")
    endpoint = "http://127.0.0.1:9/"
    env = environment(DATABASE_URL=url, SCHOOL_FILE=str(file), CHAT_API_ENDPOINT=endpoint)
    return CliRunner().invoke(main, ["doctor", "--json"], env=env).output


def test_another_list_in_the_file_is_named(talk: Dialogue, tmp_path: Path) -> None:
    url = str(talk.bot.settings.database_url)
    assert "ontvangers_wachten" not in found(url, tmp_path, FILE)
    assert "ontvangers_wachten" in found(url, tmp_path, TAKEN_OVER)


def test_a_list_that_nobody_confirmed_is_named(sqlite_engine: Engine, tmp_path: Path) -> None:
    url = sqlite_engine.url.render_as_string(hide_password=False)
    assert "lijst_niet_bevestigd" in found(url, tmp_path, FILE.replace("demo = true\n", ""))
    assert "lijst_niet_bevestigd" not in found(url, tmp_path, FILE)
