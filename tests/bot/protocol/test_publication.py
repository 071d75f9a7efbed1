"""Every path of /magdit, by hand: the verdict that a person who knows the articles would give."""

import re
from pathlib import Path

import pytest

from bot.protocol import publication
from bot.protocol.publication import Sense, Verdict
from bot.school.people import Role
from bot.wording.catalogue import Language, Wording
from tests.dialogue import rgo_protocol

TABLE = Path(__file__).with_name("publication_paths.tsv")
QUESTIONS_AT_MOST = 6
STARTS = (publication.OPEN_START, publication.STAFF_START, publication.PUPIL_START)
DECENT_OPINION = ("private_mission", "neither")
FORMER_STAFF = "former "
MAY = {Sense.ALLOWED, Sense.NOT_FORBIDDEN}
IN_BRACKETS = re.compile(r"\(([A-Z]\d+)\)")


def table() -> dict[str, tuple[str, str]]:
    """The answers of a path, with its sense and articles."""
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    cells = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {path: (sense, codes) for path, sense, codes in cells}


def walked(start: str) -> dict[str, Verdict]:
    return {" ".join(answer for _, answer in path): verdict for path, verdict in publication.paths(start)}


def test_every_path_ends_as_the_table_says_and_the_table_has_no_other_path() -> None:
    found = {path: (v.sense.value, " ".join(v.articles)) for path, v in walked(publication.OPEN_START).items()}
    assert found == table()


def test_who_is_known_walks_the_same_paths_without_the_first_question() -> None:
    everybody = walked(publication.OPEN_START)
    present = {path: verdict for path, verdict in everybody.items() if not path.startswith(FORMER_STAFF)}
    staff = walked(publication.STAFF_START)
    pupils = {f"pupil_or_parent {path}": verdict for path, verdict in walked(publication.PUPIL_START).items()}
    assert staff | pupils == present


@pytest.mark.parametrize("start", STARTS)
def test_no_path_asks_more_than_six_questions_or_the_same_one_twice(start: str) -> None:
    for path, _ in publication.paths(start):
        asked = [question for question, _ in path]
        assert 1 <= len(asked) <= QUESTIONS_AT_MOST
        assert len(set(asked)) == len(asked)


def test_every_verdict_rests_on_articles_that_exist_and_were_reviewed() -> None:
    protocol = rgo_protocol()
    for _, verdict in publication.paths(publication.OPEN_START):
        assert verdict.articles
        assert all(protocol.document.find(code) for code in verdict.articles)
        assert set(verdict.articles) <= set(protocol.reviewed)


def test_every_question_and_verdict_is_on_some_path() -> None:
    ends = {verdict.id for _, verdict in publication.paths(publication.OPEN_START)}
    asked = {question for start in STARTS for path, _ in publication.paths(start) for question, _ in path}
    assert ends == set(publication.verdict_ids())
    assert asked == set(publication.question_ids())


def test_staff_articles_are_never_held_against_pupils_or_parents() -> None:
    for _, verdict in publication.paths(publication.PUPIL_START):
        assert not [code for code in verdict.articles if code[0] in "WPS"]


def test_what_is_allowed_never_skipped_the_question_whether_the_others_agreed() -> None:
    for path, verdict in publication.paths(publication.OPEN_START):
        if "others" in {answer for _, answer in path} and verdict.sense is Sense.ALLOWED:
            assert "all" in {answer for _, answer in path}


def test_only_the_articles_that_permit_in_so_many_words_come_first_in_what_is_allowed() -> None:
    for _, verdict in publication.paths(publication.OPEN_START):
        if verdict.sense is Sense.ALLOWED:
            assert verdict.articles[0] in {"A6", "P1"}


def test_personal_data_are_forbidden_or_asked_about_and_never_let_through() -> None:
    about_data = {"personal", "opinion_personal", "work_personal", "school_personal"}
    for path, verdict in publication.paths(publication.OPEN_START):
        if [answer for question, answer in path if question in about_data and answer != "no"]:
            assert verdict.sense in {Sense.FORBIDDEN, Sense.ASK_FIRST}
            assert verdict.articles[0] == "A2"


def test_whoever_publishes_a_text_or_others_in_a_picture_was_asked_whether_it_is_decent() -> None:
    for path, verdict in publication.paths(publication.OPEN_START):
        decent = [1 for question, answer in path if "decent" in question or (question, answer) == DECENT_OPINION]
        if verdict.sense in MAY and "only_me" not in {answer for _, answer in path}:
            assert decent


def test_a_picture_of_others_is_allowed_only_after_the_question_who_is_under_sixteen() -> None:
    for path, verdict in publication.paths(publication.OPEN_START):
        if "others" in {answer for _, answer in path} and verdict.sense in MAY:
            assert {"young", "school_age"} & {question for question, _ in path}


def test_a_picture_of_others_on_somebodys_own_account_is_asked_about_whoever_agreed() -> None:
    for path, verdict in walked(publication.OPEN_START).items():
        if path.startswith(("privately pictures others", "former pictures others")):
            assert verdict.sense not in MAY


def test_former_staff_are_held_only_to_what_names_everybody_or_former_staff() -> None:
    for path, verdict in walked(publication.OPEN_START).items():
        if path.startswith(FORMER_STAFF) and verdict.sense is not Sense.OUTSIDE:
            assert not [code for code in verdict.articles if code[0] == "W" or code in {"A1", "P2", "P3", "P4"}]


def test_whoever_does_not_know_asks_first() -> None:
    for path, verdict in publication.paths(publication.OPEN_START):
        if "unsure" in {answer for _, answer in path}:
            assert verdict.sense is Sense.ASK_FIRST


@pytest.mark.parametrize("language", list(Language))
def test_the_words_of_a_verdict_name_no_article_that_is_not_shown_with_it(language: Language) -> None:
    t = Wording.load().in_language(language)
    for verdict in walked(publication.OPEN_START).values():
        assert set(IN_BRACKETS.findall(t(f"publication.verdict.{verdict.id}"))) <= set(verdict.articles)


@pytest.mark.parametrize("language", list(Language))
def test_whoever_may_post_is_told_what_holds_during_lessons(language: Language) -> None:
    t = Wording.load().in_language(language)
    for path, verdict in walked(publication.OPEN_START).items():
        if verdict.sense in MAY and not path.startswith(FORMER_STAFF):
            assert "A1" in IN_BRACKETS.findall(t(f"publication.verdict.{verdict.id}"))


@pytest.mark.parametrize(
    ("role", "is_staff", "start"),
    [
        (Role.PUPIL, False, publication.PUPIL_START),
        (Role.PARENT, False, publication.PUPIL_START),
        (Role.STAFF, True, publication.STAFF_START),
        (Role.LEADER, True, publication.STAFF_START),
        (Role.UNKNOWN, False, publication.OPEN_START),
        (Role.SUPERVISOR, False, publication.OPEN_START),
    ],
)
def test_a_role_begins_where_its_questions_are(role: Role, *, is_staff: bool, start: str) -> None:
    assert publication.start_for(role, is_staff=is_staff) == start


@pytest.mark.parametrize(
    "steps",
    [(), ("",), ("staff_who",), ("pupil_what", "ok_picture"), ("pupil_what", "pupil_people", "nonsense")],
)
def test_steps_that_are_no_path_from_the_start_are_refused(steps: tuple[str, ...]) -> None:
    assert not publication.is_path(publication.PUPIL_START, steps)


def test_an_id_that_is_no_node_is_none() -> None:
    assert publication.node("nonsense") is None
