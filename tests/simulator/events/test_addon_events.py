"""What an add-on hears: one payload in `chat`, and the token in the body as well as in the header."""

from typing import Any

import pytest

from simulator.events.happening import Happening, Kind
from simulator.people_act import NotPossible
from tests.simulator.stub_bot import (
    CLASS_2A,
    CLASS_3B,
    ENDPOINT,
    KARIN,
    PIET,
    SANNE,
    SANNES_DM,
    Stage,
    addon_dialog,
    addon_message,
    button,
    buttons,
    card,
    field_named,
    with_card,
)


def payload(stage: Stage, name: str) -> dict[str, Any]:
    """The one payload of the last event, which is not a classic one."""
    event = stage.last
    assert "type" not in event
    assert [key for key in event["chat"] if key.endswith("Payload")] == [name]
    assert event["chat"]["user"]["email"].endswith("rgo.example")
    found: dict[str, Any] = event["chat"][name]
    return found


def ask(stage: Stage, **action: Any) -> str:
    """A message of the bot with a field and a button `Ga`."""
    shown = card(field_named("naam"), buttons(button("Ga", function=ENDPOINT, **action)))
    stage.bot.answers(addon_message(with_card("Kies", shown)))
    return stage.chat.type(SANNE, SANNES_DM, "hoi").messages[-1]


def test_a_direct_message_comes_in_a_message_payload(addon: Stage) -> None:
    addon.chat.type(SANNE, SANNES_DM, "Mag dat?")
    found = payload(addon, "messagePayload")
    assert found["message"]["argumentText"] == "Mag dat?"
    assert found["configCompleteRedirectUri"].startswith("https://")
    assert found["space"]["spaceType"] == "DIRECT_MESSAGE"


def test_the_token_of_the_header_is_in_the_body_too(addon: Stage) -> None:
    addon.chat.type(SANNE, SANNES_DM, "Mag dat?")
    token = addon.last["authorizationEventObject"]["systemIdToken"]
    assert addon.bot.headers[-1]["Authorization"] == f"Bearer {token}"
    logged = addon.world.log.entries()[-1].request
    assert token not in str(logged)


def test_a_slash_command_is_an_app_command_with_its_message(addon: Stage) -> None:
    addon.chat.type(SANNE, CLASS_3B, "/vraag mag dat")
    found = payload(addon, "appCommandPayload")
    assert found["appCommandMetadata"] == {"appCommandId": 1, "appCommandType": "SLASH_COMMAND"}
    assert found["message"]["argumentText"] == " mag dat"
    assert found["thread"]["name"] == found["message"]["thread"]["name"]
    assert "isDialogEvent" not in found


def test_a_quick_command_that_opens_a_dialog_has_no_message(addon: Stage) -> None:
    addon.bot.answers(addon_dialog(card()))
    assert addon.chat.command(SANNE, CLASS_3B, 103).dialog is not None
    found = payload(addon, "appCommandPayload")
    assert "message" not in found
    assert (found["isDialogEvent"], found["dialogEventType"]) == (True, "REQUEST_DIALOG")


def test_a_button_calls_its_address_with_parameters_as_a_map(addon: Stage) -> None:
    message = ask(addon, parameters=[{"key": "action", "value": "kies"}])
    addon.bot.answers(addon_message({"text": "Gedaan"}))
    addon.chat.press(SANNE, "Ga", {"naam": ["Sanne"]}, message=message)
    found = payload(addon, "buttonClickedPayload")
    common = addon.last["commonEventObject"]
    assert found["isDialogEvent"] is False
    assert common["parameters"] == {"action": "kies"}
    assert common["formInputs"] == {"naam": {"stringInputs": {"value": ["Sanne"]}}}
    assert "invokedFunction" not in common
    assert addon.bot.addresses[-1] == ENDPOINT


@pytest.mark.parametrize("function", ["kies", "https://elsewhere.example/chat/events"])
def test_a_button_whose_function_is_no_address_of_ours_reaches_nobody(addon: Stage, function: str) -> None:
    message = ask(addon)
    heard = len(addon.bot.heard)
    outcome = addon.chat.click(SANNE, SANNES_DM, function, message=message)
    assert outcome.error == "Protocolbot is unable to process your request"
    assert len(addon.bot.heard) == heard


def test_an_open_dialog_button_requests_and_a_dialog_button_submits(addon: Stage) -> None:
    message = ask(addon, interaction="OPEN_DIALOG")
    page = card(buttons(button("Verder", function=ENDPOINT)))
    addon.bot.answers(addon_dialog(page), addon_dialog(card()))
    opened = addon.chat.press(SANNE, "Ga", message=message)
    assert payload(addon, "buttonClickedPayload")["dialogEventType"] == "REQUEST_DIALOG"
    addon.chat.press(SANNE, "Verder", dialog=opened.dialog)
    assert payload(addon, "buttonClickedPayload")["dialogEventType"] == "SUBMIT_DIALOG"


def test_cancelling_a_dialog_is_not_told(addon: Stage) -> None:
    addon.bot.answers(addon_dialog(card()))
    opened = addon.chat.command(SANNE, SANNES_DM, 103)
    assert opened.dialog is not None
    assert addon.chat.cancel(SANNE, opened.dialog.id).closed
    assert len(addon.bot.heard) == 1


def test_being_added_by_a_mention_is_two_requests(addon: Stage) -> None:
    addon.bot.answers(addon_message({"text": "Dag"}), addon_message({"text": "Antwoord"}))
    outcome = addon.chat.type(PIET, CLASS_2A, "@Protocolbot hoi")
    first, second = (event["chat"] for event in addon.bot.heard)
    assert first["addedToSpacePayload"]["interactionAdd"] is True
    assert second["messagePayload"]["message"]["argumentText"] == " hoi"
    assert addon.texts(PIET, CLASS_2A) == ["@Protocolbot hoi", "Dag", "Antwoord"]
    assert len(outcome.messages) == 3


def test_being_added_by_a_command_is_two_requests(addon: Stage) -> None:
    message = addon.world.add_message(CLASS_2A, PIET, {"text": "/hulp"}, command=addon.world.commands[11])
    person, space = addon.world.person(PIET), addon.world.change_space(CLASS_2A, bot_member=True)
    addon.chat.tell(Happening(Kind.ADDED, person, space, addon.world.moment(), message, message.command))
    first, second = (event["chat"] for event in addon.bot.heard)
    assert first["addedToSpacePayload"]["interactionAdd"] is True
    assert second["appCommandPayload"]["appCommandMetadata"]["appCommandId"] == 11


def test_coming_and_going_are_told(addon: Stage) -> None:
    addon.chat.add_bot(PIET, CLASS_2A)
    assert "interactionAdd" not in payload(addon, "addedToSpacePayload")
    addon.chat.remove_bot(KARIN, CLASS_3B)
    assert payload(addon, "removedFromSpacePayload")["space"]["name"] == CLASS_3B


def test_typing_in_a_multiselect_sends_the_letters(addon: Stage) -> None:
    items = [{"text": "Daan", "value": "102"}]
    update = {"updateWidget": {"selectionInputWidgetSuggestions": {"suggestions": items}}}
    addon.bot.answers({"action": {"modifyOperations": [update]}})
    outcome = addon.chat.suggest(SANNE, SANNES_DM, ENDPOINT, "da", [("action", "wie")])
    payload(addon, "widgetUpdatedPayload")
    wanted = {"action": "wie", "autocomplete_widget_query": "da"}
    assert addon.last["commonEventObject"]["parameters"] == wanted
    assert outcome.suggestions == tuple(items)


def test_there_is_no_app_home(addon: Stage) -> None:
    with pytest.raises(NotPossible):
        addon.chat.home(SANNE)
    assert Kind.HOME not in [event["chat"].get("type") for event in addon.bot.heard]
    assert addon.bot.heard == []
