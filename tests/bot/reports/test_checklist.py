"""The checklist is data that a school can edit: each case gets the steps that law and protocol ask, and no verdict."""

import re
from importlib import resources

import pytest

from bot.protocol.loading import RGO_PROTOCOL, load
from bot.protocol.quoting import Quotations
from bot.reports.categories import Categories
from bot.reports.checklist.deadlines import Unit
from bot.reports.checklist.table import Checklist, ChecklistRefused, Row
from bot.school.helplines import Helplines

TEXT = resources.files("bot.reports").joinpath("data/checklist.toml").read_text(encoding="utf-8")
CATEGORIES, HELPLINES = Categories.load(), Helplines.load()
TABLE = Checklist.load(CATEGORIES)
POSSIBLE = sorted({code for row in TABLE.rows for code in row.categories})


def rows(code: str, by_staff: str = "") -> list[Row]:
    return list(TABLE.of(CATEGORIES[code], by_staff))


def keys(code: str, by_staff: str = "") -> list[str]:
    return [row.key for row in rows(code, by_staff)]


def test_every_article_that_a_step_names_was_read_by_us_as_it_stands_in_the_protocol() -> None:
    loaded = load(RGO_PROTOCOL)
    quotations = Quotations(loaded.document, loaded.reviewed)
    named = {row.article for row in TABLE.rows if row.article is not None}
    assert {article for article in named if not quotations.is_reviewed(article)} == set()
    assert named >= {"S1", "S2", "S3", "S4", "S5", "S6", "S7", "W3"}


def test_what_is_sexual_and_with_staff_begins_with_what_the_board_must_not_do_yet() -> None:
    found = rows("C01", "ja")
    assert found[0].title == "Nog niet doen: zelf onderzoeken, of de medewerker horen"
    assert found[1].article == "S3"
    assert "0900-1113111" in found[1].explanation
    for row in found[:2]:
        assert row.deadline is not None
        assert row.deadline.unit is Unit.NOW
    assert keys("C01").index("aangifte") < keys("C01").index("horen_na_overleg")
    assert "horen" not in keys("C01")


def test_what_is_about_staff_has_the_articles_for_staff_and_doubt_shows_both() -> None:
    staff, pupils = {"S1", "S2", "S3", "S4"}, {"S5", "S6"}
    assert staff <= set(keys("C14"))
    assert not pupils & set(keys("C14"))
    assert pupils <= set(keys("C09", "nee"))
    assert not staff & set(keys("C09", "nee"))
    assert staff | pupils <= set(keys("C09", "weet_niet"))
    assert not pupils & set(keys("C09", "ja"))


@pytest.mark.parametrize("code", ["C05", "C06"])
def test_a_cry_for_help_is_no_incident_nobody_is_heard_about_it_and_nothing_follows(code: str) -> None:
    assert not {"horen", "informeren", "politie", "S5", "S6", "herstel"} & set(keys(code))
    assert "zorg" in keys(code)


def test_a_leader_is_told_to_stop_where_it_may_be_for_the_board() -> None:
    for code in ("C02", "C09", "C14", "C21"):
        assert "medewerker_en_leerling" in keys(code)
    assert "medewerker_en_leerling" not in keys("C01")


@pytest.mark.parametrize(
    ("key", "within", "said_by"),
    [("datalek", "72 uur", "wet"), ("informeren", "1 maand", "wet"), ("horen", "5 schooldag", "voorstel")],
)
def test_a_deadline_says_whether_it_is_law_or_only_our_proposal(key: str, within: str, said_by: str) -> None:
    deadline = next(row.deadline for row in TABLE.rows if row.key == key)
    assert deadline is not None
    assert (f"{deadline.number} {deadline.unit}", deadline.said_by) == (within, said_by)


def test_no_word_of_the_table_judges_or_suggests_a_measure() -> None:
    said = " ".join(
        [*(f"{row.title} {row.explanation}" for row in TABLE.rows), *(line for m in TABLE.minutes for line in m.lines)]
    ).casefold()
    for word in ("dader", "schuldig", "score", "waarschijnlijk", "advies: schors", "valse melding", "anoniem"):
        assert word not in said
    assert re.search(r"\b(u|uw)\b", said) is None


@pytest.mark.parametrize("code", POSSIBLE)
def test_every_case_has_three_to_six_short_lines_for_now(code: str) -> None:
    minutes = TABLE.first_minutes(CATEGORIES[code])
    assert 3 <= len(minutes.lines) <= 6
    assert all(len(line) <= 130 for line in minutes.lines)


def test_an_image_of_a_pupil_is_not_looked_at_nor_sent_on() -> None:
    lines = " ".join(TABLE.first_minutes(CATEGORIES["C02"]).lines)
    for said in ("niet door", "bekijk ze niet", "toestel van de leerling", "112", "0900-8844", "Helpwanted", "geheim"):
        assert said in lines


def test_no_first_minutes_exist_for_what_cannot_be_sent() -> None:
    with pytest.raises(LookupError):
        TABLE.first_minutes(CATEGORIES["C20"])


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('sleutel = "S2"', 'sleutel = "S1"', "stap S1: deze sleutel staat er twee keer"),
        ('artikel = "W3"\n', "", "stap strategie: zet erbij waar dit vandaan komt"),
        ('sleutel = "S4"\n', 'sleutel = "S4"\nkleur = "rood"\n', "stap S4: kleur ontbreekt of hoort hier niet"),
        ('binnen = "72 uur"', 'binnen = "72 weken"', "stap datalek: deze termijn kan niet"),
        ('binnen = "72 uur"', 'binnen = "0 uur"', "stap datalek: deze termijn kan niet"),
        ('binnen = "72 uur"\n', "", "stap datalek: binnen en termijn horen bij elkaar"),
        ('voor = ["C15", "C16"]\nbinnen', 'voor = ["C99"]\nbinnen', "stap strategie: C99 is geen onderwerp"),
        ('route = "schoolleiding"', 'route = "mentor"', 'hier kan alleen "bestuur" of "schoolleiding" staan'),
        ('sleutel = "niet_zelf_onderzoeken"', 'sleutel = "later"', "C01: de eerste twee stappen"),
        ('voor = ["C17", "C18"]', 'voor = ["C17"]', "C18: hiervoor hoort er precies een lijst"),
        ('hulp = ["kindertelefoon"]', 'hulp = ["buurvrouw"]', "buurvrouw staat niet in de lijst met nummers"),
        ('  "Kritiek op school mag. Ga geen accounts in de gaten houden.",\n', "", "er horen 3 tot 6 regels te staan"),
        ('titel = "Beide kanten gehoord"', 'titel = ""', "stap horen: een titel telt 1 tot 120 tekens"),
        ('sleutel = "horen"', 'sleutel = "beide kanten"', "stap beide kanten: een sleutel is een woord"),
        ("\n[groepen]", "\n[groepen", "is niet te lezen"),
    ],
)
def test_a_mistake_in_the_table_is_refused_with_its_place(old: str, new: str, message: str) -> None:
    assert old in TEXT
    with pytest.raises(ChecklistRefused, match=re.escape(message)):
        Checklist.parse(TEXT.replace(old, new, 1), CATEGORIES, HELPLINES)


def test_a_subject_without_a_step_is_refused() -> None:
    with pytest.raises(ChecklistRefused, match="hiervoor staat er geen stap"):
        Checklist.parse("", CATEGORIES, HELPLINES)
