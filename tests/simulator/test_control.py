"""The control API as the page uses it, over real HTTP."""

import sys
import threading
from collections.abc import Iterator
from typing import Any

import pytest
import requests

from simulator import seed
from simulator.control.jobs import Job
from simulator.google.signing import Signer
from simulator.records import ChatApp
from simulator.server import Running, start
from tests.simulator.stub_bot import (
    CLASS_3B,
    DAAN,
    ENDPOINT,
    KARIN,
    SANNE,
    SANNES_DM,
    StubBot,
    button,
    buttons,
    card,
    classic_dialog,
    field_named,
    with_card,
)

HELLO = "import os; print('hallo', os.environ['WHO']); raise SystemExit(3)"
SAY_HELLO = Job((sys.executable, "-c", HELLO), {"WHO": "jij"})
NOWHERE = Job(("/nowhere/at/all",))


class Page:
    """Calls the control API as the page does."""

    def __init__(self, running: Running, bot: StubBot) -> None:
        self.running = running
        self.bot = bot
        self.base = f"{running.address}/_sim"

    def get(self, path: str, status: int = 200, /, **query: str) -> Any:
        answer = requests.get(self.base + path, params=query, timeout=5)
        assert answer.status_code == status
        return answer.json()

    def post(self, path: str, status: int = 200, /, **body: Any) -> Any:
        answer = requests.post(self.base + path, json=body, timeout=5)
        assert answer.status_code == status, answer.text
        return answer.json()


@pytest.fixture
def page(signer: Signer) -> Iterator[Page]:
    bot = StubBot()
    world = seed.load()
    world.change_space(CLASS_3B, bot_member=True)
    running = start(world, app=ChatApp(ENDPOINT), send=bot, jobs={"minute": SAY_HELLO, "send": NOWHERE}, signer=signer)
    yield Page(running, bot)
    running.stop()


def test_people_and_their_view(page: Page) -> None:
    sanne = next(person for person in page.get("/people") if person["user"] == SANNE)
    assert sanne == {
        "user": SANNE,
        "displayName": "Sanne Voorbeeld",
        "email": "sanne.voorbeeld@leerling.rgo.example",
        "label": "leerling, klas 3B",
        "group": "leerlingen",
        "unread": 0,
        "waiting": 0,
    }
    view = page.get("/view", **{"as": SANNE})
    assert [space["name"] for space in view["spaces"]] == [SANNES_DM, CLASS_3B]
    assert view["spaces"][0]["with"] == view["bot"]["user"]
    assert view["dialect"] == "classic"
    assert {"id": 103, "name": "Privé melden", "type": "QUICK", "opensDialog": True}.items() <= next(
        command for command in view["commands"] if command["id"] == 103
    ).items()
    assert not any(view["faults"].values())


def test_typing_and_reading(page: Page) -> None:
    page.bot.answers(with_card("Antwoord", card()) | {"fallbackText": "Antwoord"})
    outcome = page.post("/type", **{"as": SANNE, "space": SANNES_DM, "text": "hoi"})
    assert outcome["ok"]
    assert len(outcome["messages"]) == 2
    assert page.get("/view", **{"as": SANNE})["spaces"][0]["unread"] == 1
    mine, answer = page.get("/messages", **{"as": SANNE, "space": SANNES_DM})
    assert (mine["sender"]["displayName"], mine["onlyYou"]) == ("Sanne Voorbeeld", False)
    assert (answer["sender"]["type"], answer["thread"]) == ("BOT", mine["thread"])
    assert answer["cardsV2"][0]["card"] == card()
    assert page.get("/view", **{"as": SANNE})["spaces"][0]["unread"] == 0


def test_a_command_and_a_private_answer_are_marked_only_you(page: Page) -> None:
    page.bot.answers({"text": "x", "privateMessageViewer": {"name": SANNE}})
    page.post("/type", **{"as": SANNE, "space": CLASS_3B, "text": "/vraag x"})
    messages = page.get("/messages", **{"as": SANNE, "space": CLASS_3B})
    assert [message["onlyYou"] for message in messages] == [True, True]
    assert page.get("/messages", **{"as": DAAN, "space": CLASS_3B}) == []


def test_a_dialog_goes_on_under_the_same_id_and_closes(page: Page) -> None:
    first, second = card(field_named("naam"), buttons(button("Verder"))), card(buttons(button("Klaar")))
    page.bot.answers(classic_dialog(first), classic_dialog(second))
    opened = page.post("/command", **{"as": SANNE, "space": CLASS_3B, "commandId": 103})["dialog"]
    assert opened["card"] == first
    here = {"as": SANNE, "space": CLASS_3B, "dialog": opened["id"], "function": "go", "parameters": []}
    inputs = {"naam": {"kind": "string", "values": ["S"]}, "dag": {"kind": "date", "ms": 0}}
    moved = page.post("/click", **here, inputs=inputs)["dialog"]
    assert moved == {"id": opened["id"], "card": second}
    assert page.bot.heard[-1]["common"]["formInputs"]["dag"] == {"dateInput": {"msSinceEpoch": "0"}}
    assert page.post("/dialog/cancel", **{"as": SANNE, "dialog": opened["id"], "how": "icon"})["closed"]
    assert page.post("/dialog/cancel", 400, **{"as": SANNE, "dialog": opened["id"], "how": "icon"})["error"]


def test_suggestions_and_home(page: Page) -> None:
    answer = {"type": "UPDATE_WIDGET", "updatedWidget": {"suggestions": {"items": [{"text": "a", "value": "b"}]}}}
    page.bot.answers({"actionResponse": answer}, {"action": {"navigations": [{"pushCard": card()}]}})
    asked = {"as": SANNE, "space": SANNES_DM, "function": "find", "parameters": [], "query": "a"}
    assert page.post("/suggest", **asked) == {"items": [{"text": "a", "value": "b"}]}
    assert page.post("/home", **{"as": SANNE})["home"] == card()


def test_spaces_are_made_and_the_bot_comes_and_goes(page: Page) -> None:
    made = page.post("/spaces", **{"as": KARIN, "displayName": "Mentoruur", "members": [SANNE]})
    assert page.running.world.space(made["name"]).members == (KARIN, SANNE)
    page.post("/bot", **{"as": KARIN, "space": made["name"], "member": True})
    assert page.running.world.space(made["name"]).bot_member
    page.post("/bot", **{"as": KARIN, "space": made["name"], "member": False})
    assert [event["type"] for event in page.bot.heard] == ["ADDED_TO_SPACE", "REMOVED_FROM_SPACE"]
    page.post("/spaces", 400, **{"as": KARIN, "displayName": " ", "members": []})


def test_the_clock_is_set_and_moved(page: Page) -> None:
    assert page.post("/clock", now="2026-11-25T11:30:00Z")["now"].startswith("2026-11-25T11:30:0")
    assert page.post("/clock", forwardMinutes=60)["now"].startswith("2026-11-25T12:30:0")
    clock = requests.get(f"{page.running.address}/clock", timeout=5).json()
    assert clock["now"].startswith("2026-11-25T12:30:0")
    for wrong in ({"now": "morgen"}, {"now": "2026-11-25T11:30:00"}, {}):
        page.post("/clock", 400, **wrong)


def test_jobs_run_as_given_and_tell_how_they_ended(page: Page) -> None:
    assert page.post("/jobs/minute") == {"exit": 3, "output": "hallo jij"}
    assert page.post("/jobs/send")["exit"] == -1
    assert "minute" in page.post("/jobs/other", 400)["error"]


def test_faults_are_switched_and_the_log_is_read_on(page: Page) -> None:
    assert page.post("/faults", name="api_500", on=True)["faults"]["api_500"] is True
    page.post("/faults", 400, name="coffee", on=True)
    page.post("/type", **{"as": SANNE, "space": SANNES_DM, "text": "hoi"})
    (entry,) = page.get("/log", since="0")
    assert (entry["kind"], entry["status"], entry["response"]) == ("event", 200, {})
    assert entry["request"]["type"] == "MESSAGE"
    assert page.get("/log", since=str(entry["id"])) == []


def test_a_long_poll_answers_when_something_changes(page: Page) -> None:
    version = page.get("/view", **{"as": SANNE})["version"]
    later = threading.Timer(0.1, page.running.world.touch)
    later.start()
    assert page.get("/changes", since=str(version))["version"] > version
    later.join()


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/type", {}),
        ("/type", {"as": SANNE, "space": SANNES_DM, "text": 3}),
        ("/type", {"as": "users/999", "space": SANNES_DM, "text": "x"}),
        ("/type", {"as": DAAN, "space": SANNES_DM, "text": "x"}),
        ("/type", {"as": SANNE, "space": SANNES_DM, "text": " "}),
        ("/command", {"as": SANNE, "space": SANNES_DM, "commandId": "x"}),
        ("/command", {"as": SANNE, "space": SANNES_DM, "commandId": 3}),
        ("/click", {"as": SANNE, "space": SANNES_DM, "message": "spaces/DM101/messages/none"}),
        ("/click", {"as": SANNE, "space": SANNES_DM, "parameters": ["x"]}),
        ("/click", {"as": SANNE, "space": SANNES_DM, "inputs": [1]}),
    ],
)
def test_a_wrong_request_is_explained(page: Page, path: str, body: dict[str, Any]) -> None:
    assert page.post(path, 400, **body)["error"]
    assert page.bot.heard == []


def test_other_web_pages_cannot_act_here(page: Page) -> None:
    form = requests.post(f"{page.base}/jobs/minute", data={"a": "b"}, timeout=5)
    assert form.status_code == 400
    foreign = requests.get(f"{page.base}/people", headers={"Host": "elders.example"}, timeout=5)
    assert foreign.status_code == 400


def test_the_page_and_the_certificates_are_served(page: Page) -> None:
    home = page.running.address
    assert "<!doctype html>" in requests.get(home, timeout=5).text.lower()
    assert "javascript" in requests.get(f"{home}/page/start.js", timeout=5).headers["Content-Type"]
    assert requests.get(f"{home}/page/../server.py", timeout=5).status_code == 404
    assert requests.get(f"{home}/page/%2e%2e/server.py", timeout=5).status_code == 404
    certificates = requests.get(f"{home}/certs", timeout=5)
    assert certificates.json() == page.running.chat.signer.certificates()
    assert "max-age=" in certificates.headers["Cache-Control"]
    assert home.startswith("http://127.0.0.1:")
