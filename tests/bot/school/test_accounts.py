"""A role that follows from where an account is: the nearest unit, pupils first, and never a right to read or decide."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import pytest

from bot.school.accounts.placing import AccountRules, roles_by_account
from bot.school.accounts.ports import Account, AccountsUnknown
from bot.school.file import read_school
from bot.school.people import Email, Role
from bot.school.reading.place import SchoolFileError
from tests.dialogue import ROOT

FILE = (ROOT / "school.toml").read_text(encoding="utf-8")
RULES = AccountRules(
    units={"/leerlingen": Role.PUPIL, "/medewerkers": Role.STAFF, "/leerlingen/stage": Role.STAFF},
    groups={"docenten@rgo.example": Role.STAFF, "ouderraad@rgo.example": Role.PARENT},
)


@dataclass
class School:
    units: Mapping[str, str]
    groups: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def all(self) -> Sequence[Account]:
        return [Account(Email(email), unit) for email, unit in self.units.items()]

    def members_of(self, group: str) -> Sequence[Email]:
        return [Email(email) for email in self.groups.get(group, ())]


def role(unit: str, *groups: str) -> Role | None:
    school = School({"x@rgo.example": unit}, {group: ["x@rgo.example"] for group in groups})
    return roles_by_account(school, RULES).get(Email("x@rgo.example"))


@pytest.mark.parametrize(
    ("unit", "groups", "expected"),
    [
        ("/Leerlingen", (), Role.PUPIL),
        ("/Leerlingen/Onderbouw/2A", (), Role.PUPIL),
        ("/LEERLINGEN/", (), Role.PUPIL),
        ("/Leerlingen/Stage", (), Role.STAFF),
        ("/Leerlingen/Stagelopers", (), Role.PUPIL),
        ("/Medewerkers", (), Role.STAFF),
        ("/", (), None),
        ("/Anders", (), None),
        ("/Anders", ("docenten@rgo.example",), Role.STAFF),
        ("/Leerlingen/2A", ("docenten@rgo.example",), Role.PUPIL),
        ("/Medewerkers", ("ouderraad@rgo.example",), Role.STAFF),
        ("/Anders", ("ouderraad@rgo.example",), Role.PARENT),
    ],
)
def test_the_nearest_unit_counts_and_a_pupil_stays_a_pupil(
    unit: str, groups: tuple[str, ...], expected: Role | None
) -> None:
    assert role(unit, *groups) is expected


def test_a_rule_for_the_whole_school_is_the_last_resort() -> None:
    school = School({"x@rgo.example": "/Anders/Nog"})
    assert roles_by_account(school, AccountRules({"/": Role.STAFF})) == {"x@rgo.example": Role.STAFF}


def test_an_outsider_in_a_google_group_gets_no_role() -> None:
    school = School({"x@rgo.example": "/Anders"}, {"docenten@rgo.example": ["gast@elders.example"]})
    assert roles_by_account(school, RULES) == {}


def test_without_rules_nobody_is_asked() -> None:
    class Nobody:
        def all(self) -> Sequence[Account]:
            raise AccountsUnknown

        def members_of(self, group: str) -> Sequence[Email]:
            raise AccountsUnknown(group)

    assert roles_by_account(Nobody(), AccountRules()) == {}
    with pytest.raises(AccountsUnknown):
        roles_by_account(Nobody(), RULES)


def test_who_is_listed_by_name_stays_what_the_list_says_and_an_account_goes_before_a_domain() -> None:
    school = replace(
        read_school(FILE),
        by_account={
            Email("olga.overzicht@rgo.example"): Role.PUPIL,
            Email("iemand@rgo.example"): Role.PUPIL,
        },
    )
    assert Role.LEADER in school.person(Email("olga.overzicht@rgo.example")).roles
    assert school.person(Email("iemand@rgo.example")).roles == {Role.PUPIL}
    assert school.person(Email("ander@rgo.example")).roles == {Role.STAFF}


def test_the_school_s_file_says_which_units_and_groups_give_a_role() -> None:
    school = read_school(
        f'{FILE}\n[gids.eenheden]\n"/Leerlingen" = "leerling"\n[gids.groepen]\n"D@rgo.example"="medewerker"'
    )
    assert school.account_rules == AccountRules({"/leerlingen": Role.PUPIL}, {"d@rgo.example": Role.STAFF})
    assert not read_school(FILE).account_rules


@pytest.mark.parametrize(
    ("block", "words"),
    [
        ('[gids.eenheden]\n"Leerlingen" = "leerling"', "begint met een streep"),
        ('[gids.eenheden]\n"/Directie" = "schoolleiding"', "geef je aan mensen"),
        ('[gids.eenheden]\n"/ICT" = "beheerder"', "geef je aan mensen"),
        ('[gids.groepen]\n"docenten" = "medewerker"', "e-mailadres van de Google-groep"),
        ('[gids.groepen]\n"bestuur@rgo.example" = "bestuur"', "geef je aan mensen"),
        ('[gids]\ngroep = "x"', "gids"),
    ],
)
def test_a_unit_or_group_can_never_make_somebody_a_reader_or_an_administrator(block: str, words: str) -> None:
    with pytest.raises(SchoolFileError, match=words):
        read_school(f"{FILE}\n{block}")
