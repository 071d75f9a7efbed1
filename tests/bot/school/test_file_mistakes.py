"""Mistakes that a busy person makes in the school's file: each is named with its place, and none counts in silence."""

from collections.abc import Callable

import pytest

from bot.school.facts import Part, SchoolFacts
from bot.school.file import NEEDED_DECISIONS, read_school
from bot.school.reading.place import SchoolFileError
from tests.dialogue import ROOT

TEXT = (ROOT / "school.toml").read_text(encoding="utf-8")


def refusal(old: str, new: str) -> str:
    assert old in TEXT, "the demo school changed; this mistake cannot be made any more"
    with pytest.raises(SchoolFileError) as refused:
        read_school(TEXT.replace(old, new, 1))
    return str(refused.value)


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("demo = true", "dmeo = true", "dmeo: dit woord hoort hier niet. Kies uit: demo, school"),
        ('naam = "Regionale', 'naaam = "Regionale', "school > naaam"),
        ("medewerker_mag_zelf_toevoegen", "medewerkers_mogen_zelf_toevoegen", "groepen > medewerkers_mogen"),
        ('rollen = ["leerling"]', 'rolen = ["leerling"]', "mensen, nummer 1 > rolen"),
        ('laatste = "vera', 'laaste = "vera', "ontvangers > laaste"),
        ('telefoon = "0000 - 00 00 01"', 'tel = "0000"', "contact, nummer 1 > tel"),
        ("[[tijden.vrij]]", "[[tijden.vrije]]", "tijden > vrije"),
        ("tot = 10:30:00", "to = 10:30:00", "tijden > pauze, nummer 1 > to"),
        ('naam = "Studiedag"', 'name = "Studiedag"', "tijden > vrij, nummer 1 > name"),
        (
            'hosting = { door = "bestuur (demo)", ',
            'hosting = { door = "bestuur", wie = "x", ',
            "besluiten > hosting > wie",
        ),
    ],
)
def test_a_misspelt_word_is_told_because_what_it_says_would_not_count(old: str, new: str, place: str) -> None:
    said = refusal(old, new)
    assert place in said
    assert "Kies uit: " in said


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("van = 2026-12-04", "van = 2026-12-04T08:00:00", "tijden > vrij, nummer 1 > van: de eerste dag"),
        ("tot = 2026-12-04", "tot = 2026-12-03", "tijden > vrij, nummer 1 > tot"),
        ("datum = 2026-09-01", "datum = 2026-09-01T09:00:00Z", "besluiten > hosting > datum"),
        ("datum = 2026-09-01", 'datum = "1 september"', "besluiten > hosting > datum"),
        ("datum = 2026-09-01", "datum = 2026-13-01", "geen geldige TOML"),
        ('"Europe/Amsterdam"', '"Europe"', "tijden > tijdzone"),
        ('"Europe/Amsterdam"', '"/etc/passwd"', "tijden > tijdzone"),
        ("tot = 10:30:00", "tot = 10:10:00", "tijden > pauze, nummer 1"),
        ("van = 10:10:00\ntot = 10:30:00", "van = 03:10:00\ntot = 03:30:00", "tijden > pauze, nummer 1"),
        ("van = 12:10:00\ntot = 12:40:00", "van = 16:00:00\ntot = 16:20:00", "tijden > pauze, nummer 2"),
        ("spreken_van = 08:00:00", "spreken_van = 07:59:00", "tijden > spreken_van"),
        ("spreken_tot = 18:00:00", "spreken_tot = 22:00:00", "spreken_tot"),
        ("spreken_tot = 18:00:00", "spreken_tot = 08:00:00", "spreken_tot"),
        ("lessen_tot = 16:10:00", "lessen_tot = 08:30:00", "tijden > lessen_tot"),
        ("[[tijden.pauze]]", "[tijden.pauze]", "geen geldige TOML"),
        ("[[contact]]", "[contact.receptie]", "geen geldige TOML"),
        ("[onderdelen]\nantwoorden = true", "[onderdelen]\nantwoorden = 1", "onderdelen > antwoorden: schrijf true"),
    ],
)
def test_times_and_days_that_cannot_be_meant_are_named(old: str, new: str, place: str) -> None:
    assert place in refusal(old, new)


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ('"rgo.example" = "medewerker"', '"rgo.example" = "beheerder"', "domeinen > rgo.example"),
        ('"rgo.example" = "medewerker"', '"rgo.example" = "schoolleiding"', "domeinen > rgo.example"),
        ('"rgo.example" = "medewerker"', '"@rgo.example" = "medewerker"', "domeinen > @rgo.example"),
        ('"rgo.example" = "medewerker"', 'rgo.example = "medewerker"', "domeinen > rgo"),
        ('"leerling.rgo.example" = "leerling"', '"leerling.rgo.example" = ["leerling"]', "domeinen > leerling.rgo"),
        ('email = "finn.verzonnen@leerling.rgo.example"', 'email = "finn @leerling.rgo.example"', "nummer 4 > email"),
        ('email = "finn.verzonnen@leerling.rgo.example"', 'email = "finn@localhost"', "nummer 4 > email"),
        ('email = "finn.verzonnen@leerling.rgo.example"', "email = 4", "nummer 4 > email"),
        ('naam = "Finn Verzonnen"', 'naam = "  "', "mensen, nummer 4 > naam"),
        ('klassen = ["2A"]', 'klassen = "2A"', "mensen, nummer 4 > klassen"),
        ('rollen = ["bestuur"]', 'rollen = ["Bestuur"]', "“Bestuur” is geen rol. Kies uit: leerling"),
        ('rollen = ["leerling"]', "rollen = []", "mensen, nummer 1 > rollen"),
    ],
)
def test_people_and_domains_that_cannot_be_meant_are_named(old: str, new: str, place: str) -> None:
    assert place in refusal(old, new)


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        (
            'schoolleiding = ["olga.overzicht@rgo.example", ',
            'schoolleiding = ["olga.overzicht@rgo.example", "Olga.Overzicht@rgo.example", ',
            "ontvangers > schoolleiding: hier staat iemand twee keer",
        ),
        ("toezicht = [", 'toezicht = ["tom.toezicht@rgo.example", ', "ontvangers > toezicht: hier staat iemand twee"),
        ('"carla.kompas@rgo.example"]', '"bea.bestuur@rgo.example"]', "ontvangers > bestuur: hier staat iemand twee"),
        (', "ruud.raad@rgo.example"]', "]", "ontvangers > toezicht: noem minstens 3"),
        ('bestuur = ["bea', 'bestuur = ["tom.toezicht@rgo.example", "bea', "ontvangers > bestuur: tom.toezicht"),
        ('laatste = "vera.vertrouwen@rgo.example"', 'laatste = "hans.hoofd@rgo.example"', "ontvangers > laatste"),
        ('laatste = "vera.vertrouwen@rgo.example"', 'laatste = "ruud.raad@rgo.example"', "ontvangers > laatste"),
        ('laatste = "vera.vertrouwen@rgo.example"', 'laatste = "iemand@elders.example"', "ontvangers > laatste"),
        ('laatste = "vera.vertrouwen@rgo.example"', "", "ontvangers > laatste"),
        ("[ontvangers]", "[ontvanger]", "ontvanger: dit woord hoort hier niet"),
    ],
)
def test_a_row_of_recipients_that_could_fail_somebody_is_refused(old: str, new: str, place: str) -> None:
    assert place in refusal(old, new)


@pytest.mark.parametrize("text", ["", "demo = true", "mensen = 3", "school = []", "\ufeffdemo = true", "= = ="])
def test_what_is_no_school_at_all_is_refused_and_never_breaks(text: str) -> None:
    with pytest.raises(SchoolFileError):
        read_school(text)


@pytest.mark.parametrize("part", list(Part))
def test_each_part_waits_for_each_of_its_decisions(part: Part) -> None:
    for decision in NEEDED_DECISIONS[part]:
        assert f"\n{decision} = " in TEXT
        assert not read_school(TEXT.replace(f"\n{decision} = ", "\nander_besluit = ")).is_on(part), decision


def test_without_any_decision_nothing_is_on() -> None:
    assert read_school(TEXT.partition("[besluiten]")[0]).parts_on == frozenset()


def test_a_part_that_is_not_named_is_off() -> None:
    assert not read_school(TEXT.replace("meldingen_leerlingen = true", "")).is_on(Part.PUPIL_REPORTS)


@pytest.mark.parametrize(
    ("old", "read"),
    [
        ('zaad_herinneringen = "rgo 10"', lambda facts: facts.reminder_seed == "protocol"),
        ('tijdzone = "Europe/Amsterdam"', lambda facts: facts.hours.time_zone == "Europe/Amsterdam"),
        ("medewerker_mag_zelf_toevoegen = true", lambda facts: not facts.groups.staff_may_add),
        ("demo = true", lambda facts: not facts.demo),
        ('klassen = ["2A"]', lambda facts: facts.people["finn.verzonnen@leerling.rgo.example"].classes == frozenset()),
    ],
)
def test_what_may_be_left_out_has_the_careful_default(old: str, read: Callable[[SchoolFacts], bool]) -> None:
    assert old in TEXT
    assert read(read_school(TEXT.replace(old, "", 1)))
