"""A bot in a process of its own that is killed at a chosen step, and a Google Chat that outlives it in a file."""

import json
import os
import signal
import traceback
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from bot.google_chat.client import TryLater
from bot.school.spaces import SpaceName
from tests.dialogue import Dialogue, FakeChat, FakeClock, attach_paced
from tests.google_schema import check_message
from tests.wire_events import Json, Somewhere, Wires

FAILS_EVERY = 3


@dataclass
class Steps:
    """Counts what a process does to the world, and kills it at step `dies_at`; 0 never kills."""

    dies_at: int = 0
    taken: int = 0

    def take(self) -> None:
        self.taken += 1
        if self.taken == self.dies_at:
            os.kill(os.getpid(), signal.SIGKILL)

    def watch(self, engine: Engine) -> None:
        """Every statement and both sides of every commit are steps."""
        for name in ("before_cursor_execute", "after_cursor_execute", "commit", "checkin"):
            event.listen(engine, name, lambda *_: self.take())


@dataclass
class LastingChat(FakeChat):
    """Google Chat in a file: what was posted stays when the bot dies; fails every third call in turn when told to."""

    path: Path = field(default_factory=Path)
    failing: bool = False
    down: bool = False
    steps: Steps = field(default_factory=Steps)

    def create_message(self, space: SpaceName, body: Json, message_id: str, timeout: float = 10.0) -> None:
        self.steps.take()
        check_message(body)
        if self.down:
            raise TryLater("429")
        calls = self._lines()
        number = len(calls)
        fails = self.failing and number % FAILS_EVERY == FAILS_EVERY - 1
        # 429, 500 and a time-out leave nothing behind; every fourth time the connection is cut after it was created.
        made = not fails or number // FAILS_EVERY % 4 == FAILS_EVERY
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps({"space": space, "id": message_id, "body": body, "made": made}) + "\n")
        self.steps.take()
        if fails:
            raise TryLater("429, 500, a time-out or a cut connection")

    def in_space(self, where: Somewhere) -> list[Json]:
        """What people see: a message id that Google knows makes no second message."""
        made = {line["id"]: line["body"] for line in self._lines() if line["made"] and line["space"] == where.name}
        return list(made.values())

    def _lines(self) -> list[dict[str, Any]]:
        if not self.path.exists():
            return []
        return [json.loads(line) for line in self.path.read_text(encoding="utf-8").splitlines()]


def in_a_process(work: Callable[[], None]) -> bool:
    """Do it in a process of its own; whether it came to its end. Anything but an end or a kill is a failure."""
    with warnings.catch_warnings():
        # A library of the training, loaded by other tests, warns of forks from then on; its threads are not used here.
        warnings.filterwarnings("ignore", message=".*fork.*", category=RuntimeWarning)
        child = os.fork()
    if child == 0:
        try:
            work()
        except BaseException:  # noqa: BLE001 - the parent sees that it broke
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return False
    assert os.WEXITSTATUS(status) == 0, "the process broke; what it said stands above"
    return True


@dataclass
class World:
    """One database and one Google Chat, with a clock: what is left when a bot dies."""

    url: str
    chat: LastingChat
    clock: FakeClock
    wires: Wires

    def talk(self) -> Dialogue:
        """A bot that was just started."""
        return attach_paced(self.url, self.chat, self.clock, self.wires)

    def run(self, work: Callable[[Dialogue], object], *, dies_at: int = 0) -> bool:
        """Let a bot of its own do this, and perhaps die on the way; whether it lived."""
        steps = Steps(dies_at)

        def life() -> None:
            talk = self.talk()
            steps.watch(talk.bot.engine)
            self.chat.steps = steps
            work(talk)
            self.count.write_text(str(steps.taken))

        return in_a_process(life)

    @property
    def count(self) -> Path:
        """Where a life that came to its end wrote how many steps it took."""
        return self.chat.path.with_suffix(".steps")
