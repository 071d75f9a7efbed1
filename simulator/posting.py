"""Carries an event to the bot as Chat does: a signed POST, 30 seconds of patience, and the same again when it fails."""

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import requests
from werkzeug.test import Client

from simulator import faults
from simulator.answers.changes import Unacceptable
from simulator.events import quirks
from simulator.google.signing import Signer
from simulator.records import ChatApp, Dialect, Json
from simulator.world import World

PATIENCE = 30.0
"""Seconds that Chat waits for an answer."""


class NoAnswer(Exception):
    """Nobody answered in time, or the connection broke."""


class NotResponding(Exception):
    """The bot gave no usable answer, after all retries; the message says what it did."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back over HTTP."""

    status: int
    body: bytes


Send = Callable[[str, Mapping[str, str], bytes], Answer]
"""The way out: address, headers and body in, the answer back; raises NoAnswer."""


def over_http(address: str, headers: Mapping[str, str], body: bytes) -> Answer:
    """Send by real HTTP, past any proxy; raises NoAnswer."""
    with requests.Session() as session:
        session.trust_env = False
        try:
            response = session.post(address, data=body, headers=dict(headers), timeout=PATIENCE, allow_redirects=False)
        except requests.RequestException as failure:
            raise NoAnswer(type(failure).__name__) from None
        return Answer(response.status_code, response.content)


def to_application(application: Any) -> Send:
    """A way out that calls a WSGI application (a Flask app) in this process, for tests."""

    def send(address: str, headers: Mapping[str, str], body: bytes) -> Answer:
        with Client(application).post(address, data=body, headers=dict(headers)) as response:
            return Answer(response.status_code, response.get_data())

    return send


class Poster:
    """Sends events; `retries` is how often Chat tries again after a failure, `pause` the real seconds in between."""

    def __init__(
        self,
        world: World,
        signer: Signer,
        send: Send = over_http,
        *,
        retries: int = 2,
        pause: float = 0.0,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._world = world
        self._signer = signer
        self.send = send
        self.retries = retries
        self._pause = pause
        self._sleep = sleep
        self._before: tuple[ChatApp, str, Mapping[str, str], bytes, Json] | None = None

    def post(self, app: ChatApp, title: str, event: Json, ref: str = "") -> Json:
        """The bot's answer as JSON; a 2xx is never sent again, also when its body is no good. `ref` goes into the log.

        Raises NotResponding, or Unacceptable for a 2xx without a JSON object.
        """
        token = self._signer.event_token(app)
        body, shown = self._written(app, event, token)
        headers = {
            "Authorization": f"Bearer {token}",
            "Content-Type": "application/json; charset=UTF-8",
            "User-Agent": "Google-Dynamite",
        }
        if self._world.faults.strikes(faults.DUPLICATE_EVENTS):
            self._try(app, f"{title} (doubled)", headers, body, shown, deaf=False, ref=ref)
        deaf = self._world.faults.strikes(faults.BOT_TIMES_OUT)
        for attempt in range(self.retries + 1):
            if attempt:
                self._sleep(self._pause)
            again = f"{title} (retry {attempt})" if attempt else title
            answer = self._try(app, again, headers, body, shown, deaf=deaf and attempt == 0, ref=ref)
            if attempt == 0:
                self._late((app, title, headers, body, shown))
            if answer is not None and HTTPStatus.OK <= answer.status < HTTPStatus.MULTIPLE_CHOICES:
                return _decoded(answer.body)
        raise NotResponding("no answer" if answer is None else f"HTTP {answer.status}")

    def _late(self, event: tuple[ChatApp, str, Mapping[str, str], bytes, Json]) -> None:
        # Its answer goes nowhere: people have long seen the one that it got in time.
        before, self._before = self._before, event
        if before is not None and self._world.faults.strikes(faults.OUT_OF_ORDER):
            app, title, headers, body, shown = before
            self._try(app, f"{title} (late)", headers, body, shown, deaf=False, ref="")

    def _written(self, app: ChatApp, event: Json, token: str) -> tuple[bytes, Json]:
        if self._world.faults.is_on(faults.ODD_NUMBERS):
            event = quirks.odd_numbers(event)
        if self._world.faults.is_on(faults.EXTRA_FIELDS):
            event = quirks.extra_fields(event)
        shown = event
        if app.dialect is Dialect.ADDON:
            event = event | {"authorizationEventObject": {"systemIdToken": token}}
            shown = event | {"authorizationEventObject": {"systemIdToken": "..."}}
        return json.dumps(event, ensure_ascii=False).encode(), shown

    def _try(
        self, app: ChatApp, title: str, headers: Mapping[str, str], body: bytes, shown: Json, *, deaf: bool, ref: str
    ) -> Answer | None:
        started = time.monotonic()
        answer, note = None, ""
        try:
            answer = self.send(app.endpoint, headers, body)
        except NoAnswer as failure:
            note = f"No answer: {failure}"
        took = (time.monotonic() - started) * 1000
        if deaf:
            answer, note = None, "Fault: Chat did not hear the answer."
        self._world.log.add(
            "event",
            title,
            shown,
            None if answer is None else _readable(answer.body),
            None if answer is None else answer.status,
            took,
            note,
            ref,
        )
        return answer


def _readable(body: bytes) -> Any:
    try:
        return json.loads(body) if body else ""
    except ValueError:
        return body.decode("utf-8", "replace")


def _decoded(body: bytes) -> Json:
    answer = _readable(body)
    if answer is None or answer == "":
        return {}
    if not isinstance(answer, dict):
        raise Unacceptable("the answer is no JSON object")
    return answer
