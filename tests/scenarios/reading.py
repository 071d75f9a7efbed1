"""How a reader comes to a story: the list, the closed case, and then its words."""

from tests.dialogue import Dialogue
from tests.wire_events import Json, Someone


def inbox_of(talk: Dialogue, who: Someone) -> Json:
    """What `/zaken` shows."""
    return talk.slash(who, who.direct, 9, dialog=True)


def read_story(talk: Dialogue, who: Someone, inbox: Json | None = None) -> Json:
    """The first case of the list, opened and read."""
    closed = talk.press(who, who.direct, inbox or inbox_of(talk, who), "Openen", dialog=True)
    return talk.press(who, who.direct, closed, "Lees verhaal", dialog=True)
