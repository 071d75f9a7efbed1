"""axe-core finds nothing serious or critical on any view: laptop and phone, light and dark, both languages."""

from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.demo import Visitor, demo
from tests.browser.page_stage import OFFERED, SIZES, PageStage, action, offers
from tests.simulator.stub_bot import KARIN, SANNE, SANNES_DM, button, buttons

pytestmark = pytest.mark.browser

KLAS_3B, OLGA = "spaces/KLAS3B", "users/301"
OLGAS_DM = "spaces/DM301"
ITEMS = [{"text": "Aula", "value": "aula"}]
NOT_ALLOWED = {"serious", "critical"}
RUN = "async (rules) => (await axe.run(document, {resultTypes: ['violations'], ...rules})).violations"
COLOURS_ONLY = {"runOnly": ["color-contrast"]}
"""In the dark only the colours differ."""

FIGURES = {
    "groups": [
        {
            "name": "REST",
            "rows": [
                {"name": "spaces.messages.create", "covered": "yes", "used": True, "note": ""},
                {"name": "spaces.messages.patch", "covered": "partly", "used": True, "note": "zonder bijlagen"},
                {"name": "media.upload", "covered": "no", "used": False, "note": "de bot stuurt geen bestanden"},
            ],
        }
    ]
}


@pytest.fixture(scope="module")
def axe() -> str:
    """The text of axe-core, as its package ships it."""
    return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with demo(tmp_path_factory.mktemp("accessible") / "demo") as running:
        yield running


def findings(visitor: Visitor, axe: str) -> list[str]:
    """What axe calls serious or critical now, one line each: the rule, where, and why."""
    page = visitor.page
    # What is still fading in has the colours of halfway.
    page.evaluate("() => Promise.all(document.getAnimations().filter(a => a.effect.getTiming().iterations === 1)"
                  ".map(a => a.finished.catch(() => null)))")  # fmt: skip
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe)
    found: list[dict[str, Any]] = page.evaluate(RUN, {})
    page.emulate_media(color_scheme="dark")
    found += page.evaluate(RUN, COLOURS_ONLY)
    page.emulate_media(color_scheme="light")
    return [
        f"{one['id']}: {node['target']} {node['failureSummary']}"
        for one in found
        if one["impact"] in NOT_ALLOWED
        for node in one["nodes"]
    ]


def visitor_at(chromium: Browser, address: str, size: str) -> Visitor:
    page = chromium.new_page(viewport=SIZES[size], locale="nl-NL", color_scheme="light")
    page.set_default_timeout(8000)
    offers(page, *OFFERED)
    page.route("**/_sim/coverage", lambda route: route.fulfill(json=FIGURES))
    return Visitor(page, address)


@pytest.mark.parametrize("size", ["laptop", "phone"])
def test_nothing_serious_on_any_view(chromium: Browser, address: str, axe: str, size: str) -> None:
    visitor = visitor_at(chromium, address, size)
    found = {name: findings(visitor, axe) for name in views(visitor, size)}
    visitor.page.context.close()
    assert len(found) == 17
    assert {name: lines for name, lines in found.items() if lines} == {}


def views(visitor: Visitor, size: str) -> Iterator[str]:
    """Walk through the page; whenever a view stands, its name."""
    page = visitor.page
    page.goto(visitor.address)
    page.wait_for_selector("body[data-ready=true]")
    yield "start"
    yield from conversations(visitor)
    yield from dialogs(visitor)
    yield from workshop(visitor, size)
    page.goto(f"{visitor.address}/?lang=en#as={SANNE}&space={SANNES_DM}")
    page.wait_for_selector("html[lang=en] #composer")
    yield "english"
    page.goto(f"{visitor.address}/page/coverage.html")
    page.wait_for_selector("body[data-ready=true] table")
    yield "coverage"


def conversations(visitor: Visitor) -> Iterator[str]:
    page = visitor.page
    visitor.be(SANNE, KLAS_3B)
    visitor.type("Wie heeft het huiswerk?")
    visitor.type("/vraag mag ik mijn leraar filmen")
    expect(visitor.conversation).to_contain_text("Alleen zichtbaar voor jou")
    action(page, "Reageer").first.click()
    yield "group with a private answer, replying"
    action(page, "Leden").click()
    yield "members"
    visitor.be(OLGA, OLGAS_DM)
    yield "direct message with nothing in it"
    visitor.be(SANNE, SANNES_DM)
    visitor.type("mag ik een foto van mijn klasgenoot plaatsen?")
    expect(visitor.conversation.locator(".by-bot .card").last).to_be_visible()
    yield "direct message with a card"
    page.locator("#composer").fill("/")
    yield "slash menu"
    page.locator("#composer").fill("")
    action(page, "+").click()
    yield "quick commands"
    page.goto(f"{visitor.address}/#as={OLGA}&space={OLGAS_DM}&tab=home")
    expect(visitor.conversation).to_contain_text("Welkom!")
    yield "home"
    page.goto(f"{visitor.address}/#as={KARIN}")
    page.locator("[data-me]").click()
    yield "choosing somebody else"


def dialogs(visitor: Visitor) -> Iterator[str]:
    page = visitor.page
    page.goto("about:blank")
    page.goto(f"{visitor.address}/#as={KARIN}")
    action(page, "Nieuwe groep").click()
    yield "new space"
    visitor.be(SANNE, SANNES_DM)
    visitor.type("/melden")
    expect(visitor.dialog).to_contain_text("Waar gaat het over?")
    visitor.press("Pesten of buitensluiten")
    expect(visitor.dialog).to_contain_text("Wat is er gebeurd?")
    yield "dialog with fields"
    page.keyboard.press("Escape")
    expect(visitor.dialog).to_have_count(0)


def workshop(visitor: Visitor, size: str) -> Iterator[str]:
    page = visitor.page
    visitor.be(SANNE, SANNES_DM)
    if size == "phone":
        action(page, "Meer").click()
    action(page, "Storingen").click()
    yield "faults"
    page.keyboard.press("Escape")
    action(page, "Proefschool").click()
    yield "demo school menu"
    page.keyboard.press("Escape")
    action(page, "Inspecteur").click()
    page.locator("[data-log] > summary").first.click()
    yield "inspector"
    page.keyboard.press("Escape")
    if size == "phone":
        action(page, "Meer").click()
    action(page, "Vergrendelscherm").click()
    expect(page.locator("[data-lock-screen]")).to_be_visible()
    yield "lock screen"


def test_an_outline_a_carousel_and_fields_with_problems_are_accessible_too(stage: PageStage, axe: str) -> None:
    stage.shows(
        {"hologram": {"depth": 3}},
        {"carousel": {"carouselCards": [{"widgets": [{"textParagraph": {"text": "kaart"}}]}]}},
        {"image": {"imageUrl": "https://pictures.rgo.example/photo.png"}},
        {"decoratedText": {"text": "stil", "switchControl": {"name": "stil", "selected": True}}},
        {"dateTimePicker": {"name": "dag", "label": "Dag", "type": "DATE_ONLY"}},
        {"selectionInput": {"name": "wie", "label": "Wie", "type": "MULTI_SELECT", "items": ITEMS}},
        {"textInput": {"name": "naam", "label": "Naam", "initialSuggestions": {"items": ITEMS}}},
        buttons(button("Klaar", allWidgetsAreRequired=True)),
    )
    visitor = stage.somebody(SANNE, SANNES_DM)
    visitor.conversation.get_by_role("button", name="Klaar").click()
    expect(visitor.conversation).to_contain_text("Vul dit in.")
    assert findings(visitor, axe) == []


def test_the_check_itself_finds_what_is_wrong(stage: PageStage, axe: str) -> None:
    visitor = stage.somebody(SANNE, SANNES_DM)
    visitor.page.evaluate("document.body.append(document.createElement('button'))")
    assert any(line.startswith("button-name") for line in findings(visitor, axe))
