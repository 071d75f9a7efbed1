"""The score counts by the rules of the shared question sets, and says what fell."""

from pathlib import Path

import pytest

from tests.evaluation.report import fallen, interval, without_note
from tests.evaluation.score import Given, score


def test_a_first_citation_in_also_ok_is_right_but_not_a_later_one() -> None:
    line = {"question": "?", "expect": ["A6"], "also_ok": ["A5"], "kind": "direct"}
    answers = iter([Given("answer", ("A5", "A6"), (), 1.0), Given("answer", ("A2", "A6"), (), 1.0)])
    result = score([line, line], lambda _: next(answers))
    assert (result.figures["hit@1"].right, result.figures["hit@1"].of) == (1, 2)
    assert result.figures["hit@3"].right == 2


def test_a_refused_question_and_a_false_crisis_are_counted() -> None:
    line = {"question": "?", "expect": ["A6"], "also_ok": [], "kind": "slang"}
    answers = iter([Given("not_in_protocol", (), (), 1.0), Given("crisis", (), ("A6",), 1.0)])
    result = score([line, line], lambda _: next(answers))
    assert result.figures["over-refusal"].right == 1
    assert result.figures["false crisis"].right == 1
    assert result.figures["hit@1"].right == 0


def test_an_offer_to_report_is_false_everywhere_but_where_somebody_tells_of_an_incident() -> None:
    told = {"question": "?", "expect": ["REPORT"], "also_ok": [], "kind": "report_intent"}
    asked = {"question": "?", "expect": [], "also_ok": [], "kind": "out_of_scope"}
    result = score([told, asked], lambda _: Given("report_offer", (), (), 1.0))
    assert (result.figures["false report"].right, result.figures["false report"].of) == (1, 1)


def test_all_articles_of_a_multi_question_may_be_cited_or_named() -> None:
    line = {"question": "?", "expect": ["A6", "S7"], "also_ok": [], "kind": "multi"}
    result = score([line], lambda _: Given("answer", ("A6",), ("S7",), 1.0))
    assert result.figures["multi, all found"].right == 1


@pytest.mark.parametrize(
    ("right", "of", "low", "high"), [(95, 100, 0.888, 0.978), (9, 9, 0.701, 1.0), (0, 0, 0.0, 1.0)]
)
def test_an_interval_is_that_of_wilson(right: int, of: int, low: float, high: float) -> None:
    assert interval(right, of) == pytest.approx((low, high), abs=0.001)


def test_a_figure_that_falls_within_its_noise_is_no_fall() -> None:
    assert list(fallen({"public": {"hit@1": [90, 100]}}, {"public": {"hit@1": [87, 100]}})) == []


def test_a_figure_that_falls_further_is_told_and_so_is_one_of_which_fewer_is_better() -> None:
    before = {"public": {"hit@1": [90, 100], "over-refusal": [1, 100]}}
    now = {"public": {"hit@1": [80, 100], "over-refusal": [9, 100]}}
    assert list(fallen(before, now)) == [
        "public: hit@1 was 0.900, is 0.800",
        "public: over-refusal was 0.010, is 0.090",
    ]


def test_a_fall_that_the_newest_part_of_the_changelog_names_is_accepted(tmp_path: Path) -> None:
    changelog = tmp_path / "CHANGELOG.md"
    changelog.write_text("## [Unreleased]\n- public: hit@1 fell because\n\n## [1.0]\n- public: crisis\n", "utf-8")
    falls = ["public: hit@1 was 0.900, is 0.800", "public: crisis was 1.000, is 0.800"]
    assert without_note(falls, changelog) == [falls[1]]
