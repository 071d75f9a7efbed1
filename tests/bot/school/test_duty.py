"""Who is on duty, as the school's file says: a person and a deputy a day, and every mistake named with its place."""

from datetime import date

import pytest

from bot.school.duty import Duty, on_duty
from bot.school.file import read_school
from bot.school.people import Email
from bot.school.reading.place import SchoolFileError
from tests.dialogue import ROOT

TEXT = (ROOT / "school.toml").read_text(encoding="utf-8")
DUTIES = read_school(TEXT).duties
OLGA, HANS, BEA = (Email(f"{name}@rgo.example") for name in ("olga.overzicht", "hans.hoofd", "bea.bestuur"))
FIRST_ROW = TEXT[TEXT.index("[[piket.dienst]]") :].split("\n\n", 1)[0]
ALL_ROWS = TEXT[TEXT.index("[[piket.dienst]]") : TEXT.index("# Wie je op school kunt bellen.")]


def refusal(old: str, new: str) -> str:
    assert old in TEXT, "the demo school changed; this mistake cannot be made any more"
    with pytest.raises(SchoolFileError) as refused:
        read_school(TEXT.replace(old, new, 1))
    return str(refused.value)


@pytest.mark.parametrize(
    ("day", "person", "deputy"),
    [
        (date(2026, 11, 23), OLGA, HANS),
        (date(2026, 11, 29), OLGA, HANS),
        (date(2026, 11, 30), HANS, OLGA),
        (date(2026, 12, 25), BEA, OLGA),
    ],
)
def test_a_duty_runs_from_its_first_to_its_last_day_holidays_and_weekends_too(
    day: date, person: Email, deputy: Email
) -> None:
    found = on_duty(DUTIES, day)
    assert found is not None
    assert (found.person, found.deputy) == (person, deputy)


@pytest.mark.parametrize("day", [date(2026, 11, 22), date(2026, 12, 7), date(2026, 12, 18), date(2027, 1, 4)])
def test_on_a_day_that_nobody_was_named_for_nobody_is_on_duty(day: date) -> None:
    assert on_duty(DUTIES, day) is None


def test_a_duty_of_one_day_is_a_duty() -> None:
    day = date(2026, 11, 24)
    duty = Duty(day, day, OLGA, HANS)
    assert on_duty((duty,), day) == duty


def test_a_school_without_duties_is_a_school() -> None:
    assert read_school(TEXT.replace(ALL_ROWS, "")).duties == ()
    assert read_school(TEXT.replace(ALL_ROWS, "[piket]\n")).duties == ()


def test_the_order_of_the_file_does_not_matter() -> None:
    rows = [row for row in ALL_ROWS.split("\n\n") if row]
    assert len(rows) == len(DUTIES) == 3
    assert read_school(TEXT.replace(ALL_ROWS, "\n\n".join(reversed(rows)) + "\n\n")).duties == DUTIES


def test_capitals_in_an_address_are_no_other_person() -> None:
    text = TEXT.replace('wie = "olga.overzicht@rgo.example"', 'wie = "Olga.Overzicht@RGO.example"')
    assert text != TEXT
    assert read_school(text).duties == DUTIES


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("[[piket.dienst]]", "[[pikket.dienst]]", "pikket: dit woord hoort hier niet. Kies uit: demo, school"),
        ("[[piket.dienst]]", "[[piket.diensten]]", "piket > diensten: dit woord hoort hier niet. Kies uit: dienst"),
        ("vervanger = ", "plaatsvervanger = ", "piket > dienst, nummer 1 > plaatsvervanger: dit woord hoort hier niet"),
        (ALL_ROWS, FIRST_ROW.replace("piket.dienst", "piket") + "\n\n", "piket: hier hoort een blok [piket]"),
        (ALL_ROWS, FIRST_ROW.replace("[[piket.dienst]]", "[piket.dienst]") + "\n\n", "piket > dienst: de diensten"),
        (ALL_ROWS, "[piket]\ndienst = 3\n", "piket > dienst: de diensten hoort een lijst van blokken"),
    ],
)
def test_a_misspelt_duty_is_told_because_nobody_would_be_warned(old: str, new: str, place: str) -> None:
    assert place in refusal(old, new)


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("van = 2026-11-23\n", "", "piket > dienst, nummer 1 > van: de eerste dag van de dienst ontbreekt"),
        ("van = 2026-11-23", 'van = "maandag"', "piket > dienst, nummer 1 > van"),
        ("van = 2026-11-23", "van = 2026-11-23T08:00:00", "piket > dienst, nummer 1 > van"),
        ("tot = 2026-11-29\n", "", "piket > dienst, nummer 1 > tot: de laatste dag van de dienst ontbreekt"),
        ("tot = 2026-11-29", "tot = 2026-11-22", "piket > dienst, nummer 1 > tot: de laatste dag komt niet voor"),
        ("tot = 2026-11-29", "tot = 2026-11-30", "piket > dienst, nummer 2: op een van deze dagen loopt ook dienst"),
        ("van = 2026-12-19", "van = 2026-11-01", "piket > dienst, nummer 3: op een van deze dagen loopt ook dienst"),
        ("tot = 2026-12-06", "tot = 2027-02-01", "loopt ook dienst nummer 2"),
    ],
)
def test_days_that_cannot_be_meant_are_named(old: str, new: str, place: str) -> None:
    assert place in refusal(old, new)


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ('wie = "olga', 'wie = "olg', "piket > dienst, nummer 1 > wie: olg.overzicht@rgo.example staat niet bij"),
        ('wie = "olga.overzicht@rgo.example"\n', "", "piket > dienst, nummer 1 > wie: wie dienst heeft ontbreekt"),
        ('wie = "olga.overzicht@rgo.example"', "wie = 1", "piket > dienst, nummer 1 > wie: wie dienst heeft"),
        ('vervanger = "hans.hoofd@rgo.example"\n', "", "piket > dienst, nummer 1 > vervanger: wie de vervanger is"),
        ('vervanger = "hans.hoofd', 'vervanger = "karin.krijtje', "> vervanger: karin.krijtje@rgo.example staat niet"),
        ('vervanger = "hans.hoofd', 'vervanger = "arie.admin', "> vervanger: arie.admin@rgo.example staat niet bij"),
        ('vervanger = "hans.hoofd', 'vervanger = "tom.toezicht', "bij [ontvangers], bij schoolleiding of bestuur"),
        ('vervanger = "hans.hoofd', 'vervanger = "vera.vertrouwen', "> vervanger: vera.vertrouwen@rgo.example staat"),
        ('vervanger = "hans.hoofd', 'vervanger = "Olga.Overzicht', "> vervanger: noem iemand anders dan wie dienst"),
    ],
)
def test_somebody_who_reads_no_reports_or_is_the_own_deputy_is_not_on_duty(old: str, new: str, place: str) -> None:
    assert place in refusal(old, new)


def test_who_is_taken_from_the_recipients_must_leave_the_duties_too() -> None:
    said = refusal('schoolleiding = ["olga.overzicht@rgo.example", "hans', 'schoolleiding = ["hans')
    assert "piket > dienst, nummer 1 > wie: olga.overzicht@rgo.example staat niet bij [ontvangers]" in said
