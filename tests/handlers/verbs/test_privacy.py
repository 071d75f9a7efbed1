"""`protocolbot privacy`: what is kept about somebody outside of reports, the same for who reported something."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.reports.casefile import Step
from bot.reports.intake import Identity
from bot.school.people import UserId
from bot.storage.engine import open_engine
from handlers.command_line import main
from tests.cast import DAAN, HANS, KARIN, OLGA, SANNE
from tests.dialogue import Dialogue, environment, start, words
from tests.scenarios.reading import inbox_of
from tests.scenarios.stocked import STORY, report


def run(talk: Dialogue, *arguments: str, answer: str | None = None) -> tuple[int, Sequence[str]]:
    settings = environment(DATABASE_URL=str(talk.bot.settings.database_url))
    result = CliRunner().invoke(main, ["privacy", *arguments], env=settings, input=answer)
    assert STORY not in result.output
    assert "Traceback" not in result.output
    return result.exit_code, result.output.splitlines()


@pytest.fixture
def talk(tmp_path: Path) -> Dialogue:
    url = f"sqlite:///{tmp_path / 'bot.db'}"
    assert CliRunner().invoke(main, ["migrate"], env=environment(DATABASE_URL=url)).exit_code == 0
    talking = start(engine=open_engine(url))
    talking.clock.moment = datetime.now(UTC)
    return talking


@pytest.mark.parametrize("whom", [KARIN.user, KARIN.email, KARIN.email.upper()])
def test_export_shows_what_is_kept_by_number_or_address(talk: Dialogue, whom: str) -> None:
    code, said = run(talk, "export", "--user", whom, "--json")
    told = json.loads(said[0])
    assert code == 0
    assert (told["user"], told["email"], told["groups"]) == (KARIN.user, KARIN.email, ["Klas 3B"])
    code, said = run(talk, "export", "--user", whom)
    assert said[0] == f"adres: {KARIN.email}"


@pytest.mark.parametrize("how", list(Identity))
def test_export_is_the_same_for_who_reported_and_for_whom_a_report_is_about(talk: Dialogue, how: Identity) -> None:
    asked = [("export", "--user", who.user, *form) for who in (SANNE, DAAN, OLGA) for form in ((), ("--json",))]
    before = [run(talk, *each) for each in asked]
    report(talk, "C07", (OLGA, HANS), identity=how)
    assert [run(talk, *each) for each in asked] == before


def test_erase_says_the_same_for_who_reported_and_for_who_did_not(talk: Dialogue) -> None:
    case = report(talk, "C07", (OLGA, HANS), identity=Identity.SEALED)
    for form in ((), ("--json",)):
        reported = run(talk, "erase", "--yes", "--user", SANNE.user, *form)
        assert reported == run(talk, "erase", "--yes", "--user", DAAN.user, *form)
        assert reported[0] == 0
    with talk.bot.store.read() as transaction:
        known = talk.bot.histories.load(case, transaction.histories)
        assert [entry.step for entry in known.entries] == [Step.WITHDRAWN]
        assert transaction.people.of_user(UserId(SANNE.user)) is None
    assert words(inbox_of(talk, OLGA)).count("Openen") == 1


def test_erase_asks_first_and_changes_nothing_without_a_yes(talk: Dialogue) -> None:
    code, said = run(talk, "erase", "--user", SANNE.user, answer="n\n")
    assert code == 1
    assert "vastgelegd" in said[0]
    assert json.loads(run(talk, "export", "--user", SANNE.user, "--json")[1][0])["email"] == SANNE.email
    assert run(talk, "erase", "--user", SANNE.user, answer="y\n")[0] == 0
    assert json.loads(run(talk, "export", "--user", SANNE.user, "--json")[1][0])["email"] is None


def test_of_a_recipient_the_address_stays_and_that_is_said(talk: Dialogue) -> None:
    code, said = run(talk, "erase", "--yes", "--user", OLGA.email)
    assert code == 0
    assert "Het adres en het privégesprek blijven" in said[0]
    assert json.loads(run(talk, "export", "--user", OLGA.user, "--json")[1][0])["email"] == OLGA.email


def test_somebody_unknown_has_nothing_and_what_was_typed_is_not_repeated(talk: Dialogue) -> None:
    code, said = run(talk, "export", "--user", "users/999999", "--json")
    assert (code, json.loads(said[0])["email"], json.loads(said[0])["groups"]) == (0, None, [])
    for whom, expected in (("niemand@elders.example", 1), ("sanne", 2), ("users/1; DROP", 2)):
        code, said = run(talk, "export", "--user", whom)
        assert code == expected
        assert not any(whom in line for line in said)
