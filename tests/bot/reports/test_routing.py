"""Never whom it is about, and never nobody as long as somebody is left."""

from hypothesis import given
from hypothesis import strategies as st

from bot.reports.categories import ABUSE_BY_STAFF, Categories, Category
from bot.reports.routing import Chain, candidates, members, route
from bot.school.file import read_school
from bot.school.people import Email
from tests.dialogue import ROOT

FACTS = read_school((ROOT / "school.toml").read_text(encoding="utf-8"))
TABLE = Categories.load()
EVERYBODY = candidates(FACTS)
SOME_PEOPLE = st.sets(st.sampled_from(EVERYBODY))
CATEGORY = st.sampled_from(sorted(TABLE.rows)).map(lambda code: TABLE[code])


@given(CATEGORY, SOME_PEOPLE, SOME_PEOPLE)
def test_nobody_whom_it_is_about_and_nobody_who_cannot_be_reached_is_a_recipient(
    category: Category, excluded: set[Email], reachable: set[Email]
) -> None:
    found = route(category, FACTS, excluded=excluded, reachable=reachable)
    assert set(found.recipients) <= reachable - excluded


@given(CATEGORY, SOME_PEOPLE, SOME_PEOPLE)
def test_somebody_receives_it_as_long_as_somebody_eligible_is_left(
    category: Category, excluded: set[Email], reachable: set[Email]
) -> None:
    found = route(category, FACTS, excluded=excluded, reachable=reachable)
    may = set(EVERYBODY) - set(FACTS.leadership) if category.to_board else set(EVERYBODY)
    assert bool(found.recipients) == bool((may & reachable) - excluded)


@given(SOME_PEOPLE, SOME_PEOPLE)
def test_a_sexual_matter_with_staff_never_stops_at_the_leadership(excluded: set[Email], reachable: set[Email]) -> None:
    found = route(TABLE[ABUSE_BY_STAFF], FACTS, excluded=excluded, reachable=reachable)
    assert not set(found.recipients) & set(FACTS.leadership)


@given(CATEGORY, st.sampled_from(EVERYBODY))
def test_with_one_person_excluded_nobody_of_the_same_row_reads_it_as_long_as_another_row_can(
    category: Category, about: Email
) -> None:
    found = route(category, FACTS, excluded={about}, reachable=set(EVERYBODY))
    for chain in Chain:
        row = members(FACTS, chain)
        if about in row and chain is not Chain.LAST_RESORT:
            assert not set(found.recipients) & set(row)


@given(CATEGORY, st.sets(st.sampled_from(EVERYBODY), min_size=2, max_size=2))
def test_every_category_under_every_exclusion_of_two_people_still_has_a_recipient(
    category: Category, excluded: set[Email]
) -> None:
    assert route(category, FACTS, excluded=excluded, reachable=set(EVERYBODY)).recipients


def test_everything_else_starts_at_the_leadership() -> None:
    found = route(TABLE["C07"], FACTS, excluded=(), reachable=set(EVERYBODY))
    assert (found.chain, found.recipients) == (Chain.LEADERSHIP, FACTS.leadership)


def test_nobody_left_is_said_and_not_hidden() -> None:
    found = route(TABLE["C07"], FACTS, excluded=(), reachable=())
    assert (found.chain, found.recipients) == (None, ())


def test_a_threat_reaches_leadership_and_board_unless_it_is_about_somebody_of_the_board() -> None:
    both = route(TABLE["C04"], FACTS, excluded=(), reachable=set(EVERYBODY))
    assert both.recipients == FACTS.leadership + FACTS.board
    leadership = route(TABLE["C04"], FACTS, excluded={FACTS.board[0]}, reachable=set(EVERYBODY))
    assert leadership.recipients == FACTS.leadership


def test_candidates_are_all_rows_without_doubles() -> None:
    assert len(EVERYBODY) == len(set(EVERYBODY)) == 9
    assert Email("vera.vertrouwen@rgo.example") in EVERYBODY
