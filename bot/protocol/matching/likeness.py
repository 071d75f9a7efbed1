"""Which label a text is most like, learnt by counting from texts that carry labels: naive Bayes over weighed features.

Multinomial naive Bayes on length-normalised TF-IDF (Rennie and others, "Tackling the poor assumptions of naive Bayes
text classifiers", 2003). It is learnt anew at every start, in a fraction of a second, so that a school's own question
bank needs no training step and no second file that could disagree with the bank.
"""

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cache
from itertools import chain
from math import hypot, log

from bot.protocol.bank import Example
from bot.protocol.matching.features import features, pieces

SMOOTHING = 0.05
"""What each label counts of each feature beforehand; measured between 0.01 and 0.1, where it hardly matters."""


class Likeness:
    """Scores a text against every label; read-only after it was made, so that threads may share it.

    `family` names one more label, made of every example whose own label is not in `strangers`.
    """

    def __init__(self, examples: Sequence[Example], family: str, strangers: AbstractSet[str] = frozenset()) -> None:
        counted = _count(examples)
        holding = Counter(chain.from_iterable(counted))
        self._rarity = {feature: log(1 + len(counted) / many) for feature, many in holding.items()}
        self.labels = (*sorted({example.label for example in examples}), family)
        places = {label: place for place, label in enumerate(self.labels)}
        sums: dict[str, dict[int, float]] = {feature: {} for feature in holding}
        for example, counts in zip(examples, counted, strict=True):
            place = places[example.label]
            for feature, weight in self._weigh(counts).items():
                row = sums[feature]
                row[place] = row.get(place, 0.0) + weight
        relatives = frozenset(places[label] for label in self.labels if label not in strangers)
        mass = [SMOOTHING * len(holding)] * len(self.labels)
        self._rows = {}
        for feature, row in sums.items():
            row[places[family]] = sum([value for place, value in row.items() if place in relatives])
            self._rows[feature] = (bytes(row), array("f", [log(1 + value / SMOOTHING) for value in row.values()]))
            for place, value in row.items():
                mass[place] += value
        self._mass = [-log(total) for total in mass]

    def scores(self, counts: Mapping[str, int]) -> dict[str, float]:
        """How like each label these features are: log-likelihoods up to a constant; equal when nothing is known."""
        weights = self._weigh(counts)
        known = sum(weights.values())
        totals = [known * mass for mass in self._mass]
        for feature, weight in weights.items():
            row, logs = self._rows[feature]
            for place, value in zip(row, logs, strict=True):
                totals[place] += weight * value
        return dict(zip(self.labels, totals, strict=True))

    def familiarity(self, counts: Mapping[str, int]) -> float:
        """The share of these features that some example had, 0 to 1."""
        total = sum(counts.values())
        return sum(many for feature, many in counts.items() if feature in self._rarity) / total if total else 0.0

    def _weigh(self, counts: Mapping[str, int]) -> dict[str, float]:
        rarity = self._rarity
        raw = {
            feature: rarity[feature] if many == 1 else (1 + log(many)) * rarity[feature]
            for feature, many in counts.items()
            if feature in rarity
        }
        length = hypot(*raw.values())
        return {feature: weight / length for feature, weight in raw.items()}


def _count(examples: Iterable[Example]) -> list[Counter[str]]:
    """The features of each example; words that come back are cut into pieces once."""
    remembered = cache(pieces)
    return [features(example.text, remembered) for example in examples]
