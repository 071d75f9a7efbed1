"""The real bot as a process of its own against a local Google Chat; killed, restarted and always cleaned up."""

import json
import os
import signal
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from sqlalchemy import text

from simulator import faults, seed
from simulator.control.jobs import Job, JobRun
from simulator.demo.bot_process import BotProcess, command, migrate
from simulator.demo.environment import bot_environ, free_port
from simulator.google.quota import UNLIMITED, Limits
from simulator.records import ChatApp, Dialect, Dialog, Outcome
from simulator.server import Running, start
from tests.databases import opened

ROOT = Path(__file__).parents[2]
SANNE, OLGA, HANS = "users/101", "users/301", "users/302"
KLAS_3B = "spaces/KLAS3B"


@dataclass
class School:
    """A running local Google Chat, and a bot that can be killed."""

    running: Running
    environ: dict[str, str]
    port: int
    log: Path
    shown: list[Outcome] = field(default_factory=list)
    bot: BotProcess | None = None

    def start_bot(self) -> None:
        self.bot = BotProcess(self.environ, ROOT, self.port, self.log)
        self.bot.wait_until_ready()

    def kill_bot(self) -> None:
        """SIGKILL to the bot's own process group: nothing in it gets a chance to tidy up."""
        assert self.bot is not None
        os.killpg(self.bot._process.pid, signal.SIGKILL)
        self.bot.stop()
        self.bot = None

    def stop(self) -> None:
        if self.bot is not None:
            self.bot.stop()
        self.running.stop()

    def sweep(self) -> JobRun:
        """One tick of the timer, as a process of its own."""
        return Job((command("protocolbot"), "jobs", "run", "minute"), self.environ, ROOT).run()

    def fault(self, name: str, *, on: bool = True, **rhythm: int) -> None:
        self.running.world.faults.set(name, on, **rhythm)

    def review(self, story: str, *, topic: str = "Pesten of buitensluiten", identity: str = "met_naam") -> Dialog:
        """Sanne tells a story, up to the page with "Verstuur"."""
        page = self._dialog(self.running.chat.type(SANNE, KLAS_3B, "/melden"))
        page = self._pressed(page, topic)
        page = self._pressed(page, "Verder", {"story": story, "safe": "ja"})
        return self._pressed(page, "Verder", {"identity": identity})

    def send(self, review: Dialog) -> Outcome:
        outcome = self.running.chat.press(SANNE, "Verstuur", dialog=review)
        self.shown.append(outcome)
        return outcome

    def send_in_background(self, review: Dialog) -> threading.Thread:
        """Press "Verstuur" and do not wait; Chat's own error is all that Sanne sees when the bot dies."""
        thread = threading.Thread(target=self.send, args=(review,))
        thread.start()
        return thread

    def notices(self, user: str) -> list[str]:
        """What the bot put into somebody's direct message."""
        space = f"spaces/DM{user.removeprefix('users/')}"
        return [message.text for message in self.running.world.visible_to(user, space) if message.sender != user]

    def owed(self) -> int:
        """How many notices of reports are not there yet."""
        with opened(self.environ["DATABASE_URL"]) as engine, engine.connect() as connection:
            waiting = text("SELECT count(*) FROM deliveries WHERE state != 'delivered'")
            return int(connection.execute(waiting).scalar_one())

    def read(self, user: str) -> list[Outcome]:
        """Open every case that this person may see."""
        inbox = self._dialog(self.running.chat.type(user, f"spaces/DM{user.removeprefix('users/')}", "/zaken"))
        closed = self._dialog(self.running.chat.press(user, "Openen", dialog=inbox))
        opened = self.running.chat.press(user, "Lees verhaal", dialog=closed)
        self.shown.append(opened)
        return [opened]

    def _pressed(self, page: Dialog, label: str, inputs: dict[str, Any] | None = None) -> Dialog:
        return self._dialog(self.running.chat.press(SANNE, label, inputs, dialog=page))

    def _dialog(self, outcome: Outcome) -> Dialog:
        self.shown.append(outcome)
        assert outcome.ok, outcome.error
        assert outcome.dialog is not None, "no dialog is open"
        return outcome.dialog


@contextmanager
def school(
    folder: Path,
    dialect: Dialect = Dialect.CLASSIC,
    *,
    database: str = "",
    log_level: str = "DEBUG",
    limits: Limits = UNLIMITED,
    besides: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[School]:
    """A school whose bot runs; everything that was started is stopped at the end."""
    folder.mkdir(parents=True, exist_ok=True)
    port = free_port()
    app = ChatApp(f"http://127.0.0.1:{port}/chat/events", dialect)
    running = start(seed.load(), app=app, retries=0, limits=limits)
    account = folder / "service-account.json"
    account.write_text(json.dumps(running.service_account()), encoding="utf-8")
    environ = bot_environ(folder, running.address, app, account)
    environ |= {"LOG_LEVEL": log_level, **besides}
    if database:
        environ["DATABASE_URL"] = database
    here = School(running, environ, port, folder / "bot.log")
    try:
        migrate(environ, ROOT, here.log)
        here.start_bot()
        seed.introduce(running.chat)
        yield here
    finally:
        for name in faults.EXPLAINED:
            running.world.faults.set(name, False)
        here.stop()
