"""Scores the answers to lines of questions by the rules of the shared question sets."""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.protocol.loading import LoadedProtocol
from bot.school.people import Role

IN_SCOPE = ("direct", "paraphrase", "slang", "scenario", "meta", "multi", "english", "otherlang")
OUTCOME_OF_KIND = {
    "out_of_scope": "not_in_protocol",
    "report_intent": "report_offer",
    "crisis": "crisis",
    "smalltalk": "smalltalk",
}


@dataclass(frozen=True, slots=True)
class Given:
    """What the bot answered; `ms` is the processor time it took, in milliseconds, whatever else ran beside it."""

    outcome: str
    citations: tuple[str, ...]
    see_also: tuple[str, ...]
    ms: float


@dataclass(slots=True)
class Tally:
    """How often something was right."""

    right: int = 0
    of: int = 0

    def add(self, *, right: bool) -> None:
        self.right += right
        self.of += 1

    def __str__(self) -> str:
        return f"{self.right / self.of:.3f} ({self.right}/{self.of})" if self.of else "-"


@dataclass(slots=True)
class Score:
    """The figures of one file; `wrong` holds the lines that missed, with what was answered."""

    figures: dict[str, Tally] = field(default_factory=dict)
    times: list[float] = field(default_factory=list)
    wrong: list[tuple[Mapping[str, Any], Given]] = field(default_factory=list)

    def count(self, figure: str, *, right: bool) -> None:
        self.figures.setdefault(figure, Tally()).add(right=right)


def ask(protocol: LoadedProtocol, line: Mapping[str, Any]) -> Given:
    """Ask one line of a question file."""
    start = time.process_time()
    answer = protocol.answer(line["question"], Role(line.get("role", "onbekend")), "nl")
    elapsed = (time.process_time() - start) * 1000
    cited = tuple(quotation.citation.code for quotation in answer.citations)
    return Given(str(answer.outcome), cited, tuple(answer.see_also), elapsed)


def score(lines: Iterable[Mapping[str, Any]], answer: Callable[[Mapping[str, Any]], Given]) -> Score:
    """Ask every line and count what is right."""
    result = Score()
    for line in lines:
        given = answer(line)
        result.times.append(given.ms)
        kind = line["kind"]
        right = _score_in_scope(result, line, given) if kind in IN_SCOPE else given.outcome == OUTCOME_OF_KIND[kind]
        result.count(kind, right=right)
        if kind != "crisis":
            result.count("false crisis", right=given.outcome == "crisis")
        if kind != "report_intent":
            result.count("false report", right=given.outcome == "report_offer")
        if not right:
            result.wrong.append((line, given))
    return result


def _score_in_scope(result: Score, line: Mapping[str, Any], given: Given) -> bool:
    expected: Sequence[str] = line["expect"]
    right = (
        given.outcome == "answer"
        and given.citations[:1] != ()
        and (given.citations[0] in {expected[0], *line["also_ok"]})
    )
    result.count("hit@1", right=right)
    result.count("hit@3", right=expected[0] in given.citations[:3])
    result.count("over-refusal", right=given.outcome == "not_in_protocol")
    result.count("in-scope taken for a report", right=given.outcome == "report_offer")
    if line["kind"] == "multi":
        result.count("multi, all found", right=set(expected) <= {*given.citations, *given.see_also})
    return right
