"""Finds articles by the question bank: whatever the question is most like decides; words of danger go before all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from bot.protocol.bank import CRISIS, INTENTS, OUT_OF_SCOPE, REPORT, SMALL_TALK, Bank, Example
from bot.protocol.document import Article, Audience
from bot.protocol.matching.crisis import CrisisWords, Danger
from bot.protocol.matching.features import features
from bot.protocol.matching.likeness import Likeness
from bot.protocol.matching.references import named_in
from bot.protocol.ports import Intent, Match, Ranked
from bot.school.people import Role


@dataclass(frozen=True, slots=True)
class Bar:
    """How much more like an intent than like a question about an article a text must be, in log-likelihood.

    What it is compared with is a mixture: `share` of all questions together, the rest of the best article alone.
    A lower `least` finds more of the intent, and takes more real questions for it. `grows` is what is added for the
    square root of the number of features: the evidence of a long message adds up, also when it says nothing.
    """

    share: float
    least: float
    grows: float = 0.0


DEFAULT_BARS: Mapping[Intent, Bar] = {
    Intent.CRISIS: Bar(0.5, 4.0),
    Intent.SMALL_TALK: Bar(0.3, -1.5),
    Intent.REPORT: Bar(0.5, 0.0, 0.45),
    Intent.OUT_OF_SCOPE: Bar(0.9, 0.0, 0.24),
}
"""The bars, chosen on the public question sets, in the order in which they are tried; a new bank may need others."""

_LABELS = {
    Intent.CRISIS: CRISIS,
    Intent.SMALL_TALK: SMALL_TALK,
    Intent.REPORT: REPORT,
    Intent.OUT_OF_SCOPE: OUT_OF_SCOPE,
}

IN_SCOPE = "IN"
"""The label of all questions about articles together."""

CLOSE_TO_BEST = 6.0
"""How far below the best article another may score and still belong to the answer, in log-likelihood."""

LEAST_FAMILIAR = 0.2
"""The share of a text's features that must have been seen before; below it nobody can tell what it is about."""

_LEAN = 0.5
"""What an article gains when it speaks to people like the asker, and loses when it speaks to others only."""

_NAMED = 1000.0
"""What an article gains when it is named by its code: more than any likeness."""

_STAFF = frozenset({Role.STAFF, Role.LEADER, Role.BOARD, Role.SUPERVISOR, Role.CONFIDANT, Role.ADMIN})
_FAMILIES = frozenset({Role.PUPIL, Role.PARENT})


class BankMatcher:
    """A `Matcher` over a question bank and the articles' own texts; read-only, so that threads may share it."""

    def __init__(
        self, articles: Sequence[Article], bank: Bank, crisis: CrisisWords, bars: Mapping[Intent, Bar] = DEFAULT_BARS
    ) -> None:
        self._crisis = crisis
        self._bars = bars
        self._audiences = {article.code: article.audience for article in articles}
        verbatim = (Example(article.code, article.text) for article in articles)
        self._likeness = Likeness((*bank.articles, *verbatim, *bank.intents), IN_SCOPE, strangers=INTENTS)

    def match(self, question: str, role: Role) -> Match:
        """What the question wants and which articles fit it."""
        counts = features(question)
        scores = self._likeness.scores(counts)
        named = named_in(question, self._audiences.keys())
        fits = (
            Ranked(code, scores[code] + _lean(audience, role) + (_NAMED if code in named else 0.0))
            for code, audience in self._audiences.items()
        )
        ranked = tuple(sorted(fits, key=lambda fit: -fit.score))
        close = sum(fit.score > ranked[0].score - CLOSE_TO_BEST for fit in ranked)
        danger = self._crisis.heard_in(question)
        if danger is Danger.SIGN:
            return Match(Intent.CRISIS, ranked, close)
        if named:
            return Match(Intent.ARTICLE, ranked, close)
        if self._likeness.familiarity(counts) < LEAST_FAMILIAR:
            return Match(Intent.OUT_OF_SCOPE, ())
        intents = {intent: scores[label] for intent, label in _LABELS.items() if label in scores}
        if danger is Danger.FIGURE:
            intents.pop(Intent.CRISIS, None)
        intent = self._intent(intents, scores[IN_SCOPE], ranked[0].score, sqrt(counts.total()))
        return Match(intent, ranked, close)

    def _intent(self, intents: Mapping[Intent, float], in_scope: float, best: float, length: float) -> Intent:
        likest = max(intents, key=lambda intent: intents[intent], default=None)
        for intent, bar in self._bars.items():
            if intent not in {likest, Intent.OUT_OF_SCOPE} or intent not in intents:
                continue
            if intents[intent] - (bar.share * in_scope + (1 - bar.share) * best) > bar.least + bar.grows * length:
                return intent
        return Intent.ARTICLE


def _lean(audience: Audience, role: Role) -> float:
    if audience is Audience.EVERYONE or role not in _STAFF | _FAMILIES:
        return 0.0
    return _LEAN if (role in _STAFF) == (audience is Audience.STAFF) else -_LEAN
