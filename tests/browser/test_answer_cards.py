"""Answers as people see them, on a laptop and on a phone: a card, a choice, an article, /magdit and "klopt niet"."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from bot.school.people import Role
from tests.browser.demo import CARDS, LAPTOP, PHONE, SIGHTS, Visitor, browser, chromium_path, demo
from tests.dialogue import rgo_protocol

SANNE, KARIN = "users/101", "users/201"
SANNE_DIRECT = "spaces/DM101"
PHOTO = "mag ik een foto van mijn klasgenoot op insta zetten?"
A6 = "tenzij betrokkenen uitdrukkelijk toestemming voor plaatsing hebben gegeven."

MIDDLING = (
    "wat zijn bijzondere aangelegenheden",
    "Zijn jullie tegen Snap en dat soort dingen?",
    "Hoe treden jullie op als een kind online wordt afgeperst?",
    "Kan een ouder last krijgen van wat hij in de klassenapp zet?",
    "is dat alleen voor hier of overal",
)
"""Questions of which at least one leaves the matcher in doubt, whatever it learnt last."""


@pytest.mark.browser
@pytest.mark.parametrize(("size", "dialect"), SIGHTS)
def test_answers_can_be_read_on_any_screen(tmp_path: Path, size: str, dialect: str) -> None:
    viewport = LAPTOP if size == "laptop" else PHONE
    with demo(tmp_path / "demo", dialect) as address, browser(chromium_path()) as chromium:
        visitor = Visitor(chromium.new_page(viewport=viewport, locale="nl-NL"), address)
        answers(visitor, size)
        sharing(visitor, size)
        articles(visitor, size)
        may_i_post_this(visitor, size)
        opinion(visitor, size)


def answers(visitor: Visitor, size: str) -> None:
    visitor.be(SANNE, SANNE_DIRECT)
    visitor.type(PHOTO)
    expect(visitor.conversation).to_contain_text("Het mag alleen als iedereen")
    expect(visitor.conversation.get_by_text(A6).last).to_be_hidden()
    looks_right(visitor, f"answer-{size}")
    letter_for_letter = visitor.conversation.locator("section").filter(has_text="Zo staat het in het protocol").last
    letter_for_letter.get_by_role("button", name="tonen").click()
    expect(visitor.conversation.get_by_text(A6).last).to_be_visible()
    looks_right(visitor, f"answer-unfolded-{size}")
    visitor.type("en voor docenten?")
    see(visitor, "Dit geldt ook voor medewerkers.")
    looks_right(visitor, f"answer-going-on-{size}")
    protocol = rgo_protocol()
    visitor.type(next(each for each in MIDDLING if protocol.answer(each, Role.PUPIL, "nl").doubtful))
    see(visitor, "Geen van deze")
    looks_right(visitor, f"answer-choice-{size}")


def sharing(visitor: Visitor, size: str) -> None:
    """What somebody asked for themselves is given to the group, without the question."""
    visitor.be(SANNE, "spaces/KLAS3B")
    visitor.type(f"/vraag {PHOTO}")
    visitor.conversation.get_by_role("button", name="Deel dit artikel met de groep").last.click()
    see(visitor, "Gedeeld met de groep")
    looks_right(visitor, f"shared-own-{size}")
    visitor.be("users/102", "spaces/KLAS3B")
    see(visitor, "Uit het protocol sociale media")
    expect(visitor.conversation).not_to_contain_text("insta")
    looks_right(visitor, f"shared-{size}")
    visitor.be(SANNE, SANNE_DIRECT)


def articles(visitor: Visitor, size: str) -> None:
    visitor.type("/protocol A6")
    see(visitor, "Terug naar het hoofdstuk")
    looks_right(visitor, f"protocol-article-{size}")
    visitor.type("/protocol foto van een klasgenoot")
    see(visitor, "Terug naar de hoofdstukken")
    looks_right(visitor, f"protocol-found-{size}")


def may_i_post_this(visitor: Visitor, size: str) -> None:
    visitor.type("/magdit")
    expect(visitor.dialog).to_contain_text("Wat wil je plaatsen?")
    looks_right(visitor, f"magdit-step-{size}")
    for label in ("Foto, film of geluid van school", "Anderen, of ik met anderen", "Ja, allemaal", "Ja"):
        visitor.press(label)
    # The page before has a "Nee" as well.
    expect(visitor.dialog).to_contain_text("jonger dan 16")
    visitor.press("Nee")
    expect(visitor.dialog).to_contain_text("Dit mag volgens artikel A6.")
    looks_right(visitor, f"magdit-verdict-{size}")
    visitor.press("Stoppen")
    expect(visitor.dialog).to_have_count(0)


def opinion(visitor: Visitor, size: str) -> None:
    visitor.type(PHOTO)
    visitor.conversation.get_by_role("button", name="Klopt niet").last.click()
    expect(visitor.dialog).to_contain_text("Bewaar mijn vraag erbij")
    looks_right(visitor, f"opinion-{size}")


def see(visitor: Visitor, words: str) -> None:
    """Wait until it is there, and scroll to it as a reader would."""
    expect(visitor.conversation).to_contain_text(words)
    visitor.conversation.get_by_text(words).last.scroll_into_view_if_needed()


def looks_right(visitor: Visitor, name: str) -> None:
    expect(visitor.page.locator("body")).not_to_contain_text("kent de proefomgeving nog niet")
    assert visitor.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), name
    visitor.picture(name, CARDS)
