"""A handler takes a case out in a browser: from the button in the dialog to the file, on a laptop and on a phone."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Download, Page, expect

from tests.browser.demo import CARDS, LAPTOP, PHONE, Visitor, browser, chromium_path, demo
from tests.browser.test_every_card import OLGA, SANNE, direct, looks_right

STORY = "Öğretmen kızdı 😢 en niemand deed iets."  # noqa: RUF001 - Turkish


@pytest.mark.browser
@pytest.mark.parametrize("size", ["laptop", "phone"])
def test_from_the_button_to_the_file(tmp_path: Path, size: str) -> None:
    viewport = LAPTOP if size == "laptop" else PHONE
    with demo(tmp_path / "demo") as address, browser(chromium_path()) as chromium:
        visitor = Visitor(chromium.new_page(viewport=viewport, locale="nl-NL"), address)
        report(visitor)
        code, export = make_code(visitor, size)
        page = visitor.page
        heard: list[str] = []
        page.on("console", lambda message: heard.append(message.text))
        page.goto(export)
        fits(page)
        picture(page, f"export-3-page-{size}")
        wrong(page, size)
        kept = fetch(page, code, "JSON")
        content = json.loads(kept.path().read_text(encoding="utf-8"))
        assert content["story"] == STORY
        assert re.fullmatch(r"[2-9A-Z]{4}-[2-9A-Z]{4}\.json", kept.suggested_filename)
        fill(page, code, "PDF")
        expect(page.get_by_role("alert")).to_contain_text("Dat lukt niet")
        # The browser itself refused nothing: style and form are what the policy allows. It names the answer 403.
        assert [said for said in heard if "403" not in said] == []
        page.emulate_media(color_scheme="dark")
        picture(page, f"export-5-dark-{size}")


def report(visitor: Visitor) -> None:
    visitor.be(SANNE, direct(SANNE))
    visitor.type("/melden")
    visitor.press("Pesten of buitensluiten")
    visitor.dialog.get_by_label("Wat is er gebeurd?").fill(STORY)
    visitor.dialog.get_by_label("Ja", exact=True).first.check()
    visitor.press("Verder")
    visitor.dialog.locator("[data-value='zonder_naam']").click()
    visitor.press("Verder")
    visitor.press("Verstuur")
    expect(visitor.dialog).to_contain_text("Je code")
    visitor.page.keyboard.press("Escape")


def make_code(visitor: Visitor, size: str) -> tuple[str, str]:
    visitor.be(OLGA, direct(OLGA))
    visitor.type("/zaken")
    visitor.dialog.get_by_role("button", name=re.compile("^Open zaak|^Openen")).first.click()
    visitor.dialog.get_by_role("button", name=re.compile("Lees het verhaal|Lees verhaal")).click()
    visitor.press("Ik pak dit op")
    visitor.press("Exporteren")
    expect(visitor.dialog).to_contain_text("beschermen wij niet meer")
    looks_right(visitor, f"export-1-care-{size}")
    visitor.press("Maak een code")
    expect(visitor.dialog).to_contain_text("binnen 5 minuten")
    looks_right(visitor, f"export-2-code-{size}")
    found = re.search(r"[2-9A-Z]{5}-[2-9A-Z]{5}", visitor.dialog.inner_text())
    assert found
    link = visitor.dialog.get_by_role("link", name="Open de pagina")
    export = link.get_attribute("href")
    assert export
    return found[0], export


def wrong(page: Page, size: str) -> None:
    fill(page, "22222-22222", "PDF")
    expect(page.get_by_role("alert")).to_contain_text("Dat lukt niet")
    fits(page)
    picture(page, f"export-4-wrong-{size}")


def fetch(page: Page, code: str, form: str) -> Download:
    with page.expect_download() as download:
        fill(page, code, form)
    return download.value


def fill(page: Page, code: str, form: str) -> None:
    page.get_by_label("Code van 10 tekens").fill(code.lower())
    page.get_by_label(re.compile(form)).check()
    page.get_by_role("button", name="Ophalen").click()


def fits(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    height = page.get_by_role("button", name="Ophalen").bounding_box()
    assert height
    assert height["height"] >= 44, "a finger needs 44 pixels"


def picture(page: Page, name: str) -> None:
    CARDS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=CARDS / f"{name}.png", full_page=True)
