"""The real bot behind the local Google Chat, in one process: signed events, real tokens, its client over loopback."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.settings import Settings
from bot.storage.engine import open_engine
from bot.storage.migrate import migrate
from bot.wiring import Bot, assemble
from handlers import job_runner
from handlers.app import create_app
from simulator import seed
from simulator.demo.environment import bot_environ, write_service_account
from simulator.google.oauth import TokenEndpoint
from simulator.google.quota import UNLIMITED
from simulator.google.signing import Signer
from simulator.posting import Answer, NoAnswer, to_application
from simulator.records import ChatApp, Dialect
from simulator.server import Running, start
from tests.dialogue import rgo_protocol, unhurried
from tests.local_chat.people import Person

ROOT = Path(__file__).parents[2]
ENDPOINT = "https://bot.rgo.example/chat/events"


@dataclass
class LocalChat:
    """One school for a test: its people by first name, its clock, its timer."""

    running: Running
    bot: Bot

    def person(self, first_name: str) -> Person:
        """Somebody of the demo school."""
        found = [one for one in self.running.world.people() if one.display_name.split()[0].casefold() == first_name]
        assert len(found) == 1, f"There is no {first_name} at this school."
        return Person(self.running, found[0])

    def later(self, **amount: float) -> None:
        """Let time pass, in minutes, hours or days, and the timer tick once."""
        minutes = {"minutes": 1.0, "hours": 60.0, "days": 1440.0}
        self.running.world.clock.forward(sum(minutes[unit] * number for unit, number in amount.items()))
        self.tick()

    def tick(self, job: str = "minute") -> None:
        """What the timer does."""
        job_runner.run(self.bot, job)


@contextmanager
def local_chat(folder: Path, dialect: Dialect, signer: Signer, tokens: TokenEndpoint) -> Iterator[LocalChat]:
    """A school on a free port, the bot in class 3B and known to everybody; keys are shared, because they are slow."""
    way: list[Callable[..., Answer]] = []
    app = ChatApp(ENDPOINT, dialect)

    def send(*event: object) -> Answer:
        return way[0](*event) if way else _nobody()

    running = start(seed.load(), app=app, send=send, limits=UNLIMITED, signer=signer, tokens=tokens)
    try:
        folder.mkdir(exist_ok=True)
        account = write_service_account(folder, running.service_account())
        environ = bot_environ(folder, running.address, app, account, inherited={})
        bot = _bot(environ | {"SCHOOL_FILE": str(ROOT / "school.toml"), "LOG_LEVEL": "ERROR"})
        way.append(to_application(create_app(bot)))
        assert all(outcome.ok for outcome in seed.introduce(running.chat))
        yield LocalChat(running, bot)
        bot.engine.dispose()
    finally:
        running.stop()


def _bot(environ: dict[str, str]) -> Bot:
    engine = open_engine(environ["DATABASE_URL"])
    migrate(engine)
    engine.dispose()
    before = os.environ.get("GOOGLE_APPLICATION_CREDENTIALS")
    # google-auth reads the real environment, and nothing else.
    os.environ["GOOGLE_APPLICATION_CREDENTIALS"] = environ["GOOGLE_APPLICATION_CREDENTIALS"]
    try:
        return unhurried(assemble(Settings.from_environ(environ), protocol=rgo_protocol()))
    finally:
        if before is None:
            del os.environ["GOOGLE_APPLICATION_CREDENTIALS"]
        else:
            os.environ["GOOGLE_APPLICATION_CREDENTIALS"] = before


def _nobody() -> Answer:
    raise NoAnswer("the bot is not there yet")
