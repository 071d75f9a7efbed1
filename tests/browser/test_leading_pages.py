"""What a leader sees of a change of who reads reports, and what an admin sees of the school, on both sizes."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import expect

from bot.school.people import Email
from bot.school.seats.agreeing import Proposal
from bot.storage.transactions import Store
from handlers.command_line import main
from tests.browser.demo import LAPTOP, PHONE, SIGHTS, Visitor, browser, chromium_path, demo
from tests.browser.test_every_card import ARIE, KARIN, OLGA, direct, looks_right
from tests.databases import opened
from tests.dialogue import environment

NEW = Email("piet.pen@rgo.example")
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
REASON = "Piet wordt afdelingsleider bovenbouw"


def propose(folder: Path) -> None:
    """As `protocolbot school apply` does it."""
    with opened(f"sqlite:///{folder / 'protocolbot.db'}") as engine, Store(engine).write() as transaction:
        in_force = transaction.seats.in_force()
        assert in_force is not None
        seats = in_force.seats
        wanted = replace(seats, leadership=(*seats.leadership, NEW), names={**seats.names, NEW: "Piet Pen"})
        proposer = Email("arie.admin@rgo.example")
        assert transaction.seats.propose(Proposal("change", in_force.number, wanted, proposer, REASON, NOW))


@pytest.mark.browser
@pytest.mark.parametrize(("size", "dialect"), SIGHTS)
def test_who_reads_reports_and_the_pages_of_an_admin(tmp_path: Path, size: str, dialect: str) -> None:
    viewport = LAPTOP if size == "laptop" else PHONE
    with demo(tmp_path / "demo", dialect) as address, browser(chromium_path()) as chromium:
        visitor = Visitor(chromium.new_page(viewport=viewport, locale="nl-NL"), address)
        visitor.be(OLGA, direct(OLGA))
        visitor.type("/zaken")
        visitor.press("Wie meldingen leest")
        expect(visitor.dialog).to_contain_text("Alleen deze mensen kunnen meldingen krijgen")
        looks_right(visitor, f"seats-1-list-{size}")
        visitor.page.keyboard.press("Escape")
        propose(tmp_path / "demo")
        a_change(visitor, size)
        admin_pages(visitor, size)
        load_lists(tmp_path / "demo")
        missing_pupils(visitor, size)


def a_change(visitor: Visitor, size: str) -> None:
    visitor.type("/zaken")
    expect(visitor.dialog).to_contain_text("Iemand wil veranderen wie meldingen leest")
    looks_right(visitor, f"seats-2-waits-{size}")
    visitor.press("Bekijk de wijziging")
    expect(visitor.dialog).to_contain_text(REASON)
    looks_right(visitor, f"seats-3-change-{size}")
    visitor.press("Akkoord")
    expect(visitor.dialog).to_contain_text("De nieuwe lijst geldt vanaf nu")
    looks_right(visitor, f"seats-4-agreed-{size}")
    visitor.page.keyboard.press("Escape")


def admin_pages(visitor: Visitor, size: str) -> None:
    visitor.be(ARIE, direct(ARIE))
    visitor.type("/beheer")
    for label in ("Mensen", "Herinneringen", "Protocol", "Onderdelen", "Gezondheid"):
        visitor.press(label)
        expect(visitor.dialog).to_contain_text("Terug naar beheer")
        looks_right(visitor, f"admin-{label.lower()}-{size}")
        visitor.press("Terug naar beheer")
    visitor.press("Alle groepen")
    looks_right(visitor, f"admin-groups-{size}")
    visitor.page.keyboard.press("Escape")


def load_lists(folder: Path) -> None:
    lists = folder / "klassen.csv"
    lists.write_text("Klas;Naam;E-mail\n3B;Wie Weet;wie.weet@leerling.rgo.example\n", encoding="utf-8")
    env = environment(DATABASE_URL=f"sqlite:///{folder / 'protocolbot.db'}")
    done = CliRunner().invoke(main, ["roster", "import", str(lists)], env=env)
    assert done.exit_code == 0, done.output


def missing_pupils(visitor: Visitor, size: str) -> None:
    visitor.be(KARIN, "spaces/KLAS3B")
    visitor.type("/wieontbreekt")
    expect(visitor.conversation.locator("article").last).to_contain_text("Wie Weet")
    looks_right(visitor, f"missing-{size}")
