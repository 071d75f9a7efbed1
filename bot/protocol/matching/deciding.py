"""From how likely each label is to what somebody wants: the bars, in the order in which they are tried."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.protocol.bank import CRISIS, OUT_OF_SCOPE, REPORT, SMALL_TALK
from bot.protocol.ports import Intent


@dataclass(frozen=True, slots=True)
class Bars:
    """How likely an intent must be before it is taken for what somebody wants; all between 0 and 1.

    `hint` is the share of danger from which help is shown beside an answer. An article below `doubt`, of all that is
    likely for the articles, is not clearly the best. One belongs to the answer from `close` times the best.
    """

    crisis: float
    hint: float
    small_talk: float
    report: float
    out_of_scope: float
    doubt: float
    close: float


def decide(likely: Mapping[str, float], bars: Bars, *, figure_of_speech: bool) -> Intent:
    """What somebody wants. `figure_of_speech`: words that sound like danger were an expression ("ik ga dood")."""
    if likely[CRISIS] >= bars.crisis and not figure_of_speech:
        return Intent.CRISIS
    if likely[SMALL_TALK] >= bars.small_talk:
        return Intent.SMALL_TALK
    if likely[REPORT] >= bars.report:
        return Intent.REPORT
    if likely[OUT_OF_SCOPE] >= bars.out_of_scope:
        return Intent.OUT_OF_SCOPE
    return Intent.ARTICLE
