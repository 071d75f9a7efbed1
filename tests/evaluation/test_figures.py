"""The answer figures on the public question sets stay at what was reached, when those sets are beside this checkout."""

import json
import statistics
from pathlib import Path

import pytest

from bot.protocol.loading import RGO_PROTOCOL, load
from tests.evaluation.score import Given, Score, ask, score

SHARED = Path(__file__).parents[3] / "shared" / "questions"

LEAST = {"hit@1": 0.77, "hit@3": 0.87, "out_of_scope": 0.62, "report_intent": 0.78, "crisis": 1.0, "smalltalk": 1.0}
MOST = {"false crisis": 0.01, "over-refusal": 0.03, "in-scope taken for a report": 0.03}


@pytest.fixture(scope="module")
def figures() -> Score:
    protocol = load(RGO_PROTOCOL)
    files = sorted(SHARED.glob("public*.jsonl"))
    lines = [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    return score(lines, lambda line: ask(protocol, line))


@pytest.mark.skipif(not SHARED.is_dir(), reason="the public question sets are not beside this checkout")
def test_the_figures_stay_at_what_was_reached(figures: Score) -> None:
    shares = {figure: tally.right / tally.of for figure, tally in figures.figures.items()}
    assert {figure: shares[figure] for figure, least in LEAST.items() if shares[figure] < least} == {}
    assert {figure: shares[figure] for figure, most in MOST.items() if shares[figure] > most} == {}


@pytest.mark.skipif(not SHARED.is_dir(), reason="the public question sets are not beside this checkout")
def test_a_question_takes_a_median_under_fifteen_milliseconds(figures: Score) -> None:
    assert statistics.median(figures.times) < 15


def test_the_score_counts_a_first_citation_in_also_ok_as_right_but_not_a_later_one() -> None:
    line = {"question": "?", "expect": ["A6"], "also_ok": ["A5"], "kind": "direct"}
    answers = iter([Given("answer", ("A5", "A6"), (), 1.0), Given("answer", ("A2", "A6"), (), 1.0)])
    result = score([line, line], lambda _: next(answers))
    assert (result.figures["hit@1"].right, result.figures["hit@1"].of) == (1, 2)
    assert result.figures["hit@3"].right == 2


def test_the_score_counts_a_refused_question_and_a_false_crisis() -> None:
    line = {"question": "?", "expect": ["A6"], "also_ok": [], "kind": "slang"}
    answers = iter([Given("not_in_protocol", (), (), 1.0), Given("crisis", (), ("A6",), 1.0)])
    result = score([line, line], lambda _: next(answers))
    assert result.figures["over-refusal"].right == 1
    assert result.figures["false crisis"].right == 1
    assert result.figures["hit@1"].right == 0


def test_all_articles_of_a_multi_question_may_be_cited_or_named() -> None:
    line = {"question": "?", "expect": ["A6", "S7"], "also_ok": [], "kind": "multi"}
    result = score([line], lambda _: Given("answer", ("A6",), ("S7",), 1.0))
    assert result.figures["multi, all found"].right == 1
