"""The bot's web app behind its real door, with a local Google that signs what is sent to it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from flask import Flask
from flask.testing import FlaskClient

from handlers.app import create_app
from simulator import seed
from simulator.google.signing import Wrong
from simulator.records import Audience, ChatApp, Dialect
from simulator.server import Running, start
from tests.dialogue import ADDRESS, Dialogue
from tests.dialogue import start as start_dialogue

PROJECT = "123456789012"
APPS = {
    "classic by address": ChatApp(ADDRESS, Dialect.CLASSIC, PROJECT, Audience.ENDPOINT),
    "classic by project number": ChatApp(ADDRESS, Dialect.CLASSIC, PROJECT, Audience.PROJECT_NUMBER),
    "add-on": ChatApp(ADDRESS, Dialect.ADDON, PROJECT, Audience.ENDPOINT),
}


@dataclass
class Door:
    """The bot's web app, with the certificates of a local Google."""

    google: Running
    talk: Dialogue
    app: Flask
    client: FlaskClient

    def token(self, app: ChatApp, wrong: Wrong | None = None) -> str:
        return self.google.chat.signer.event_token(app, wrong)

    def send(self, body: bytes, authorization: str | None) -> tuple[int, bytes]:
        headers = {"Content-Type": "application/json"}
        if authorization is not None:
            headers["Authorization"] = authorization
        answer = self.client.post("/chat/events", data=body, headers=headers)
        return answer.status_code, answer.data


@contextmanager
def open_door() -> Iterator[Door]:
    """A school with its web app, for as long as the block lasts."""
    google = start(seed.load())
    talk = start_dialogue(
        CHAT_CERTS_URL=f"{google.address}/certs", CHAT_AUDIENCE=f"{ADDRESS},{PROJECT}", CHAT_PROJECT_NUMBER=PROJECT
    )
    app = create_app(talk.bot)
    try:
        yield Door(google, talk, app, app.test_client())
    finally:
        google.stop()
        talk.bot.engine.dispose()
