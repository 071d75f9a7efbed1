"""What Google would refuse, drop or hide is refused here, with a sentence that says where."""

from typing import Any

import pytest

from simulator.records import Json
from simulator.schema.cards import Place, check_card
from simulator.schema.discovery import Refused, check_parameter, methods
from simulator.schema.messages import check_message
from tests.simulator.stub_bot import button, buttons, card, field_named, text, with_card

COLOUR = {"red": 0.1, "green": 0.2, "blue": 0.3}
BIG_FOOTER = {"primaryButton": {**button("Klaar"), "color": COLOUR}}


def select(**more: Any) -> Json:
    return {"selectionInput": {"name": "keuze", "type": "DROPDOWN", "items": [{"text": "a", "value": "a"}], **more}}


def columns(count: int) -> Json:
    return {"columns": {"columnItems": [{"widgets": [text("x")]}] * count}}


def test_a_whole_card_is_taken_as_it_is() -> None:
    whole = card(
        text("<b>Dag</b>"),
        field_named("naam"),
        select(),
        {"dateTimePicker": {"name": "dag", "type": "DATE_ONLY"}},
        {"decoratedText": {"text": "Aan", "switchControl": {"name": "aan", "selected": True}}},
        columns(2),
        {"divider": {}},
        {"chipList": {"chips": [{"label": "x", "onClick": {"openLink": {"url": "https://rgo.example"}}}]}},
        buttons(button("Ga", interaction="OPEN_DIALOG", requiredWidgets=["naam"], loadIndicator="SPINNER")),
        fixedFooter=BIG_FOOTER,
    )
    assert check_card(whole, "card", Place.DIALOG) == whole


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        ({"sections": [{"widgets": [{"textParagraph": {"tekst": "x"}}]}]}, 'Unknown name "tekst"'),
        ({"sections": [{"widgets": [{"textParagraph": {"text": 3}}]}]}, "must be string"),
        (card(select(type="LIST")), "none of Google's values"),
        ({"header": {"title": "x"}}, "needs a section"),
        ({"header": {"title": "x"}, "sections": [{"header": "leeg"}]}, "a section needs a widget"),
        ({"header": {"subtitle": "x"}, "sections": [{"widgets": [text("x")]}]}, "header without a title"),
        (card(*[text("x")] * 101), "101 widgets"),
        (card({"textInput": {"label": "x"}}), "a textInput needs a name"),
        (card(field_named("a"), select(name="a")), "two inputs are called a"),
        (card({"decoratedText": {"text": "x", "switchControl": {}}}), "switchControl needs a name"),
        (card(buttons()), "empty buttonList"),
        (card(buttons({"text": "x"})), "needs an onClick"),
        (card(buttons({"text": "x", "onClick": {}})), "onClick"),
        (card({"decoratedText": {"text": "x", "onClick": {}}}), "exactly one thing"),
        (card(buttons({"onClick": {"action": {"function": "go"}}})), "text or an icon"),
        (card(buttons({"text": "x", "onClick": {"action": {}}})), "an action needs a function"),
        (card(columns(3)), "3 columns"),
        (card(columns(0)), "0 columns"),
        (card(select(items=[{"text": "a", "value": "a"}] * 101)), "101 options"),
        (card(select(items=[])), "needs options"),
        (card({**text("x"), "divider": {}}), "a widget is one thing"),
        (card({"image": {"imageUrl": "http://x.example/a.png"}}), "https"),
        (card(fixedFooter={}), "needs a primaryButton"),
        (card(fixedFooter={"secondaryButton": button("Terug")}), "needs a primaryButton"),
        (card(fixedFooter={"primaryButton": button("Klaar")}), "text and color"),
        (card(cardActions=[{"actionLabel": "x"}]), "cardActions"),
    ],
)
def test_a_broken_card_is_refused_with_the_reason(broken: Json, says: str) -> None:
    with pytest.raises(Refused, match=says):
        check_card(broken, "card", Place.DIALOG)


def test_a_footer_is_for_dialogs_only() -> None:
    check_card(card(fixedFooter=BIG_FOOTER), "card", Place.DIALOG)
    with pytest.raises(Refused, match="dialogs only"):
        check_message(with_card("x", card(fixedFooter=BIG_FOOTER)))


def test_widgets_in_columns_count_too() -> None:
    check_card(card(*[text("x")] * 97, columns(2)), "card", Place.MESSAGE)
    with pytest.raises(Refused, match="widgets"):
        check_card(card(*[text("x")] * 98, columns(2)), "card", Place.MESSAGE)


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        ({}, "cannot be empty"),
        ({"text": "  "}, "cannot be empty"),
        ({"text": "x", "colour": "red"}, 'Unknown name "colour"'),
        ({"text": "x", "privateMessageViewer": {"name": "Sanne"}}, "users/"),
        ({"text": "x", "thread": {"threadKey": "k" * 4001}}, "4000"),
        ({"text": "x", "cardsV2": [{"cardId": "a", "card": card()}] * 2}, "cardId of its own"),
        ({"text": "x", "cardsV2": [{"cardId": "a"}]}, "no card in it"),
        ({"text": "x", "accessoryWidgets": [{"buttonList": {"buttons": []}}]}, "empty buttonList"),
        ({"text": "x", "accessoryWidgets": [{}]}, "only a buttonList"),
        ({"text": "x", "text_": "y"}, "Unknown name"),
        ({"fallback_text": "x", "fallbackText": "x", "text": "x"}, "given twice"),
        ("x", "must be object"),
    ],
)
def test_a_broken_message_is_refused_with_the_reason(broken: Any, says: str) -> None:
    with pytest.raises(Refused, match=says):
        check_message(broken)


def test_a_message_is_at_most_32000_bytes_of_utf8() -> None:
    check_message({"text": "\N{GRINNING FACE}" * 7_990})
    with pytest.raises(Refused, match="32000"):
        check_message({"text": "\N{GRINNING FACE}" * 8_000})
    with pytest.raises(Refused, match="32000"):
        check_message(with_card("x", card(text("é" * 16_000))))


def test_what_only_google_fills_in_is_ignored() -> None:
    assert check_message({"text": "x", "sender": {"name": "users/1"}, "createTime": "2026-11-24T09:15:00Z"}) == {
        "text": "x",
        "createTime": "2026-11-24T09:15:00Z",
    }


def test_query_parameters_are_held_against_their_description() -> None:
    (create,) = [method for method in methods() if method.id == "chat.spaces.messages.create"]
    check_parameter("REPLY_MESSAGE_OR_FAIL", create.parameters["messageReplyOption"], "messageReplyOption")
    with pytest.raises(Refused):
        check_parameter("PERHAPS", create.parameters["messageReplyOption"], "messageReplyOption")
    with pytest.raises(Refused):
        check_parameter("many", {"type": "integer"}, "pageSize")
    with pytest.raises(Refused):
        check_parameter("yes", {"type": "boolean"}, "allowMissing")


def test_a_thread_is_taken_back_as_an_event_showed_it() -> None:
    thread = {"name": "spaces/A/threads/B", "retentionSettings": {"state": "PERMANENT"}}
    assert check_message({"text": "dag", "thread": thread})["thread"] == {"name": "spaces/A/threads/B"}
    with pytest.raises(Refused):
        check_message({"text": "dag", "thread": {"name": "spaces/A/threads/B", "colour": "red"}})
