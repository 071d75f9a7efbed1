"""Every card and dialog that the bot shows is shown by the page, on a laptop and on a phone."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.demo import CARDS, LAPTOP, PHONE, SIGHTS, Visitor, browser, chromium_path, demo

SANNE, FINN, KARIN, OLGA, ARIE = "users/101", "users/104", "users/201", "users/301", "users/701"
KLAS_3B = "spaces/KLAS3B"
UNKNOWN = "kent de proefomgeving nog niet"


def direct(user: str) -> str:
    return f"spaces/DM{user.removeprefix('users/')}"


MESSAGES = [
    ("help", SANNE, "/hulp", "0800-0113"),
    ("explain", OLGA, "/uitleg", "Wie leest wat?"),
    ("privacy", SANNE, "/privacy", "Je meldingen"),
    ("protocol", SANNE, "/protocol", "Sancties en gevolgen"),
    ("not-in-protocol", SANNE, "hoe laat begint de eerste les", "niet in het protocol"),
    ("offer", SANNE, "ik word gepest in de klassenapp", "privé"),
    ("rules", KARIN, "/groepsregels", "Zo gaan we met elkaar om"),
]


@pytest.mark.browser
@pytest.mark.parametrize(("size", "dialect"), SIGHTS)
def test_the_page_shows_every_card_and_dialog_without_sideways_scrolling(
    tmp_path: Path, size: str, dialect: str
) -> None:
    viewport = LAPTOP if size == "laptop" else PHONE
    with demo(tmp_path / "demo", dialect) as address, browser(chromium_path()) as chromium:
        visitor = Visitor(chromium.new_page(viewport=viewport, locale="nl-NL"), address)
        for name, user, text, expected in MESSAGES:
            visitor.be(user, KLAS_3B if user == KARIN else direct(user))
            visitor.type(text)
            expect(visitor.conversation).to_contain_text(expected)
            looks_right(visitor, f"{name}-{size}")
        report_dialog(visitor, size)
        casework(visitor, size)
        reminders(visitor, size)
        numbers_and_own_data(visitor, size)
        a_pupil_adds_the_bot(visitor, size)
        if dialect == "classic":
            home(visitor, size)


def report_dialog(visitor: Visitor, size: str) -> None:
    visitor.be(SANNE, direct(SANNE))
    visitor.type("/melden")
    expect(visitor.dialog).to_contain_text("Waar gaat het over?")
    looks_right(visitor, f"report-1-topics-{size}")
    visitor.press("Iemand dreigt met een foto of filmpje van mij")
    expect(visitor.dialog).to_contain_text("niet jouw schuld")
    looks_right(visitor, f"report-2-tell-{size}")
    visitor.dialog.get_by_label("Wat is er gebeurd?").fill("Iemand wil geld, anders stuurt hij een foto rond.")
    for label in ("Ja", "Nee"):
        visitor.dialog.get_by_label(label, exact=True).nth(0 if label == "Ja" else 1).check()
    visitor.press("Verder")
    expect(visitor.dialog).to_contain_text("Gaat het over een van deze mensen?")
    looks_right(visitor, f"report-3-who-{size}")
    visitor.dialog.locator("[data-value='zonder_naam']").click()
    visitor.press("Verder")
    expect(visitor.dialog).to_contain_text("Kijk het nog even na")
    looks_right(visitor, f"report-4-review-{size}")
    visitor.press("Verstuur")
    expect(visitor.dialog).to_contain_text("Je code")
    looks_right(visitor, f"report-5-sent-{size}")
    visitor.page.keyboard.press("Escape")
    visitor.type("/mijnberichten")
    expect(visitor.dialog).to_contain_text("afgeleverd")
    looks_right(visitor, f"own-{size}")


def casework(visitor: Visitor, size: str) -> None:
    """A leader reads the case, takes it on and writes to its reporter, who finds the answer."""
    visitor.be(OLGA, direct(OLGA))
    visitor.type("/zaken")
    expect(visitor.dialog).to_contain_text("Nieuw")
    looks_right(visitor, f"case-1-inbox-{size}")
    visitor.dialog.get_by_role("button", name=re.compile("^Open zaak|^Openen")).first.click()
    expect(visitor.dialog).to_contain_text("Nog niemand")
    looks_right(visitor, f"case-2-closed-{size}")
    visitor.dialog.get_by_role("button", name=re.compile("Lees het verhaal|Lees verhaal")).click()
    expect(visitor.dialog).to_contain_text("Iemand wil geld")
    looks_right(visitor, f"case-3-story-{size}")
    visitor.press("Ik pak dit op")
    expect(visitor.dialog).to_contain_text("Pakt dit op.")
    looks_right(visitor, f"case-4-taken-{size}")
    visitor.press("Bericht aan melder")
    expect(visitor.dialog).to_contain_text("De melder leest dit in een privévenster")
    looks_right(visitor, f"case-5-message-{size}")
    visitor.dialog.get_by_role("textbox").fill("Goed dat je dit vertelt. Kun je morgen langskomen?")
    visitor.press("Bericht versturen")
    expect(visitor.dialog).to_contain_text("Bericht aan de melder")
    visitor.press("Overdragen")
    expect(visitor.dialog).to_contain_text("Aanbieden")
    looks_right(visitor, f"case-6-handing-over-{size}")
    visitor.dialog.get_by_label("Hans Hoofd").check()
    visitor.press("Aanbieden")
    visitor.press("Afsluiten")
    expect(visitor.dialog).to_contain_text("met zijn tweeën")
    looks_right(visitor, f"case-7-closing-{size}")
    visitor.page.keyboard.press("Escape")
    visitor.be(SANNE, direct(SANNE))
    visitor.type("/mijnberichten")
    visitor.dialog.get_by_role("button", name=re.compile("^Bekijk")).first.click()
    expect(visitor.dialog).to_contain_text("Kun je morgen langskomen?")
    looks_right(visitor, f"own-report-{size}")
    visitor.page.keyboard.press("Escape")


def reminders(visitor: Visitor, size: str) -> None:
    """A teacher looks at what comes in the group, and pauses it."""
    visitor.be(KARIN, KLAS_3B)
    visitor.type("/groepsregels")
    buttons = visitor.conversation.get_by_role("button", name="Herinneringen aanpassen")
    expect(buttons, "the first came with the messages").to_have_count(2)
    buttons.last.click()
    expect(visitor.dialog).to_contain_text("Hoe vaak?")
    looks_right(visitor, f"reminders-{size}")
    visitor.dialog.get_by_label("Elke twee weken").check()
    visitor.dialog.get_by_label("Even niet?").select_option(index=1)
    visitor.press("Bewaar")
    expect(visitor.dialog).to_contain_text("Bewaard.")
    looks_right(visitor, f"reminders-saved-{size}")
    visitor.dialog.get_by_role("button", name="Sla de eerste over").evaluate("each => each.scrollIntoView()")
    looks_right(visitor, f"reminders-coming-{size}")
    visitor.page.keyboard.press("Escape")


def numbers_and_own_data(visitor: Visitor, size: str) -> None:
    visitor.be(OLGA, direct(OLGA))
    visitor.type("/zaken")
    visitor.press("Jaaroverzicht")
    expect(visitor.dialog).to_contain_text("Aantal meldingen")
    looks_right(visitor, f"overview-{size}")
    visitor.press("Terug naar zaken")
    visitor.dialog.get_by_role("button", name=re.compile("^Open zaak|^Openen")).first.click()
    visitor.dialog.get_by_role("button", name=re.compile("Lees het verhaal|Lees verhaal")).click()
    visitor.press("Stappen volgens het protocol")
    expect(visitor.dialog).to_contain_text("Nog open")
    looks_right(visitor, f"case-steps-{size}")
    visitor.page.keyboard.press("Escape")
    visitor.be(SANNE, direct(SANNE))
    visitor.type("/privacy")
    visitor.conversation.get_by_role("button", name="Laat zien wat je over mij bewaart").last.click()
    expect(visitor.dialog).to_contain_text("Wat ik over jou bewaar")
    looks_right(visitor, f"own-data-{size}")
    visitor.press("Wis mijn gegevens")
    looks_right(visitor, f"own-data-erase-{size}")
    visitor.page.keyboard.press("Escape")


def a_pupil_adds_the_bot(visitor: Visitor, size: str) -> None:
    visitor.be(FINN, "spaces/KLAS2A")
    visitor.page.get_by_role("button", name="Protocolbot toevoegen").click()
    expect(visitor.conversation).to_contain_text("nog niet goedgekeurd")
    looks_right(visitor, f"waiting-{size}")
    visitor.be(ARIE, direct(ARIE))
    expect(visitor.conversation).to_contain_text("Klas 2A")
    looks_right(visitor, f"approval-{size}")
    visitor.type("/beheer")
    expect(visitor.dialog).to_contain_text("Klas 2A")
    looks_right(visitor, f"admin-{size}")
    visitor.page.keyboard.press("Escape")
    visitor.conversation.get_by_role("button", name="Goedkeuren").click()
    expect(visitor.conversation).to_contain_text("Goedgekeurd")
    visitor.be(FINN, "spaces/KLAS2A")
    expect(visitor.conversation).to_contain_text("Zo gaan we met elkaar om")
    looks_right(visitor, f"welcome-{size}")


def home(visitor: Visitor, size: str) -> None:
    visitor.page.goto("about:blank")
    visitor.page.goto(f"{visitor.address}/#as={OLGA}&space={direct(OLGA)}&tab=home")
    expect(visitor.conversation).to_contain_text("Welkom!")
    looks_right(visitor, f"home-{size}")


def looks_right(visitor: Visitor, name: str) -> None:
    expect(visitor.page.locator("body")).not_to_contain_text(UNKNOWN)
    assert visitor.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), name
    visitor.picture(name, CARDS)
