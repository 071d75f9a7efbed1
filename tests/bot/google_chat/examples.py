"""Cards and wires that the tests of this folder share; every name and text is made up."""

from typing import Any

from bot.google_chat.cards import Action, Button, Card, Paragraph, Section, Widget, Wire
from bot.school.spaces import Dialect

CALLBACK = "https://bot.school.example/chat/events"
CLASSIC = Wire(Dialect.CLASSIC, CALLBACK)
ADDON = Wire(Dialect.ADDON, CALLBACK)
WIRES = (CLASSIC, ADDON)

GO = Button("Verder", Action("answer.more", {"article": "A6"}))
OPEN = Button("Open", Action("report.open", {"case": "k3"}, opens_dialog=True))


def card(*widgets: Widget, **fields: Any) -> Card:
    """A card with these widgets in one section."""
    return Card(title="Artikel 6", sections=(Section(widgets or (Paragraph("Tekst"),)),), **fields)
