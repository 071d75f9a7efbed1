"""Cards and messages: what they look like in both dialects, and that too long or impossible ones are refused."""

from typing import Any

import pytest

from bot.google_chat.cards import (
    Action,
    Button,
    Buttons,
    Card,
    Divider,
    Fact,
    Footer,
    Message,
    Paragraph,
    Section,
    TextField,
    Wire,
)
from tests.bot.google_chat.examples import ADDON, CALLBACK, CLASSIC, GO, OPEN, WIRES, card
from tests.google_schema import check_card, check_message

BOTH = pytest.mark.parametrize("wire", WIRES, ids=lambda wire: wire.dialect.value)
SEND = Button("Verstuur", Action("report.send", needs=("wat",)))


def test_a_card_has_a_header_and_sections() -> None:
    made = Card("Kop", "Onder", (Section((Divider(), Divider()), "Deel <1>", collapsible=True, shown=1),))
    assert made.render(CLASSIC) == {
        "header": {"title": "Kop", "subtitle": "Onder"},
        "sections": [
            {
                "widgets": [{"divider": {}}, {"divider": {}}],
                "header": "Deel &lt;1&gt;",
                "collapsible": True,
                "uncollapsibleWidgetsCount": 1,
            }
        ],
    }


@BOTH
def test_a_dialogs_footer_has_coloured_buttons(wire: Wire) -> None:
    made = card(TextField("wat", "Wat?"), footer=Footer(SEND, GO)).render(wire, in_dialog=True)
    assert [made["fixedFooter"][place]["text"] for place in ("primaryButton", "secondaryButton")] == [
        "Verstuur",
        "Verder",
    ]
    check_card(made, "dialog", wire.dialect, dialog=True)


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: Section(()), "at least one widget"),
        (lambda: Section((Divider(),), shown=1), "Only a collapsible"),
        (lambda: Section((Divider(),), collapsible=True, shown=2), "cannot keep 2"),
        (lambda: Card(" ", sections=(Section((Divider(),)),)), "needs a title"),
        (lambda: Card("Kop"), "at least one section"),
        (lambda: card(*[Divider()] * 101), "at most 100 widgets, not 101"),
        (lambda: card(TextField("wat", "A"), TextField("wat", "B")), "called 'wat'"),
        (lambda: card(Buttons(SEND)), "needs the input 'wat'"),
        (lambda: card(footer=Footer(GO, SEND)), "needs the input 'wat'"),
        (lambda: Message(" "), "needs text"),
        (lambda: Message("a", (card(footer=Footer(GO)),)), "for dialogs"),
        (lambda: Message("a", (card(card_id="x"), card(card_id="x"))), "same card_id"),
        (
            lambda: Message("a", (card(*[Divider()] * 60), card(*[Divider()] * 31))),
            "not 91: long content goes in pages",
        ),
        (lambda: Message("a", (card(*[Divider()] * 90),), accessory=(GO,)), "not 91"),
        (lambda: Message("a", accessory=(SEND,)), "cannot need an input"),
    ],
)
def test_an_impossible_card_or_message_is_refused_with_a_clear_sentence(make: Any, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        make()


@BOTH
def test_a_message_of_text_is_only_that(wire: Wire) -> None:
    assert Message("Hoi").render(wire) == {"text": "Hoi"}


@BOTH
def test_cards_bring_a_text_for_notifications(wire: Wire) -> None:
    made = Message("Er staat iets voor je klaar.", (card(), card())).render(wire)
    assert made["fallbackText"] == "Er staat iets voor je klaar."
    assert [entry["cardId"] for entry in made["cardsV2"]] == ["card-1", "card-2"]
    assert Message("a", (card(),), fallback="b").render(wire)["fallbackText"] == "b"
    check_message(made, wire.dialect)


@BOTH
def test_nobody_can_call_everybody_even_when_plain_was_forgotten(wire: Wire) -> None:
    made = Message("hoi <users/all>", (card(),), fallback="<users/all>").render(wire)
    assert "<users/all" not in str(made)


@BOTH
def test_28000_bytes_go_in_and_one_more_does_not(wire: Wire) -> None:
    assert Message("a" * (28_000 - len('{"text":""}'))).render(wire)
    with pytest.raises(ValueError, match="28001 bytes"):
        Message("a" * (28_001 - len('{"text":""}'))).render(wire)


@BOTH
def test_bytes_are_counted_as_they_travel(wire: Wire) -> None:
    assert Message("😀" * 6_900).render(wire)
    with pytest.raises(ValueError, match="long content goes in pages"):
        Message("😀" * 7_000).render(wire)


def test_in_classic_a_button_that_opens_a_dialog_stays_where_it_is() -> None:
    made = Message("a", (card(Buttons(OPEN, GO)),)).render(CLASSIC)
    buttons = made["cardsV2"][0]["card"]["sections"][0]["widgets"][0]["buttonList"]["buttons"]
    assert [button["text"] for button in buttons] == ["Open", "Verder"]
    assert "accessoryWidgets" not in made
    check_message(made, CLASSIC.dialect)


def test_in_an_addon_it_stands_below_the_message_or_the_card_would_not_be_shown() -> None:
    widgets = (Buttons(OPEN, GO), Fact("Zaak", "k3", button=OPEN), Buttons(OPEN))
    made = Message("a", (card(*widgets),), accessory=(GO,)).render(ADDON)
    shown = made["cardsV2"][0]["card"]["sections"][0]["widgets"]
    assert [next(iter(widget)) for widget in shown] == ["buttonList", "decoratedText"]
    assert [button["text"] for button in shown[0]["buttonList"]["buttons"]] == ["Verder"]
    assert "button" not in shown[1]["decoratedText"]
    below = made["accessoryWidgets"][0]["buttonList"]["buttons"]
    assert [button["text"] for button in below] == ["Verder", "Open"]
    assert below[1]["onClick"]["action"] == {
        "function": CALLBACK,
        "parameters": [{"key": "action", "value": "report.open"}, {"key": "case", "value": "k3"}],
        "interaction": "OPEN_DIALOG",
    }
    check_message(made, ADDON.dialect)


def test_in_an_addon_sections_and_cards_that_held_only_such_buttons_go() -> None:
    folded = Section((Divider(), Buttons(OPEN)), collapsible=True, shown=2)
    two = Card("Kop", sections=(Section((Buttons(OPEN),)), folded))
    made = Message("a", (card(Buttons(OPEN)), two)).render(ADDON)
    assert [entry["cardId"] for entry in made["cardsV2"]] == ["card-2"]
    assert [section["uncollapsibleWidgetsCount"] for section in made["cardsV2"][0]["card"]["sections"]] == [1]
    check_message(made, ADDON.dialect)
    alone = Message("a", (card(Buttons(OPEN)),)).render(ADDON)
    assert set(alone) == {"text", "accessoryWidgets"}


def test_in_an_addon_a_moved_button_needs_no_input_of_the_card() -> None:
    asks = Button("Open", Action("report.open", opens_dialog=True, needs=("wat",)))
    made = Message("a", (card(TextField("wat", "Wat?"), Buttons(asks)),)).render(ADDON)
    assert "requiredWidgets" not in made["accessoryWidgets"][0]["buttonList"]["buttons"][0]["onClick"]["action"]
    check_message(made, ADDON.dialect)


def test_no_repr_of_a_message_shows_its_words() -> None:
    assert "Sanne" not in repr(Message("Sanne", (card(Paragraph("Sanne"), subtitle="Sanne"),), fallback="Sanne"))
