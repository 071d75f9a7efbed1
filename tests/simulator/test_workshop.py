"""The workshop: the dialect switches as it runs, events are sent again, all begins anew, what was done is kept."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from simulator import seed
from simulator.coverage import ABOUT_WIDGETS, ANSWERS, EVENTS, MESSAGE, WIDGETS, coverage, described, listed
from simulator.google.signing import Signer
from simulator.people_act import Chat, NotPossible
from simulator.records import ChatApp, Dialect
from simulator.scenarios.recording import play, steps_in
from simulator.scenarios.writing import written
from simulator.server import start
from tests.simulator.stub_bot import (
    CLASS_3B,
    DAAN,
    ENDPOINT,
    SANNE,
    SANNES_DM,
    StubBot,
    addon_message,
    button,
    buttons,
    card,
    classic_dialog,
    field_named,
    stage,
    with_card,
)
from tests.simulator.test_control import Page


@pytest.fixture
def page(signer: Signer) -> Iterator[Page]:
    bot = StubBot()
    running = start(seed.load(), app=ChatApp(ENDPOINT), send=bot, signer=signer, scenario=seed.SEED)
    yield Page(running, bot)
    running.stop()


def file(page: Page, path: str) -> str:
    answer = requests.get(page.base + path, timeout=5)
    assert answer.status_code == 200
    assert "attachment" in answer.headers["Content-Disposition"]
    return answer.text


def say(page: Page, text: str = "hoi") -> Any:
    return page.post("/type", **{"as": SANNE, "space": SANNES_DM, "text": text})


def test_it_says_what_it_offers(page: Page) -> None:
    offered = page.get("/view", **{"as": SANNE})["can"]
    assert set(offered) == {
        "peek",
        "dialect",
        "replay",
        "reset",
        "scenario",
        "recording",
        "coverage",
        "latency",
    }


def test_without_a_scenario_nothing_can_begin_again(signer: Signer) -> None:
    running = start(seed.load(), app=ChatApp(ENDPOINT), send=StubBot(), signer=signer)
    page = Page(running, StubBot())
    assert "reset" not in page.get("/view", **{"as": SANNE})["can"]
    assert "scenario file" in page.post("/reset", 400)["error"]
    running.stop()


def test_peeking_marks_nothing_as_read_and_everybody_s_unread_is_known(page: Page) -> None:
    page.bot.answers({"text": "antwoord"})
    say(page)
    assert len(page.get("/messages", **{"as": SANNE, "space": SANNES_DM, "peek": "1"})) == 2
    [sanne] = [one for one in page.get("/people") if one["user"] == SANNE]
    assert (sanne["unread"], sanne["waiting"]) == (1, 1)
    page.get("/messages", **{"as": SANNE, "space": SANNES_DM})
    [sanne] = [one for one in page.get("/people") if one["user"] == SANNE]
    assert (sanne["unread"], sanne["waiting"]) == (0, 0)


def test_the_dialect_switches_for_the_next_event(page: Page) -> None:
    say(page)
    assert "type" in page.bot.heard[-1]
    assert page.post("/dialect", dialect="addon") == {"dialect": "addon"}
    page.bot.answers(addon_message({"text": "als add-on"}))
    assert say(page)["ok"]
    assert "chat" in page.bot.heard[-1]
    assert page.get("/view", **{"as": SANNE})["dialect"] == "addon"
    assert "app home" in page.post("/home", 400, **{"as": SANNE})["error"]
    page.post("/dialect", dialect="classic")
    say(page)
    assert "type" in page.bot.heard[-1]
    assert page.post("/dialect", 400, dialect="latin")["error"]


def test_an_answer_in_the_other_dialect_is_an_error_as_google_shows_it(page: Page) -> None:
    page.post("/dialect", dialect="addon")
    page.bot.answers({"text": "klassiek"})
    assert say(page)["error"] == "Protocolbot is unable to process your request"


def test_the_log_is_searched_and_says_what_can_be_sent_again(page: Page) -> None:
    say(page, "appels")
    say(page, "peren")
    [found] = page.get("/log", since="0", q="APPELS")
    assert found["replayable"]
    assert page.get("/log", since="0", q="kersen") == []


def test_an_event_is_sent_again_as_the_very_same_or_as_a_new_one(page: Page) -> None:
    page.bot.answers({"text": "een"}, {"text": "twee"}, {"text": "drie"})
    say(page)
    number = page.get("/log", since="0")[-1]["id"]
    assert page.post(f"/replay/{number}", how="retry")["ok"]
    assert page.bot.bodies[-1] == page.bot.bodies[-2]
    assert page.post(f"/replay/{number}", how="new")["ok"]
    assert page.bot.heard[-1]["eventTime"] != page.bot.heard[-2]["eventTime"]
    assert [one["text"] for one in page.get("/messages", **{"as": SANNE, "space": SANNES_DM})][1:] == [
        "een",
        "twee",
        "drie",
    ]
    assert page.post("/replay/999999", 400, how="retry")["error"]
    assert page.post(f"/replay/{number}", 400, how="backwards")["error"]


def test_a_delay_holds_for_every_call_and_is_a_number_among_the_faults(page: Page) -> None:
    assert page.post("/faults", name="latency_ms", value=250)["faults"]["latency_ms"] == 250
    assert page.running.world.faults.latency_ms == 250
    for refused in (-1, 60_000):
        assert page.post("/faults", 400, name="latency_ms", value=refused)["error"]


def test_everything_begins_again_and_the_bot_is_greeted(page: Page) -> None:
    say(page)
    page.post("/spaces", **{"as": SANNE, "displayName": "Extra", "members": [DAAN]})
    page.post("/faults", name="api_500", on=True)
    page.post("/clock", forwardMinutes=600)
    heard = len(page.bot.heard)
    assert page.post("/reset")["version"]
    view = page.get("/view", **{"as": SANNE})
    assert [space["displayName"] for space in view["spaces"]] == ["", "Klas 3B"]
    assert not any(view["faults"].values())
    assert view["now"].startswith("2026-11-24T09:15")
    assert page.get("/messages", **{"as": SANNE, "space": SANNES_DM}) == []
    assert len(page.bot.heard) > heard
    assert page.bot.heard[-1]["type"] == "ADDED_TO_SPACE"


def test_the_scenario_of_now_is_a_file_that_makes_the_same_world(page: Page, tmp_path: Path) -> None:
    made = page.post("/spaces", **{"as": SANNE, "displayName": 'Een "lastige" \\ naam', "members": [DAAN]})["name"]
    copy = tmp_path / "scenario.toml"
    copy.write_text(file(page, "/scenario"), encoding="utf-8")
    world = seed.load(copy)
    assert world.people() == page.running.world.people()
    assert world.commands == page.running.world.commands
    assert world.space(made).members == (SANNE, DAAN)
    assert written(world) == written(page.running.world)


def test_the_seed_s_own_scenario_goes_round(tmp_path: Path) -> None:
    copy = tmp_path / "scenario.toml"
    copy.write_text(written(seed.load()), encoding="utf-8")
    assert written(seed.load(copy)) == written(seed.load())


def conversation(bot: StubBot) -> None:
    opens = button("B", parameters=[{"key": "k"}], interaction="OPEN_DIALOG")
    first, second = card(field_named("naam"), buttons(button("Verder"))), card(buttons(button("Klaar")))
    bot.answers({"text": "dag"}, with_card("kies", card(buttons(button("A"), opens))))
    bot.answers(classic_dialog(first), classic_dialog(second), {"text": "erbij"})


def test_what_was_done_is_done_again_in_a_fresh_world(page: Page, signer: Signer) -> None:
    conversation(page.bot)
    say(page)
    message = say(page, "kies")["messages"][-1]
    here = {"as": SANNE, "space": SANNES_DM, "function": "go"}
    pressed = here | {"message": message, "parameters": [{"key": "k", "value": ""}]}
    opened = page.post("/click", **pressed, interaction="OPEN_DIALOG")["dialog"]
    inputs = {"naam": {"kind": "string", "values": ["Sanne"]}}
    page.post("/click", **here, dialog=opened["id"], parameters=[], inputs=inputs)
    page.post("/dialog/cancel", **{"as": SANNE, "dialog": opened["id"], "how": "escape"})
    page.post("/clock", forwardMinutes=30)
    page.post("/bot", **{"as": SANNE, "space": CLASS_3B, "member": True})

    steps = steps_in(file(page, "/recording"))
    assert [step["do"] for step in steps] == ["type", "type", "click", "click", "cancel", "clock", "bot"]
    fresh, bot = seed.load(), StubBot()
    fresh.app = ChatApp(ENDPOINT)
    conversation(bot)
    outcomes = list(play(Chat(fresh, signer, bot), steps))
    assert all(outcome.ok for outcome in outcomes)
    kinds = [(event["type"], event.get("dialogEventType")) for event in page.bot.heard]
    assert [(event["type"], event.get("dialogEventType")) for event in bot.heard] == kinds
    assert bot.heard[3]["common"]["formInputs"] == page.bot.heard[3]["common"]["formInputs"]
    told = [one.text for one in fresh.visible_to(SANNE, SANNES_DM)]
    assert told == [one.text for one in page.running.world.visible_to(SANNE, SANNES_DM)]


@pytest.mark.parametrize(
    "step",
    [
        {"do": "dance", "as": SANNE},
        {"do": "click", "as": SANNE, "space": SANNES_DM, "on": "dialog", "button": 0},
        {"do": "click", "as": SANNE, "space": SANNES_DM, "on": "message", "message": 7, "button": 0},
        {"do": "cancel", "as": SANNE},
    ],
)
def test_a_step_that_cannot_be_done_any_more_is_said(signer: Signer, step: dict[str, Any]) -> None:
    here = stage(signer, Dialect.CLASSIC)
    with pytest.raises(NotPossible):
        list(play(here.chat, [step]))


def test_the_recording_is_a_scenario_as_well(page: Page) -> None:
    say(page, 'met "aanhalingstekens" en\neen nieuwe regel')
    told = tomllib.loads(file(page, "/recording"))
    assert told["steps"][0]["text"] == 'met "aanhalingstekens" en\neen nieuwe regel'
    assert [one["user"] for one in told["people"]] == [one.user for one in page.running.world.people()]


def test_what_is_said_to_be_covered_is_in_google_s_description_and_the_rest_is_named() -> None:
    assert set(MESSAGE) <= described("Message")
    assert set(WIDGETS) == described("GoogleAppsCardV1Widget") - ABOUT_WIDGETS
    # These two are documented, and Google's own description lacks them.
    assert set(EVENTS) - listed("DeprecatedEvent") == {"APP_HOME", "SUBMIT_FORM"}
    assert listed("DeprecatedEvent") <= set(EVENTS)
    assert set(ANSWERS) == listed("ActionResponse")
    shown = {group["name"]: {row["name"]: row for row in group["rows"]} for group in coverage(())["groups"]}
    assert shown["REST methods"]["chat.spaces.messages.create"]["covered"] == "yes"
    assert shown["REST methods"]["chat.spaces.messages.attachments.get"]["covered"] == "no"
    assert shown["Message"]["attachment"]["covered"] == "no"


def test_the_page_draws_every_widget_that_is_said_to_be_covered() -> None:
    drawn = "".join(path.read_text(encoding="utf-8") for path in Path(seed.__file__).with_name("page").glob("*.js"))
    assert [name for name in WIDGETS if name not in drawn] == []


def test_the_coverage_page_says_which_methods_were_asked_for(page: Page) -> None:
    page.running.world.log.add("api", "spaces.messages.create")
    rows = {row["name"]: row for group in page.get("/coverage")["groups"] for row in group["rows"]}
    assert rows["chat.spaces.messages.create"]["used"]
    assert not rows["chat.spaces.messages.delete"]["used"]
