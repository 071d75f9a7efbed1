"""`protocolbot roster`: a file becomes class lists, and the terminal shows line numbers and reasons, never a pupil."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.groups.rosters.decoding import Refusal
from bot.groups.rosters.reading import Reason
from bot.storage.engine import open_engine
from bot.storage.transactions import Store
from handlers.command_line import main
from handlers.verbs.roster import REASONS, REFUSALS
from tests.cast import DAAN, FINN, SANNE
from tests.dialogue import environment

HEAD = "Klas;Naam;E-mail\n"
LINES = {who: f"{who.name};{who.email}\n" for who in (SANNE, DAAN, FINN)}
SECRETS = ("voorbeeld", "proefpersoon", "verzonnen")


@pytest.fixture
def url(tmp_path: Path) -> str:
    address = f"sqlite:///{tmp_path / 'bot.db'}"
    assert CliRunner().invoke(main, ["migrate"], env=environment(DATABASE_URL=address)).exit_code == 0
    return address


def run(url: str, *arguments: str) -> tuple[int, Sequence[str]]:
    result = CliRunner().invoke(main, ["roster", *arguments], env=environment(DATABASE_URL=url))
    assert "Traceback" not in result.output
    assert all(secret not in result.output.lower() for secret in SECRETS)
    return result.exit_code, result.output.splitlines()


def file_of(folder: Path, text: str | bytes) -> str:
    path = folder / "klassen.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return str(path)


def on_lists(url: str) -> dict[str, list[str]]:
    with Store(open_engine(url)).read() as look:
        return {name: [pupil.email for pupil in look.rosters.of(name)] for name in look.rosters.names()}


def test_what_can_be_used_is_kept_and_the_rest_is_listed_by_its_line(url: str, tmp_path: Path) -> None:
    file = file_of(tmp_path, HEAD + "3B;" + LINES[SANNE] + "3B;Wie Weet;\n3B;" + LINES[DAAN] + "2A;" + LINES[FINN])
    code, said = run(url, "import", file)
    assert code == 0
    assert said == [
        "regel 3: er staat geen e-mailadres",
        "2A: 1 leerling (nieuw)",
        "3B: 2 leerlingen (nieuw)",
        "Niet te gebruiken rijen: 1. De lijsten zijn bewaard.",
    ]
    assert on_lists(url) == {"2A": [FINN.email], "3B": [DAAN.email, SANNE.email]}


def test_the_same_in_json_is_one_object_for_each_line(url: str, tmp_path: Path) -> None:
    file = file_of(tmp_path, HEAD + "3B;" + LINES[SANNE] + "3B;Wie Weet;\n")
    code, said = run(url, "import", file, "--json")
    assert code == 0
    assert [json.loads(line) for line in said] == [
        {"line": 3, "reason": "no_email", "goes_in": False},
        {"class": "3B", "pupils": 1, "before": 0, "kept": True},
    ]
    code, said = run(url, "show", "--json")
    assert {key: json.loads(said[0])[key] for key in ("class", "pupils")} == {"class": "3B", "pupils": 1}


def test_a_new_list_replaces_its_class_and_leaves_the_others(url: str, tmp_path: Path) -> None:
    run(url, "import", file_of(tmp_path, HEAD + "3B;" + LINES[SANNE] + "2A;" + LINES[FINN]))
    code, said = run(url, "import", file_of(tmp_path, HEAD + "3b;" + LINES[DAAN]))
    assert (code, said[0]) == (0, "3B: 1 leerling (was 1)")
    assert on_lists(url) == {"2A": [FINN.email], "3B": [DAAN.email]}


def test_the_whole_school_forgets_the_classes_that_are_not_in_the_file(url: str, tmp_path: Path) -> None:
    run(url, "import", file_of(tmp_path, HEAD + "3B;" + LINES[SANNE] + "2A;" + LINES[FINN]))
    file = file_of(tmp_path, HEAD + "3B;" + LINES[DAAN])
    assert "2A: staat niet in het bestand, lijst weg" in run(url, "import", file, "--whole-school", "--dry-run")[1]
    assert on_lists(url) == {"2A": [FINN.email], "3B": [SANNE.email]}
    assert run(url, "import", file, "--whole-school")[0] == 0
    assert on_lists(url) == {"3B": [DAAN.email]}


def test_a_file_that_was_cut_off_forgets_no_class(url: str, tmp_path: Path) -> None:
    run(url, "import", file_of(tmp_path, HEAD + "2A;" + LINES[FINN]))
    file = file_of(tmp_path, HEAD + "3B;" + LINES[SANNE] + "2A;Fin")
    code, said = run(url, "import", file, "--whole-school")
    assert code == 1
    assert "afgebroken" in said[-1]
    assert on_lists(url) == {"2A": [FINN.email]}


def test_a_dry_run_changes_nothing(url: str, tmp_path: Path) -> None:
    code, said = run(url, "import", file_of(tmp_path, HEAD + "3B;" + LINES[SANNE]), "--dry-run")
    assert (code, said[-1]) == (0, "Niet te gebruiken rijen: 0. Er is niets veranderd (--dry-run).")
    assert on_lists(url) == {}
    assert run(url, "show") == (
        0,
        ["Er zijn nog geen klassenlijsten. Lees ze in met: protocolbot roster import BESTAND"],
    )


def test_one_class_of_a_school_and_a_bare_list_of_one_class(url: str, tmp_path: Path) -> None:
    file = file_of(tmp_path, HEAD + "3B;" + LINES[SANNE] + "2A;" + LINES[FINN])
    assert run(url, "import", file, "--class", "3b")[0] == 0
    assert on_lists(url) == {"3B": [SANNE.email]}
    assert run(url, "import", file_of(tmp_path, "E-mail\n" + FINN.email + "\n"), "--class", "2A")[0] == 0
    assert on_lists(url) == {"2A": [FINN.email], "3B": [SANNE.email]}
    assert run(url, "import", file, "--class", "3B", "--whole-school")[0] == 2
    for strange in ("", "x" * 40, "=2B"):
        assert run(url, "import", file, "--class", strange)[0] == 2


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "leeg"),
        (b"PK\x03\x04" + bytes(20), "Opslaan als, CSV UTF-8"),
        (b"Klas;Naam\n3B;Sanne Voorbeeld\n", "kolom E-mail"),
        (b"Naam;E-mail\nSanne;sanne.voorbeeld@leerling.rgo.example\n", "--class"),
        (HEAD.encode() + b"3B;Sanne Voorbeeld;\n", "Er is niets veranderd."),
    ],
)
def test_where_nothing_can_be_used_it_says_what_to_do_and_fails(
    url: str, tmp_path: Path, data: bytes, words: str
) -> None:
    code, said = run(url, "import", file_of(tmp_path, data))
    assert code == 1
    assert words in said[-1]
    assert on_lists(url) == {}


def test_a_refusal_in_json_names_its_reason(url: str, tmp_path: Path) -> None:
    code, said = run(url, "import", file_of(tmp_path, b""), "--json")
    assert (code, json.loads(said[0])) == (1, {"refused": "empty"})


def test_a_database_that_was_not_brought_up_to_date_is_told(tmp_path: Path) -> None:
    code, said = run(f"sqlite:///{tmp_path / 'new.db'}", "show")
    assert (code, said) == (1, ["Error: De database is niet bij. Geef eerst: protocolbot migrate."])


def test_every_reason_and_refusal_has_words() -> None:
    assert set(REASONS) == set(Reason)
    assert set(REFUSALS) == set(Refusal)
