"""Which intent wins: danger first, then small talk, a report, and what is not in the protocol."""

import pytest

from bot.protocol.matching.deciding import Bars, decide
from bot.protocol.ports import Intent

BARS = Bars(crisis=0.2, hint=0.05, small_talk=0.5, report=0.5, out_of_scope=0.6, doubt=0.5, close=0.1)


def likely(**shares: float) -> dict[str, float]:
    return {"CRISIS": 0.0, "SMALL": 0.0, "REPORT": 0.0, "OOS": 0.0, **shares}


@pytest.mark.parametrize(
    ("shares", "intent"),
    [
        ({"CRISIS": 0.2, "REPORT": 0.8}, Intent.CRISIS),
        ({"CRISIS": 0.19, "REPORT": 0.8}, Intent.REPORT),
        ({"SMALL": 0.5}, Intent.SMALL_TALK),
        ({"OOS": 0.6, "REPORT": 0.4}, Intent.OUT_OF_SCOPE),
        ({"OOS": 0.59, "A1": 0.1}, Intent.ARTICLE),
        ({"A1": 0.9}, Intent.ARTICLE),
    ],
)
def test_the_first_bar_that_is_reached_decides(shares: dict[str, float], intent: Intent) -> None:
    assert decide(likely(**shares), BARS, figure_of_speech=False) is intent


def test_a_figure_of_speech_is_no_danger_however_likely_it_sounds() -> None:
    assert decide(likely(CRISIS=0.9), BARS, figure_of_speech=True) is not Intent.CRISIS
