"""`protocolbot groups`: what an admin decides from a shell is what an admin decides in the chat."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.school.spaces import Dialect
from handlers.command_line import main
from tests.cast import FINN, KARIN, KLAS_2A, KLAS_3B
from tests.dialogue import Dialogue, FakeChat, FakeClock, attach, environment
from tests.wire_events import Wires


@pytest.fixture
def url(tmp_path: Path) -> str:
    address = f"sqlite:///{tmp_path / 'bot.db'}"
    assert CliRunner().invoke(main, ["migrate"], env=environment(DATABASE_URL=address)).exit_code == 0
    return address


@pytest.fixture
def talk(url: str) -> Dialogue:
    """A school with one sanctioned group, and one that waits."""
    begun = attach(url, FakeChat(), FakeClock(), Wires(Dialect.CLASSIC))
    begun.send(begun.wires.added(KARIN, KLAS_3B))
    begun.send(begun.wires.added(FINN, KLAS_2A))
    return begun


def run(url: str, *arguments: str) -> tuple[int, Sequence[str]]:
    result = CliRunner().invoke(main, ["groups", *arguments], env=environment(DATABASE_URL=url))
    assert "Traceback" not in result.output
    lines = [line for line in result.output.splitlines() if "group.decided" not in line]
    return result.exit_code, lines


def test_the_list_shows_every_group_with_its_state(url: str, talk: Dialogue) -> None:
    code, said = run(url, "list")
    assert code == 0
    assert [line.split()[:2] for line in said] == [[KLAS_2A.name, "waiting"], [KLAS_3B.name, "sanctioned"]]
    _, lines = run(url, "list", "--json")
    assert json.loads(lines[0])["state"] == "waiting"


@pytest.mark.parametrize("said", ["spaces/KLAS2A", "https://chat.google.com/room/KLAS2A?cls=11", "klas 2a"])
def test_a_group_is_known_by_id_link_or_name(url: str, talk: Dialogue, said: str) -> None:
    assert run(url, "approve", said) == (0, ["De groep is goedgekeurd."])
    talk.minute()
    [welcome] = talk.chat.in_space(KLAS_2A)
    assert "rules" in str(welcome)


def test_withdrawn_and_approved_again(url: str, talk: Dialogue) -> None:
    assert run(url, "withdraw", KLAS_3B.name)[0] == 0
    talk.minute()
    [goodbye] = talk.chat.in_space(KLAS_3B)
    assert "Ik stop ermee" in goodbye["text"]
    assert run(url, "approve", KLAS_3B.name)[0] == 0


def test_a_group_that_waits_can_be_refused(url: str, talk: Dialogue) -> None:
    assert run(url, "refuse", KLAS_2A.name) == (0, ["De groep is geweigerd."])


@pytest.mark.parametrize(
    ("verb", "group", "sentence"),
    [
        ("refuse", KLAS_3B.name, "Dat kan nu niet"),
        ("approve", KLAS_3B.name, "Dat kan nu niet"),
        ("approve", "spaces/ONBEKEND", "vooraf_goedgekeurd"),
        ("withdraw", "Klas 9Z", "ken ik nog niet"),
    ],
)
def test_what_cannot_be_changes_nothing_and_says_what_to_do(
    url: str, talk: Dialogue, verb: str, group: str, sentence: str
) -> None:
    code, said = run(url, verb, group)
    assert code == 1
    assert sentence in " ".join(said)
    _, lines = run(url, "list", "--json")
    assert [json.loads(line)["state"] for line in lines] == ["waiting", "sanctioned"]
