"""No JSON whatever makes parsing raise; no bytes whatever make it raise anything but NotJson."""

import copy
import json
from contextlib import suppress
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handlers.events.model import ButtonPressed, CommandGiven, Event, MessageTyped
from handlers.events.parsing import NotJson, parse
from tests.handlers.events.payloads import FORM, SANNE, addon, card_message, classic, encoded, message, slash

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=8)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | ANY_TEXT | st.sampled_from(["MESSAGE", "1", "DM"])
ANY_JSON = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ANY_TEXT, inner, max_size=3), max_leaves=10
)
METADATA = {"appCommandId": 1, "appCommandType": "SLASH_COMMAND"}
WHOLE = [
    json.loads(body)
    for body in (
        classic("MESSAGE", message=message(annotations=[slash()]), appCommandMetadata=METADATA),
        classic("ADDED_TO_SPACE", message=message()),
        classic("CARD_CLICKED", message=card_message(), common={"formInputs": FORM, "parameters": {"a": "1"}}),
        classic("CARD_CLICKED", action={"actionMethodName": "x", "parameters": [{"key": "a", "value": "1"}]}),
        classic("WIDGET_UPDATED", common={"parameters": {"autocomplete_widget_query": "S"}}),
        addon("messagePayload", {"message": message()}),
        addon("appCommandPayload", {"appCommandMetadata": METADATA, "message": message(annotations=[slash()])}),
        addon("buttonClickedPayload", {"message": card_message()}, formInputs=FORM, parameters={"action": "x"}),
        addon("addedToSpacePayload"),
        encoded({"chat": {"type": "SUBMIT_FORM", "user": SANNE}, "commonEventObject": {"formInputs": FORM}}),
    )
]
QUICK = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def places(body: Any, so_far: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to every value in this JSON."""
    steps = body.items() if isinstance(body, dict) else enumerate(body) if isinstance(body, list) else ()
    return [so_far] + [place for step, inner in steps for place in places(inner, (*so_far, step))]


def with_changed(body: Any, place: tuple[Any, ...], value: Any) -> Any:
    if not place:
        return value
    changed = copy.deepcopy(body)
    inner = changed
    for step in place[:-1]:
        inner = inner[step]
    inner[place[-1]] = value
    return changed


def is_storable(text: str) -> bool:
    return "\x00" not in text and text.encode("utf-8").decode() == text


def check(event: Event) -> None:
    assert is_storable(event.actor.user + event.actor.display_name + event.locale + (event.actor.email or ""))
    if isinstance(event, MessageTyped | CommandGiven):
        assert event.actor.user
        assert is_storable(event.message.text if event.message else "")
    if isinstance(event, ButtonPressed):
        filled_in = [text for texts in event.inputs.strings.values() for text in texts]
        assert all(is_storable(text) for text in [*event.parameters, *event.parameters.values(), *filled_in])


@QUICK
@given(ANY_JSON)
def test_any_json_is_an_event(body: Any) -> None:
    check(parse(json.dumps(body).encode()))


@QUICK
@given(st.data())
def test_an_event_with_anything_in_any_place_is_an_event(data: st.DataObject) -> None:
    body = data.draw(st.sampled_from(WHOLE))
    for _ in range(data.draw(st.integers(1, 3))):
        body = with_changed(body, data.draw(st.sampled_from(places(body))), data.draw(ANY_JSON))
    check(parse(json.dumps(body).encode()))


@QUICK
@given(st.binary())
def test_any_bytes_are_an_event_or_no_json(body: bytes) -> None:
    with suppress(NotJson):
        check(parse(body))
