"""A pupil is blackmailed on a Saturday night: what she sees on her phone, and what the head teacher sees on hers."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.demo import LAPTOP, PHONE, SIGHTS, Visitor, browser, chromium_path, demo
from tests.browser.test_every_card import KARIN, OLGA, SANNE, direct, looks_right

HANS, BEA = "users/302", "users/401"
URGENT = "Er staat iets voor je klaar dat niet kan wachten."
NIGHT = "2026-11-28T21:40:00Z"


@pytest.mark.browser
@pytest.mark.parametrize(("size", "dialect"), SIGHTS)
def test_from_the_first_word_to_somebody_who_takes_it_on(tmp_path: Path, size: str, dialect: str) -> None:
    viewport = LAPTOP if size == "laptop" else PHONE
    with demo(tmp_path / "demo", dialect) as address, browser(chromium_path()) as chromium:
        visitor = Visitor(chromium.new_page(viewport=viewport, locale="nl-NL"), address)
        clock(visitor, NIGHT)
        she_reports(visitor, size)
        the_one_on_duty_hears_of_it(visitor, size)
        clock(visitor, "2026-11-28T22:15:00Z")
        nobody_did_anything(visitor, size)
        the_head_teacher_takes_it_on(visitor, size)
        what_else_there_is(visitor, size)


def clock(visitor: Visitor, moment: str) -> None:
    visitor.page.goto(visitor.address)
    assert visitor.page.request.post(f"{visitor.address}/_sim/clock", data={"now": moment}).ok
    assert visitor.page.request.post(f"{visitor.address}/_sim/jobs/minute", data={}).ok


def she_reports(visitor: Visitor, size: str) -> None:
    visitor.be(SANNE, direct(SANNE))
    visitor.type("/melden")
    looks_right(visitor, f"night-01-topics-{size}")
    visitor.press("Iemand dreigt met een foto of filmpje van mij")
    expect(visitor.dialog).to_contain_text("niet jouw schuld")
    looks_right(visitor, f"night-02-not-your-fault-{size}")
    visitor.dialog.get_by_label("Wat is er gebeurd?").fill("Iemand wil geld. Anders stuurt hij vannacht een foto rond.")
    visitor.dialog.get_by_label("Nee", exact=True).nth(0).check()
    visitor.dialog.get_by_label("Nee", exact=True).nth(1).check()
    looks_right(visitor, f"night-03-told-{size}")
    visitor.press("Verder")
    visitor.dialog.locator("[data-value='zonder_naam']").click()
    visitor.press("Verder")
    expect(visitor.dialog).to_contain_text("Doet niemand op tijd iets")
    looks_right(visitor, f"night-04-review-{size}")
    visitor.press("Verstuur")
    expect(visitor.dialog).to_contain_text("Je code")
    looks_right(visitor, f"night-05-sent-{size}")
    visitor.page.keyboard.press("Escape")


def the_one_on_duty_hears_of_it(visitor: Visitor, size: str) -> None:
    visitor.be(OLGA, direct(OLGA))
    expect(visitor.conversation).to_contain_text(URGENT)
    looks_right(visitor, f"night-06-notice-{size}")
    visitor.be(HANS, direct(HANS))
    expect(visitor.conversation).not_to_contain_text(URGENT)


def nobody_did_anything(visitor: Visitor, size: str) -> None:
    visitor.be(SANNE, direct(SANNE))
    visitor.type("/mijnberichten")
    visitor.dialog.get_by_role("button", name=re.compile("^Bekijk")).first.click()
    expect(visitor.dialog).to_contain_text("Nog niemand heeft dit gelezen")
    looks_right(visitor, f"night-07-nobody-read-it-{size}")
    visitor.page.keyboard.press("Escape")


def the_head_teacher_takes_it_on(visitor: Visitor, size: str) -> None:
    visitor.be(HANS, direct(HANS))
    expect(visitor.conversation).to_contain_text(URGENT)
    visitor.type("/zaken")
    looks_right(visitor, f"night-08-inbox-{size}")
    visitor.dialog.get_by_role("button", name=re.compile("^Open zaak|^Openen")).first.click()
    looks_right(visitor, f"night-09-closed-{size}")
    visitor.dialog.get_by_role("button", name=re.compile("Lees het verhaal|Lees verhaal")).click()
    expect(visitor.dialog).to_contain_text("Iemand wil geld")
    looks_right(visitor, f"night-10-story-{size}")
    visitor.press("Ik pak dit op")
    expect(visitor.dialog).to_contain_text("Pakt dit op.")
    looks_right(visitor, f"night-11-taken-{size}")
    visitor.page.keyboard.press("Escape")


def what_else_there_is(visitor: Visitor, size: str) -> None:
    visitor.type("/zaken")
    visitor.press("Ik ben er even niet")
    expect(visitor.dialog).to_contain_text("Wie valt voor je in?")
    looks_right(visitor, f"away-{size}")
    visitor.page.keyboard.press("Escape")
    visitor.be(KARIN, direct(KARIN))
    visitor.type("/overleg")
    expect(visitor.dialog).to_contain_text("Alleen deze persoon leest het")
    looks_right(visitor, f"consult-{size}")
    visitor.page.keyboard.press("Escape")
    visitor.be(SANNE, direct(SANNE))
    visitor.type("/melden")
    visitor.press("Eerst oefenen")
    expect(visitor.dialog).to_contain_text("Je oefent.")
    looks_right(visitor, f"practice-{size}")
