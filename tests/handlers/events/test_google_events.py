"""Events as they were seen off the wire are understood, where the folder that holds them is present."""

from pathlib import Path

import pytest

from bot.school.spaces import Dialect
from handlers.events.model import BotAdded, BotRemoved, ButtonPressed, CommandGiven, Event, MessageTyped
from handlers.events.parsing import parse

FOLDER = Path(__file__).parents[3].parent / "shared" / "chat-events"
EVENTS = sorted(FOLDER.glob("**/event-*.json"))
KINDS: dict[str, type[Event]] = {
    "event-added": BotAdded,
    "event-removed": BotRemoved,
    "event-message": MessageTyped,
    "event-app-command": CommandGiven,
    "event-button": ButtonPressed,
    "event-card": ButtonPressed,
}

pytestmark = pytest.mark.skipif(not EVENTS, reason="the folder ../shared/chat-events with Google's events is not here")


@pytest.mark.parametrize("path", EVENTS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_an_event_of_google_is_what_its_name_says(path: Path) -> None:
    event = parse(path.read_bytes())
    kind = next(kind for start, kind in KINDS.items() if path.name.startswith(start))
    assert type(event) is kind
    assert event.dialect is Dialect(path.parent.name)
    assert event.actor.user.startswith("users/")
    assert event.actor.email == (event.actor.email or "").lower() != ""
    assert event.space is not None
    assert event.space.is_direct == ("dm" in path.stem.split("-") or "legacy" in path.stem)
    assert event.at is not None


@pytest.mark.parametrize("path", [path for path in EVENTS if "button" in path.name or "card" in path.name])
def test_a_button_of_google_names_the_message_it_stands_on(path: Path) -> None:
    event = parse(path.read_bytes())
    assert isinstance(event, ButtonPressed)
    assert event.message is not None
    assert event.parameters
    assert event.message_is_ours
