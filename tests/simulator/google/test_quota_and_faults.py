"""Quotas by sliding windows of real time, and faults that strike in a fixed rhythm."""

import http.client
from typing import Any

import pytest

from simulator import faults
from simulator.faults import Faults, UnknownFault
from simulator.google.quota import Limits, Quota
from simulator.server import Running
from tests.simulator.google.api import client, refused
from tests.simulator.stub_bot import (
    CLASS_3B,
    ENDPOINT,
    SANNE,
    SANNES_DM,
    Stage,
    addon_message,
    button,
    buttons,
    card,
    text,
    with_card,
)


class Seconds:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 50.0

    def __call__(self) -> float:
        return self.now


def test_one_write_a_second_for_each_space() -> None:
    seconds = Seconds()
    quota = Quota(monotonic=seconds)
    assert [quota.allows("spaces/A"), quota.allows("spaces/A"), quota.allows("spaces/B")] == [True, False, True]
    seconds.now += 0.9
    assert not quota.allows("spaces/A")
    seconds.now += 0.1
    assert quota.allows("spaces/A")


def test_3000_writes_a_minute_for_the_project() -> None:
    seconds = Seconds()
    quota = Quota(monotonic=seconds)
    allowed = 0
    for number in range(3_100):
        seconds.now += 0.001
        allowed += quota.allows(f"spaces/{number}")
    assert allowed == 3_000
    seconds.now += 60
    assert quota.allows("spaces/A")


def test_a_refused_write_is_429_without_a_hint_when_to_retry(running: Running) -> None:
    running.quota.limits = Limits()
    with client(running) as spaces:
        spaces.messages().create(parent=CLASS_3B, body={"text": "een"}).execute()
        with refused(429, "RESOURCE_EXHAUSTED"):
            spaces.messages().create(parent=CLASS_3B, body={"text": "twee"}).execute()
        spaces.get(name=CLASS_3B).execute()
        spaces.messages().create(parent=SANNES_DM, body={"text": "drie"}).execute()


def test_a_rhythm_is_spread_evenly_and_counts_only_while_on() -> None:
    switches = Faults()
    assert not switches.strikes(faults.API_500)
    switches.set(faults.API_500, on=True)
    assert [switches.strikes(faults.API_500) for _call in range(6)] == [False, False, True] * 2
    switches.set(faults.API_500, on=True, hits=2, of=3)
    assert sum(switches.strikes(faults.API_500) for _call in range(9)) == 6
    switches.set(faults.API_500, on=False)
    assert not switches.strikes(faults.API_500)
    with pytest.raises(UnknownFault):
        switches.set("coffee", on=True)


FAILURES = [(faults.API_429, 429, "RESOURCE_EXHAUSTED"), (faults.API_500, 500, "INTERNAL")]


@pytest.mark.parametrize(("name", "status", "code"), FAILURES)
def test_a_failing_api_did_nothing(running: Running, name: str, status: int, code: str) -> None:
    running.world.faults.set(name, on=True, hits=1, of=1)
    with client(running) as spaces:
        with refused(status, code):
            spaces.messages().create(parent=CLASS_3B, body={"text": "x"}).execute()
        assert running.world.messages_in(CLASS_3B) == ()
        running.world.faults.set(name, on=False)
        spaces.messages().create(parent=CLASS_3B, body={"text": "x"}).execute()


def test_a_cut_connection_leaves_the_message_there(running: Running) -> None:
    running.world.faults.set(faults.CUT_AFTER_CREATE, on=True, hits=1, of=1)
    with client(running) as spaces:
        with pytest.raises((http.client.HTTPException, OSError)):
            spaces.messages().create(parent=CLASS_3B, body={"text": "x"}, messageId="client-a").execute()
        running.world.faults.set(faults.CUT_AFTER_CREATE, on=False)
        with refused(409, "ALREADY_EXISTS"):
            spaces.messages().create(parent=CLASS_3B, body={"text": "x"}, messageId="client-a").execute()
    assert len(running.world.messages_in(CLASS_3B)) == 1


def test_a_slow_api_is_slow_and_right(running: Running) -> None:
    running.world.faults.slow_seconds = 0.05
    running.world.faults.set(faults.SLOW_API, on=True)
    with client(running) as spaces:
        spaces.get(name=CLASS_3B).execute()
    took = running.world.log.entries()[-1].ms
    assert took is not None
    assert took >= 50


def with_dialog_button() -> dict[str, Any]:
    opens = button("Open", function=ENDPOINT, interaction="OPEN_DIALOG")
    body = with_card("Er staat iets voor je klaar.", card(text("x"), buttons(opens)))
    return body | {"accessoryWidgets": [buttons(opens)]}


def test_open_dialog_strips_an_addons_card_but_not_what_stands_below(addon: Stage, classic: Stage) -> None:
    for on, answer in ((addon, addon_message(with_dialog_button())), (classic, with_dialog_button())):
        on.world.faults.set(faults.OPEN_DIALOG_STRIPS_CARD, on=True)
        on.bot.answers(answer)
        message = on.world.message(on.chat.type(SANNE, SANNES_DM, "hoi").messages[-1])
        assert ("cardsV2" in message.content) == (on is classic)
        assert message.text
        assert message.content["accessoryWidgets"]
