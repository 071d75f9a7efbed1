"""The fake of Google Chat and the real client (against the local Google Chat) keep the same promises."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pytest

from bot.google_account.credentials import chat_credentials
from bot.google_chat.client import ChatClient, NotThere, TryLater
from bot.google_chat.ports import Poster
from bot.school.spaces import SpaceName
from simulator import faults, seed
from simulator.google.quota import UNLIMITED
from simulator.server import start
from tests.dialogue import FakeChat

SPACE = SpaceName("spaces/DM101")
BODY = {"text": "Er staat iets voor je klaar."}
ID = "client-0123456789abcdef"


class World(Protocol):
    """What can be seen and broken behind a poster."""

    @property
    def poster(self) -> Poster: ...

    def texts(self) -> list[str]: ...

    def break_once(self) -> None: ...

    def mend(self) -> None: ...

    def leave(self) -> None: ...


@dataclass
class FakeWorld:
    poster: FakeChat

    def texts(self) -> list[str]:
        return [body["text"] for space, body in self.poster.posted if space == SPACE]

    def break_once(self) -> None:
        self.poster.out_of_order = 1

    def mend(self) -> None:
        self.poster.out_of_order = 0

    def leave(self) -> None:
        self.poster.gone.add(SPACE)


class SimulatedWorld:
    def __init__(self, key_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.world = seed.load()
        self.running = start(self.world, limits=UNLIMITED)
        key_file.write_text(json.dumps(self.running.service_account()), encoding="utf-8")
        monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(key_file))
        self.poster = ChatClient(chat_credentials(), self.running.address)

    def texts(self) -> list[str]:
        return [str(message.content["text"]) for message in self.world.visible_to("users/101", SPACE)]

    def break_once(self) -> None:
        self.world.faults.set(faults.API_500, True, hits=1, of=1)

    def mend(self) -> None:
        self.world.faults.set(faults.API_500, False)

    def leave(self) -> None:
        self.world.change_space(SPACE, bot_member=False)


@pytest.fixture(params=["fake", "simulated"])
def world(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    if request.param == "fake":
        yield FakeWorld(FakeChat())
        return
    simulated = SimulatedWorld(tmp_path / "key.json", monkeypatch)
    try:
        yield simulated
    finally:
        simulated.poster.close()
        simulated.running.stop()


def test_a_message_is_there_after_it_was_created(world: World) -> None:
    world.poster.create_message(SPACE, BODY, ID, 5)
    assert world.texts() == [BODY["text"]]


def test_the_same_message_id_again_is_no_error_and_no_second_message(world: World) -> None:
    world.poster.create_message(SPACE, BODY, ID, 5)
    world.poster.create_message(SPACE, BODY, ID, 5)
    assert world.texts() == [BODY["text"]]


def test_out_of_the_space_says_so(world: World) -> None:
    world.leave()
    with pytest.raises(NotThere):
        world.poster.create_message(SPACE, BODY, ID, 5)


def test_a_failing_google_can_be_tried_again(world: World) -> None:
    world.break_once()
    with pytest.raises(TryLater):
        world.poster.create_message(SPACE, BODY, ID, 5)
    world.mend()
    world.poster.create_message(SPACE, BODY, ID, 5)
    assert world.texts() == [BODY["text"]]
