"""A school's file is checked when it is read; an error names the place and what is expected there."""

import pytest

from bot.school.facts import Part
from bot.school.file import read_school
from bot.school.people import Email, Role
from bot.school.reading.place import SchoolFileError
from tests.dialogue import ROOT

TEXT = (ROOT / "school.toml").read_text(encoding="utf-8")
FACTS = read_school(TEXT)


def test_the_demo_school_is_whole() -> None:
    assert FACTS.demo
    assert FACTS.short_name == "RGO"
    assert len(FACTS.people) == 17
    assert FACTS.parts_on == frozenset(Part)
    assert len(FACTS.admins) == 2


def test_who_is_listed_has_the_listed_roles_and_others_that_of_their_domain() -> None:
    assert FACTS.person(Email("arie.admin@rgo.example")).is_any(Role.ADMIN)
    assert FACTS.person(Email("nieuw@leerling.rgo.example"), "Nieuw").main_role is Role.PUPIL
    assert FACTS.person(Email("nieuw@rgo.example")).main_role is Role.STAFF
    assert FACTS.person(Email("gast@elders.example")).roles == {Role.UNKNOWN}
    assert FACTS.person(Email("nieuw@evil-rgo.example")).roles == {Role.UNKNOWN}
    assert FACTS.person(Email("nieuw@sub.rgo.example")).roles == {Role.UNKNOWN}


@pytest.mark.parametrize(
    ("part", "decision"),
    [
        (Part.ANSWERS, "hosting"),
        (Part.ETIQUETTE, "onder_18"),
        (Part.STAFF_REPORTS, "dpia"),
        (Part.STAFF_REPORTS, "vault"),
        (Part.PUPIL_REPORTS, "route_ouders"),
    ],
)
def test_a_missing_decision_turns_its_part_off(part: Part, decision: str) -> None:
    facts = read_school(TEXT.replace(f"\n{decision} = ", "\niets_anders = "))
    assert not facts.is_on(part)


def test_the_parents_route_holds_up_the_pupils_reports_only() -> None:
    facts = read_school(TEXT.replace("\nroute_ouders = ", "\niets_anders = "))
    assert facts.parts_on == frozenset(Part) - {Part.PUPIL_REPORTS}


def test_a_part_that_is_off_stays_off_whatever_was_decided() -> None:
    assert not read_school(TEXT.replace("etiquette = true", "etiquette = false")).is_on(Part.ETIQUETTE)


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("[school]", "[school", "geen geldige TOML"),
        ('korte_naam = "RGO"', "", "school > korte_naam"),
        ('korte_naam = "RGO"', "korte_naam = 5", "school > korte_naam"),
        ("demo = true", 'demo = "ja"', "demo: schrijf true of false"),
        ('"rgo.example" = "medewerker"', '"rgo.example" = "baas"', "“baas” is geen rol"),
        ('naam = "Daan Proefpersoon"', "", "mensen, nummer 2 > naam"),
        ('email = "daan.proefpersoon@leerling.rgo.example"', 'email = "daan"', "geen e-mailadres"),
        (
            'email = "daan.proefpersoon@leerling.rgo.example"',
            'email = "SANNE.voorbeeld@leerling.rgo.example"',
            "dit adres staat er al",
        ),
        ('rollen = ["bestuur"]', "rollen = 3", "rollen"),
        ('bestuur = ["bea.bestuur@rgo.example", ', "bestuur = [", "ontvangers > bestuur: noem minstens 3"),
        ('schoolleiding = ["olga', 'schoolleiding = ["olg', "ontvangers > schoolleiding: olg.overzicht"),
        (
            'schoolleiding = ["olga.overzicht@rgo.example", "hans.hoofd@rgo.example"]',
            "schoolleiding = []",
            "minstens één",
        ),
        ('laatste = "vera', 'laatste = "ver', "ontvangers > laatste"),
        ('regio = "zuid"', 'regio = "west"', "tijden > regio"),
        ('tijdzone = "Europe/Amsterdam"', 'tijdzone = "Europa/Amsterdam"', "tijden > tijdzone"),
        ("lessen_van = 08:30:00", 'lessen_van = "half negen"', "tijden > lessen_van"),
        ("van = 10:10:00", "", "tijden > pauze, nummer 1 > van"),
        ("van = 2026-12-04", "van = 4", "tijden > vrij, nummer 1 > van"),
        ("antwoorden = true", "antworden = true", "onderdelen > antworden"),
        ("dpia = { door", "dpia = { wie", "besluiten > dpia > door"),
        ('telefoon = "0000 - 00 00 01"', "", "contact, nummer 1 > telefoon"),
    ],
)
def test_a_mistake_is_named_with_its_place(old: str, new: str, place: str) -> None:
    assert old in TEXT
    with pytest.raises(SchoolFileError) as refused:
        read_school(TEXT.replace(old, new))
    assert place in str(refused.value)


def test_how_long_closed_cases_are_kept_is_for_the_school_to_say() -> None:
    changed = TEXT.replace("behandeld = 182", "behandeld = 90").replace("overig = 30", "overig = 14")
    assert (read_school(changed).terms.handled, read_school(changed).terms.other) == (90, 14)
    without = TEXT.replace("[bewaartermijnen]\nbehandeld = 182\noverig = 30\n", "")
    assert read_school(without).terms == read_school(TEXT).terms


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("behandeld = 182", "behandeld = 1000"), "bewaartermijnen > behandeld: .* 30 tot en met 730"),
        (("behandeld = 182", "behandeld = true"), "bewaartermijnen > behandeld"),
        (("overig = 30", "overig = 1"), "bewaartermijnen > overig: .* 7 tot en met 182"),
        (("behandeld = 182", "behandeld = 30\n"), None),
        (("behandeld = 182\noverig = 30", "behandeld = 30\noverig = 60"), "niet langer bewaard"),
        (("overig = 30", "overige = 30"), "dit woord hoort hier niet"),
    ],
)
def test_a_term_that_cannot_be_is_named(change: tuple[str, str], says: str | None) -> None:
    if says is None:
        assert read_school(TEXT.replace(*change)).terms.handled == 30
        return
    with pytest.raises(SchoolFileError, match=says):
        read_school(TEXT.replace(*change))


RULE = "medewerker_mag_zelf_toevoegen = true"


def test_groups_are_approved_beforehand_by_link_id_or_name_and_by_the_pattern_of_a_name() -> None:
    lines = """
namen = ["Klas *"]
vooraf_goedgekeurd = [
    "https://chat.google.com/room/AAQA-x_1?cls=7",
    "https://mail.google.com/chat/u/0/#chat/space/BBBB",
    "spaces/CCCC",
    "Team Brugklas",
]"""
    rules = read_school(TEXT.replace(RULE, RULE + lines)).groups
    assert rules.staff_may_add
    assert rules.names == ("Klas *",)
    assert rules.spaces == {"spaces/AAQA-x_1", "spaces/BBBB", "spaces/CCCC"}
    assert rules.titles == {"team brugklas"}


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('namen = ["*"]', "groepen > namen: een naam heeft letters"),
        ('namen = "Klas *"', "groepen > namen: .* lijst van teksten"),
        (
            'vooraf_goedgekeurd = ["https://voorbeeld.example/room/AAAA"]',
            "groepen > vooraf_goedgekeurd: schrijf de link",
        ),
        ('vooraf_goedgekeurd = ["spaces/"]', "groepen > vooraf_goedgekeurd"),
        ('vooraf_goedgekeurd = [""]', "groepen > vooraf_goedgekeurd"),
        ('vooraf = ["Klas 3B"]', "groepen > vooraf: dit woord hoort hier niet"),
    ],
)
def test_a_group_that_cannot_be_meant_is_named(line: str, says: str) -> None:
    with pytest.raises(SchoolFileError, match=says):
        read_school(TEXT.replace(RULE, f"{RULE}\n{line}"))
