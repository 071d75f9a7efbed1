"""`make eval`: measures all question sets, prints the figures, and keeps them in a file that CI compares with."""

import json
import sys
from pathlib import Path

from tests.evaluation.measuring import FIGURES, kept_apart, measure
from tests.evaluation.report import confusions, fallen, table, without_note

CHANGELOG = Path(__file__).parents[2] / "CHANGELOG.md"


def main() -> int:
    """Print and keep the figures; 1 when one fell by more than its noise and the changelog does not say why."""
    together, alone = measure(with_encoder=True), measure(with_encoder=False, prefix="words alone, ")
    figures = {**together.figures, **alone.figures, **kept_apart()}
    for name, of_set in figures.items():
        _say(name)
        for line in table(of_set):
            _say(line)
    _say("confusions (wanted, answered), public and own sets")
    for line in confusions(score for name, score in together.scores.items() if name != "pooled"):
        _say(line)
    for name, measured in (("together", together), ("words alone", alone)):
        median, slowest = measured.milliseconds()
        _say(f"{name}: median {median:.1f} ms, p99 {slowest:.1f} ms")
    before = json.loads(FIGURES.read_text(encoding="utf-8")) if FIGURES.exists() else {}
    falls = without_note(fallen(before, figures), CHANGELOG)
    if falls:
        _say("These fell by more than their noise. Say why under [Unreleased] in CHANGELOG.md, as `set: figure`:")
        _say("\n".join(f"  {fall}" for fall in falls))
        return 1
    FIGURES.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return 0


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    sys.exit(main())
