"""Asks all question sets, with the sentence encoder and without, and gathers what came out."""

import json
import statistics
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.protocol.loading import RGO_PROTOCOL, load
from tests.evaluation.report import Figures, figures_of, pooled
from tests.evaluation.score import Score, ask, score

HERE = Path(__file__).parent
SHARED = HERE.parents[2] / "shared" / "questions"
FIGURES = HERE / "figures.json"
CRISIS_LINES = HERE / "crisis_unseen.jsonl"
OWN_QUESTIONS = HERE / "questions_unseen.jsonl"


@dataclass(frozen=True, slots=True)
class Measured:
    """The score of each set of questions, and the milliseconds of all."""

    scores: Mapping[str, Score]

    @property
    def figures(self) -> Mapping[str, Figures]:
        """All figures by set."""
        return {name: figures_of(result) for name, result in self.scores.items()}

    def milliseconds(self, prefix: str = "") -> tuple[float, float]:
        """The median and the 99th percentile of a question, over the sets whose name begins so."""
        times = sorted(time for name, result in self.scores.items() if name.startswith(prefix) for time in result.times)
        return statistics.median(times), times[int(len(times) * 0.99)]


def measure(*, with_encoder: bool, prefix: str = "") -> Measured:
    """Ask every set that is there: the public ones beside this checkout, and our own."""
    protocol = load(RGO_PROTOCOL, with_encoder=with_encoder)
    scores = {prefix + name: score(lines, lambda line: ask(protocol, line)) for name, lines in question_sets() if lines}
    public = [result for name, result in scores.items() if name.startswith(f"{prefix}public")]
    if public:
        scores[f"{prefix}pooled"] = pooled(public)
    return Measured(scores)


def question_sets() -> Iterator[tuple[str, Sequence[Mapping[str, Any]]]]:
    """The name and the lines of each set."""
    for path in (*sorted(SHARED.glob("public*.jsonl")), OWN_QUESTIONS, CRISIS_LINES):
        if path.exists():
            yield path.stem, [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def kept_apart() -> Mapping[str, Figures]:
    """What training measured on lines of the bank that it had not learnt.

    With the encoder on one hand, and on some lines that are no questions; with words alone on every hand in turn.
    """
    card = json.loads((RGO_PROTOCOL / "model" / "model.json").read_text(encoding="utf-8"))
    apart = {f"bank, kept apart, {name}": figures for name, figures in card["kept_apart"].items()}
    return apart | {f"bank, each hand in turn, {name}": figures for name, figures in card["cross_validated"].items()}
