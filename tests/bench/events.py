"""Real events to measure with: people do each thing once against the bot, and what Chat sent is kept to send again.

Each copy gets a moment of its own (and, where the bot is added, a space of its own), or the bot would see a repeat.
"""

import itertools
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from simulator.posting import Answer, over_http
from simulator.records import Dialog, Outcome
from tests.processes.school import KLAS_3B, OLGA, SANNE, School

QUESTIONS = Path(__file__).parents[1] / "evaluation" / "questions_unseen.jsonl"
DIRECT = "spaces/DM101"

NOTHING = "message that changes nothing"
QUESTION = "question"
COMMAND = "command card"
OPENED = "dialog opened"
STEP = "dialog step of a report"
INBOX = "inbox of a leader"
BUTTON = "button"
COUNTED = "button that is counted"
ADDED = "added to a space"

CHANGES_NOTHING = (NOTHING, COMMAND, BUTTON)
"""Kinds that only read, so that they are held to the ratio of design.md section 6."""

KINDS = (NOTHING, COMMAND, BUTTON, OPENED, INBOX, QUESTION, COUNTED, STEP, ADDED)


@dataclass
class Recorded:
    """What Chat sent last, for each kind of event."""

    school: School
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    kept: dict[str, tuple[Mapping[str, str], dict[str, Any]]] = field(default_factory=dict)

    def send(self, address: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """Chat's way out, listened to."""
        self.headers, self.body = headers, body
        return over_http(address, headers, body)

    def keep(self, kind: str, outcome: Outcome) -> Outcome:
        """Remember the event that was just answered as an example of its kind."""
        assert outcome.ok, (kind, outcome.error)
        self.kept[kind] = (self.headers, json.loads(self.body))
        return outcome

    def copies(self, kind: str) -> Iterator[tuple[Mapping[str, str], bytes]]:
        """The event of this kind, without end, each one new to the bot."""
        headers, event = self.kept[kind]
        questions = itertools.cycle(asked())
        for number in itertools.count(next(_RUNS) * 100_000):
            if kind == QUESTION:
                _ask(event, next(questions))
            if kind == ADDED:
                _elsewhere(event, f"spaces/BENCH{number}")
            _at(event, f"2026-11-24T09:{number // 1_000_000 % 60:02}:00.{number % 1_000_000:06}Z")
            yield headers, json.dumps(event, ensure_ascii=False).encode()


_RUNS = itertools.count()


def asked() -> list[str]:
    """Questions as people ask them, each another one."""
    lines = QUESTIONS.read_text(encoding="utf-8").splitlines()
    return [str(json.loads(line)["question"]) for line in lines if json.loads(line)["lang"] == "nl"]


def record(school: School) -> Recorded:
    """Do each kind of thing once."""
    chat, recorded = school.running.chat, Recorded(school)
    chat.poster.send = recorded.send
    recorded.keep(NOTHING, chat.type(SANNE, KLAS_3B, "@Protocolbot hulp"))
    recorded.keep(QUESTION, chat.type(SANNE, DIRECT, "Mag ik een foto van mijn klas online zetten?"))
    recorded.keep(COMMAND, chat.type(SANNE, KLAS_3B, "/protocol"))
    card = chat.type(SANNE, DIRECT, "/protocol").messages[-1]
    recorded.keep(BUTTON, chat.click(SANNE, DIRECT, "protocol.ask", message=card, opens_dialog=True))
    recorded.keep(COUNTED, chat.click(SANNE, DIRECT, "answer.open", [("articles", "A6")], message=card))
    page = _dialog(recorded.keep(OPENED, chat.type(SANNE, KLAS_3B, "/melden")))
    page = _dialog(chat.press(SANNE, "Pesten of buitensluiten", dialog=page))
    told = {"story": "Iemand stuurt elke avond nare berichten.", "safe": "ja"}
    recorded.keep(STEP, chat.press(SANNE, "Verder", told, dialog=page))
    recorded.keep(INBOX, chat.type(OLGA, "spaces/DM301", "/zaken"))
    empty = school.running.world.add_space("Klas 4C", ("users/201", "users/104")).name
    recorded.keep(ADDED, chat.add_bot("users/201", empty))
    chat.poster.send = over_http
    return recorded


def _dialog(outcome: Outcome) -> Dialog:
    assert outcome.dialog is not None, outcome.error
    return outcome.dialog


def _ask(event: dict[str, Any], question: str) -> None:
    message = _part(event, "message")
    message["text"] = question
    message.pop("formattedText", None)
    if "argumentText" in message:
        message["argumentText"] = question


def _elsewhere(event: dict[str, Any], name: str) -> None:
    _part(event, "space")["name"] = name


def _at(event: dict[str, Any], moment: str) -> None:
    event.get("chat", event)["eventTime"] = moment


def _part(event: dict[str, Any], name: str) -> dict[str, Any]:
    """The message or space of an event; an add-on's stands in the payload of its kind."""
    inside = event.get("chat", event)
    payloads = [value for key, value in inside.items() if key.endswith("Payload")]
    found: dict[str, Any] = (payloads[0] if payloads else inside)[name]
    return found
