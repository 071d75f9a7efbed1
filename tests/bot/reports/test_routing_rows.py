"""Schools in which somebody stands in more than one row: the same promises hold."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reports.categories import ABUSE_BY_STAFF, Categories, Category
from bot.reports.routing import ORDER, Chain, candidates, members, route
from bot.school.facts import SchoolFacts
from bot.school.file import read_school
from bot.school.people import Email
from tests.dialogue import ROOT

FACTS = read_school((ROOT / "school.toml").read_text(encoding="utf-8"))
TABLE = Categories.load()
PEOPLE = [Email(f"{letter}@rgo.example") for letter in "abcdefgh"]
ROW = st.lists(st.sampled_from(PEOPLE), min_size=3, max_size=5, unique=True).map(tuple)
SOME = st.sets(st.sampled_from(PEOPLE))
CATEGORY = st.sampled_from(sorted(TABLE.rows)).map(lambda code: TABLE[code])


@st.composite
def schools(draw: st.DrawFn) -> SchoolFacts:
    leadership = draw(st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=3, unique=True))
    last = draw(st.sampled_from(PEOPLE))
    return replace(FACTS, leadership=tuple(leadership), board=draw(ROW), supervisors=draw(ROW), last_resort=last)


@given(schools(), CATEGORY, SOME, SOME)
def test_no_excluded_and_no_unreachable_person_is_a_recipient_and_nobody_is_one_twice(
    facts: SchoolFacts, category: Category, excluded: set[Email], reachable: set[Email]
) -> None:
    recipients = route(category, facts, excluded=excluded, reachable=reachable).recipients
    assert set(recipients) <= reachable - excluded
    assert len(set(recipients)) == len(recipients)


@given(schools(), SOME, SOME)
def test_abuse_by_staff_never_reaches_a_leader_also_not_one_who_sits_on_the_board(
    facts: SchoolFacts, excluded: set[Email], reachable: set[Email]
) -> None:
    found = route(TABLE[ABUSE_BY_STAFF], facts, excluded=excluded, reachable=reachable)
    assert not set(found.recipients) & set(facts.leadership)
    assert found.chain is not Chain.LEADERSHIP


@given(schools(), CATEGORY, SOME, SOME)
def test_somebody_receives_it_exactly_when_somebody_eligible_can_be_reached(
    facts: SchoolFacts, category: Category, excluded: set[Email], reachable: set[Email]
) -> None:
    may = set(candidates(facts))
    if category.to_board:
        may -= set(facts.leadership)
    found = route(category, facts, excluded=excluded, reachable=reachable)
    assert bool(found.recipients) == bool((may & reachable) - excluded)
    assert (found.chain is None) == (not found.recipients)


@given(CATEGORY, st.data())
def test_strangers_to_the_rows_change_nothing(category: Category, data: st.DataObject) -> None:
    everybody = set(candidates(FACTS))
    strangers = data.draw(SOME)
    plain = route(category, FACTS, excluded=(), reachable=everybody)
    assert route(category, FACTS, excluded=strangers, reachable=everybody | strangers) == plain


@given(CATEGORY)
def test_the_same_question_has_the_same_answer_in_the_order_of_the_file(category: Category) -> None:
    everybody = candidates(FACTS)
    found = route(category, FACTS, excluded=(), reachable=everybody)
    assert found == route(category, FACTS, excluded=(), reachable=everybody[::-1])
    assert list(found.recipients) == [email for email in everybody if email in found.recipients]


@pytest.mark.parametrize("code", sorted(TABLE.rows))
def test_a_report_climbs_row_by_row_as_one_of_each_row_is_excluded(code: str) -> None:
    excluded: set[Email] = set()
    climbed = []
    for _ in ORDER:
        found = route(TABLE[code], FACTS, excluded=excluded, reachable=candidates(FACTS))
        if found.chain is None or found.chain in climbed:
            break
        climbed.append(found.chain)
        excluded.add(members(FACTS, found.chain)[0])
    assert climbed == list(ORDER[1:] if code == ABUSE_BY_STAFF else ORDER)


def test_a_threat_reaches_the_board_beside_the_leadership_unless_it_is_about_the_board() -> None:
    everybody = set(candidates(FACTS))
    both = route(TABLE["C04"], FACTS, excluded=(), reachable=everybody)
    assert set(both.recipients) == {*FACTS.leadership, *FACTS.board}
    about_board = route(TABLE["C04"], FACTS, excluded={FACTS.board[0]}, reachable=everybody)
    assert set(about_board.recipients) == set(FACTS.leadership)
    about_leader = route(TABLE["C04"], FACTS, excluded={FACTS.leadership[0]}, reachable=everybody)
    assert set(about_leader.recipients) == set(FACTS.board)
