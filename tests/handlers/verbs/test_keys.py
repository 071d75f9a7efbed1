"""`protocolbot keys` and `protocolbot audit`: counts, ids of keys and of cases, and nothing of a report."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from bot.storage.engine import open_engine
from handlers.command_line import main
from tests.cast import DAAN, OLGA, SANNE
from tests.databases import opened
from tests.dialogue import KEYS, Dialogue, environment, start, words
from tests.processes.test_keys_rotated import NEW
from tests.scenarios.test_reporting import STORY, send, tell

SECRETS = (STORY, "users/", "Sanne", KEYS.partition(":")[2], NEW.partition(":")[2])


@pytest.fixture
def talk(tmp_path: Path) -> Dialogue:
    """Two reports, one of somebody whom the bot forgot since, and a draft."""
    url = f"sqlite:///{tmp_path / 'bot.db'}"
    assert run(url, "migrate")[0] == 0
    talking = start(engine=open_engine(url))
    talking.clock.moment = datetime.now(UTC)
    for who in (SANNE, DAAN):
        assert "Je melding is opgeslagen" in words(send(talking, tell(talking, who), who))
    tell(talking, SANNE)
    with talking.bot.engine.begin() as connection:
        connection.execute(text("DELETE FROM people WHERE user_id = :id"), {"id": DAAN.user})
    return talking


def run(url: str, *arguments: str, keys: str = KEYS) -> tuple[int, Sequence[str]]:
    result = CliRunner().invoke(main, arguments, env=environment(DATABASE_URL=url, REPORT_KEYS=keys))
    assert all(secret not in result.output for secret in SECRETS)
    assert "Traceback" not in result.output
    return result.exit_code, result.output.splitlines()


def url_of(talk: Dialogue) -> str:
    return str(talk.bot.settings.database_url)


def test_show_counts_what_lies_under_each_key(talk: Dialogue) -> None:
    code, said = run(url_of(talk), "keys", "show", keys=f"{NEW},{KEYS}")
    assert code == 0
    assert said == [
        "k2 (verzegelt): 0 meldingen, 0 concepten, 0 handtekeningen",
        "k1 (opent alleen nog): 2 meldingen, 1 concepten, 0 handtekeningen",
    ]


def test_show_names_a_key_that_is_needed_and_not_there(talk: Dialogue) -> None:
    code, said = run(url_of(talk), "keys", "show", "--json", keys=NEW)
    assert code == 0
    assert [json.loads(line)["key"] for line in said if not json.loads(line)["known"]] == ["k1"]


def test_rotate_brings_all_under_the_first_key_also_of_somebody_whom_the_bot_forgot(talk: Dialogue) -> None:
    code, said = run(url_of(talk), "keys", "rotate", "--json", keys=f"{NEW},{KEYS}")
    assert code == 0
    assert json.loads(said[0]) == {
        "cases": 2,
        "drafts": 1,
        "heads": 0,
        "older": {"cases": 0, "drafts": 0, "heads": 0},
    }
    after = start(engine=talk.bot.engine, REPORT_KEYS=NEW)
    for who in (SANNE, DAAN):
        assert words(after.slash(who, who.direct, 4, dialog=True)).count("Bekijken") == 1
    assert words(after.slash(OLGA, OLGA.direct, 9, dialog=True)).count("Openen") == 2


def test_rotate_a_second_time_changes_nothing(talk: Dialogue) -> None:
    assert run(url_of(talk), "keys", "rotate", keys=f"{NEW},{KEYS}")[0] == 0
    code, said = run(url_of(talk), "keys", "rotate", keys=f"{NEW},{KEYS}")
    assert code == 0
    assert said[0] == "Onder sleutel k2 gebracht: 0 meldingen, 0 concepten, 0 handtekeningen."
    assert "niets meer onder een oudere sleutel" in said[1]


def test_rotate_without_the_old_key_says_how_many_it_cannot_bring(talk: Dialogue) -> None:
    code, said = run(url_of(talk), "keys", "rotate", keys=NEW)
    assert code == 1
    assert "2 meldingen, 1 concepten" in said[1]


def test_a_damaged_case_does_not_hold_up_the_others(talk: Dialogue) -> None:
    with talk.bot.engine.begin() as connection:
        connection.exec_driver_sql(
            "UPDATE reports SET wrapped_key = X'6B313A00' WHERE id = (SELECT min(id) FROM reports)"
        )
    code, said = run(url_of(talk), "keys", "rotate", "--json", keys=f"{NEW},{KEYS}")
    assert code == 1
    assert json.loads(said[0])["cases"] == 1
    assert json.loads(said[0])["older"]["cases"] == 1


def test_verify_of_a_sound_school_ends_with_nought_and_of_another_with_one(talk: Dialogue) -> None:
    code, said = run(url_of(talk), "audit", "verify")
    assert (code, said[0][:25]) == (0, "Er is nog niets onderteke")
    talk.minute()
    code, said = run(url_of(talk), "audit", "verify", "--json")
    assert code == 0
    assert json.loads(said[0])["histories"] == 2
    with opened(url_of(talk)) as engine, engine.begin() as connection:
        case = connection.exec_driver_sql("SELECT min(id) FROM reports").scalar()
        connection.execute(text("DELETE FROM grants WHERE case_id = :id"), {"id": case})
        connection.execute(text("DELETE FROM reports WHERE id = :id"), {"id": case})
    code, said = run(url_of(talk), "audit", "verify")
    assert code == 1
    assert said[0] == f"{case}: de zaak is weg, zonder dat die is opgeruimd."
    code, said = run(url_of(talk), "audit", "begin-anew", "--yes", "--json")
    assert (code, json.loads(said[0])) == (0, {"signed": 1})
    assert run(url_of(talk), "audit", "verify")[0] == 0


def test_signing_anew_asks_first(talk: Dialogue) -> None:
    settings = environment(DATABASE_URL=url_of(talk))
    result = CliRunner().invoke(main, ["audit", "begin-anew"], env=settings, input="n\n")
    assert result.exit_code == 1
    assert "uitgezocht" in result.stderr
    assert "Opnieuw ondertekend" not in result.stdout
