"""Puts figures into words and into a file: shares with their intervals, what was confused with what, what fell."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import sqrt
from pathlib import Path
from typing import TypeAlias

from tests.evaluation.score import IN_SCOPE, OUTCOME_OF_KIND, Score, Tally

Figures: TypeAlias = Mapping[str, Sequence[int]]
"""Each figure: how often right, of how many."""

SETS_THAT_LESSEN = frozenset({"over-refusal", "false crisis", "false report", "in-scope taken for a report"})
"""Figures of which fewer is better."""

_SURE = 1.96


def interval(right: int, of: int) -> tuple[float, float]:
    """Where the share lies with 95 % confidence (Wilson)."""
    if not of:
        return 0.0, 1.0
    share, square = right / of, _SURE**2
    middle = (share + square / (2 * of)) / (1 + square / of)
    half = _SURE / (1 + square / of) * sqrt(share * (1 - share) / of + square / (4 * of * of))
    return max(0.0, middle - half), min(1.0, middle + half)


def figures_of(result: Score) -> dict[str, list[int]]:
    """All figures of a score, in a fixed order."""
    return {name: [tally.right, tally.of] for name, tally in sorted(result.figures.items())}


def table(figures: Figures) -> Iterator[str]:
    """A line per figure."""
    for name, (right, of) in figures.items():
        low, high = interval(right, of)
        yield f"  {name:32} {right / of if of else 0:6.3f}  [{low:.3f}-{high:.3f}]  {right} of {of}"


def confusions(results: Iterable[Score], at_most: int = 25) -> Iterator[str]:
    """Which answer was given for which, the most frequent first."""
    pairs: Counter[tuple[str, str]] = Counter()
    for result in results:
        for line, given in result.wrong:
            wanted = line["expect"][0] if line["kind"] in IN_SCOPE else OUTCOME_OF_KIND[line["kind"]]
            said = given.citations[0] if given.outcome == "answer" and given.citations else given.outcome
            pairs[wanted, said] += 1
    for (wanted, said), times in pairs.most_common(at_most):
        yield f"  {wanted:16} answered with {said:16} {times}"


def fallen(before: Mapping[str, Figures], now: Mapping[str, Figures]) -> Iterator[str]:
    """The figures that got worse by more than chance and another processor explain: `set: figure was .95, is .90`."""
    for name, figures in before.items():
        for figure, (right, of) in figures.items():
            if figure not in now.get(name, {}):
                yield f"{name}: {figure} is no longer measured"
                continue
            new_right, new_of = now[name][figure]
            old, new = right / max(1, of), new_right / max(1, new_of)
            worse = new - old if figure in SETS_THAT_LESSEN else old - new
            if worse > noise(right, of):
                yield f"{name}: {figure} was {old:.3f}, is {new:.3f}"


def noise(right: int, of: int) -> float:
    """How much a share may move: half its interval, and one line at least."""
    low, high = interval(right, of)
    return max((high - low) / 2, 1 / max(1, of))


def without_note(falls: Iterable[str], changelog: Path) -> list[str]:
    """The falls of which the changelog's newest part says nothing; it names the figure as `set: figure`."""
    newest = changelog.read_text(encoding="utf-8").partition("## [Unreleased]")[2].partition("\n## [")[0]
    return [fall for fall in falls if fall.split(" was ")[0].split(" is no ")[0] not in newest]


def pooled(results: Sequence[Score]) -> Score:
    """Several scores as one."""
    whole = Score()
    for result in results:
        whole.times += result.times
        whole.wrong += result.wrong
        for name, tally in result.figures.items():
            kept = whole.figures.setdefault(name, Tally())
            kept.right += tally.right
            kept.of += tally.of
    return whole
