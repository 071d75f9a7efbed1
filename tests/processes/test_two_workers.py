"""Two bots serve one database, as two instances on App Engine do: what comes to both at once happens once."""

import json
import re
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Barrier

import pytest

from simulator import faults
from simulator.demo.bot_process import BotProcess
from simulator.demo.environment import free_port
from simulator.posting import Answer, over_http
from simulator.records import Dialog
from tests.processes.school import HANS, OLGA, ROOT, School, school

STORY = "Iemand stuurt elke avond nare berichten."
WAITS = ["Er staat iets voor je klaar."]
RETRY_SECONDS = 3.5
CODE = re.compile(rb"[A-Z0-9]{4}-[A-Z0-9]{4}")


@dataclass
class BothAtOnce:
    """Google's way out, doubled: the very same request goes to both bots at the same time."""

    ports: tuple[int, int]
    answers: list[list[Answer]] = field(default_factory=list)

    def __call__(self, address: str, headers: Mapping[str, str], body: bytes) -> Answer:
        first, second = (str(port) for port in self.ports)
        addresses = [address, address.replace(first, second)]
        with ThreadPoolExecutor(2) as together:
            answers = list(together.map(lambda to: over_http(to, headers, body), addresses))
        self.answers.append(answers)
        return answers[0]


@contextmanager
def two_bots(folder: Path, database: str) -> Iterator[tuple[School, BothAtOnce]]:
    with school(folder, database=database) as here:
        port = free_port()
        with BotProcess(here.environ, ROOT, port, folder / "second.log") as second:
            second.wait_until_ready()
            both = BothAtOnce((here.port, port))
            here.running.chat.poster.send = both
            yield here, both


@pytest.fixture(params=[pytest.param("sqlite", marks=pytest.mark.slow), "postgres"])
def database(request: pytest.FixtureRequest) -> Iterator[str]:
    """Where both keep what they know; empty for the file that a school has by itself."""
    # Several instances are for PostgreSQL; that the file can bear it too is one of the long proofs.
    if request.param == "sqlite":
        yield ""
        return
    server = request.getfixturevalue("postgres_server")
    with server.database("template0") as name:
        yield server.url(name)


def test_every_event_comes_to_both_at_once_and_there_is_one_report(tmp_path: Path, database: str) -> None:
    with two_bots(tmp_path / "bot", database) as (here, both):
        shown = here.send(here.review(STORY))
        assert "Je melding is opgeslagen" in str(shown.as_json())
        assert {answer.status for pair in both.answers for answer in pair} == {200}
        codes = {code for answer in both.answers[-1] for code in CODE.findall(answer.body)}
        assert len(codes) == 1
        assert (here.notices(OLGA), here.notices(HANS)) == (WAITS, WAITS)
        here.running.chat.poster.send = over_http
        inbox = here.running.chat.type(OLGA, "spaces/DM301", "/zaken")
        assert str(inbox.as_json()).count("Openen") == 1


def test_two_timers_at_once_send_what_is_owed_once(tmp_path: Path, database: str) -> None:
    with school(tmp_path / "bot", database=database) as here:
        here.fault(faults.API_500, hits=1, of=1)
        here.send(here.review(STORY))
        assert here.notices(OLGA) == []
        here.fault(faults.API_500, on=False)
        time.sleep(RETRY_SECONDS)
        with ThreadPoolExecutor(2) as together:
            runs = list(together.map(lambda _: here.sweep(), range(2)))
        assert [run.exit for run in runs] == [0, 0]
        assert (here.notices(OLGA), here.notices(HANS)) == (WAITS, WAITS)


def opened(here: School, user: str) -> Dialog:
    """The story of the only case, read by this leader."""
    shown = here.running.chat.type(user, f"spaces/DM{user.removeprefix('users/')}", "/zaken").dialog
    for label in ("Openen", "Lees verhaal"):
        assert shown is not None
        shown = here.running.chat.press(user, label, dialog=shown).dialog
    assert shown is not None
    return shown


def test_two_leaders_take_it_on_at_the_same_moment_and_one_is_told_that_the_other_was_first(
    tmp_path: Path, database: str
) -> None:
    with two_bots(tmp_path / "bot", database) as (here, both):
        here.running.chat.poster.send = over_http
        here.send(here.review(STORY))
        pages = {user: opened(here, user) for user in (OLGA, HANS)}
        meet = Barrier(2)

        def each_to_a_bot_of_their_own(address: str, headers: Mapping[str, str], body: bytes) -> Answer:
            first, second = (str(port) for port in both.ports)
            to = address if json.loads(body)["user"]["name"] == OLGA else address.replace(first, second)
            meet.wait(10)
            return over_http(to, headers, body)

        here.running.chat.poster.send = each_to_a_bot_of_their_own
        with ThreadPoolExecutor(2) as together:
            found = together.map(lambda user: here.running.chat.press(user, "Ik pak dit op", dialog=pages[user]), pages)
            shown = {user: str(outcome.as_json()) for user, outcome in zip(pages, found, strict=True)}
        here.running.chat.poster.send = over_http
        late = {user for user in shown if "Iemand anders was net eerder" in shown[user]}
        has_it = {user for user in shown if "Bericht aan melder" in shown[user]}
        assert len(late) == len(has_it) == 1
        assert late != has_it
        for user in (OLGA, HANS):
            history = str(opened(here, user).card)
            assert history.count("Pakt dit op.") == 1
