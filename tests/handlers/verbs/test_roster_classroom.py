"""`protocolbot roster classroom`: the pupils of a course become a class list, against a Google of our own."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from bot.storage.engine import open_engine
from bot.storage.transactions import Store
from handlers.command_line import main
from tests.cast import DAAN, KARIN, SANNE
from tests.dialogue import environment
from tests.fakes.google_server import Answer, GoogleServer, error, google_server
from tests.wire_events import Someone


@dataclass
class Office:
    """Somebody at a shell, with a database and a Google."""

    settings: dict[str, str]
    google: GoogleServer

    def run(self, *arguments: str, **changes: str) -> tuple[int, Sequence[str]]:
        result = CliRunner().invoke(main, ["roster", *arguments], env={**self.settings, **changes})
        assert "Traceback" not in result.output
        assert not any(who.email in result.output or who.name in result.output for who in (SANNE, DAAN, KARIN))
        return result.exit_code, result.output.splitlines()

    def list_of(self, class_name: str) -> list[tuple[str, str]]:
        with Store(open_engine(self.settings["DATABASE_URL"])).read() as look:
            return [(pupil.email, pupil.name) for pupil in look.rosters.of(class_name)]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with google_server() as google:
        account = tmp_path / "account.json"
        account.write_text(json.dumps(google.account_file()))
        settings = environment(
            DATABASE_URL=f"sqlite:///{tmp_path / 'bot.db'}",
            CHAT_API_ENDPOINT=google.address,
            GOOGLE_APPLICATION_CREDENTIALS=str(account),
            DIRECTORY_SUBJECT="arie.admin@rgo.example",
        )
        assert CliRunner().invoke(main, ["migrate"], env=settings).exit_code == 0
        yield Office(settings, google)


def student(who: Someone, email: str | None = None) -> dict[str, Any]:
    address = who.email if email is None else email
    return {"userId": str(who.number), "profile": {"name": {"fullName": who.name}, "emailAddress": address}}


def test_the_pupils_of_a_course_are_kept_and_whom_it_cannot_use_it_tells_by_the_place(office: Office) -> None:
    office.google.answers.append(
        Answer(200, {"students": [student(SANNE), student(KARIN), student(DAAN, ""), student(DAAN)]})
    )
    code, said = office.run("classroom", "123", "--class", "klas 3b")
    assert code == 0
    assert said == [
        "leerling 2: het adres is van een medewerker",
        "leerling 3: er staat geen e-mailadres",
        "3B: 2 leerlingen (nieuw)",
        "Niet te gebruiken rijen: 2. De lijsten zijn bewaard.",
    ]
    assert office.list_of("3B") == [(DAAN.email, DAAN.name), (SANNE.email, SANNE.name)]
    assert b"arie.admin" not in office.google.seen[0].body
    assert office.google.seen[0].path.startswith("/v1/courses/123/students")


def test_a_dry_run_changes_nothing(office: Office) -> None:
    office.google.answers.append(Answer(200, {"students": [student(SANNE)]}))
    code, said = office.run("classroom", "123", "--class", "3B", "--dry-run", "--json")
    assert (code, json.loads(said[0])["kept"]) == (0, False)
    assert office.list_of("3B") == []


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (error(404, "NOT_FOUND"), "bestaat niet"),
        (error(403, "PERMISSION_DENIED"), "DIRECTORY_SUBJECT"),
        (Answer(200, {}), "Er is niets veranderd."),
    ],
)
def test_without_a_list_the_old_one_stays_and_it_says_what_to_do(office: Office, answer: Answer, words: str) -> None:
    office.google.answers.extend([Answer(200, {"students": [student(SANNE)]}), answer])
    office.run("classroom", "123", "--class", "3B")
    code, said = office.run("classroom", "123", "--class", "3B")
    assert code == 1
    assert words in said[-1]
    assert office.list_of("3B") == [(SANNE.email, SANNE.name)]


def test_without_somebody_to_act_for_or_an_account_it_says_what_to_set(office: Office, tmp_path: Path) -> None:
    code, said = office.run("classroom", "123", "--class", "3B", DIRECTORY_SUBJECT="")
    assert (code, "DIRECTORY_SUBJECT" in said[-1]) == (1, True)
    nowhere = str(tmp_path / "nowhere.json")
    code, said = office.run("classroom", "123", "--class", "3B", GOOGLE_APPLICATION_CREDENTIALS=nowhere)
    assert (code, "GOOGLE_APPLICATION_CREDENTIALS" in said[-1]) == (1, True)
