"""Whatever breaks inside, every kind of event gets a valid answer of its own dialect without the input."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NoReturn

import pytest
from sqlalchemy import text

from bot.school.spaces import Dialect
from handlers.endpoints.chat import ChatEndpoint
from tests.cast import KLAS_3B, OLGA, SANNE
from tests.dialogue import Dialogue, is_private_to, start, words
from tests.wire_events import Wires

SECRET = "zwartbessenjam"

KINDS: dict[str, Callable[[Wires], bytes]] = {
    "message": lambda wires: wires.typed(SANNE, SANNE.direct, SECRET),
    "mention": lambda wires: wires.typed(SANNE, KLAS_3B, SECRET),
    "slash command": lambda wires: wires.slash(SANNE, KLAS_3B, 1, SECRET),
    "slash command that opens a dialog": lambda wires: wires.slash(SANNE, KLAS_3B, 3, SECRET, "REQUEST"),
    "quick command": lambda wires: wires.quick(SANNE, KLAS_3B, 111),
    "quick command that opens a dialog": lambda wires: wires.quick(SANNE, KLAS_3B, 103, "REQUEST"),
    "button": lambda wires: wires.press(SANNE, KLAS_3B, "answer.share", {"question": SECRET}),
    "button that opens a dialog": lambda wires: wires.press(SANNE, KLAS_3B, "report.start", {}, {}, "REQUEST"),
    "button in a dialog": lambda wires: wires.press(SANNE, KLAS_3B, "own.list", {}, {"note": [SECRET]}, "SUBMIT"),
    "dialog cancelled": lambda wires: wires.press(SANNE, KLAS_3B, "", {}, {}, "CANCEL"),
    "added to a group": lambda wires: wires.added(OLGA, KLAS_3B),
    "added to a direct message": lambda wires: wires.added(OLGA, OLGA.direct, admin_installed=True),
    "removed": lambda wires: wires.removed(OLGA, KLAS_3B),
    "app home": lambda wires: wires.home(SANNE),
}
SILENT = {"dialog cancelled", "removed"}
"""Google does not show an answer to these."""


@dataclass(frozen=True)
class BrokenClock:
    """The first thing that every event needs."""

    def now(self) -> datetime:
        return broken()


def broken() -> NoReturn:
    raise RuntimeError(f"this holds {SECRET}")


@pytest.fixture(scope="module", params=list(Dialect))
def talk(request: pytest.FixtureRequest) -> Dialogue:
    """A school whose bot broke after everybody had come to know it."""
    talking = start(dialect=request.param)
    talking.endpoint = replace(talking.endpoint, bot=replace(talking.bot, clock=BrokenClock()))
    return talking


@pytest.mark.parametrize("kind", KINDS)
def test_an_event_of_any_kind_gets_a_valid_answer_without_the_input(
    talk: Dialogue, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    if kind == "app home" and talk.wires.dialect is Dialect.ADDON:
        # Add-ons have no home tab in Chat; the body would be that of a classic app.
        return
    answer = talk.send(KINDS[kind](talk.wires))
    assert SECRET not in json.dumps(answer, ensure_ascii=False)
    said = words(answer)
    assert ("Er ging iets mis" in said) is (kind not in SILENT)
    assert ("/hulp" in said) is (kind not in SILENT)
    shown = capsys.readouterr()
    assert SECRET not in shown.out + shown.err
    assert "RuntimeError" in shown.out


@pytest.mark.parametrize("kind", ["mention", "slash command", "quick command", "button"])
def test_in_a_group_nobody_else_sees_that_something_broke(talk: Dialogue, kind: str) -> None:
    assert is_private_to(talk.send(KINDS[kind](talk.wires)), SANNE)


def test_every_incident_has_a_number_of_its_own(talk: Dialogue) -> None:
    said = {words(talk.send(KINDS["message"](talk.wires))) for _ in range(5)}
    assert len(said) == 5


@pytest.mark.parametrize("dialect", list(Dialect))
def test_a_database_without_its_tables_is_an_incident_like_any_other(dialect: Dialect) -> None:
    talking = start(dialect=dialect)
    with talking.bot.engine.begin() as connection:
        connection.execute(text("DROP TABLE people"))
    assert "Er ging iets mis" in words(talking.says(SANNE, SANNE.direct, SECRET))


@pytest.mark.parametrize("dialect", list(Dialect))
def test_who_reads_english_is_told_in_english(dialect: Dialect) -> None:
    talking = start(dialect=dialect, locale="en-GB")
    endpoint: ChatEndpoint = replace(talking.endpoint, bot=replace(talking.bot, clock=BrokenClock()))
    talking.endpoint = endpoint
    said = words(talking.says(SANNE, SANNE.direct, SECRET))
    assert "Er ging iets mis" not in said
    assert "/hulp" in said
