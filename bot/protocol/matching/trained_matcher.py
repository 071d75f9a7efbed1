"""Finds articles with weights that were learnt from the question bank; words of danger go before all."""

from collections.abc import Mapping

from bot.protocol.bank import CRISIS, INTENTS
from bot.protocol.matching.crisis import CrisisWords, Danger
from bot.protocol.matching.deciding import decide
from bot.protocol.matching.references import named_in
from bot.protocol.matching.trained import Trained
from bot.protocol.ports import Intent, Match, Ranked
from bot.school.articles import ArticleCode
from bot.school.people import Role

LEAST_FAMILIAR = 0.15
"""The share of a text that some example had; below it words alone cannot tell what it is about."""


class TrainedMatcher:
    """A `Matcher` over learnt weights; read-only, so that threads may share it.

    `codes` says which article of the loaded protocol each learnt label is.
    """

    def __init__(self, trained: Trained, codes: Mapping[str, ArticleCode], crisis: CrisisWords) -> None:
        self._trained = trained
        self._codes = {label: codes[label] for label in trained.labels if label not in INTENTS and label in codes}
        self._crisis = crisis

    @property
    def labels(self) -> frozenset[str]:
        """What the weights can tell apart, the intents among them."""
        return frozenset(self._trained.labels)

    def naming(self, codes: Mapping[str, ArticleCode]) -> "TrainedMatcher":
        """The same weights for a protocol in which these are the articles' codes."""
        return TrainedMatcher(self._trained, codes, self._crisis)

    def match(self, question: str, role: Role) -> Match:  # noqa: ARG002 - people ask for others: measured, it misleads
        """What the question wants and which articles fit it."""
        bars = self._trained.mixture.bars
        likely = self._trained.likely(question)
        danger = self._crisis.heard_in(question)
        named = named_in(question, frozenset(self._codes.values()))
        ranked = self._ranked(likely, named)
        close = sum(fit.score >= bars.close * ranked[0].score for fit in ranked)
        if danger is Danger.SIGN:
            return Match(Intent.CRISIS, ranked, close)
        if named:
            return Match(Intent.ARTICLE, ranked, close)
        if self._trained.sentences is None and self._trained.words.familiarity(question) < LEAST_FAMILIAR:
            return Match(Intent.OUT_OF_SCOPE, ())
        intent = decide(likely, bars, figure_of_speech=danger is Danger.FIGURE)
        faint = intent is not Intent.CRISIS and danger is Danger.NOTHING and likely[CRISIS] >= bars.hint
        return Match(intent, ranked, close, doubtful=ranked[0].score < bars.doubt, danger=faint)

    def _ranked(self, likely: Mapping[str, float], named: frozenset[ArticleCode]) -> tuple[Ranked, ...]:
        """The articles by their share of all that is likely for articles; one that is named by its code goes first."""
        total = sum(likely[label] for label in self._codes) or 1.0
        fits = (
            Ranked(code, likely[label] / total + (1.0 if code in named else 0.0)) for label, code in self._codes.items()
        )
        return tuple(sorted(fits, key=lambda fit: -fit.score))
