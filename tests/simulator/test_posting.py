"""How events travel: signed, patient, again after a failure, and never again after a 2xx."""

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from flask import Flask, request
from google.auth import jwt

from simulator import faults
from simulator.google.signing import Signer
from simulator.posting import Answer, NoAnswer, Poster, over_http, to_application
from simulator.records import ChatApp, Dialect
from tests.simulator.stub_bot import SANNE, SANNES_DM, Stage, addon_message, stage


def test_an_event_is_signed_json_from_googles_agent(classic: Stage, signer: Signer) -> None:
    classic.chat.type(SANNE, SANNES_DM, "Één vraag \N{GRINNING FACE}")
    headers = classic.bot.headers[-1]
    assert headers["User-Agent"] == "Google-Dynamite"
    assert headers["Content-Type"].startswith("application/json")
    token = headers["Authorization"].removeprefix("Bearer ")
    decode: Any = jwt.decode
    assert decode(token, certs=signer.certificates(), audience=classic.bot.addresses[-1])["email_verified"]
    assert "Één vraag \N{GRINNING FACE}".encode() in classic.bot.bodies[-1]


@pytest.mark.parametrize("failure", [Answer(503, b"busy"), Answer(401, b""), Answer(302, b""), NoAnswer("timeout")])
def test_a_failure_brings_the_same_event_again(classic: Stage, failure: Answer | NoAnswer) -> None:
    classic.bot.answers(failure, failure, {"text": "Toch"})
    assert classic.chat.type(SANNE, SANNES_DM, "hoi").ok
    assert len(classic.bot.bodies) == 3
    assert len(set(classic.bot.bodies)) == 1


def test_the_number_of_retries_is_given(signer: Signer) -> None:
    once = stage(signer, Dialect.CLASSIC, retries=0)
    once.bot.answers(Answer(500, b""))
    assert not once.chat.type(SANNE, SANNES_DM, "hoi").ok
    assert len(once.bot.heard) == 1


def test_a_2xx_is_never_sent_again_even_when_it_makes_no_sense(classic: Stage) -> None:
    classic.bot.answers({"nonsense": True})
    assert not classic.chat.type(SANNE, SANNES_DM, "hoi").ok
    assert len(classic.bot.heard) == 1


def test_chat_waits_between_tries(signer: Signer) -> None:
    on, pauses = stage(signer, Dialect.CLASSIC), list[float]()
    on.chat.poster = Poster(on.world, signer, on.bot, pause=1.5, sleep=pauses.append)
    on.bot.answers(Answer(500, b""), Answer(500, b""))
    assert on.chat.type(SANNE, SANNES_DM, "hoi").ok
    assert pauses == [1.5, 1.5]


def test_a_duplicate_has_the_same_body_and_one_visible_answer(classic: Stage) -> None:
    classic.world.faults.set(faults.DUPLICATE_EVENTS, on=True)
    classic.bot.answers({"text": "een"}, {"text": "twee"})
    classic.chat.type(SANNE, SANNES_DM, "hoi")
    assert len(classic.bot.bodies) == 2
    assert len(set(classic.bot.bodies)) == 1
    assert classic.texts(SANNE, SANNES_DM) == ["hoi", "twee"]


def test_out_of_order_the_event_before_comes_once_more_after_this_one(classic: Stage) -> None:
    classic.world.faults.set(faults.OUT_OF_ORDER, on=True)
    classic.bot.answers({"text": "een"}, {"text": "twee"}, {"text": "te laat"})
    classic.chat.type(SANNE, SANNES_DM, "eerst")
    classic.chat.type(SANNE, SANNES_DM, "daarna")
    assert [event["message"]["text"] for event in classic.bot.heard] == ["eerst", "daarna", "eerst"]
    assert classic.bot.bodies[0] == classic.bot.bodies[2]
    assert classic.texts(SANNE, SANNES_DM) == ["eerst", "een", "daarna", "twee"]


def test_an_answer_that_chat_did_not_hear_was_still_given(classic: Stage) -> None:
    classic.world.faults.set(faults.BOT_TIMES_OUT, on=True)
    classic.bot.answers({"text": "een"}, {"text": "twee"})
    assert classic.chat.type(SANNE, SANNES_DM, "hoi").ok
    assert len(set(classic.bot.bodies)) == 1
    assert classic.texts(SANNE, SANNES_DM) == ["hoi", "twee"]


def test_odd_numbers_are_floats_and_strings_as_seen_on_the_wire(classic: Stage) -> None:
    classic.world.faults.set(faults.ODD_NUMBERS, on=True)
    classic.chat.type(SANNE, SANNES_DM, "/vraag x")
    event = classic.last
    assert event["appCommandMetadata"]["appCommandId"] == "1"
    assert isinstance(event["message"]["annotations"][0]["startIndex"], float)
    assert isinstance(event["common"]["timeZone"]["offset"], float)


def test_extra_fields_change_nothing_else(addon: Stage) -> None:
    addon.world.faults.set(faults.EXTRA_FIELDS, on=True)
    addon.bot.answers(addon_message({"text": "Dag"}))
    assert addon.chat.type(SANNE, SANNES_DM, "hoi").ok
    assert "simulatedExtra" in addon.last["chat"]["messagePayload"]["message"]
    assert addon.last["chat"]["messagePayload"]["message"]["text"] == "hoi"


def test_an_application_can_be_called_without_http(signer: Signer) -> None:
    application = Flask("bot")

    @application.post("/chat/events")
    def events() -> dict[str, str]:
        return {"text": f"Jij zei: {request.get_json()['message']['text']}"}

    on = stage(signer, Dialect.CLASSIC)
    on.chat.poster.send = to_application(application)
    on.chat.type(SANNE, SANNES_DM, "hoi")
    assert on.texts(SANNE, SANNES_DM)[-1] == "Jij zei: hoi"


class _Echo(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_parts: object) -> None:
        """Say nothing."""


def test_over_http_the_body_arrives_and_a_closed_door_is_no_answer(signer: Signer) -> None:
    server = HTTPServer(("127.0.0.1", 0), _Echo)
    address = f"http://127.0.0.1:{server.server_port}/chat/events"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    assert over_http(address, {"Content-Type": "application/json"}, b"{}") == Answer(200, b"{}")
    server.shutdown()
    thread.join()
    server.server_close()
    with pytest.raises(NoAnswer):
        over_http(address, {}, b"{}")
    assert ChatApp(address).dialect is Dialect.CLASSIC
