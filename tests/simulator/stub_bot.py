"""A bot of a few lines for tests of the simulator: it answers what a test put ready, and remembers what it heard."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from simulator import seed
from simulator.google.signing import Signer
from simulator.people_act import Chat
from simulator.posting import Answer, NoAnswer
from simulator.records import ChatApp, Dialect, Json
from simulator.world import World

ENDPOINT = "https://bot.rgo.example/chat/events"
SANNE, DAAN, KARIN, PIET = "users/101", "users/102", "users/201", "users/202"
SANNES_DM, CLASS_3B, CLASS_2A = "spaces/DM101", "spaces/KLAS3B", "spaces/KLAS2A"


@dataclass
class StubBot:
    """Callable as the simulator's way out; with nothing ready it answers `{}`."""

    heard: list[Json] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    headers: list[Mapping[str, str]] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    ready: list[Json | Answer | NoAnswer] = field(default_factory=list)

    def __call__(self, address: str, headers: Mapping[str, str], body: bytes) -> Answer:
        self.addresses.append(address)
        self.headers.append(headers)
        self.bodies.append(body)
        self.heard.append(json.loads(body))
        answer = self.ready.pop(0) if self.ready else {}
        if isinstance(answer, NoAnswer):
            raise answer
        return answer if isinstance(answer, Answer) else Answer(200, json.dumps(answer).encode())

    def answers(self, *ready: Json | Answer | NoAnswer) -> None:
        self.ready += ready


@dataclass
class Stage:
    """A world with its people, a stub for the bot, and what people do."""

    world: World
    bot: StubBot
    chat: Chat

    @property
    def last(self) -> Json:
        return self.bot.heard[-1]

    def texts(self, user: str, space: str) -> list[str]:
        return [message.text for message in self.world.visible_to(user, space)]


def stage(signer: Signer, dialect: Dialect, **given: Any) -> Stage:
    """The demo school, with the bot in class 3B and in everybody's direct messages."""
    world, bot = seed.load(), StubBot()
    world.app = ChatApp(ENDPOINT, dialect)
    world.change_space(CLASS_3B, bot_member=True)
    return Stage(world, bot, Chat(world, signer, bot, **given))


def card(*widgets: Json, **more: Any) -> Json:
    return {"header": {"title": "Kaart"}, "sections": [{"widgets": list(widgets) or [text("Tekst")]}], **more}


def text(words: str) -> Json:
    return {"textParagraph": {"text": words}}


def button(words: str, **action: Any) -> Json:
    return {"text": words, "onClick": {"action": {"function": "go", **action}}}


def buttons(*several: Json) -> Json:
    return {"buttonList": {"buttons": list(several)}}


def field_named(name: str) -> Json:
    return {"textInput": {"name": name, "label": name}}


def classic_dialog(body: Json) -> Json:
    return {"actionResponse": {"type": "DIALOG", "dialogAction": {"dialog": {"body": body}}}}


def addon_dialog(body: Json) -> Json:
    return {"action": {"navigations": [{"pushCard": body}]}}


def addon_message(message: Json, *, update: bool = False) -> Json:
    kind = "updateMessageAction" if update else "createMessageAction"
    return {"hostAppDataAction": {"chatDataAction": {kind: {"message": message}}}}


def with_card(words: str, body: Json) -> Json:
    return {"text": words, "cardsV2": [{"cardId": "one", "card": body}]}
