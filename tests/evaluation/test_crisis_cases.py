"""Danger is heard in nearly every sentence that tells of it, and rarely in ordinary ones, by the whole matcher."""

from pathlib import Path

import pytest

from bot.protocol.answering import Outcome
from bot.protocol.loading import RGO_PROTOCOL, LoadedProtocol, load
from bot.school.people import Role

CASES = Path(__file__).parent / "crisis_cases.tsv"


def sentences(kind: str) -> list[str]:
    rows = (line.split("\t") for line in CASES.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return [row[1] for row in rows if row[0] == kind]


@pytest.fixture(scope="module")
def rgo() -> LoadedProtocol:
    return load(RGO_PROTOCOL)


def test_at_most_one_in_a_hundred_sentences_of_danger_is_missed(rgo: LoadedProtocol) -> None:
    told = sentences("danger")
    missed = [text for text in told if rgo.answer(text, Role.PUPIL, "nl").outcome is not Outcome.CRISIS]
    assert len(missed) <= len(told) / 100, missed


def test_at_most_one_in_ten_tricky_ordinary_sentences_is_taken_for_danger(rgo: LoadedProtocol) -> None:
    ordinary = sentences("ordinary")
    taken = [text for text in ordinary if rgo.answer(text, Role.PUPIL, "nl").outcome is Outcome.CRISIS]
    assert len(taken) <= len(ordinary) / 10, taken


def test_no_sentence_of_these_cases_is_in_the_question_bank() -> None:
    files = (RGO_PROTOCOL / "bank").glob("*/*.tsv")
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    known = {line.rpartition("\t")[2].casefold() for line in lines}
    assert known.isdisjoint(text.casefold() for text in (*sentences("danger"), *sentences("ordinary")))
