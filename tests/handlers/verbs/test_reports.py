"""`protocolbot reports`: a year in numbers, and whether a drill reached everybody; nothing of any report."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.storage.engine import open_engine
from handlers.command_line import main
from tests.cast import BEA, BRAM, CARLA, HANS, OLGA, RECIPIENTS, SANNE
from tests.dialogue import Dialogue, environment, start, words
from tests.scenarios.reading import inbox_of
from tests.scenarios.stocked import STORY, report

YEAR = str(datetime.now(UTC).year)
TOPICS = (
    "Pesten, buitensluiten, discriminatie",
    "Bedreigen, volgen, extreme ideeën",
    "Iets seksueels",
    "Beeld, gegevens en accounts",
    "Een volwassene van school gaat te ver",
    "Zorg om iemand",
    "Iets anders",
)
SECRETS = (STORY, "users/", SANNE.name)


def run(url: str, *arguments: str, **changes: str) -> tuple[int, Sequence[str]]:
    result = CliRunner().invoke(main, ["reports", *arguments], env=environment(DATABASE_URL=url, **changes))
    assert all(secret not in result.output for secret in SECRETS)
    assert "Traceback" not in result.output
    return result.exit_code, result.output.splitlines()


@pytest.fixture
def talk(tmp_path: Path) -> Dialogue:
    url = f"sqlite:///{tmp_path / 'bot.db'}"
    assert CliRunner().invoke(main, ["migrate"], env=environment(DATABASE_URL=url)).exit_code == 0
    talking = start(engine=open_engine(url))
    talking.clock.moment = datetime.now(UTC)
    return talking


def url_of(talk: Dialogue) -> str:
    return str(talk.bot.settings.database_url)


def test_the_overview_is_the_leadership_s_unless_the_board_s_is_asked_for(talk: Dialogue) -> None:
    for _ in range(5):
        report(talk, "C07", (OLGA, HANS))
    for _ in range(7):
        report(talk, "C04", (BEA, BRAM, CARLA))
    code, said = run(url_of(talk), "overview", "--year", YEAR)
    assert code == 0
    assert said[:5] == [
        f"Jaaroverzicht {YEAR} van de schoolleiding",
        "Aantal meldingen: 5",
        "",
        "Waar het over ging",
        f"  {' + '.join(TOPICS)}: 5",
    ]
    assert not any("bestuur" in line for line in said)
    code, said = run(url_of(talk), "overview", "--year", YEAR, "--for", "bestuur", "--json")
    told = json.loads(said[0])
    assert (code, told["for"], told["total"]) == (0, "bestuur", 7)
    assert told["urgencies"] == [{"names": ["U0", "U1", "U2", "U3"], "number": 7}]
    assert told["read"] == [{"names": ["op_tijd", "te_laat", "nog_niet"], "number": 7}]


def test_one_report_that_the_leadership_may_not_see_changes_no_byte_of_its_overview(talk: Dialogue) -> None:
    for _ in range(6):
        report(talk, "C07", (OLGA, HANS))
    for arguments in (("overview", "--year", YEAR), ("overview", "--year", YEAR, "--json")):
        before = run(url_of(talk), *arguments)
        report(talk, "C07", (BEA, BRAM, CARLA))
        report(talk, "C01", (OLGA,), copied=(HANS,))
        assert run(url_of(talk), *arguments) == before


def test_a_year_with_few_reports_says_so_and_nothing_else(talk: Dialogue) -> None:
    report(talk, "C07", (OLGA, HANS))
    code, said = run(url_of(talk), "overview", "--year", YEAR)
    assert (code, said[1]) == (0, "Aantal meldingen: minder dan 5")
    assert said[2] == ""
    assert all(line.startswith(("Hier tellen", "Een aantal", "Dit overzicht")) for line in said[3:])
    assert json.loads(run(url_of(talk), "overview", "--year", "2020", "--json")[1][0])["total"] is None


def test_a_report_that_cannot_be_opened_stops_it_with_what_to_do(talk: Dialogue) -> None:
    report(talk, "C07", (OLGA, HANS))
    with talk.bot.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE reports SET body = X'00'")
    code, said = run(url_of(talk), "overview", "--year", YEAR)
    assert (code, said) == (1, ["Error: Een zaak is niet te openen. Geef: protocolbot audit verify."])


@pytest.mark.parametrize("arguments", [("--year", "26"), (), ("--year", "2026", "--for", "toezicht")])
def test_a_year_or_a_row_that_is_none_is_refused(talk: Dialogue, arguments: Sequence[str]) -> None:
    assert run(url_of(talk), "overview", *arguments)[0] == 2


def confirm(talk: Dialogue) -> None:
    """Everybody confirms all that they got."""
    for who in RECIPIENTS:
        while "Wil je laten weten" in words(inbox := inbox_of(talk, who)):
            talk.clock.forward(seconds=1)
            trials = [each for each in json.dumps(inbox).split('"value": "') if len(each.partition('"')[0]) == 32]
            for trial in trials:
                given = {"case": trial.partition('"')[0]}
                talk.send(talk.wires.press(who, who.direct, "trials.confirm", given, dialog="SUBMIT"))


def test_a_drill_is_sent_confirmed_and_found_confirmed(talk: Dialogue) -> None:
    code, said = run(url_of(talk), "drill")
    assert code == 0
    assert said[0] == "schoolleiding: Olga Overzicht: nog niet bevestigd, bericht is onderweg"
    assert "schoolleiding, kopie: Bea Bestuur: nog niet bevestigd, bericht is onderweg" in said
    assert "laatste: Vera Vertrouwen: nog niet bevestigd, bericht is onderweg" in said
    assert said[-1] == "Bevestigd: 0 van de 12."
    talk.minute(days=7 - 1)
    code, said = run(url_of(talk), "drill", "--status")
    assert code == 1
    assert said[0] == "schoolleiding: Olga Overzicht: nog niet bevestigd, bericht is er"
    confirm(talk)
    code, said = run(url_of(talk), "drill", "--status", "--json")
    assert code == 0
    assert all(json.loads(line)["confirmed"] for line in said)
    assert [json.loads(line)["chain"] for line in said].count("bestuur") == 3


def test_a_second_drill_in_the_week_is_sent_only_when_that_is_meant(talk: Dialogue) -> None:
    assert run(url_of(talk), "drill")[0] == 0
    code, said = run(url_of(talk), "drill")
    assert (code, "--again" in said[0]) == (1, True)
    assert words(inbox_of(talk, OLGA)).count("Oefening van") == 1
    assert run(url_of(talk), "drill", "--again")[0] == 0
    assert words(inbox_of(talk, OLGA)).count("Oefening van") == 2


def test_whoever_cannot_be_reached_is_named_and_the_others_get_it(talk: Dialogue) -> None:
    talk.send(talk.wires.removed(CARLA, CARLA.direct))
    code, said = run(url_of(talk), "drill")
    assert code == 0
    assert "bestuur: Carla Kompas: niet bereikt: heeft nog geen privégesprek met de bot" in said
    assert run(url_of(talk), "drill", "--status")[0] == 1


def test_without_a_drill_the_status_says_so(talk: Dialogue) -> None:
    report(talk, "C07", (OLGA, HANS))
    code, said = run(url_of(talk), "drill", "--status")
    assert (code, said) == (1, ["Error: Er is geen oefening geweest in de laatste zeven dagen."])
