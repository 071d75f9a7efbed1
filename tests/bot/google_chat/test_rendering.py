"""Replies to events: the exact body in each dialect, all of them such as Google takes them."""

from typing import Any

import pytest

from bot.google_chat.cards import Buttons, Divider, Footer, Message, Option, Paragraph, Wire
from bot.google_chat.rendering import render_reply
from bot.google_chat.replies import (
    CloseAndSay,
    CloseDialog,
    Home,
    HomeAgain,
    Nothing,
    Replace,
    Reply,
    Say,
    ShowDialog,
    Suggest,
)
from bot.school.people import UserId
from tests.bot.google_chat.examples import ADDON, CLASSIC, GO, OPEN, WIRES, card
from tests.google_schema import check_reply

SANNE = UserId("users/101")
HOI = Message("Hoi")
DIALOG = card(Paragraph("Vertel"), Buttons(OPEN), footer=Footer(GO))
OPTIONS = (Option("1", "Een"),)
ITEMS = [{"text": "Een", "value": "1", "selected": False}]
VIEWER = {"name": "users/101"}

CLASSIC_BODIES: list[tuple[Reply, dict[str, Any]]] = [
    (Nothing(), {}),
    (Say(HOI), {"text": "Hoi"}),
    (Say(HOI, SANNE), {"text": "Hoi", "privateMessageViewer": VIEWER}),
    (Replace(HOI), {"actionResponse": {"type": "UPDATE_MESSAGE"}, "text": "Hoi"}),
    (
        ShowDialog(DIALOG),
        {
            "actionResponse": {
                "type": "DIALOG",
                "dialogAction": {"dialog": {"body": DIALOG.render(CLASSIC, in_dialog=True)}},
            }
        },
    ),
    (CloseDialog(), {"actionResponse": {"type": "DIALOG", "dialogAction": {"actionStatus": {"statusCode": "OK"}}}}),
    (
        CloseDialog("Gewist"),
        {
            "actionResponse": {
                "type": "DIALOG",
                "dialogAction": {"actionStatus": {"statusCode": "OK", "userFacingMessage": "Gewist"}},
            }
        },
    ),
    (
        CloseAndSay(HOI, SANNE),
        {"actionResponse": {"type": "NEW_MESSAGE"}, "text": "Hoi", "privateMessageViewer": VIEWER},
    ),
    (
        Suggest(OPTIONS, "wie"),
        {
            "actionResponse": {
                "type": "UPDATE_WIDGET",
                "updatedWidget": {"suggestions": {"items": ITEMS}, "widget": "wie"},
            }
        },
    ),
    (
        Suggest(OPTIONS),
        {"actionResponse": {"type": "UPDATE_WIDGET", "updatedWidget": {"suggestions": {"items": ITEMS}}}},
    ),
    (Home(card()), {"action": {"navigations": [{"pushCard": card().render(CLASSIC)}]}}),
    (HomeAgain(card()), {"renderActions": {"action": {"navigations": [{"updateCard": card().render(CLASSIC)}]}}}),
]

ADDON_BODIES: list[tuple[Reply, dict[str, Any]]] = [
    (Nothing(), {}),
    (Say(HOI), {"hostAppDataAction": {"chatDataAction": {"createMessageAction": {"message": {"text": "Hoi"}}}}}),
    (
        CloseAndSay(HOI, SANNE),
        {
            "hostAppDataAction": {
                "chatDataAction": {"createMessageAction": {"message": {"text": "Hoi", "privateMessageViewer": VIEWER}}}
            }
        },
    ),
    (Replace(HOI), {"hostAppDataAction": {"chatDataAction": {"updateMessageAction": {"message": {"text": "Hoi"}}}}}),
    (ShowDialog(DIALOG), {"action": {"navigations": [{"pushCard": DIALOG.render(ADDON, in_dialog=True)}]}}),
    (CloseDialog(), {"action": {"navigations": [{"endNavigation": {"action": "CLOSE_DIALOG"}}]}}),
    (
        CloseDialog("Gewist"),
        {
            "action": {
                "navigations": [{"endNavigation": {"action": "CLOSE_DIALOG"}}],
                "notification": {"text": "Gewist"},
            }
        },
    ),
    (
        Suggest(OPTIONS, "wie"),
        {
            "action": {
                "modifyOperations": [{"updateWidget": {"selectionInputWidgetSuggestions": {"suggestions": ITEMS}}}]
            }
        },
    ),
]


@pytest.mark.parametrize(("reply", "body"), CLASSIC_BODIES, ids=lambda value: type(value).__name__)
def test_classic(reply: Reply, body: dict[str, Any]) -> None:
    rendered = render_reply(reply, CLASSIC)
    assert rendered == body
    check_reply(rendered, CLASSIC.dialect)


@pytest.mark.parametrize(("reply", "body"), ADDON_BODIES, ids=lambda value: type(value).__name__)
def test_addon(reply: Reply, body: dict[str, Any]) -> None:
    rendered = render_reply(reply, ADDON)
    assert rendered == body
    check_reply(rendered, ADDON.dialect)


@pytest.mark.parametrize("wire", WIRES, ids=lambda wire: wire.dialect.value)
def test_in_a_dialog_no_button_asks_to_open_one(wire: Wire) -> None:
    assert "OPEN_DIALOG" not in str(render_reply(ShowDialog(DIALOG), wire))


@pytest.mark.parametrize("wire", WIRES, ids=lambda wire: wire.dialect.value)
@pytest.mark.parametrize("reply", [Say, Replace, CloseAndSay], ids=lambda kind: kind.__name__)
def test_a_message_with_a_dialog_button_is_taken_in_every_answer(wire: Wire, reply: type[Say]) -> None:
    message = Message("Er staat iets klaar. Open het met /zaken.", (card(Paragraph("x"), Buttons(OPEN)),))
    check_reply(render_reply(reply(message), wire), wire.dialect)


@pytest.mark.parametrize("reply", [Home(card()), HomeAgain(card())])
def test_an_addon_has_no_home(reply: Reply) -> None:
    with pytest.raises(ValueError, match="no home tab"):
        render_reply(reply, ADDON)


def test_a_home_has_no_footer() -> None:
    with pytest.raises(ValueError, match="home tab has none"):
        render_reply(Home(DIALOG), CLASSIC)


@pytest.mark.parametrize("wire", WIRES, ids=lambda wire: wire.dialect.value)
def test_a_dialog_that_is_too_long_goes_in_pages(wire: Wire) -> None:
    long = card(Paragraph("é" * 14_000), Divider())
    with pytest.raises(ValueError, match="goes in pages"):
        render_reply(ShowDialog(long), wire)
