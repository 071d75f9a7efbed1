"""The page stands alone and speaks two languages: no address but its own is asked, and every word has its twin."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from simulator.server import PAGE
from tests.browser.page_stage import PageStage, action
from tests.simulator.stub_bot import CLASS_3B, SANNE, SANNES_DM

pytestmark = pytest.mark.browser

TABLES = """async () => {
  const [{ nl }, { en }] = await Promise.all(["nl", "en"].map((code) => import(`/page/words.${code}.js`)));
  return { nl, en };
}"""
PARTS = (
    r"""(words) => [words].flat().flatMap((one) => [...one.matchAll(/\{(\w+)\}/g)].map((found) => found[1])).sort()"""
)


def test_nothing_outside_is_asked_and_nothing_is_refused_by_the_pages_own_rules(stage: PageStage) -> None:
    visitor = stage.nobody()
    asked: list[str] = []
    said: list[str] = []
    visitor.page.on("request", lambda request: asked.append(request.url))
    visitor.page.on("console", lambda line: said.append(line.text))
    visitor.page.on("pageerror", lambda error: said.append(str(error)))
    for address in walk(stage, visitor.address):
        visitor.page.goto("about:blank")
        visitor.page.goto(address)
        visitor.page.wait_for_selector("body[data-ready=true]")
        visitor.page.wait_for_timeout(200)
    assert len(asked) > 30
    assert [url for url in asked if not url.startswith((stage.running.address, "data:", "about:"))] == []
    assert [line for line in said if "404" not in line] == []


def walk(stage: PageStage, address: str) -> Iterator[str]:
    """Every page with something on it."""
    stage.shows({"image": {"imageUrl": "https://pictures.rgo.example/photo.png"}})
    yield address
    yield f"{address}/#as={SANNE}&space={SANNES_DM}"
    yield f"{address}/#as={SANNE}&space={CLASS_3B}"
    yield f"{address}/#as={SANNE}&space={SANNES_DM}&tab=home"
    yield f"{address}/page/coverage.html"


def test_every_module_is_fetched_at_once_and_not_one_after_another() -> None:
    named = set(re.findall(r'modulepreload" href="/page/([\w.]+)"', (PAGE / "index.html").read_text(encoding="utf-8")))
    entries = {"start.js", "coverage.js"}
    assert named == {path.name for path in PAGE.glob("*.js")} - entries


def test_no_file_of_the_page_names_an_address_to_fetch_from() -> None:
    for path in PAGE.iterdir():
        text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"https?://\w", text), path.name
        assert "innerHTML" not in text, path.name


def test_both_languages_have_the_same_words_with_the_same_blanks(stage: PageStage) -> None:
    visitor = stage.nobody()
    visitor.page.goto(visitor.address)
    tables = visitor.page.evaluate(TABLES)
    assert tables["nl"].keys() == tables["en"].keys()
    blanks = {
        code: {key: visitor.page.evaluate(PARTS, words) for key, words in table.items()}
        for code, table in tables.items()
    }
    assert {key: set(names) for key, names in blanks["nl"].items()} == {
        key: set(names) for key, names in blanks["en"].items()
    }


def test_every_fault_of_the_server_has_words(stage: PageStage) -> None:
    visitor = stage.nobody()
    visitor.page.goto(visitor.address)
    words = visitor.page.evaluate(TABLES)["nl"]
    assert [name for name in stage.running.world.faults.all() if f"fault.{name}" not in words] == []


def test_the_switch_keeps_its_language_and_the_names_for_scripts(stage: PageStage) -> None:
    visitor = stage.somebody(SANNE, CLASS_3B)
    expect(visitor.page.locator("html")).to_have_attribute("lang", "nl")
    expect(action(visitor.page, "Leden")).to_have_text("4 leden")
    action(visitor.page, "Taal").click()
    expect(visitor.page.locator("html")).to_have_attribute("lang", "en")
    expect(action(visitor.page, "Leden")).to_have_text("4 members")
    expect(action(visitor.page, "volgende dag 12:30")).to_have_text("next day 12:30")
    visitor.be(SANNE, SANNES_DM)
    expect(visitor.page.locator("#composer")).to_have_attribute("placeholder", "Type a message or /")
    action(visitor.page, "Taal").click()
    expect(visitor.page.locator("html")).to_have_attribute("lang", "nl")


def test_on_a_phone_nothing_scrolls_sideways_and_the_clock_waits_behind_one_button(stage: PageStage) -> None:
    visitor = stage.somebody(SANNE, SANNES_DM, size="phone")
    later = action(visitor.page, "+1 uur")
    expect(later).to_be_hidden()
    action(visitor.page, "Meer").click()
    expect(later).to_be_visible()
    assert visitor.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    visitor.page.keyboard.press("Escape")
    expect(later).to_be_hidden()
    expect(action(visitor.page, "Meer")).to_be_focused()
    action(visitor.page, "Terug").click()
    expect(visitor.page.locator("[data-me]")).to_be_visible()


def test_a_server_that_went_away_is_told_and_forgotten_when_it_is_back(stage: PageStage) -> None:
    visitor = stage.somebody(SANNE, SANNES_DM)
    visitor.page.route("**/_sim/changes?*", lambda route: route.abort())
    stage.says("Iets")
    expect(visitor.page.locator("#alarm")).to_contain_text("geeft geen antwoord")
    visitor.page.unroute("**/_sim/changes?*")
    expect(visitor.page.locator("#alarm")).to_be_empty(timeout=8000)
