"""Who somebody is: by name in the school's file, else by the domain of the address, else nobody with rights."""

import pytest

from bot.school.file import read_school
from bot.school.helplines import CRISIS, Helplines
from bot.school.people import Email, Person, Role, unknown_person
from tests.dialogue import ROOT

TEXT = (ROOT / "school.toml").read_text(encoding="utf-8")
FACTS = read_school(TEXT)


def somebody(*roles: Role) -> Person:
    return Person(Email("x@rgo.example"), "X", frozenset(roles))


def test_who_is_listed_keeps_name_class_and_roles_whatever_google_calls_them() -> None:
    sanne = FACTS.person(Email("sanne.voorbeeld@leerling.rgo.example"), "De Baas")
    assert sanne.name == "Sanne Voorbeeld"
    assert sanne.classes == {"3B"}
    assert sanne.roles == {Role.PUPIL}


def test_who_is_not_listed_has_the_name_that_google_shows_and_no_class() -> None:
    new = FACTS.person(Email("nieuw@leerling.rgo.example"), "Nieuw Gezicht")
    assert new.name == "Nieuw Gezicht"
    assert new.classes == frozenset()
    assert new.roles == {Role.PUPIL}


@pytest.mark.parametrize(
    "address",
    [
        "",
        "rgo.example",
        "x@",
        "x@rgo.example.evil.example",
        "x@evilrgo.example",
        "x@RGO.EXAMPLE",  # addresses come in lower case; any other spelling is not one that was checked
        "x@leerling.rgo.example@elders.example",
    ],
)
def test_an_address_of_no_domain_of_the_school_has_the_least_rights(address: str) -> None:
    person = FACTS.person(Email(address), "Directeur")
    assert person.roles == {Role.UNKNOWN}
    assert not person.is_staff
    assert not person.is_pupil


def test_addresses_and_domains_count_in_any_case_in_the_file() -> None:
    facts = read_school(
        TEXT.replace('"rgo.example" =', '"RGO.Example" =').replace(
            'email = "arie.admin@rgo.example"', 'email = "Arie.Admin@RGO.example"'
        )
    )
    assert facts.person(Email("nieuw@rgo.example")).main_role is Role.STAFF
    assert facts.person(Email("arie.admin@rgo.example")).is_any(Role.ADMIN)


@pytest.mark.parametrize(
    ("roles", "main"),
    [
        ({Role.PUPIL, Role.ADMIN}, Role.PUPIL),
        ({Role.STAFF, Role.LEADER}, Role.LEADER),
        ({Role.STAFF, Role.ADMIN}, Role.ADMIN),
        ({Role.PARENT, Role.STAFF}, Role.PARENT),
        ({Role.BOARD}, Role.BOARD),
        ({Role.SUPERVISOR}, Role.SUPERVISOR),
        ({Role.CONFIDANT, Role.STAFF}, Role.CONFIDANT),
        (set(), Role.UNKNOWN),
        ({Role.UNKNOWN}, Role.UNKNOWN),
    ],
)
def test_an_answer_speaks_to_one_role(roles: set[Role], main: Role) -> None:
    assert somebody(*roles).main_role is main


@pytest.mark.parametrize("role", [Role.STAFF, Role.LEADER, Role.BOARD, Role.CONFIDANT, Role.ADMIN])
def test_who_works_for_the_school_is_staff_whatever_the_function(role: Role) -> None:
    assert somebody(role).is_staff


@pytest.mark.parametrize("role", [Role.PUPIL, Role.PARENT, Role.SUPERVISOR, Role.UNKNOWN])
def test_others_are_no_staff(role: Role) -> None:
    assert not somebody(role).is_staff


def test_every_role_but_unknown_can_be_spoken_to() -> None:
    assert [role for role in Role if role is not Role.UNKNOWN and somebody(role).main_role is not role] == []


def test_an_unknown_person_has_the_name_shown_and_nothing_else() -> None:
    assert unknown_person(Email("x@y.example"), "X") == Person(Email("x@y.example"), "X", frozenset({Role.UNKNOWN}))


def test_the_admins_are_those_with_that_role() -> None:
    assert FACTS.admins == ("arie.admin@rgo.example", "anja.instel@rgo.example")


class TestHelplines:
    """Numbers outside school: each with both languages and the day on which it was checked."""

    LINES = Helplines.load()

    def test_what_is_shown_in_a_crisis_exists_and_comes_in_that_order(self) -> None:
        assert [line.id for line in self.LINES.pick(CRISIS)] == list(CRISIS)

    def test_every_line_can_be_called_and_is_said_in_both_languages(self) -> None:
        for line in self.LINES.rows.values():
            assert line.dutch.strip()
            assert line.english.strip()
            assert any(sign.isdigit() for sign in line.phone)
            assert line.checked_on.year >= 2026

    def test_the_emergency_number_is_112(self) -> None:
        assert self.LINES.rows["noodgeval"].phone == "112"

    def test_a_line_that_does_not_exist_is_an_error_and_not_an_empty_place(self) -> None:
        with pytest.raises(KeyError):
            self.LINES.pick(["bestaat_niet"])
