"""`protocolbot doctor`: each fault that was planted in settings, school file, protocol or routes is found and named."""

import json
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.protocol.loading import RGO_PROTOCOL
from handlers.command_line import main
from tests.cast import EVERYBODY, PIET
from tests.dialogue import KEYS, ROOT, environment, start

SCHOOL = (ROOT / "school.toml").read_text(encoding="utf-8")
TOMORROW = (date.today() + timedelta(days=400)).isoformat()  # noqa: DTZ011 - the verb goes by the real day


def findings(folder: Path, school: str = SCHOOL, **changes: str) -> Mapping[str, Mapping[str, str]]:
    """What doctor finds, by its key; the school file lies in the folder."""
    path = folder / "school.toml"
    path.write_text(school, encoding="utf-8")
    env = {**environment(DATABASE_URL=f"sqlite:///{folder / 'bot.db'}", SCHOOL_FILE=str(path)), **changes}
    result = CliRunner().invoke(
        main, ["doctor", "--json"], env={**env, **{name: "" for name, value in changes.items() if not value}}
    )
    assert "Traceback" not in result.output
    for private in (KEYS.partition(":")[2], "@rgo.example", "geheim"):
        assert private not in result.output
    found = [json.loads(line) for line in result.output.splitlines() if line.startswith("{")]
    assert result.exit_code == int(any(each["weight"] == "fout" for each in found))
    for each in found:
        assert each["fix"], each
    return {each["key"]: each for each in found}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a database in which everybody has spoken with the bot."""
    address = f"sqlite:///{tmp_path / 'bot.db'}"
    assert CliRunner().invoke(main, ["migrate"], env=environment(DATABASE_URL=address)).exit_code == 0
    start(address, everybody=(*EVERYBODY, PIET)).bot.engine.dispose()
    return tmp_path


def test_the_demo_school_has_nothing_that_must_be_mended_but_its_telephone_numbers(folder: Path) -> None:
    found = findings(folder)
    assert {key for key, each in found.items() if each["weight"] == "fout"} == {"nepnummer"}


SCHOOL_FAULTS = [
    ("besluit_ontbreekt", 'dpia = { door = "bestuur (demo)", datum = 2026-09-01 }\n', ""),
    ("besluit_in_de_toekomst", "datum = 2026-09-01", f"datum = {TOMORROW}"),
    ("sleutels_niet_geregeld", "sleutels_en_uitrol", "iets_anders"),
    ("alles_uit", "= true", "= false"),
    ("geen_beheerder", '"medewerker", "beheerder"', '"medewerker"'),
    (
        "een_beheerder",
        'naam = "Arie Admin"\nrollen = ["medewerker", "beheerder"]',
        'naam = "Arie Admin"\nrollen = ["medewerker"]',
    ),
    ("adres_buiten_school", "vera.vertrouwen@rgo.example", "vera.vertrouwen@elders.example"),
    ("geen_dienst", "[[piket.dienst]]", "[[piket.was]]"),
    ("nepnummer", "0000 - 00 00 02", "000-000"),
    ("vrije_dagen_voorbij", "2026-12-04", "2020-12-04"),
    ("geen_vrije_tijd", "lessen_van = 08:30:00\nlessen_tot = 16:10:00", "lessen_van = 07:00:00\nlessen_tot = 19:00:00"),
    ("zaad_standaard", "zaad_herinneringen", "# zaad_herinneringen"),
    ("schoolbestand", 'regio = "zuid"', 'regio = "oost"'),
    ("schoolbestand", "[onderdelen]", "[onderdelen"),
    ("schoolbestand", "antwoorden = true", "antworden = true"),
    ("schoolbestand", "spreken_tot = 18:00:00", "spreken_tot = 23:00:00"),
]


@pytest.mark.parametrize(
    ("key", "was", "becomes"), SCHOOL_FAULTS, ids=[f"{key}-{number}" for number, (key, *_) in enumerate(SCHOOL_FAULTS)]
)
def test_a_fault_in_the_school_file_is_found(folder: Path, key: str, was: str, becomes: str) -> None:
    school = SCHOOL
    if key == "geen_dienst":
        school = school[: school.index("[[piket.dienst]]")] + school[school.index("# Wie je op school kunt bellen.") :]
    elif key == "geen_vrije_tijd":
        school = school.replace(was, becomes)
        school = school[: school.index("[[tijden.pauze]]")] + school[school.index("[[tijden.vrij]]") :]
    else:
        assert was in school
        school = school.replace(was, becomes)
    assert key in findings(folder, school)


SETTINGS_FAULTS = [
    ("instellingen", {"CHAT_AUDIENCE": ""}),
    ("instellingen", {"CHAT_AUDIENC": "https://bot.example"}),
    ("instellingen", {"DATABASE_URL": "mysql://u:geheim@db.example/x"}),
    ("instellingen", {"SMTP_URL": "mail.geheim.example"}),
    ("instellingen", {"JOBS_AUDIENCE": "https://bot.example"}),
    ("instellingen", {"LOG_LEVEL": "LOUD"}),
    ("sleutels", {"REPORT_KEYS": "een:tekort"}),
    ("oude_sleutel", {"REPORT_KEYS": f"{KEYS},oud:{'B' * 43}="}),
    ("geen_projectnummer", {"CHAT_PROJECT_NUMBER": ""}),
    ("geen_mail", {}),
    ("klok_van_buiten", {}),
    ("debug", {"LOG_LEVEL": "DEBUG"}),
    ("schoolbestand", {"CHAT_API_ENDPOINT": ""}),
    ("schoolbestand", {"SCHOOL_FILE": "bestaat-niet.toml"}),
    ("protocol", {"PROTOCOL_DIR": "bestaat-niet"}),
    ("database", {"DATABASE_URL": "sqlite:////dev/null/bot.db"}),
]


@pytest.mark.parametrize(
    ("key", "changes"), SETTINGS_FAULTS, ids=[f"{key}-{number}" for number, (key, _) in enumerate(SETTINGS_FAULTS)]
)
def test_a_fault_in_the_settings_is_found(folder: Path, key: str, changes: dict[str, str]) -> None:
    assert key in findings(folder, **changes)


def test_a_database_that_was_not_brought_up_to_date_is_found(tmp_path: Path) -> None:
    assert "database_niet_bij" in findings(tmp_path)


def test_recipients_who_never_spoke_with_the_bot_are_found(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'bot.db'}"
    assert CliRunner().invoke(main, ["migrate"], env=environment(DATABASE_URL=address)).exit_code == 0
    found = findings(tmp_path)
    assert {"ontvanger_onbereikbaar", "rij_leeg", "melding_zonder_lezer"} <= set(found)


def with_protocol(folder: Path, was: str, becomes: str) -> str:
    protocol = folder / "protocol"
    protocol.mkdir()
    source = (RGO_PROTOCOL / "protocol.txt").read_text(encoding="utf-8")
    assert was in source
    (protocol / "protocol.txt").write_text(source.replace(was, becomes), encoding="utf-8")
    (protocol / "reviewed.toml").write_bytes((RGO_PROTOCOL / "reviewed.toml").read_bytes())
    return str(protocol)


def test_an_article_that_was_changed_has_no_words_that_were_read_beside_it(folder: Path) -> None:
    changed = with_protocol(folder, "'vrienden' te worden", "bevriend te raken")
    assert "Bij 1 artikelen" in findings(folder, PROTOCOL_DIR=changed)["geen_gewone_woorden"]["what"]


def test_a_protocol_without_the_day_since_when_it_holds_is_found(folder: Path) -> None:
    own = folder / "eigen"
    own.mkdir()
    rules = "Protocol sociale media\n\nAfspraken\n1. Plaats niets zonder te vragen.\n2. Pest niet.\n"
    (own / "protocol.txt").write_text(rules, encoding="utf-8")
    found = findings(folder, PROTOCOL_DIR=str(own))
    assert {"protocol_zonder_dag", "geen_gewone_woorden", "geen_herinneringen"} <= set(found)


def test_words_about_an_article_that_is_not_there_are_named_and_no_crash(folder: Path) -> None:
    source = (RGO_PROTOCOL / "protocol.txt").read_text(encoding="utf-8")
    shorter = with_protocol(folder, source[: source.rindex("Inleiding")], "Protocol sociale media\n\n")
    assert "protocol" in findings(folder, PROTOCOL_DIR=shorter)


def test_a_protocol_that_cannot_be_placed_is_found_with_its_line(folder: Path) -> None:
    empty = folder / "leeg"
    empty.mkdir()
    (empty / "protocol.txt").write_text("", encoding="utf-8")
    assert "protocol" in findings(folder, PROTOCOL_DIR=str(empty))


def test_a_timer_that_stands_still_is_found(folder: Path) -> None:
    from tests.scenarios.test_alerts import reported  # noqa: PLC0415 - a scenario tells the report

    talk = start(f"sqlite:///{folder / 'bot.db'}")
    reported(talk)
    talk.bot.engine.dispose()
    assert "timer_loopt_niet" in findings(folder)


def test_in_words_each_finding_says_what_to_do(folder: Path) -> None:
    env = environment(DATABASE_URL=f"sqlite:///{folder / 'bot.db'}")
    result = CliRunner().invoke(main, ["doctor"], env=env)
    assert "FOUT: Bij een [[contact]] staat een telefoonnummer van nullen" in result.output
    assert "  -> Vul het echte nummer in" in result.output
    assert result.exit_code == 1
