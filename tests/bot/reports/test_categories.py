"""The table of subjects is data that a school can edit: what cannot be used is refused with its row."""

from importlib import resources

import pytest

from bot.protocol.loading import RGO_PROTOCOL, load
from bot.reports.categories import Board, Categories, CategoriesRefused, Offered
from bot.reports.ports import Urgency
from bot.school.helplines import Helplines
from bot.school.people import Role

TEXT = resources.files("bot.reports").joinpath("data/categories.toml").read_text(encoding="utf-8")
TABLE = Categories.load()


def test_all_twenty_one_rows_are_there_and_six_stand_on_the_first_screen() -> None:
    assert sorted(TABLE.rows) == [f"C{number:02}" for number in range(1, 22)]
    assert [row.code for row in TABLE.offered()] == ["C02", "C07", "C04", "C09", "C14", "C21"]
    assert {row.code for row in TABLE.offered(Offered.NEVER)} == {"C01", "C16"}


def test_every_number_and_every_article_that_a_row_names_exists() -> None:
    lines, articles = Helplines.load().rows, {article.code for article in load(RGO_PROTOCOL).document.articles}
    for row in TABLE.rows.values():
        assert set(row.help) <= set(lines), row.code
        assert set(row.articles) <= articles, row.code


def test_what_responsible_use_says_of_routes_and_urgency_is_what_the_table_says() -> None:
    urgent = {row.code for row in TABLE.rows.values() if row.urgency is Urgency.NOW}
    assert urgent == {"C01", "C02", "C03", "C04", "C05", "C06"}
    assert {row.code for row in TABLE.rows.values() if row.to_board} == {"C01"}
    assert {row.code for row in TABLE.rows.values() if row.board is Board.ALL} == {"C04", "C13"}
    assert TABLE["C02"].board is Board.CODE
    assert not TABLE["C05"].articles
    assert not TABLE["C06"].articles


@pytest.mark.parametrize(
    ("role", "offered"),
    [
        (Role.PUPIL, False),
        (Role.PARENT, False),
        (Role.UNKNOWN, False),
        (Role.STAFF, True),
        (Role.LEADER, True),
        (Role.BOARD, True),
    ],
)
def test_what_is_about_working_at_school_is_offered_to_who_works_there(role: Role, *, offered: bool) -> None:
    assert TABLE["C15"].is_for(role) == offered
    assert TABLE["C07"].is_for(role)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('code = "C07"', 'code = "C02"', "staat twee keer"),
        ('code = "C21"', 'code = "C22"', "mist C21"),
        ('code = "C01"', 'code = "C99"', "mist C01"),
        ('route = "bestuur"', 'route = "schoolleiding"', "C01 hoort"),
        ('route = "bestuur"', 'route = "conciërge"', "C01: een route is"),
        ('dringend = "U3"', 'dringend = "U9"', "C17: 'U9'"),
        ('vragen = ["seksueel"]', 'vragen = ["kleur"]', "C14: 'kleur'"),
        ('bestuur = "code"', 'bestuur = "soms"', "C02: 'soms'"),
        ('voor = ["medewerker"]', 'voor = ["buur"]', "C15: 'buur'"),
        ('keuze = "meer"', "kleur = 1", "C03: keuze"),
        ("[[categorie]]", "[[categorie", "niet te lezen"),
    ],
)
def test_a_table_that_cannot_be_used_is_refused_with_its_row(old: str, new: str, message: str) -> None:
    assert old in TEXT
    with pytest.raises(CategoriesRefused, match=message):
        Categories.parse(TEXT.replace(old, new, 1))
