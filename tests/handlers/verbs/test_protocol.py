"""`protocolbot protocol`: what an administrator reads when a new version of the protocol is checked and loaded."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.protocol.loading import RGO_PROTOCOL
from handlers.command_line import main
from tests.bot.protocol.reading.word_files import par, word
from tests.dialogue import environment

SOURCE = (RGO_PROTOCOL / "protocol.txt").read_bytes().decode()
OLD, NEW = "3. De betrokkene is persoonlijk verantwoordelijk", "3. Iedereen is persoonlijk verantwoordelijk"
LAYOUTS = Path(__file__).parents[2] / "bot" / "protocol" / "layouts"


def run(*arguments: str | Path, **settings: str) -> tuple[int, str, str]:
    names = dict.fromkeys(environment(), "")
    result = CliRunner().invoke(main, ["protocol", *map(str, arguments)], env={**names, **settings})
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def database(tmp_path: Path) -> dict[str, str]:
    settings = environment(DATABASE_URL=f"sqlite:///{tmp_path / 'bot.db'}")
    assert CliRunner().invoke(main, ["migrate"], env=settings).exit_code == 0
    return settings


@pytest.fixture
def changed(tmp_path: Path) -> Path:
    path = tmp_path / "nieuw.txt"
    path.write_bytes(SOURCE.replace(OLD, NEW).encode())
    return path


def test_check_says_what_became_of_every_line_and_needs_no_settings() -> None:
    code, said, _ = run("check", LAYOUTS / "nummer_overgeslagen.txt")
    assert code == 0
    assert "artikel R4" in said
    assert "Om na te kijken: 1." in said
    assert "regel 6: nummer 4 volgt niet" in said


def test_check_as_json_gives_one_object_for_each_line() -> None:
    code, said, _ = run("check", "--json", LAYOUTS / "nummer_overgeslagen.txt")
    found = [json.loads(line) for line in said.splitlines()]
    assert code == 0
    assert all(set(each) == {"line", "became", "kind", "code", "opening", "unsure"} for each in found)
    assert [each["code"] for each in found if each["kind"] == "article"] == ["R1", "R2", "R4"]


def test_check_reads_a_word_file(tmp_path: Path) -> None:
    path = tmp_path / "protocol.docx"
    path.write_bytes(word(par("Protocol", style="Titel") + par("Regels", style="Kop1") + par("Je filmt niet.")))
    code, said, _ = run("check", path)
    assert code == 0
    assert "tekst R1 (in de bron zonder nummer)" in said


def test_check_of_what_has_no_place_is_refused_with_line_and_reason() -> None:
    code, said, error = run("check", LAYOUTS / "twee_keer_letter.txt")
    assert (code, said) == (1, "")
    assert "Geweigerd. regel 6: Er zijn twee koppen met de letter A." in error
    code, said, _ = run("check", "--json", LAYOUTS / "twee_keer_letter.txt")
    assert code == 1
    assert json.loads(said) == {"refused": "Er zijn twee koppen met de letter A.", "line": 6}


def test_a_migrated_database_has_the_protocol_that_came_along(database: dict[str, str]) -> None:
    code, said, _ = run("show", "--json", **database)
    (version,) = map(json.loads, said.splitlines())
    assert code == 0
    assert (version["effective_on"], version["state"], version["articles"]) == ("2022-02-01", "geldt nu", 40)
    assert version["protocol_dir"] is True


def test_a_version_is_loaded_for_a_day_and_shown_as_planned(database: dict[str, str], changed: Path) -> None:
    code, said, _ = run("load", changed, "--effective-on", "2999-01-01", **database)
    assert code == 0
    assert "Versie van 2999-01-01 is bewaard en geldt vanaf die dag." in said
    assert "in de tekst zelf staat 2022-02-01" in said
    shown = run("show", **database)[1].splitlines()
    assert ["geldt nu" in shown[0], "gepland" in shown[1]] == [True, True]


def test_the_same_text_for_the_same_day_is_kept_once(database: dict[str, str], changed: Path) -> None:
    run("load", changed, "--effective-on", "2999-01-01", **database)
    code, said, _ = run("load", changed, "--effective-on", "2999-01-01", "--json", **database)
    assert code == 0
    assert json.loads(said)["loaded"] is False
    assert len(run("show", **database)[1].splitlines()) == 2


def test_another_text_for_a_day_that_has_one_is_refused(database: dict[str, str], changed: Path) -> None:
    code, _, error = run("load", changed, "--effective-on", "2022-02-01", **database)
    assert code == 1
    assert "al een andere versie geladen" in error


def test_without_a_day_nothing_is_loaded(database: dict[str, str], changed: Path) -> None:
    code, _, error = run("load", changed, **database)
    assert code != 0
    assert "--effective-on" in error
    assert len(run("show", **database)[1].splitlines()) == 1


def test_what_is_refused_is_not_loaded(database: dict[str, str]) -> None:
    code, _, error = run("load", LAYOUTS / "brief.txt", "--effective-on", "2999-01-01", **database)
    assert code == 1
    assert "Geweigerd. regel 1" in error
    assert len(run("show", **database)[1].splitlines()) == 1


def test_diff_shows_both_texts_of_what_changed(database: dict[str, str], changed: Path) -> None:
    code, said, _ = run("diff", changed, **database)
    assert code == 0
    assert said.splitlines()[0].split() == ["anders", "A3"]
    assert "  - De betrokkene is persoonlijk" in said
    assert "  + Iedereen is persoonlijk" in said
    assert "ONZEKER" not in said


def test_diff_between_two_days_is_the_same_as_json(database: dict[str, str], changed: Path) -> None:
    run("load", changed, "--effective-on", "2999-01-01", **database)
    for arguments in (("2022-02-01", "2999-01-01"), ("2999-01-01",), ()):
        code, said, _ = run("diff", "--json", *arguments, **database)
        (only,) = map(json.loads, said.splitlines())
        assert (code, only["change"], only["old"]["code"], only["unsure"]) == (0, "changed", "A3", False)


def test_diff_says_what_is_unsure(database: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "nieuw.txt"
    rule = next(line for line in SOURCE.splitlines() if line.startswith("8. Het is medewerkers"))
    path.write_bytes(SOURCE.replace(rule, "8. Wie kan dat ooit zeggen?!.").encode())
    assert "A8  ONZEKER" in run("diff", path, **database)[1]


def test_diff_of_the_same_text_says_that_nothing_is_different(database: dict[str, str]) -> None:
    assert run("diff", RGO_PROTOCOL / "protocol.txt", **database)[1] == "Geen artikel is anders.\n"


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("diff", "2030-01-01"), "Er is geen versie van 2030-01-01"),
        (("diff",), "Er is maar een versie"),
        (("diff", "a", "b", "c"), "hooguit twee"),
        (("diff", "weg.txt"), "weg.txt is niet te lezen"),
        (("load", "weg.txt", "--effective-on", "morgen"), "--effective-on"),
    ],
)
def test_a_mistake_in_typing_is_said_without_a_traceback(
    database: dict[str, str], arguments: tuple[str, ...], reason: str
) -> None:
    code, _, error = run(*arguments, **database)
    assert code != 0
    assert reason in error
    assert "Traceback" not in error


def test_a_database_that_was_not_migrated_is_said(tmp_path: Path) -> None:
    code, _, error = run("show", **environment(DATABASE_URL=f"sqlite:///{tmp_path / 'leeg.db'}"))
    assert code == 1
    assert "protocolbot migrate" in error
