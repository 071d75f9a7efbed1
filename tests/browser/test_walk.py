"""The walk of the README: a pupil asks, reports; a school leader reads; a forwarded clock brings one reminder."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.demo import LAPTOP, PHONE, Visitor, browser, chromium_path, demo

QUESTION = "@Protocolbot mag ik een foto van mijn klasgenoot op insta zetten?"
A6 = "tenzij betrokkenen uitdrukkelijk toestemming voor plaatsing hebben gegeven."
STORY = "Iemand zet elke avond nare filmpjes van mij in een groepsapp."
SANNE, OLGA = "users/101", "users/301"
KLAS_3B = "spaces/KLAS3B"


def direct(user: str) -> str:
    return f"spaces/DM{user.removeprefix('users/')}"


@pytest.mark.browser
@pytest.mark.parametrize("dialect", ["classic", "addon"])
def test_a_stranger_sees_the_four_verbs(tmp_path: Path, dialect: str) -> None:
    """Ask, report, read, be reminded; on a laptop in classic, and the same as an add-on."""
    with demo(tmp_path / "demo", dialect) as address, browser(chromium_path()) as chromium:
        visitor = Visitor(chromium.new_page(viewport=LAPTOP, locale="nl-NL"), address)
        asks(visitor)
        if dialect == "classic":
            visitor.picture("walk")
        reports(visitor, pictures=dialect == "classic")
        reads(visitor, pictures=dialect == "classic")
        is_reminded(visitor)
        visitor.page.set_viewport_size(PHONE)
        visitor.be(OLGA, direct(OLGA))
        expect(visitor.conversation).to_contain_text("Er staat iets voor je klaar.")
        no_sideways_scrolling(visitor.page)
        if dialect == "classic":
            visitor.picture("phone")


def asks(visitor: Visitor) -> None:
    visitor.be(SANNE, KLAS_3B)
    visitor.type(QUESTION)
    expect(visitor.conversation).to_contain_text(A6)
    expect(visitor.conversation).to_contain_text("artikel 6 (A6), versie van 1 februari 2022")


def reports(visitor: Visitor, *, pictures: bool) -> None:
    visitor.type("/melden")
    expect(visitor.dialog).to_contain_text("Waar gaat het over?")
    visitor.press("Pesten of buitensluiten")
    visitor.dialog.get_by_label("Wat is er gebeurd?").fill(STORY)
    safe = visitor.dialog.get_by_role("radiogroup", name="Ben je nu veilig?")
    safe.get_by_label("Ja", exact=True).check()
    visitor.press("Verder")
    visitor.dialog.get_by_label("Met mijn naam").check()
    visitor.press("Verder")
    expect(visitor.dialog).to_contain_text("Olga Overzicht")
    expect(visitor.dialog).to_contain_text(STORY)
    if pictures:
        visitor.picture("review")
    visitor.press("Verstuur")
    expect(visitor.dialog).to_contain_text("Opgeslagen en afgeleverd")
    expect(visitor.dialog).to_contain_text(re.compile(r"[2-9A-Z]{4}-[2-9A-Z]{4}"))
    visitor.dialog.get_by_role("button", name="Sluiten", exact=True).last.click()
    expect(visitor.dialog).to_have_count(0)


def reads(visitor: Visitor, *, pictures: bool) -> None:
    visitor.be(OLGA, direct(OLGA))
    expect(visitor.conversation).to_contain_text("Er staat iets voor je klaar.")
    expect(visitor.conversation).not_to_contain_text(STORY)
    if pictures:
        visitor.picture("notice")
    visitor.conversation.get_by_role("button", name=re.compile("Open wat er voor je klaarstaat|Openen")).last.click()
    expect(visitor.dialog).to_contain_text("Nieuw")
    visitor.dialog.get_by_role("button", name=re.compile("^Open zaak|^Openen")).first.click()
    visitor.dialog.get_by_role("button", name=re.compile("Lees het verhaal|Lees verhaal")).click()
    expect(visitor.dialog).to_contain_text(STORY)
    expect(visitor.dialog).to_contain_text("Sanne Voorbeeld")
    if pictures:
        visitor.picture("case")
    visitor.page.keyboard.press("Escape")
    expect(visitor.conversation).not_to_contain_text(STORY)


def is_reminded(visitor: Visitor) -> None:
    visitor.be(SANNE, KLAS_3B)
    reminder = visitor.conversation.get_by_text("Even herinneren")
    for _ in range(5):
        tomorrow_in_the_break(visitor)
        timer_ticks(visitor)
        if reminder.count():
            break
    expect(reminder).to_have_count(1)
    expect(visitor.conversation).to_contain_text("artikel")
    timer_ticks(visitor)
    expect(reminder).to_have_count(1)


def tomorrow_in_the_break(visitor: Visitor) -> None:
    with visitor.page.expect_response(re.compile("/_sim/clock")):
        visitor.page.get_by_role("button", name="volgende dag 12:30").click()


def timer_ticks(visitor: Visitor) -> None:
    with visitor.page.expect_response(re.compile("/_sim/jobs/minute")) as ran:
        visitor.page.get_by_role("button", name="taken draaien").click()
    assert ran.value.json()["exit"] == 0
    # The page hears of the new message a moment later.
    visitor.page.wait_for_timeout(500)


def no_sideways_scrolling(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
