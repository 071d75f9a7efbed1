"""`protocolbot people`: roles by unit, asked of a Google of our own; counts only, and half a list changes nothing."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from handlers.command_line import main
from tests.dialogue import ROOT, environment
from tests.fakes.google_server import Answer, GoogleServer, error, google_server

UNITS = '\n[gids.eenheden]\n"/Leerlingen" = "leerling"\n"/Medewerkers" = "medewerker"\n'


@dataclass
class Office:
    """Somebody at a shell, with a database and a Google."""

    settings: dict[str, str]
    google: GoogleServer

    def run(self, *arguments: str, **changes: str) -> tuple[int, Sequence[str]]:
        result = CliRunner().invoke(main, ["people", *arguments], env={**self.settings, **changes})
        assert "Traceback" not in result.output
        assert "@" not in result.output.replace("@rgo.example", "")
        return result.exit_code, result.output.splitlines()

    def json(self, *arguments: str) -> Mapping[str, Any]:
        code, lines = self.run(*arguments, "--json")
        assert code == 0
        found: Mapping[str, Any] = json.loads(lines[0])
        return found

    def answers(self, *users: tuple[str, str]) -> None:
        given = [{"primaryEmail": email, "orgUnitPath": unit} for email, unit in users]
        self.google.answers.append(Answer(200, {"users": given}))


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    school, account = tmp_path / "school.toml", tmp_path / "account.json"
    school.write_text((ROOT / "school.toml").read_text(encoding="utf-8") + UNITS, encoding="utf-8")
    with google_server() as google:
        account.write_text(json.dumps(google.account_file()))
        settings = environment(
            DATABASE_URL=f"sqlite:///{tmp_path / 'bot.db'}",
            CHAT_API_ENDPOINT=google.address,
            GOOGLE_APPLICATION_CREDENTIALS=str(account),
            DIRECTORY_SUBJECT="arie.admin@rgo.example",
            SCHOOL_FILE=str(school),
        )
        assert CliRunner().invoke(main, ["migrate"], env=settings).exit_code == 0
        yield Office(settings, google)


def test_roles_come_from_units_and_are_told_as_counts(office: Office) -> None:
    office.answers(("a@rgo.example", "/Leerlingen/2A"), ("b@rgo.example", "/Medewerkers"), ("c@rgo.example", "/"))
    assert office.json("sync") == {"came": 2, "changed": 0, "went": 0, "known": 2, "dry_run": False}
    assert office.json("show")["roles"] == {"leerling": 1, "medewerker": 1}


def test_a_trial_changes_nothing(office: Office) -> None:
    office.answers(("a@rgo.example", "/Leerlingen"))
    code, lines = office.run("sync", "--dry-run")
    assert (code, lines) == (0, ["Er is niets veranderd; het zou worden: 1, waarvan 1 nieuw en 0 anders. Weg: 0."])
    assert office.json("show")["roles"] == {}


def test_half_a_list_changes_nothing_and_says_what_to_do(office: Office) -> None:
    office.answers(("a@rgo.example", "/Leerlingen"))
    office.run("sync")
    office.google.answers.append(error(403, "PERMISSION_DENIED"))
    code, lines = office.run("sync")
    assert code == 1
    assert "DIRECTORY_SUBJECT" in lines[0]
    assert "niets veranderd" in lines[0]
    assert office.json("show")["roles"] == {"leerling": 1}


def test_without_a_subject_or_an_account_it_says_what_is_missing(office: Office) -> None:
    assert "DIRECTORY_SUBJECT" in office.run("sync", DIRECTORY_SUBJECT="")[1][0]
    assert "serviceaccount" in office.run("sync", GOOGLE_APPLICATION_CREDENTIALS="/nergens.json")[1][0]


def test_without_rules_it_says_where_roles_come_from(office: Office) -> None:
    assert "[gids]" in office.run("sync", SCHOOL_FILE=str(ROOT / "school.toml"))[1][0]
