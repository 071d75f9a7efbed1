"""Every widget in both dialects, and the widgets that cannot be made because Google would hide or break them."""

from typing import Any

import pytest

from bot.google_chat.cards import (
    Action,
    Button,
    Buttons,
    Choice,
    ChoiceKind,
    Divider,
    Fact,
    Link,
    Option,
    Paragraph,
    Rich,
    TextField,
    Widget,
    Wire,
    bold,
)
from tests.bot.google_chat.examples import ADDON, CALLBACK, CLASSIC, GO, OPEN, WIRES, card
from tests.google_schema import check_card

ONE = Option("1", "Een")
TWO = Option("2", "Twee")

SAME_IN_BOTH: list[tuple[Widget, dict[str, Any]]] = [
    (Paragraph("a <b>"), {"textParagraph": {"text": "a &lt;b&gt;"}}),
    (Paragraph(Rich("a ", bold("b")), max_lines=3), {"textParagraph": {"text": "a <b>b</b>", "maxLines": 3}}),
    (
        Fact("Artikel", "A6", below="versie 2026"),
        {"decoratedText": {"text": "A6", "wrapText": True, "topLabel": "Artikel", "bottomLabel": "versie 2026"}},
    ),
    (Fact("", "A6"), {"decoratedText": {"text": "A6", "wrapText": True}}),
    (
        Buttons(Button("Lees", Link("https://school.example/"), alt="Opent een pagina", filled=True)),
        {
            "buttonList": {
                "buttons": [
                    {
                        "text": "Lees",
                        "onClick": {"openLink": {"url": "https://school.example/"}},
                        "altText": "Opent een pagina",
                        "type": "FILLED",
                    }
                ]
            }
        },
    ),
    (TextField("wat", "Wat?"), {"textInput": {"name": "wat", "type": "SINGLE_LINE", "label": "Wat?"}}),
    (
        TextField("wat", "", hint="Kort", value="<b> *x*\n", many_lines=True, limit=500),
        {
            "textInput": {
                "name": "wat",
                "type": "MULTIPLE_LINE",
                "hintText": "Kort",
                "value": "<b> *x*\n",
                "validation": {"characterLimit": 500},
            }
        },
    ),
    (
        Choice("keus", "Kies", ChoiceKind.RADIO_BUTTON, (Option("1", "Een", selected=True), TWO)),
        {
            "selectionInput": {
                "name": "keus",
                "type": "RADIO_BUTTON",
                "label": "Kies",
                "items": [
                    {"text": "Een", "value": "1", "selected": True},
                    {"text": "Twee", "value": "2", "selected": False},
                ],
            }
        },
    ),
    (Divider(), {"divider": {}}),
]


@pytest.mark.parametrize("wire", WIRES, ids=lambda wire: wire.dialect.value)
@pytest.mark.parametrize(("widget", "rendered"), SAME_IN_BOTH, ids=lambda value: type(value).__name__)
def test_a_widget_reads_the_same_in_both_dialects(wire: Wire, widget: Widget, rendered: dict[str, Any]) -> None:
    assert widget.render(wire) == rendered
    check_card(card(widget).render(wire), "card", wire.dialect)


@pytest.mark.parametrize("wire", WIRES, ids=lambda wire: wire.dialect.value)
@pytest.mark.parametrize("kind", list(ChoiceKind))
def test_every_kind_of_choice_is_one_that_google_knows(wire: Wire, kind: ChoiceKind) -> None:
    check_card(card(Choice("keus", "Kies", kind, (ONE, TWO))).render(wire), "card", wire.dialect)


def test_a_classic_button_calls_its_action_by_name() -> None:
    button = Button("Kies", Action("case.take", {"case": "k3"}, needs=("wat",)), disabled=True)
    assert button.render(CLASSIC) == {
        "text": "Kies",
        "onClick": {
            "action": {
                "function": "case.take",
                "parameters": [{"key": "case", "value": "k3"}],
                "requiredWidgets": ["wat"],
            }
        },
        "disabled": True,
    }


def test_an_addon_button_calls_our_address_with_the_name_as_a_parameter() -> None:
    action = Button("Kies", Action("case.take", {"case": "k3"})).render(ADDON)["onClick"]["action"]
    assert action == {
        "function": CALLBACK,
        "parameters": [{"key": "action", "value": "case.take"}, {"key": "case", "value": "k3"}],
    }


def test_a_classic_action_without_parameters_has_none() -> None:
    assert Action("help.now").render(CLASSIC) == {"function": "help.now"}


@pytest.mark.parametrize("wire", WIRES, ids=lambda wire: wire.dialect.value)
def test_a_button_that_opens_a_dialog_says_so_except_in_a_dialog(wire: Wire) -> None:
    assert OPEN.render(wire)["onClick"]["action"]["interaction"] == "OPEN_DIALOG"
    assert "interaction" not in OPEN.render(wire, in_dialog=True)["onClick"]["action"]


def test_a_fact_can_have_a_button_beside_it() -> None:
    fact = Fact("Zaak", "k3", button=GO).render(CLASSIC)
    assert fact["decoratedText"]["button"]["text"] == "Verder"


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: Paragraph(" \n"), "needs text"),
        (lambda: Paragraph(Rich("", bold(" "))), "needs text"),
        (lambda: Paragraph("a", max_lines=-1), "at least one"),
        (lambda: Fact("Label", ""), "needs a text"),
        (Buttons, "at least one button"),
        (lambda: Button("  ", Link("https://school.example/")), "needs words"),
        (lambda: Link("mailto:iemand@school.example"), "http or https"),
        (lambda: Link("https://school.example/a b"), "http or https"),
        (lambda: Action(""), "needs a name"),
        (lambda: Action("twee woorden"), "needs a name"),
        (lambda: Action("a", {"action": "b"}), "cannot have a parameter called 'action'"),
        (lambda: Action("a", {"__action_method_name__": "b"}), "cannot have a parameter"),
        (lambda: Action("a", {"x": "een verhaal van iemand"}), "must be an id"),
        (lambda: Action("a", {"x": "sanne@school.example"}), "must be an id"),
        (lambda: Action("a", {"x": "k" * 201}), "must be an id"),
        (lambda: TextField("", "Wat?"), "needs a name"),
        (lambda: TextField("wat nu", "Wat?"), "needs a name"),
        (lambda: TextField("wat", " "), "a label or a hint"),
        (lambda: TextField("wat", "Wat?", limit=-1), "under 0"),
        (lambda: Option("", "Een"), "a value and a text"),
        (lambda: Option("1", " "), "a value and a text"),
        (lambda: Choice("k", "Kies", ChoiceKind.DROPDOWN, ()), "1 to 100 options, not 0"),
        (lambda: Choice("k", "", ChoiceKind.DROPDOWN, tuple(Option(str(n), "x") for n in range(101))), "not 101"),
        (lambda: Choice("k", "Kies", ChoiceKind.DROPDOWN, (ONE, ONE)), "same value"),
        (
            lambda: Choice("k", "", ChoiceKind.RADIO_BUTTON, (Option("1", "a", selected=True), Option("2", "b", True))),
            "Only one option",
        ),
    ],
)
def test_an_impossible_widget_is_refused_with_a_clear_sentence(make: Any, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        make()


def test_what_was_typed_is_in_no_sentence_and_no_repr() -> None:
    with pytest.raises(ValueError, match="must be an id") as refused:
        Action("a", {"x": "Sanne is verdrietig"})
    assert "Sanne" not in str(refused.value)
    shown = repr((Paragraph("Sanne"), Fact("Wie", "Sanne", below="Sanne"), TextField("a", "b", value="Sanne")))
    assert "Sanne" not in shown


def test_several_checkboxes_can_be_selected() -> None:
    options = (Option("1", "a", selected=True), Option("2", "b", selected=True))
    assert Choice("k", "", ChoiceKind.CHECK_BOX, options).options == options
