"""Talks with the whole bot in one process, as Google would; every answer is held against Google's schema."""

import base64
import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from bot.google_chat.client import ListedMember, ListedSpace, NotThere, TryLater
from bot.google_chat.courier import ChatCourier
from bot.mail.courier import TwoRoads
from bot.protocol.loading import RGO_PROTOCOL, LoadedProtocol, load
from bot.school.facts import SchoolFacts
from bot.school.seats.agreeing import Proposal
from bot.school.seats.seats import Seats, seats_in
from bot.school.spaces import Dialect, SpaceKind, SpaceName
from bot.settings import Settings
from bot.storage.seats.known import KnownSchool
from bot.wiring import Bot, assemble
from handlers import job_runner
from handlers.endpoints.chat import ChatEndpoint
from handlers.events.parsing import parse
from handlers.once import Once
from tests.cast import EVERYBODY, KARIN, KLAS_3B
from tests.fakes.pace import FakePace
from tests.google_schema import check_message, check_reply
from tests.wire_events import Json, Someone, Somewhere, Wires

ROOT = Path(__file__).parent.parent
SCHOOL_DAY = datetime(2026, 11, 24, 9, 15, tzinfo=UTC)
"""Tuesday 24 November 2026, a quarter past ten at school."""

KEYS = "k1:" + base64.b64encode(bytes(range(32))).decode()
ADDRESS = "https://bot.example/chat/events"


@functools.cache
def rgo_protocol() -> LoadedProtocol:
    """The school's protocol, loaded once for all tests: it is read-only."""
    return load(RGO_PROTOCOL)


def environment(**changes: str) -> dict[str, str]:
    """The settings of a test's bot."""
    return {
        "DATABASE_URL": "sqlite://",
        "CHAT_AUDIENCE": ADDRESS,
        "CHAT_PROJECT_NUMBER": "123456789012",
        "CHAT_API_ENDPOINT": "http://127.0.0.1:9",
        "REPORT_KEYS": KEYS,
        "SCHOOL_FILE": str(ROOT / "school.toml"),
        **changes,
    }


@dataclass
class FakeClock:
    """A clock that stands still until it is told to go on."""

    moment: datetime = SCHOOL_DAY

    def now(self) -> datetime:
        return self.moment

    def forward(self, **amount: float) -> None:
        self.moment += timedelta(**amount)


@dataclass
class FakeChat:
    """Google Chat's API as a fake: keeps what was posted, knows a message id again, and can be out of order."""

    posted: list[tuple[str, Json]] = field(default_factory=list)
    out_of_order: int = 0
    breaks: bool = False
    gone: set[str] = field(default_factory=set)
    members: dict[str, list[ListedMember]] = field(default_factory=dict)
    groups_joined: dict[str, int] = field(default_factory=dict)
    listed: dict[str, ListedSpace] = field(default_factory=dict)
    _ids: set[tuple[str, str]] = field(default_factory=set)

    def create_message(self, space: SpaceName, body: Json, message_id: str, timeout: float = 10.0) -> None:
        if self.breaks:
            raise RuntimeError("something of ours that nobody thought of")
        if timeout <= 0:
            raise TryLater("no time left")
        if self.out_of_order:
            self.out_of_order -= 1
            raise TryLater("out of order")
        if space in self.gone:
            raise NotThere("not in the space")
        check_message(body)
        if (space, message_id) in self._ids:
            return
        self._ids.add((space, message_id))
        self.posted.append((space, body))

    def list_members(self, space: SpaceName, timeout: float = 10.0) -> tuple[ListedMember, ...]:
        if self.out_of_order or timeout <= 0:
            raise TryLater("out of order")
        return tuple(self.members.get(space, ()))

    def get_space(self, space: SpaceName, timeout: float = 10.0) -> ListedSpace:
        if space in self.gone:
            raise NotThere("not in the space")
        return ListedSpace(space, SpaceKind.SPACE, "", False, False, self.groups_joined.get(space, 0))

    def list_spaces(self, timeout: float = 10.0) -> tuple[ListedSpace, ...]:
        if self.out_of_order or timeout <= 0:
            raise TryLater("out of order")
        return tuple(self.listed.values())

    def in_space(self, where: Somewhere) -> list[Json]:
        return [body for space, body in self.posted if space == where.name]


@dataclass
class Dialogue:
    """A bot with its school, and everybody who talks with it."""

    bot: Bot
    endpoint: ChatEndpoint
    chat: FakeChat
    clock: FakeClock
    wires: Wires
    last_event: bytes = b""

    def send(self, body: bytes) -> Json:
        """One event and its answer, held against Google's schema."""
        self.last_event = body
        event = parse(body)
        answer = self.endpoint.answer(event)
        check_reply(answer, event.dialect)
        return answer

    def says(self, who: Someone, where: Somewhere, text: str) -> Json:
        return self.send(self.wires.typed(who, where, text))

    def slash(self, who: Someone, where: Somewhere, command: int, text: str = "", *, dialog: bool = False) -> Json:
        return self.send(self.wires.slash(who, where, command, text, "REQUEST" if dialog else ""))

    def quick(self, who: Someone, where: Somewhere, command: int, *, dialog: bool = False) -> Json:
        return self.send(self.wires.quick(who, where, command, "REQUEST" if dialog else ""))

    def press(
        self,
        who: Someone,
        where: Somewhere,
        answer: Json,
        label: str,
        inputs: Mapping[str, Sequence[str]] | None = None,
        *,
        dialog: bool = False,
    ) -> Json:
        """Press the button with these words on what was shown last."""
        action, parameters = button(answer, label)
        return self.send(self.wires.press(who, where, action, parameters, inputs, "SUBMIT" if dialog else ""))

    def with_bot(self, bot: Bot) -> "Dialogue":
        """The same school and the same day, after the bot was started anew with other facts."""
        return replace(self, bot=bot, endpoint=replace(self.endpoint, bot=bot))

    def with_school(self, school: SchoolFacts) -> "Dialogue":
        """The same bot, started anew after the school's file was changed and who reads reports was agreed on."""
        agree_on(self.bot, seats_in(school), self.clock.now())
        return self.with_file(school)

    def with_file(self, school: SchoolFacts) -> "Dialogue":
        """The same bot, started anew with another school's file, which nobody agreed on."""
        bot = self.bot
        return self.with_bot(replace(bot, school=school, known=KnownSchool(school, bot.store, self.clock.now)))

    def minute(self, **amount: float) -> dict[str, Any]:
        """Let time pass and the timer tick once."""
        if amount:
            self.clock.forward(**amount)
        return job_runner.run(self.bot, "minute")


def agree_on(bot: Bot, seats: Seats, now: datetime) -> None:
    """As if somebody had proposed these seats, and a board member had agreed."""
    in_force = bot.known.in_force()
    if in_force.seats == seats:
        return
    proposal = Proposal(f"change-{in_force.number}", in_force.number, seats, None, "", now)
    with bot.store.write() as transaction:
        assert transaction.seats.propose(proposal)
        assert transaction.seats.put_in_force(proposal, in_force.seats.board[0], now)


def start(
    engine_url: str = "sqlite://",
    dialect: Dialect = Dialect.CLASSIC,
    *,
    engine: Engine | None = None,
    everybody: Sequence[Someone] = EVERYBODY,
    locale: str = "nl",
    **changes: str,
) -> Dialogue:
    """A school where everybody has a direct message with the bot and class 3B is sanctioned."""
    if engine is not None:
        engine_url = engine.url.render_as_string(hide_password=False)
    talk = attach(engine_url, FakeChat(), FakeClock(), Wires(dialect, locale), **changes)
    if engine_url == "sqlite://":
        from bot.storage.migrate import migrate  # noqa: PLC0415 - a file of its own was migrated already

        migrate(talk.bot.engine)
    for somebody in everybody:
        talk.send(talk.wires.added(somebody, somebody.direct, admin_installed=True))
    talk.send(talk.wires.added(KARIN, KLAS_3B))
    return talk


def attach(engine_url: str, chat: FakeChat, clock: FakeClock, wires: Wires, **changes: str) -> Dialogue:
    """A bot on a database as it is, such as a new process after another one died."""
    talk = attach_paced(engine_url, chat, clock, wires, **changes)
    return talk.with_bot(unhurried(talk.bot))


def attach_paced(engine_url: str, chat: FakeChat, clock: FakeClock, wires: Wires, **changes: str) -> Dialogue:
    """The same with Google's quotas kept, as at a school."""
    bot = assemble(
        Settings.from_environ(environment(DATABASE_URL=engine_url, **changes)),
        clock=clock,
        client=chat,
        protocol=rgo_protocol(),
    )
    once = Once(bot.store, bot.seen, bot.keyring, bot.real_now, sleep=lambda _: None)
    return Dialogue(bot, ChatEndpoint(bot, once, _nobody()), chat, clock, wires)


def unhurried(bot: Bot) -> Bot:
    """The same without quotas: a conversation would wait a second for each next message to somebody."""
    sender, roads, pace = bot.sender, bot.sender.courier, FakePace()
    assert isinstance(roads, TwoRoads)
    assert isinstance(roads.chat, ChatCourier)
    courier = replace(roads, chat=replace(roads.chat, pace=pace))
    return replace(bot, sender=replace(sender, pace=pace, courier=courier))


def _nobody() -> Any:
    # The door has tests of its own; here the conversation begins behind it.
    return None


def words(shown: Any) -> str:
    """Everything that a person could read in an answer, one piece per line."""
    if isinstance(shown, dict):
        readable = ("text", "title", "subtitle", "topLabel", "bottomLabel", "header", "label", "userFacingMessage")
        pieces = []
        for key, value in shown.items():
            if isinstance(value, str):
                pieces += [value] if key in readable else []
            else:
                pieces.append(words(value))
        return "\n".join(piece for piece in pieces if piece)
    if isinstance(shown, list):
        return "\n".join(piece for piece in map(words, shown) if piece)
    return ""


def button(shown: Any, label: str) -> tuple[str, dict[str, str]]:
    """What the button with these words does: the action's name and its parameters."""
    for found in _buttons(shown):
        if found.get("text") == label and "onClick" in found:
            action = found["onClick"]["action"]
            parameters = {pair["key"]: pair["value"] for pair in action.get("parameters", [])}
            return parameters.pop("action", action["function"]), parameters
    raise AssertionError(f"there is no button {label!r}; there are {[each.get('text') for each in _buttons(shown)]}")


def _buttons(shown: Any) -> list[Json]:
    if isinstance(shown, dict):
        own = [shown] if "onClick" in shown else []
        return own + [found for value in shown.values() for found in _buttons(value)]
    if isinstance(shown, list):
        return [found for value in shown for found in _buttons(value)]
    return []


def is_private_to(answer: Json, who: Someone) -> bool:
    """Whether only this person sees the answer."""
    message = (
        answer.get("hostAppDataAction", {}).get("chatDataAction", {}).get("createMessageAction", {}).get("message")
    )
    viewer = (message or answer).get("privateMessageViewer", {}).get("name")
    return bool(viewer == who.user)


def dialog(answer: Json) -> Json:
    """The card of the dialog that an answer shows."""
    if "actionResponse" in answer:
        card: Json = answer["actionResponse"]["dialogAction"]["dialog"]["body"]
    else:
        card = answer["action"]["navigations"][0]["pushCard"]
    return card
