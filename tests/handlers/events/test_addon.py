"""A Workspace add-on's events are understood: a common part, and a chat part with one payload."""

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.school.spaces import Dialect
from handlers.events.model import (
    BotAdded,
    BotRemoved,
    ButtonPressed,
    CommandGiven,
    DialogCancelled,
    DialogPhase,
    MessageTyped,
    Unknown,
    WidgetTyped,
)
from handlers.events.parsing import parse
from tests.handlers.events.payloads import (
    BOT,
    DIRECT,
    FORM,
    GROUP,
    MOMENT,
    SANNE,
    TOKEN_URL,
    addon,
    card_message,
    encoded,
    mention,
    message,
    slash,
)


def test_a_message_says_who_what_where_and_when() -> None:
    event = parse(addon("messagePayload", {"message": message(annotations=[mention()])}))
    assert isinstance(event, MessageTyped)
    assert event.dialect is Dialect.ADDON
    assert (event.actor.user, event.actor.email) == ("users/101", "sanne.voorbeeld@school.example")
    assert event.space is not None
    assert event.space.name == "spaces/GROUP"
    assert event.at == datetime(2026, 11, 2, 9, 0, 0, 123456, tzinfo=UTC)
    assert event.locale == "nl"
    assert (event.message.text, event.message.thread) == ("mag dit?", "spaces/GROUP/threads/T1")


def test_a_message_of_another_bot_is_not_a_humans() -> None:
    event = parse(addon("messagePayload", {"message": message(sender=BOT)}))
    assert isinstance(event, MessageTyped)
    assert not event.message.sender_human


@pytest.mark.parametrize("command_id", [1, 1.0, "1", "1.0"])
def test_a_slash_command_has_a_number_however_it_is_written(command_id: Any) -> None:
    metadata = {"appCommandId": command_id, "appCommandType": "SLASH_COMMAND"}
    body = message("/vraag mag dit?", annotations=[slash(command_id)])
    event = parse(addon("appCommandPayload", {"appCommandMetadata": metadata, "message": body}))
    assert isinstance(event, CommandGiven)
    assert (event.command_id, event.text, event.phase) == (1, "mag dit?", DialogPhase.NONE)
    assert event.message is not None
    assert event.message.name == "spaces/GROUP/messages/M1.M1"


@pytest.mark.parametrize("command_id", [True, "one", "", None, "1e400", "nan", -1e300, 10**30, "9" * 50, [1]])
def test_a_command_without_a_number_is_unknown(command_id: Any) -> None:
    assert isinstance(parse(addon("appCommandPayload", {"appCommandMetadata": {"appCommandId": command_id}})), Unknown)


def test_a_slash_command_of_an_unnamed_type_is_known_by_its_mark() -> None:
    fields = {"appCommandMetadata": {"appCommandId": 1}, "message": message("/vraag hoi", annotations=[slash()])}
    event = parse(addon("appCommandPayload", fields))
    assert isinstance(event, CommandGiven)
    assert event.message is not None


def test_a_quick_command_brings_no_message_and_may_open_a_dialog() -> None:
    metadata = {"appCommandId": 103.0, "appCommandType": "QUICK_COMMAND"}
    said = {"isDialogEvent": True, "dialogEventType": "REQUEST_DIALOG"}
    event = parse(addon("appCommandPayload", {"appCommandMetadata": metadata, **said}))
    assert isinstance(event, CommandGiven)
    assert (event.command_id, event.message, event.text, event.phase) == (103, None, "", DialogPhase.REQUEST)


def test_a_message_that_was_not_addressed_to_the_bot_is_not_read() -> None:
    metadata = {"appCommandId": 103, "appCommandType": "MESSAGE_ACTION"}
    body = message("/geheim", annotations=[slash()], argumentText="geheim")
    event = parse(addon("appCommandPayload", {"appCommandMetadata": metadata, "message": body}))
    assert isinstance(event, CommandGiven)
    assert (event.message, event.text) == (None, "")


@pytest.mark.parametrize(
    ("parameters", "action", "left"),
    [
        ({"action": "share", "answer": "r4nd0m"}, "share", {"answer": "r4nd0m"}),
        ({"__action_method_name__": "share", "answer": "r4nd0m"}, "share", {"answer": "r4nd0m"}),
        ({"action": "share", "__action_method_name__": "old"}, "share", {}),
        ({"answer": "r4nd0m", "number": 5}, "", {"answer": "r4nd0m"}),
        ({}, "", {}),
        ("geheim", "", {}),
    ],
)
def test_a_button_says_what_it_does_in_a_parameter(parameters: Any, action: str, left: dict[str, str]) -> None:
    event = parse(addon("buttonClickedPayload", {"message": card_message()}, parameters=parameters))
    assert isinstance(event, ButtonPressed)
    assert (event.action, event.parameters) == (action, left)
    assert (event.message, event.message_is_ours) == ("spaces/GROUP/messages/C1.C1", True)
    assert event.phase is DialogPhase.NONE


def test_a_button_in_a_dialog_brings_what_was_filled_in() -> None:
    said = {"isDialogEvent": True, "dialogEventType": "SUBMIT_DIALOG"}
    event = parse(addon("buttonClickedPayload", said, parameters={"action": "review"}, formInputs=FORM))
    assert isinstance(event, ButtonPressed)
    assert (event.phase, event.in_dialog, event.message) == (DialogPhase.SUBMIT, True, None)
    assert event.inputs.text("wat") == "Er is iets gebeurd."
    assert event.inputs.choices("wie") == ("a", "b")
    assert event.inputs.moments_ms["dag"] == 1793577600000


@pytest.mark.parametrize(
    "form",
    [
        {"x": None},
        {"x": []},
        {"x": {"stringInputs": {"value": [1, None, {}]}}},
        {"x": {"stringInputs": 5}},
        {"x": {"timeInput": {"hours": 99}}},
        {"x": {"dateInput": {"msSinceEpoch": "tomorrow"}}},
        {"x": {"dateTimeInput": {"msSinceEpoch": 1e400}}},
        "geheim",
    ],
)
def test_an_input_that_makes_no_sense_is_absent(form: Any) -> None:
    event = parse(addon("buttonClickedPayload", formInputs=form))
    assert isinstance(event, ButtonPressed)
    assert event.inputs.choices("x") == ()
    assert event.inputs.moments_ms == {}


def test_a_dialog_that_says_it_was_closed_is_closed() -> None:
    said = {"isDialogEvent": True, "dialogEventType": "CANCEL_DIALOG"}
    assert isinstance(parse(addon("buttonClickedPayload", said)), DialogCancelled)


def test_typing_in_a_list_asks_for_suggestions() -> None:
    parameters = {"action": "suggest", "autocomplete_widget_query": "San", "list": "people"}
    event = parse(addon("widgetUpdatedPayload", parameters=parameters))
    assert isinstance(event, WidgetTyped)
    assert (event.action, event.query, event.parameters) == ("suggest", "San", {"list": "people"})


@pytest.mark.parametrize(("said", "by_interaction"), [({"interactionAdd": True}, True), ({}, False)])
def test_being_added_says_whether_a_message_will_follow(said: dict[str, Any], by_interaction: bool) -> None:  # noqa: FBT001 - a column of a table
    event = parse(addon("addedToSpacePayload", {"configCompleteRedirectUri": TOKEN_URL, **said}))
    assert isinstance(event, BotAdded)
    assert (event.by_interaction, event.message, event.command_id) == (by_interaction, None, None)


def test_being_added_to_a_direct_message_is_seen_as_that() -> None:
    event = parse(addon("addedToSpacePayload", {"space": {**DIRECT, "adminInstalled": True}}))
    assert event.space is not None
    assert (event.space.is_direct, event.space.admin_installed) == (True, True)


def test_being_removed_is_heard() -> None:
    event = parse(addon("removedFromSpacePayload"))
    assert isinstance(event, BotRemoved)
    assert event.space is not None
    assert event.space.name == "spaces/GROUP"


@pytest.mark.parametrize(
    "chat",
    [
        {},
        {"user": SANNE},
        {"user": SANNE, "type": "MESSAGE"},
        {"user": SANNE, "somethingNewPayload": {"space": GROUP}},
        {"user": SANNE, "messagePayload": "geheim"},
        {"user": SANNE, "messagePayload": {}},
        {"user": SANNE, "messagePayload": {"message": []}},
        {"user": SANNE, "appCommandPayload": {}},
        {"messagePayload": {"message": message()}},
        {"user": {}, "buttonClickedPayload": {"message": card_message()}},
    ],
)
def test_what_is_no_whole_event_is_unknown_and_still_an_addons(chat: dict[str, Any]) -> None:
    event = parse(encoded({"chat": chat, "type": "MESSAGE", "message": message(), "eventTime": MOMENT}))
    assert isinstance(event, Unknown)
    assert event.dialect is Dialect.ADDON
