"""The measure itself is measured: what Google would refuse, drop or hide does not pass it."""

from copy import deepcopy
from typing import Any

import pytest

from bot.school.spaces import Dialect
from tests.google_schema import NotGoogles, check_card, check_message, check_reply

BUTTON: dict[str, Any] = {"text": "Ja", "onClick": {"action": {"function": "yes"}}}
COLOUR = {"red": 0.1, "green": 0.1, "blue": 0.1}
INPUT: dict[str, Any] = {"textInput": {"name": "wat", "label": "Wat?"}}
GOOD: dict[str, Any] = {
    "text": "Hoi",
    "fallbackText": "Hoi",
    "cardsV2": [
        {
            "cardId": "a",
            "card": {
                "header": {"title": "Kop"},
                "sections": [{"widgets": [{"buttonList": {"buttons": [BUTTON]}}, INPUT]}],
            },
        }
    ],
    "accessoryWidgets": [{"buttonList": {"buttons": [BUTTON]}}],
}


def changed(path: str, value: Any) -> dict[str, Any]:
    """The good message with one thing changed; `path` such as `cardsV2.0.cardId`."""
    body = deepcopy(GOOD)
    spot: Any = body
    *ways, last = (int(part) if part.isdigit() else part for part in path.split("."))
    for way in ways:
        spot = spot[way]
    spot[last] = value
    return body


SECTION = "cardsV2.0.card.sections.0"
FIRST = f"{SECTION}.widgets.0"
SECOND = f"{SECTION}.widgets.1"


def test_what_is_right_passes() -> None:
    check_message(GOOD, Dialect.CLASSIC)
    check_reply(GOOD, Dialect.CLASSIC)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("txt", "Hoi"),
        ("createTime", 5),
        ("formattedText", "Google's own"),
        ("text", ""),
        ("text", "é" * 14_001),
        ("text", "<users/all>"),
        ("fallbackText", ""),
        ("actionResponse", {"type": "NEW_MESSAGE"}),
        ("privateMessageViewer", {"name": "101"}),
        ("cardsV2.0.cardId", ""),
        ("cardsV2.0.card.header", {}),
        ("cardsV2.0.card.header.title", True),
        ("cardsV2.0.card.sections", []),
        ("cardsV2.0.card.fixedFooter", {"primaryButton": {**BUTTON, "color": COLOUR}}),
        (f"{SECTION}.widgets", []),
        (f"{SECTION}.widgets", [{"divider": {}}] * 90 + [INPUT]),
        (f"{SECTION}.collapsible", "yes"),
        (FIRST, {"divider": {}, "textParagraph": {"text": "a"}}),
        (FIRST, {"text_paragraph": {"text": "a"}}),
        (FIRST, {"columns": {"columnItems": [{"widgets": [INPUT]}] * 3}}),
        (f"{FIRST}.buttonList.buttons", []),
        (f"{FIRST}.buttonList.buttons.0.text", ""),
        (f"{FIRST}.buttonList.buttons.0.onClick", {}),
        (f"{FIRST}.buttonList.buttons.0.type", "ROUND"),
        (f"{FIRST}.buttonList.buttons.0.onClick.action.function", ""),
        (f"{FIRST}.buttonList.buttons.0.onClick.action.function", "https://bot.example/"),
        (f"{FIRST}.buttonList.buttons.0.onClick.action.requiredWidgets", ["wie"]),
        (FIRST, INPUT),
        (f"{SECOND}.textInput.name", ""),
        (f"{SECOND}.textInput.label", ""),
        (SECOND, {"selectionInput": {"name": "a", "items": []}}),
        (SECOND, {"selectionInput": {"name": "a", "items": [{"text": "a", "value": "b"}] * 101}}),
        ("accessoryWidgets.0.buttonList.buttons", []),
    ],
)
def test_what_google_would_not_show_does_not(path: str, value: Any) -> None:
    with pytest.raises(NotGoogles):
        check_message(changed(path, value), Dialect.CLASSIC)


@pytest.mark.parametrize(
    "action",
    [
        {"function": "yes", "parameters": [{"key": "action", "value": "yes"}]},
        {"function": "https://bot.example/", "parameters": []},
        {
            "function": "https://bot.example/",
            "parameters": [{"key": "action", "value": "yes"}],
            "interaction": "OPEN_DIALOG",
        },
    ],
    ids=["no address", "no name", "strips the card"],
)
def test_in_an_addon_a_button_must_reach_us(action: dict[str, Any]) -> None:
    with pytest.raises(NotGoogles):
        check_card(
            changed(f"{FIRST}.buttonList.buttons.0.onClick.action", action)["cardsV2"][0]["card"], "", Dialect.ADDON
        )


@pytest.mark.parametrize(
    "footer",
    [{"primaryButton": BUTTON}, {"secondaryButton": {**BUTTON, "color": COLOUR}}],
    ids=["no colour", "no primary"],
)
def test_a_dialogs_footer_has_googles_rules(footer: dict[str, Any]) -> None:
    with pytest.raises(NotGoogles):
        check_card(changed("cardsV2.0.card.fixedFooter", footer)["cardsV2"][0]["card"], "", dialog=True)


DIALOG = {"dialog": {"body": GOOD["cardsV2"][0]["card"]}}
CREATE = {"createMessageAction": {"message": {"text": "Hoi"}}}


@pytest.mark.parametrize(
    ("body", "dialect"),
    [
        ({"text": "Hoi"}, Dialect.ADDON),
        ({"actionResponse": {"type": "DIALOG", "dialogAction": DIALOG}}, Dialect.ADDON),
        ({"hostAppDataAction": {"chatDataAction": CREATE}}, Dialect.CLASSIC),
        ({"hostAppDataAction": {"chatDataAction": {**CREATE, "updateMessageAction": {}}}}, Dialect.ADDON),
        ({"hostAppDataAction": {"chatDataAction": {"createMessageAction": {"text": "Hoi"}}}}, Dialect.ADDON),
        ({"action": {"navigations": [{"endNavigation": "CLOSE_DIALOG"}]}}, Dialect.ADDON),
        ({"action": {"navigations": []}}, Dialect.ADDON),
        ({"action": {"navigations": [{"popCard": True}]}}, Dialect.ADDON),
        ({"action": {"navigations": [{"pushCard": {"cardId": "a", "card": {}}}]}}, Dialect.ADDON),
        ({"actionResponse": {"type": "DIALOG", "dialogAction": DIALOG}, "text": "Hoi"}, Dialect.CLASSIC),
        ({"actionResponse": {"type": "DIALOG", "dialogAction": {}}}, Dialect.CLASSIC),
        ({"actionResponse": {"type": "REQUEST_CONFIG", "url": "https://a.example"}}, Dialect.CLASSIC),
        ({"actionResponse": {"type": "UPDATE_MESSAGE"}, "text": "a", "thread": {"name": "b"}}, Dialect.CLASSIC),
        (
            {"actionResponse": {"type": "UPDATE_MESSAGE"}, "text": "a", "privateMessageViewer": {"name": "users/1"}},
            Dialect.CLASSIC,
        ),
    ],
)
def test_an_answer_of_the_wrong_shape_does_not_pass(body: dict[str, Any], dialect: Dialect) -> None:
    with pytest.raises(NotGoogles):
        check_reply(body, dialect)
