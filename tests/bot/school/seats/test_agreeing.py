"""Who may agree with a change of who reads reports, and what the school looks like before and after it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.school.facts import Part, SchoolFacts
from bot.school.file import read_school
from bot.school.people import Email, Role
from bot.school.seats.agreeing import InForce, Proposal, may_agree
from bot.school.seats.seats import Difference, Row, Seats, differences, seats_in, with_seats
from tests.dialogue import ROOT

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
FACTS = read_school((ROOT / "school.toml").read_text(encoding="utf-8"))
SEATS = seats_in(FACTS)
OLGA, HANS = SEATS.leadership
BEA, BRAM, CARLA = SEATS.board
ARIE = Email("arie.admin@rgo.example")
HOLDS = InForce(1, SEATS, NOW, frozenset(SEATS.recipients))
EVERYBODY = frozenset(SEATS.recipients)


def proposal(seats: Seats, by: Email | None = None) -> Proposal:
    return Proposal("p", 1, seats, by, "", NOW)


def changed(**rows: tuple[Email, ...]) -> Seats:
    return replace(SEATS, **rows)  # type: ignore[arg-type]


def test_everybody_who_sits_may_agree_with_somebody_new() -> None:
    asked = proposal(changed(leadership=(OLGA, HANS, ARIE)))
    assert may_agree(HOLDS, asked, EVERYBODY) == {OLGA, HANS, BEA, BRAM, CARLA}


def test_neither_the_proposer_nor_whom_it_is_about() -> None:
    asked = proposal(changed(leadership=(OLGA,)), by=BEA)
    assert may_agree(HOLDS, asked, EVERYBODY) == {OLGA, BRAM, CARLA}


def test_whoever_has_no_account_here_cannot_agree() -> None:
    assert may_agree(HOLDS, proposal(changed(leadership=(OLGA, HANS, ARIE))), {BEA}) == {BEA}


def test_with_nobody_left_the_last_resort_agrees_unless_it_is_about_them() -> None:
    everybody_goes = changed(leadership=(ARIE,), board=SEATS.supervisors)
    assert may_agree(HOLDS, proposal(everybody_goes), EVERYBODY) == {SEATS.last_resort}
    they_too = replace(everybody_goes, last_resort=ARIE)
    assert may_agree(HOLDS, proposal(they_too), EVERYBODY) == frozenset()


def test_of_a_first_list_only_those_who_confirmed_sit() -> None:
    holds = InForce(1, SEATS, NOW, frozenset({BEA}))
    assert not holds.is_open
    assert may_agree(holds, proposal(changed(leadership=(OLGA, HANS, ARIE))), EVERYBODY) == {BEA}


def test_a_list_is_open_when_all_confirmed_and_stays_open_after_a_change() -> None:
    assert not InForce(1, SEATS, NOW, EVERYBODY - {SEATS.last_resort}).is_open
    assert InForce(1, SEATS, NOW, EVERYBODY).is_open
    assert InForce(2, changed(leadership=(OLGA, ARIE)), NOW, EVERYBODY).is_open


def test_a_difference_names_row_person_and_direction() -> None:
    after = replace(SEATS, leadership=(OLGA, ARIE), managers={**SEATS.managers, BEA: ARIE})
    assert set(differences(SEATS, after)) == {
        Difference(Row.LEADERSHIP, HANS, comes=False),
        Difference(Row.LEADERSHIP, ARIE, comes=True),
        Difference(Row.MANAGERS, ARIE, comes=True, of=BEA),
    }
    assert differences(SEATS, replace(SEATS, leadership=(HANS, OLGA))) == ()


def test_with_its_own_seats_a_school_stays_as_its_file_says() -> None:
    assert with_seats(FACTS, SEATS, reports_open=True) == FACTS


@pytest.fixture
def taken_over() -> SchoolFacts:
    """A file in which somebody made themselves a leader, with duty, and put the others out."""
    arie = replace(FACTS.people[ARIE], roles=frozenset({Role.LEADER}))
    people = {**FACTS.people, ARIE: arie}
    del people[HANS]
    duty = replace(FACTS.duties[0], person=ARIE)
    return replace(FACTS, people=people, leadership=(ARIE,), duties=(duty, *FACTS.duties[1:]))


def test_rows_line_managers_and_duties_go_by_the_seats_and_not_by_the_file(taken_over: SchoolFacts) -> None:
    school = with_seats(taken_over, SEATS, reports_open=True)
    assert seats_in(school) == SEATS
    assert school.people[HANS].name == "Hans Hoofd"
    assert Role.LEADER in school.people[HANS].roles
    assert all(ARIE not in {duty.person, duty.deputy} for duty in school.duties)


def test_before_the_first_list_was_confirmed_nobody_can_report() -> None:
    school = with_seats(FACTS, SEATS, reports_open=False)
    assert not school.is_on(Part.PUPIL_REPORTS)
    assert not school.is_on(Part.STAFF_REPORTS)
    assert school.is_on(Part.ANSWERS)
