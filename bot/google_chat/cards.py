"""Cards and messages as typed values, rendered to JSON for either dialect; an impossible one cannot be made."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from bot.google_chat.buttons import Action, Button, Colour, Link
from bot.google_chat.text import CardText, Rich, bold, card_html, italic, linked, one_line, plain
from bot.google_chat.widgets import (
    Buttons,
    Choice,
    ChoiceKind,
    Divider,
    Fact,
    Option,
    Paragraph,
    TextField,
    Widget,
)
from bot.google_chat.wire import Json, Wire
from bot.school.spaces import Dialect

__all__ = [
    "Action",
    "Button",
    "Buttons",
    "Card",
    "CardText",
    "Choice",
    "ChoiceKind",
    "Divider",
    "Fact",
    "Footer",
    "Json",
    "Link",
    "Message",
    "Option",
    "Paragraph",
    "Rich",
    "Section",
    "TextField",
    "Widget",
    "Wire",
    "bold",
    "italic",
    "linked",
    "pages",
    "plain",
]

CARD_WIDGETS_AT_MOST = 100
"""Google `Section.widgets`: beyond 100 in a card whole sections vanish without an error."""

MESSAGE_WIDGETS_AT_MOST = 90
BYTES_AT_MOST = 28_000
"""Of a message in UTF-8; Google refuses 32,000, and what it adds itself is not known."""

PAGE_BYTES = 9_000
"""Of a page of what grows without end; beside a story of the longest kind and its buttons it still fits in a card."""

PAGE_WIDGETS = 25

_PRIMARY = Colour(red=0.05, green=0.35, blue=0.65)
_SECONDARY = Colour(red=0.9, green=0.9, blue=0.9)


@dataclass(frozen=True, slots=True)
class Footer:
    """The fixed row under a dialog (Google `CardFixedFooter`); Google wants a colour on both, so they get ours."""

    primary: Button
    secondary: Button | None = None

    @property
    def buttons(self) -> tuple[Button, ...]:
        """The buttons, the main one first."""
        return (self.primary,) if self.secondary is None else (self.primary, self.secondary)

    def render(self, wire: Wire) -> Json:
        """Google's `CardFixedFooter`, which only dialogs have."""
        footer: Json = {"primaryButton": self.primary.render(wire, in_dialog=True, colour=_PRIMARY)}
        if self.secondary is not None:
            footer["secondaryButton"] = self.secondary.render(wire, in_dialog=True, colour=_SECONDARY)
        return footer


@dataclass(frozen=True, slots=True)
class Section:
    """Widgets that belong together; when collapsible, the first `shown` stay in sight."""

    widgets: tuple[Widget, ...]
    header: CardText = ""
    collapsible: bool = False
    shown: int = 0

    def __post_init__(self) -> None:
        if not self.widgets:
            raise ValueError("A section needs at least one widget.")
        if self.shown and not self.collapsible:
            raise ValueError("Only a collapsible section can keep some of its widgets in sight.")
        if not 0 <= self.shown <= len(self.widgets):
            raise ValueError(f"A section of {len(self.widgets)} widgets cannot keep {self.shown} in sight.")

    def render(self, wire: Wire, *, in_dialog: bool = False) -> Json:
        """Google's `Section`."""
        section: Json = {"widgets": [widget.render(wire, in_dialog=in_dialog) for widget in self.widgets]}
        if self.header:
            section["header"] = card_html(self.header)
        if self.collapsible:
            section["collapsible"] = True
            section["uncollapsibleWidgetsCount"] = self.shown
        return section


@dataclass(frozen=True, slots=True)
class Card:
    """A card for in a message, a dialog or the home tab; a footer is for dialogs only.

    Raises ValueError when Google would refuse it or show it without saying what is wrong.
    """

    title: str
    subtitle: str = field(default="", repr=False)
    sections: tuple[Section, ...] = ()
    footer: Footer | None = None
    card_id: str = ""

    def __post_init__(self) -> None:
        if not self.title.strip():
            raise ValueError("A card needs a title; without one its header stays empty.")
        if not self.sections:
            raise ValueError(f"The card {self.card_id!r} needs at least one section.")
        if self.widget_count > CARD_WIDGETS_AT_MOST:
            raise ValueError(f"A card has at most {CARD_WIDGETS_AT_MOST} widgets, not {self.widget_count}: use pages.")
        names = [widget.name for widget in self._widgets() if isinstance(widget, TextField | Choice)]
        for name in names:
            if names.count(name) > 1:
                raise ValueError(f"Two inputs of a card are called {name!r}.")
        for button in self.buttons():
            missing = [name for name in button.needs if name not in names]
            if missing:
                raise ValueError(f"A button needs the input {missing[0]!r}, which is not on its card.")

    @property
    def widget_count(self) -> int:
        """The number of widgets over all sections."""
        return sum(len(section.widgets) for section in self.sections)

    def buttons(self) -> Iterator[Button]:
        """All its buttons, those in the footer last."""
        for widget in self._widgets():
            if isinstance(widget, Buttons):
                yield from widget.buttons
            elif isinstance(widget, Fact) and widget.button is not None:
                yield widget.button
        if self.footer is not None:
            yield from self.footer.buttons

    def render(self, wire: Wire, *, in_dialog: bool = False) -> Json:
        """Google's `Card`, as both dialects take it."""
        header: Json = {"title": one_line(self.title)}
        if self.subtitle:
            header["subtitle"] = one_line(self.subtitle)
        card: Json = {
            "header": header,
            "sections": [section.render(wire, in_dialog=in_dialog) for section in self.sections],
        }
        if self.footer is not None:
            card["fixedFooter"] = self.footer.render(wire)
        return card

    def without_dialog_buttons(self) -> "Card | None":
        """The card less the buttons that open a dialog; None when nothing else stood on it."""
        kept = tuple(section for section in map(_undialogued_section, self.sections) if section is not None)
        return replace(self, sections=kept) if kept else None

    def _widgets(self) -> Iterator[Widget]:
        for section in self.sections:
            yield from section.widgets


@dataclass(frozen=True, slots=True)
class Message:
    """What the bot says: text that is safe on a lock screen, perhaps cards, perhaps buttons below.

    `text` may carry Chat markup of our own; whatever others wrote goes through `plain` first. `fallback` is what a
    notification shows for the cards, `text` by default. Raises ValueError when it is impossible or too long.
    """

    text: str = field(repr=False)
    cards: tuple[Card, ...] = ()
    fallback: str = field(default="", repr=False)
    accessory: tuple[Button, ...] = ()

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise ValueError("A message needs text, also beside cards: some clients show nothing else.")
        if any(card.footer is not None for card in self.cards):
            raise ValueError("A card with a footer is for dialogs; in a message Google hides it.")
        identities = [self._card_id(place) for place in range(len(self.cards))]
        if len(set(identities)) < len(identities):
            raise ValueError("Two cards of a message have the same card_id.")
        count = sum(card.widget_count for card in self.cards) + (1 if self.accessory else 0)
        if count > MESSAGE_WIDGETS_AT_MOST:
            raise ValueError(
                f"A message has at most {MESSAGE_WIDGETS_AT_MOST} widgets, not {count}: long content goes in pages."
            )
        if any(button.needs for button in self.accessory):
            raise ValueError("A button below a message cannot need an input: it does not stand on the card.")

    def render(self, wire: Wire) -> Json:
        """Google's `Message`; raises ValueError when it is over 28,000 bytes.

        An add-on's card with a button that opens a dialog is not shown at all (Google `Action.interaction`), so there
        those buttons stand below the message, and a card that held nothing else is left out.
        """
        cards: list[Card | None] = list(self.cards)
        below = list(self.accessory)
        if wire.dialect is Dialect.ADDON:
            moved = [button for card in self.cards for button in card.buttons() if button.opens_dialog]
            below += [_without_needs(button) for button in moved]
            cards = [card.without_dialog_buttons() for card in self.cards]
        message: Json = {"text": _without_calling_all(self.text)}
        shown = [
            {"cardId": self._card_id(place), "card": card.render(wire)}
            for place, card in enumerate(cards)
            if card is not None
        ]
        if shown:
            message["cardsV2"] = shown
            message["fallbackText"] = _without_calling_all(self.fallback or self.text)
        if below:
            rendered = [button.render(wire) for place, button in enumerate(below) if button not in below[:place]]
            message["accessoryWidgets"] = [{"buttonList": {"buttons": rendered}}]
        check_size(message)
        return message

    def _card_id(self, place: int) -> str:
        return self.cards[place].card_id or f"card-{place + 1}"


def check_size(body: Json) -> None:
    """Refuse what Google may find too large; raises ValueError."""
    size = len(json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode())
    if size > BYTES_AT_MOST:
        raise ValueError(f"This is {size} bytes and {BYTES_AT_MOST} go in: long content goes in pages.")


def _without_calling_all(text: str) -> str:
    # The bot never calls everybody, so a forgotten `plain` cannot either.
    return text.replace("<users/all", "‹users/all")  # noqa: RUF001 - a lookalike on purpose


def _without_needs(button: Button) -> Button:
    if isinstance(button.action, Action) and button.action.needs:
        return replace(button, action=replace(button.action, needs=()))
    return button


def _undialogued_section(section: Section) -> Section | None:
    kept = tuple(widget for widget in map(_undialogued_widget, section.widgets) if widget is not None)
    return replace(section, widgets=kept, shown=min(section.shown, len(kept))) if kept else None


def _undialogued_widget(widget: Widget) -> Widget | None:
    if isinstance(widget, Buttons):
        kept = tuple(button for button in widget.buttons if not button.opens_dialog)
        return Buttons(*kept) if kept else None
    if isinstance(widget, Fact) and widget.button is not None and widget.button.opens_dialog:
        return replace(widget, button=None)
    return widget


def pages(widgets: Sequence[Widget]) -> Sequence[tuple[Widget, ...]]:
    """Cut what grows without end into pages, each in the order of its widgets: the first page holds the last ones.

    At least one page; a widget alone is a page, however large it is.
    """
    found: list[tuple[Widget, ...]] = []
    page: list[Widget] = []
    size = 0
    for widget in reversed(widgets):
        # The dialects write buttons differently, of which there are few here.
        shown = widget.render(Wire(Dialect.CLASSIC, ""))
        length = len(json.dumps(shown, ensure_ascii=False).encode("utf-8", errors="replace"))
        if page and (size + length > PAGE_BYTES or len(page) == PAGE_WIDGETS):
            found.append(tuple(reversed(page)))
            page, size = [], 0
        page.append(widget)
        size += length
    return (*found, tuple(reversed(page)))
