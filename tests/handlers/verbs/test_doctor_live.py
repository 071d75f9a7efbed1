"""`protocolbot doctor --live`: what Google itself says, each trouble with what to do, and nothing private."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.checkup.live import check_chat
from bot.google_chat.client import ListedSpace
from bot.school.people import UserId
from bot.school.spaces import SpaceKind, SpaceName
from handlers.command_line import main
from simulator import faults, seed
from simulator.records import Person
from simulator.server import Running, start
from tests.cast import EVERYBODY, PIET
from tests.dialogue import ROOT, environment
from tests.dialogue import start as start_school

SCHOOL = (ROOT / "school.toml").read_text(encoding="utf-8")


@pytest.fixture
def google() -> Iterator[Running]:
    """A local Google Chat, which is not asked before the test asks it."""
    running = start(seed.load())
    for somebody in (*EVERYBODY, PIET):
        known = {person.user for person in running.world.people()}
        if somebody.user not in known:
            running.world.add_person(Person(somebody.user, somebody.name, somebody.email))
        if running.world.direct_message(somebody.user) is None:
            running.world.add_direct_message(somebody.user)
    yield running
    running.stop()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a database in which everybody has spoken with the bot."""
    address = f"sqlite:///{tmp_path / 'bot.db'}"
    assert CliRunner().invoke(main, ["migrate"], env=environment(DATABASE_URL=address)).exit_code == 0
    start_school(address, everybody=(*EVERYBODY, PIET)).bot.engine.dispose()
    return tmp_path


def live(folder: Path, google: Running, school: str = SCHOOL, **changes: str) -> Mapping[str, Mapping[str, str]]:
    """What is found with Google that is not found without."""
    account, file = folder / "account.json", folder / "school.toml"
    account.write_text(json.dumps(google.service_account()), encoding="utf-8")
    file.write_text(school, encoding="utf-8")
    env = environment(
        DATABASE_URL=f"sqlite:///{folder / 'bot.db'}",
        SCHOOL_FILE=str(file),
        GOOGLE_APPLICATION_CREDENTIALS=str(account),
        CHAT_API_ENDPOINT=google.address,
    )
    found = []
    for arguments in (["doctor", "--json"], ["doctor", "--json", "--live"]):
        result = CliRunner().invoke(main, arguments, env={**env, **changes})
        assert "Traceback" not in result.output
        assert "@rgo.example" not in result.output
        found.append({each["key"]: each for each in map(json.loads, result.output.splitlines())})
    return {key: each for key, each in found[1].items() if key not in found[0]}


def test_where_google_answers_and_all_is_well_there_is_nothing_to_say(folder: Path, google: Running) -> None:
    google.world.add_space("Klas 3B", ("users/101",), bot_member=True)
    assert live(folder, google) == {}


def test_a_bot_that_is_in_no_group_yet_is_told_what_comes_first(folder: Path, google: Running) -> None:
    assert set(live(folder, google)) == {"geen_ruimtes"}


def test_a_reader_of_reports_who_lost_the_bot_is_an_error() -> None:
    class Lost:
        def list_spaces(self, timeout: float = 1.0) -> Sequence[ListedSpace]:
            return [ListedSpace(SpaceName("spaces/A"), SpaceKind.SPACE, "", False, False, 0)]

        def find_direct_message(self, user: UserId, timeout: float = 1.0) -> SpaceName | None:
            return SpaceName("spaces/DM") if user == "users/1" else None

    readers = [UserId("users/1"), UserId("users/2"), UserId("users/3")]
    [found] = check_chat(Lost(), readers)
    assert (found.key, found.what[0]) == ("gesprek_weg", "2")
    assert list(check_chat(Lost(), readers[:1])) == []


def test_a_google_that_is_away_is_told(folder: Path, google: Running) -> None:
    google.world.faults.set(faults.API_500, True, hits=1, of=1)
    found = live(folder, google)
    assert "probeer het" in found["google_antwoordt_niet"]["fix"]


def test_without_an_account_it_says_where_to_put_one(folder: Path, google: Running) -> None:
    missing = str(folder / "nergens.json")
    assert set(live(folder, google, GOOGLE_APPLICATION_CREDENTIALS=missing)) == {"google_geen_account"}


def test_an_account_that_google_does_not_know_any_more_is_told(folder: Path, google: Running) -> None:
    other = start(seed.load())
    try:
        strange = other.service_account() | {"token_uri": f"{google.address}/token"}
        account = folder / "strange.json"
        account.write_text(json.dumps(strange), encoding="utf-8")
        found = live(folder, google, GOOGLE_APPLICATION_CREDENTIALS=str(account))
    finally:
        other.stop()
    assert set(found) == {"google_token"}


def test_a_directory_that_cannot_be_read_is_told_only_where_the_school_uses_it(folder: Path, google: Running) -> None:
    subject = {"DIRECTORY_SUBJECT": "ict@school.example"}
    assert "gids" not in live(folder, google, **subject)
    with_units = f'{SCHOOL}\n[gids.eenheden]\n"/Leerlingen" = "leerling"\n'
    assert "gids" in live(folder, google, with_units, **subject)
