"""Events as the simulator writes them have the fields that were seen on the wire."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.simulator.stub_bot import (
    CLASS_2A,
    CLASS_3B,
    ENDPOINT,
    KARIN,
    PIET,
    SANNE,
    SANNES_DM,
    Stage,
    addon_message,
    button,
    buttons,
    card,
    field_named,
    with_card,
)

EXAMPLES = Path(__file__).parents[3].parent / "shared" / "chat-events"

pytestmark = pytest.mark.skipif(not EXAMPLES.is_dir(), reason="the examples from outside are not beside the repository")

# Different by nature: what people filled in, cards of others, transport of another kind, and what only some have.
ELSEWHERE = {"cardsV2", "formInputs", "parameters", "_pubsub_message_id", "commonEventObject.platform"}


def fields(value: Any, where: str = "") -> set[str]:
    """Every field by its path, lists as their first entry."""
    if isinstance(value, list):
        return fields(value[0], where) if value else set()
    if not isinstance(value, dict):
        return {where}
    found = set()
    for name, inner in value.items():
        path = f"{where}.{name}".lstrip(".")
        found |= {path} if name in ELSEWHERE else fields(inner, path)
    return found


def example(path: str) -> Any:
    return json.loads((EXAMPLES / path).read_text(encoding="utf-8"))


def missing(example_path: str, written: Any) -> set[str]:
    gone = fields(example(example_path)) - fields(written)
    return {path for path in gone if not path.endswith(tuple(ELSEWHERE))}


def test_classic_events_have_the_fields_that_google_sends(classic: Stage) -> None:
    classic.chat.add_bot(SANNE, SANNES_DM)
    assert missing("classic/event-added-to-space-dm.json", classic.last) == set()
    classic.chat.type(SANNE, SANNES_DM, "hoi")
    assert missing("classic/event-message-dm-constructed.json", classic.last) == set()
    shown = card(field_named("naam"), buttons(button("Ga", parameters=[{"key": "id", "value": "a"}])))
    classic.bot.answers(with_card("Kies", shown))
    message = classic.chat.type(SANNE, CLASS_3B, "@Protocolbot hoi").messages[-1]
    classic.chat.press(SANNE, "Ga", message=message)
    assert missing("classic/event-card-clicked-button.json", classic.last) <= {"message.sender.avatarUrl"}


def test_addon_events_have_the_fields_that_google_sends(addon: Stage) -> None:
    addon.chat.add_bot(SANNE, SANNES_DM)
    assert missing("addon/event-added-to-space-dm.json", addon.last) == set()
    addon.chat.type(SANNE, SANNES_DM, "hoi")
    assert missing("addon/event-message-dm.json", addon.last) == set()
    addon.chat.type(SANNE, SANNES_DM, "/hulp")
    assert missing("addon/event-app-command-slash-dm.json", addon.last) == set()
    addon.chat.type(PIET, CLASS_2A, "@Protocolbot hoi")
    assert missing("addon/event-added-to-space-by-mention.json", addon.bot.heard[-2]) == set()
    shown = card(field_named("naam"), buttons(button("Ga", function=ENDPOINT)))
    addon.bot.answers(addon_message(with_card("Kies", shown)))
    message = addon.chat.type(SANNE, CLASS_3B, "@Protocolbot hoi").messages[-1]
    assert missing("addon/event-message-space-mention.json", addon.last) == set()
    addon.chat.press(SANNE, "Ga", message=message)
    lacking = missing("addon/event-button-clicked-with-forminputs.json", addon.last)
    assert lacking <= {"chat.buttonClickedPayload.message.sender.avatarUrl"}
    addon.chat.remove_bot(KARIN, CLASS_3B)
    assert missing("addon/event-removed-from-space.json", addon.last) == set()
