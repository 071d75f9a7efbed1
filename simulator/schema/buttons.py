"""Finds the button that somebody means by the words on it, in a card, a dialog or below a message."""

from collections.abc import Iterator
from typing import Any

from simulator.records import Json


def find_button(part: Any, label: str) -> Json | None:
    """The action of the enabled button with these words (Google `Action`); None when there is none."""
    found = (button for button in all_buttons(part) if button["text"] == label and not button.get("disabled"))
    return next((button["onClick"]["action"] for button in found if "action" in button["onClick"]), None)


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
