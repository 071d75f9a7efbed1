"""`protocolbot school` and `leadership`: the file proposes, and nothing of it holds before somebody agrees in Chat."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import Engine

from handlers.command_line import main
from tests.cast import ARIE, OLGA
from tests.dialogue import ROOT, Dialogue, dialog, environment, start, words
from tests.scenarios.reading import inbox_of

FILE = (ROOT / "school.toml").read_text(encoding="utf-8")
TAKEN_OVER = FILE.replace(
    'rollen = ["medewerker", "beheerder"]', 'rollen = ["medewerker", "beheerder", "schoolleiding"]'
).replace('"hans.hoofd@rgo.example"]', '"hans.hoofd@rgo.example", "arie.admin@rgo.example"]')


@pytest.fixture
def talk(sqlite_engine: Engine) -> Iterator[Dialogue]:
    talk = start(sqlite_engine.url.render_as_string(hide_password=False))
    talk.minute()
    yield talk
    talk.bot.engine.dispose()


@pytest.fixture
def edited(tmp_path: Path) -> Path:
    path = tmp_path / "school.toml"
    path.write_text(TAKEN_OVER, encoding="utf-8")
    return path


def run(talk: Dialogue, file: Path, *arguments: str) -> tuple[int, Sequence[str]]:
    env = environment(DATABASE_URL=str(talk.bot.settings.database_url), SCHOOL_FILE=str(file))
    result = CliRunner().invoke(main, arguments, env=env)
    assert "Traceback" not in result.output
    return result.exit_code, result.output.splitlines()


def apply(talk: Dialogue, file: Path, *more: str, by: str = "anja.instel@rgo.example") -> tuple[int, Sequence[str]]:
    return run(talk, file, "school", "apply", "--as", by, "--reason", "Arie wordt afdelingsleider", *more)


def test_the_file_that_holds_has_no_difference(talk: Dialogue) -> None:
    code, said = run(talk, ROOT / "school.toml", "school", "diff")
    assert (code, len(said)) == (0, 1)
    assert "hetzelfde" in said[0]


def test_a_difference_is_named_and_ends_with_1(talk: Dialogue, edited: Path) -> None:
    code, said = run(talk, edited, "school", "diff")
    assert (code, said) == (1, ["+ schoolleiding: Arie Admin (arie.admin@rgo.example)"])
    code, said = run(talk, edited, "school", "diff", "--json")
    assert json.loads(said[0]) == {"row": "schoolleiding", "who": ARIE.email, "comes": True, "of": None}


def test_a_dry_run_proposes_nothing(talk: Dialogue, edited: Path) -> None:
    code, said = apply(talk, edited, "--dry-run")
    assert code == 0
    assert said[-1] == "Er is niets voorgesteld."
    assert run(talk, edited, "leadership", "log")[1] == ["Er is nog niets voorgesteld."]


def test_what_is_proposed_waits_with_its_reason_until_somebody_agrees(talk: Dialogue, edited: Path) -> None:
    code, said = apply(talk, edited)
    assert code == 0
    assert "wacht tot iemand" in said[-1]
    _, rows = run(talk, edited, "leadership", "list")
    assert not any("Arie" in row for row in rows)
    page = talk.press(OLGA, OLGA.direct, inbox_of(talk, OLGA), "Bekijk de wijziging", dialog=True)
    assert "Arie wordt afdelingsleider" in words(dialog(page))
    assert "Anja Instel" in words(dialog(page))
    talk.press(OLGA, OLGA.direct, page, "Akkoord", dialog=True)
    _, rows = run(talk, edited, "leadership", "list")
    assert any("Arie Admin" in row for row in rows)
    _, lines = run(talk, edited, "leadership", "log", "--json")
    (kept,) = map(json.loads, lines)
    assert (kept["by"], kept["decided_by"], kept["state"]) == ("anja.instel@rgo.example", OLGA.email, "agreed")


def test_who_proposed_it_cannot_agree(talk: Dialogue, edited: Path) -> None:
    apply(talk, edited, by=OLGA.email)
    page = talk.press(OLGA, OLGA.direct, inbox_of(talk, OLGA), "Bekijk de wijziging", dialog=True)
    assert "Hierover beslist iemand anders" in words(dialog(page))


def test_somebody_unknown_proposes_nothing(talk: Dialogue, edited: Path) -> None:
    code, said = apply(talk, edited, by="iemand@elders.example")
    assert code == 1
    assert "niet bij [[mensen]]" in said[0]


def test_a_school_that_nobody_confirmed_waits_for_its_people(sqlite_engine: Engine, tmp_path: Path) -> None:
    file = tmp_path / "school.toml"
    file.write_text(FILE.replace("demo = true\n", ""), encoding="utf-8")
    talk = start(sqlite_engine.url.render_as_string(hide_password=False), SCHOOL_FILE=str(file))
    code, said = run(talk, file, "school", "diff")
    assert (code, len(said)) == (0, 1)
    assert "door niemand bevestigd" in said[0]
    assert apply(talk, file)[0] == 1
    _, rows = run(talk, file, "leadership", "list", "--json")
    assert {json.loads(row)["confirmed"] for row in rows if json.loads(row)["row"] == "bestuur"} == {False}
    talk.bot.engine.dispose()


def test_verbs_about_reports_and_people_go_by_who_sits_and_not_by_the_file(talk: Dialogue, edited: Path) -> None:
    talk.slash(ARIE, ARIE.direct, 11)
    keys = environment()["REPORT_KEYS"]
    env = environment(DATABASE_URL=str(talk.bot.settings.database_url), SCHOOL_FILE=str(edited), REPORT_KEYS=keys)
    told = CliRunner().invoke(main, ["reports", "drill", "--json"], env=env).output
    assert "olga.overzicht" in told
    assert "arie.admin" not in told
    without = TAKEN_OVER.replace('["olga.overzicht@rgo.example", ', "[").replace(
        'wie = "olga.overzicht@rgo.example"', 'wie = "bea.bestuur@rgo.example"'
    )
    edited.write_text(
        without.replace('vervanger = "olga.overzicht@rgo.example"', 'vervanger = "bram.bestier@rgo.example"')
    )
    erased = CliRunner().invoke(main, ["privacy", "erase", "--user", OLGA.email, "--yes", "--json"], env=env).output
    assert json.loads(erased.splitlines()[-1])["address_kept"], "the address of a sitting leader is never free again"
