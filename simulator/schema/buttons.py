"""Finds what somebody means on a card: the button by its words, and of which type a date field is."""

from collections.abc import Iterator
from typing import Any

from simulator.records import Json


def find_button(part: Any, label: str) -> Json | None:
    """The action of the enabled button with these words (Google `Action`); None when there is none."""
    found = (button for button in all_buttons(part) if button["text"] == label and not button.get("disabled"))
    return next((button["onClick"]["action"] for button in found if "action" in button["onClick"]), None)


def picker_types(part: Any) -> dict[str, str]:
    """The date and time pickers in a card: their name to Google's type, such as DATE_AND_TIME."""
    found: dict[str, str] = {}
    if isinstance(part, dict):
        if "dateTimePicker" in part:
            found[part["dateTimePicker"]["name"]] = part["dateTimePicker"].get("type", "DATE_AND_TIME")
        for inner in part.values():
            found |= picker_types(inner)
    elif isinstance(part, list):
        for inner in part:
            found |= picker_types(inner)
    return found


def all_buttons(part: Any) -> Iterator[Json]:
    """Everything with words and an onClick, in the order of the card."""
    if isinstance(part, dict):
        if "onClick" in part and "text" in part:
            yield part
        for inner in part.values():
            yield from all_buttons(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from all_buttons(inner)
