"""The workshop: what passed can be searched, read, copied and sent again; the server's other offers are in reach."""

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.page_stage import OFFERED, PageStage, action, offers, rewrites
from tests.simulator.stub_bot import SANNE, SANNES_DM

pytestmark = pytest.mark.browser

ENTRY = {
    "id": 7,
    "at": "2026-11-24T09:15:00.000Z",
    "kind": "event",
    "title": "message: Sanne Voorbeeld",
    "request": {"type": "MESSAGE", "message": {"text": "zeldzaam woord"}},
    "response": {"text": "antwoord"},
    "status": 200,
    "ms": 41.0,
    "note": "",
    "steps": [{"name": "teken en stuur", "ms": 1.25}, {"name": "de bot denkt", "ms": 38.5}],
    "replayable": True,
}


def answers(page: Page, path: str, body: Any) -> list[Any]:
    """Answer a call of the page in the server's place; what was asked, as JSON."""
    asked: list[Any] = []

    def answer(route: Route) -> None:
        asked.append(route.request.post_data_json if route.request.method == "POST" else route.request.url)
        route.fulfill(json=body)

    page.route(f"**/_sim/{path}", answer)
    return asked


def test_everything_that_passed_is_found_by_any_word_of_it_and_by_its_kind(stage: PageStage) -> None:
    stage.bot.answers({"text": "een gewoon antwoord"}, {"text": "papegaai"})
    visitor = stage.somebody(SANNE, SANNES_DM)
    for text in ("eerste vraag", "tweede vraag"):
        visitor.type(text)
    expect(visitor.conversation).to_contain_text("papegaai")
    action(visitor.page, "Inspecteur").click()
    entries = visitor.page.locator("[data-log]")
    expect(entries).to_have_count(2)
    expect(entries.first).to_contain_text("tweede vraag")
    search = visitor.page.get_by_role("searchbox", name="Zoek in alles wat er langskwam")
    search.fill("PAPEGAAI")
    expect(visitor.page.locator("[data-log]:visible")).to_have_count(1)
    expect(visitor.page.locator("#panel")).to_contain_text("1 gevonden")
    search.fill("")
    visitor.page.get_by_role("radio", name="storingen").check()
    expect(visitor.page.locator("[data-log]:visible")).to_have_count(0)
    expect(visitor.page.locator("#panel")).to_contain_text("Niets gevonden")


def test_an_entry_shows_both_bodies_in_full_and_copies_them_as_they_were(stage: PageStage) -> None:
    stage.bot.answers({"text": "antwoord"})
    visitor = stage.somebody(SANNE, SANNES_DM)
    visitor.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visitor.type("vraag")
    expect(visitor.conversation).to_contain_text("antwoord")
    action(visitor.page, "Inspecteur").click()
    visitor.page.locator("[data-log] > summary").click()
    expect(visitor.page.get_by_role("group", name="Wat Chat aan de bot stuurde")).to_contain_text('"MESSAGE"')
    visitor.page.get_by_role("button", name="Kopieer: Wat de bot antwoordde").click()
    expect(visitor.page.locator("#toast")).to_have_text("Gekopieerd.")
    assert json.loads(visitor.page.evaluate("navigator.clipboard.readText()")) == {"text": "antwoord"}


def test_times_per_step_stand_there_and_an_event_can_be_sent_again(stage: PageStage) -> None:
    visitor = stage.nobody()
    offers(visitor.page, *OFFERED)
    answers(visitor.page, "log?*", [ENTRY])
    asked = answers(visitor.page, "replay/7", {"ok": True, "error": None})
    visitor.be(SANNE, SANNES_DM)
    action(visitor.page, "Inspecteur").click()
    visitor.page.locator("[data-log='7'] > summary").click()
    expect(visitor.page.locator(".steps")).to_contain_text("de bot denkt")
    expect(visitor.page.locator(".steps")).to_contain_text("38.5 ms")
    action(visitor.page, "Stuur nog eens").click()
    expect(visitor.page.locator("#toast")).to_contain_text("Opnieuw gestuurd.")
    action(visitor.page, "Stuur als nieuw").click()
    expect(visitor.page.locator("#toast")).to_contain_text("Opnieuw gestuurd.")
    assert asked[0] == {"how": "retry"}
    assert asked[-1]["how"] in {"retry", "new"}


def test_the_calls_that_the_bot_made_meanwhile_stand_with_the_event_and_open_from_there(stage: PageStage) -> None:
    event = {**ENTRY, "id": 9, "at": "2026-11-24T09:15:00.500Z", "ms": 100.0, "steps": None}
    call = {
        **ENTRY,
        "id": 8,
        "kind": "api",
        "title": "spaces.messages.create",
        "at": "2026-11-24T09:15:00.450Z",
        "ms": 30.0,
    }
    before = {**call, "id": 6, "title": "spaces.list", "at": "2026-11-24T09:14:59.000Z"}
    visitor = stage.nobody()
    answers(visitor.page, "log?*", [before, call, event])
    visitor.be(SANNE, SANNES_DM)
    action(visitor.page, "Inspecteur").click()
    visitor.page.locator("[data-log='9'] > summary").click()
    steps = visitor.page.locator("[data-log='9'] .steps li")
    expect(steps).to_have_text([re.compile("de bot zelf.*70.0 ms"), re.compile("spaces.messages.create.*30.0 ms")])
    steps.get_by_role("button", name="spaces.messages.create").click()
    expect(visitor.page.locator("[data-log='8']")).to_have_attribute("open", "")
    expect(visitor.page.locator("[data-log='8'] > summary")).to_be_focused()


def test_what_the_server_does_not_offer_is_not_on_the_page(stage: PageStage) -> None:
    visitor = stage.nobody()
    offers(visitor.page)
    visitor.be(SANNE, SANNES_DM)
    for name in ("Dialect", "Proefschool"):
        expect(action(visitor.page, name)).to_have_count(0)
    expect(visitor.page.locator(".dialect")).to_contain_text("klassiek")


def test_the_dialect_is_switched_while_it_runs(stage: PageStage) -> None:
    visitor = stage.nobody()
    offers(visitor.page, *OFFERED)
    asked = answers(visitor.page, "dialect", {"dialect": "addon"})
    visitor.be(SANNE, SANNES_DM)
    action(visitor.page, "Dialect").click()
    visitor.page.locator("[data-dialect=addon]").click()
    expect(visitor.page.locator("#toast")).to_have_text("Chat praat nu add-on met de bot.")
    assert asked == [{"dialect": "addon"}]


def test_starting_again_asks_first(stage: PageStage) -> None:
    visitor = stage.nobody()
    offers(visitor.page, *OFFERED)
    asked = answers(visitor.page, "reset", {"version": 1})
    visitor.be(SANNE, SANNES_DM)
    action(visitor.page, "Proefschool").click()
    action(visitor.page, "Opnieuw beginnen").click()
    action(visitor.page, "Toch niet").click()
    assert asked == []
    action(visitor.page, "Proefschool").click()
    action(visitor.page, "Opnieuw beginnen").click()
    action(visitor.page, "Echt opnieuw beginnen").click()
    expect(visitor.page.locator("#toast")).to_contain_text("als bij het begin")
    assert asked == [{}]


def test_a_fault_is_a_switch_and_a_delay_is_a_number(stage: PageStage) -> None:
    visitor = stage.nobody()
    asked = answers(visitor.page, "faults", {"faults": {}})
    rewrites(visitor.page, "view", "(view) => ({ ...view, faults: { ...view.faults, latency_ms: 0 } })")
    visitor.be(SANNE, SANNES_DM)
    action(visitor.page, "Storingen").click()
    visitor.page.locator("[data-fault=api_429]").check()
    delay = visitor.page.locator("[data-fault=latency_ms]")
    delay.fill("250")
    with visitor.page.expect_response("**/_sim/faults"):
        delay.press("Tab")
    assert asked == [{"name": "api_429", "on": True}, {"name": "latency_ms", "on": True, "value": 250}]


def test_the_coverage_page_names_what_is_missing_and_can_show_that_alone(stage: PageStage) -> None:
    rows = [
        {"name": "spaces.messages.create", "covered": "yes", "used": True, "note": ""},
        {"name": "media.upload", "covered": "no", "used": False, "note": "de bot stuurt geen bestanden"},
    ]
    visitor = stage.nobody()
    answers(visitor.page, "coverage", {"groups": [{"name": "REST", "rows": rows}]})
    visitor.page.goto(f"{visitor.address}/page/coverage.html")
    missing = visitor.page.locator("[data-part='media.upload']")
    expect(missing).to_contain_text("nee")
    expect(missing).to_contain_text("de bot stuurt geen bestanden")
    expect(visitor.page.locator("main")).to_contain_text("1 van 2 helemaal, 0 deels")
    visitor.page.get_by_role("switch", name="Toon alleen wat ontbreekt").check()
    expect(visitor.page.locator("[data-part='spaces.messages.create']")).to_be_hidden()
    expect(missing).to_be_visible()


def test_a_server_without_coverage_says_so(stage: PageStage) -> None:
    visitor = stage.nobody()
    visitor.page.route("**/_sim/coverage", lambda route: route.fulfill(status=404, json={"error": "nothing"}))
    visitor.page.goto(f"{visitor.address}/page/coverage.html")
    expect(visitor.page.locator("main")).to_contain_text("nog geen overzicht")
