"""A classic app's events are understood: a type, with everything else beside it."""

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.school.spaces import Dialect, SpaceKind
from handlers.events.model import (
    BotAdded,
    BotRemoved,
    ButtonPressed,
    CommandGiven,
    DialogCancelled,
    DialogPhase,
    HomeOpened,
    MessageTyped,
    Unknown,
    WidgetTyped,
)
from handlers.events.parsing import parse
from tests.handlers.events.payloads import (
    COMMON,
    DIRECT,
    FORM,
    GROUP,
    MOMENT,
    SANNE,
    card_message,
    classic,
    encoded,
    mention,
    message,
    slash,
)


def test_every_event_says_who_where_and_when() -> None:
    event = parse(classic("MESSAGE", message=message()))
    assert event.dialect is Dialect.CLASSIC
    assert (event.actor.user, event.actor.email) == ("users/101", "sanne.voorbeeld@school.example")
    assert (event.actor.display_name, event.actor.human, event.actor.domain_id) == ("Sanne Voorbeeld", True, "c0school")
    assert event.space is not None
    assert (event.space.name, event.space.kind, event.space.display_name) == (
        "spaces/GROUP",
        SpaceKind.SPACE,
        "Mentorgroep 2B",
    )
    assert event.at == datetime(2026, 11, 2, 9, 0, 0, 123456, tzinfo=UTC)
    assert event.locale == "nl"


def test_a_message_is_what_was_typed_without_the_mention() -> None:
    event = parse(classic("MESSAGE", message=message()))
    assert isinstance(event, MessageTyped)
    assert event.message.text == "mag dit?"
    assert (event.message.name, event.message.thread) == ("spaces/GROUP/messages/M1.M1", "spaces/GROUP/threads/T1")
    assert event.message.sender_human


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"text": " mag dit? ", "argumentText": None}, "mag dit?"),
        ({"text": "@Protocolbot", "argumentText": None, "annotations": [mention()]}, ""),
        ({"text": "@Protocolbot mag dit?", "argumentText": None, "annotations": [mention()]}, "mag dit?"),
        ({"text": "@Protocolbot", "argumentText": ""}, ""),
        (
            {"text": "mag @Protocolbot dit?", "argumentText": None, "annotations": [mention(4.0)]},
            "mag @Protocolbot dit?",
        ),
        ({"text": "mag\x00 dit?\ud800", "argumentText": None}, "mag dit?"),
        ({"text": 5, "argumentText": ["x"]}, ""),
    ],
)
def test_a_message_without_an_argument_text_is_still_read(fields: dict[str, Any], text: str) -> None:
    event = parse(classic("MESSAGE", message=message(**fields)))
    assert isinstance(event, MessageTyped)
    assert event.message.text == text


@pytest.mark.parametrize(
    ("message_fields", "event_fields"),
    [
        ({"slashCommand": {"commandId": "1"}}, {}),
        ({"annotations": [slash("1")]}, {}),
        ({"annotations": [slash(1.0)]}, {}),
        ({}, {"appCommandMetadata": {"appCommandId": 1, "appCommandType": "SLASH_COMMAND"}}),
        ({}, {"appCommandMetadata": {"appCommandId": "1.0"}}),
    ],
)
def test_a_slash_command_is_known_by_any_of_its_three_marks(
    message_fields: dict[str, Any], event_fields: dict[str, Any]
) -> None:
    body = message("/vraag mag dit?", **message_fields)
    event = parse(classic("MESSAGE", message=body, **event_fields))
    assert isinstance(event, CommandGiven)
    assert (event.command_id, event.text, event.phase) == (1, "mag dit?", DialogPhase.NONE)
    assert event.message is not None
    assert event.message.text == "mag dit?"


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"text": "/vraag", "argumentText": None}, ""),
        ({"text": "/vraag  mag dit? ", "argumentText": None}, "mag dit?"),
        ({"text": "/vraag", "argumentText": ""}, ""),
        ({"text": "/vraag /melden", "argumentText": None, "annotations": [slash()]}, "/melden"),
    ],
)
def test_the_command_itself_is_never_taken_for_its_text(fields: dict[str, Any], text: str) -> None:
    event = parse(classic("MESSAGE", message=message(**{"slashCommand": {"commandId": "1"}, **fields})))
    assert isinstance(event, CommandGiven)
    assert event.text == text


def test_a_command_that_opens_a_dialog_says_so() -> None:
    body = message("/melden", slashCommand={"commandId": "3"}, argumentText="")
    event = parse(classic("MESSAGE", message=body, isDialogEvent=True, dialogEventType="REQUEST_DIALOG"))
    assert isinstance(event, CommandGiven)
    assert event.phase is DialogPhase.REQUEST


def test_a_quick_command_brings_no_message() -> None:
    event = parse(classic("APP_COMMAND", appCommandMetadata={"appCommandId": 103, "appCommandType": "QUICK_COMMAND"}))
    assert isinstance(event, CommandGiven)
    assert (event.command_id, event.text, event.message) == (103, "", None)


def test_a_message_that_was_not_addressed_to_the_bot_is_not_read() -> None:
    metadata = {"appCommandId": 103, "appCommandType": "MESSAGE_ACTION"}
    event = parse(classic("APP_COMMAND", appCommandMetadata=metadata, message=message("geheim", argumentText="geheim")))
    assert isinstance(event, CommandGiven)
    assert (event.message, event.text) == (None, "")


def test_a_button_says_what_it_does_with_what_and_what_was_filled_in() -> None:
    action = {"actionMethodName": "share", "parameters": [{"key": "answer", "value": "r4nd0m"}]}
    common = {**COMMON, "invokedFunction": "share", "parameters": {"answer": "r4nd0m"}, "formInputs": FORM}
    event = parse(classic("CARD_CLICKED", message=card_message(), action=action, common=common))
    assert isinstance(event, ButtonPressed)
    assert (event.action, event.parameters) == ("share", {"answer": "r4nd0m"})
    assert (event.message, event.message_is_ours) == ("spaces/GROUP/messages/C1.C1", True)
    assert (event.phase, event.in_dialog) == (DialogPhase.NONE, False)
    assert event.inputs.text("wat") == "Er is iets gebeurd."
    assert event.inputs.choices("wie") == ("a", "b")
    assert event.inputs.strings["leeg"] == event.inputs.strings["weggelaten"] == ()
    assert event.inputs.strings["tijd"] == ("14:05",)
    assert event.inputs.strings["middernacht"] == ("00:00",)
    assert event.inputs.text("dieper") == "x"
    assert event.inputs.moments_ms == {"dag": 1793577600000, "moment": 1793610000000}


def test_a_button_is_read_from_the_list_of_parameters_alone() -> None:
    action = {"actionMethodName": "share", "parameters": [{"key": "a", "value": "1"}, {"key": "action", "value": "x"}]}
    event = parse(classic("CARD_CLICKED", message=card_message(), action=action))
    assert isinstance(event, ButtonPressed)
    assert (event.action, event.parameters) == ("share", {"a": "1"})


def test_a_card_on_somebodys_own_message_is_not_ours_to_change() -> None:
    event = parse(classic("CARD_CLICKED", message=message(), action={"actionMethodName": "preview"}))
    assert isinstance(event, ButtonPressed)
    assert not event.message_is_ours


@pytest.mark.parametrize(
    ("said", "phase"),
    [
        ({"isDialogEvent": True, "dialogEventType": "REQUEST_DIALOG"}, DialogPhase.REQUEST),
        ({"isDialogEvent": True, "dialogEventType": "SUBMIT_DIALOG"}, DialogPhase.SUBMIT),
        ({"dialogEventType": "SUBMIT_DIALOG"}, DialogPhase.SUBMIT),
        ({"isDialogEvent": True}, DialogPhase.REQUEST),
        ({"isDialogEvent": False}, DialogPhase.NONE),
        ({"dialogEventType": "TYPE_UNSPECIFIED"}, DialogPhase.NONE),
        ({"dialogEventType": 2}, DialogPhase.NONE),
    ],
)
def test_a_button_knows_where_its_dialog_stands(said: dict[str, Any], phase: DialogPhase) -> None:
    event = parse(classic("CARD_CLICKED", common={**COMMON, "invokedFunction": "next"}, **said))
    assert isinstance(event, ButtonPressed)
    assert (event.phase, event.message) == (phase, None)


def test_closing_a_dialog_with_its_cross_is_no_button() -> None:
    body = classic("CARD_CLICKED", message=card_message(), isDialogEvent=True, dialogEventType="CANCEL_DIALOG")
    assert isinstance(parse(body), DialogCancelled)


def test_being_added_by_a_mention_brings_the_message() -> None:
    event = parse(classic("ADDED_TO_SPACE", message=message(annotations=[mention()])))
    assert isinstance(event, BotAdded)
    assert event.by_interaction
    assert event.message is not None
    assert (event.message.text, event.command_id) == ("mag dit?", None)


def test_being_added_by_a_command_brings_the_command() -> None:
    event = parse(classic("ADDED_TO_SPACE", message=message("/vraag mag dit?", annotations=[slash()])))
    assert isinstance(event, BotAdded)
    assert (event.by_interaction, event.command_id) == (True, 1)


def test_being_added_by_an_administrator_is_seen() -> None:
    event = parse(classic("ADDED_TO_SPACE", space={**DIRECT, "adminInstalled": True}))
    assert isinstance(event, BotAdded)
    assert (event.by_interaction, event.message) == (False, None)
    assert event.space is not None
    assert (event.space.is_direct, event.space.admin_installed) == (True, True)


def test_being_removed_is_heard_also_when_nobody_is_named() -> None:
    assert isinstance(parse(classic("REMOVED_FROM_SPACE", user=None)), BotRemoved)


def test_typing_in_a_list_asks_for_suggestions() -> None:
    parameters = {"autocomplete_widget_query": "San", "list": "people"}
    event = parse(classic("WIDGET_UPDATED", common={"invokedFunction": "suggest", "parameters": parameters}))
    assert isinstance(event, WidgetTyped)
    assert (event.action, event.query, event.parameters) == ("suggest", "San", {"list": "people"})


@pytest.mark.parametrize(
    "body",
    [
        {
            "chat": {"type": "APP_HOME", "user": SANNE, "space": DIRECT, "eventTime": MOMENT},
            "commonEventObject": COMMON,
        },
        {"chat": {"type": "APP_HOME", "user": SANNE, "messagePayload": {"message": message()}}},
        {"type": "APP_HOME", "user": SANNE, "space": DIRECT, "common": COMMON},
    ],
)
def test_the_home_tab_is_classic_in_either_shape(body: dict[str, Any]) -> None:
    event = parse(encoded(body))
    assert isinstance(event, HomeOpened)
    assert event.dialect is Dialect.CLASSIC


def test_a_form_on_the_home_tab_is_a_button_in_a_dialog() -> None:
    common = {**COMMON, "invokedFunction": "save", "parameters": {"a": "1"}, "formInputs": FORM}
    event = parse(encoded({"chat": {"type": "SUBMIT_FORM", "user": SANNE}, "commonEventObject": common}))
    assert isinstance(event, ButtonPressed)
    assert (event.action, event.phase, event.locale) == ("save", DialogPhase.SUBMIT, "nl")
    assert event.inputs.text("wat") == "Er is iets gebeurd."


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ({"spaceType": "SPACE", "type": "ROOM"}, SpaceKind.SPACE),
        ({"spaceType": "GROUP_CHAT", "type": "ROOM"}, SpaceKind.GROUP_CHAT),
        ({"spaceType": "DIRECT_MESSAGE"}, SpaceKind.DIRECT_MESSAGE),
        ({"type": "DM"}, SpaceKind.DIRECT_MESSAGE),
        ({"singleUserBotDm": True}, SpaceKind.DIRECT_MESSAGE),
        ({"type": "ROOM"}, SpaceKind.SPACE),
        ({"spaceType": "HALL", "type": 4}, SpaceKind.SPACE),
        ({}, SpaceKind.SPACE),
    ],
)
def test_a_space_is_private_only_where_google_says_so(said: dict[str, Any], kind: SpaceKind) -> None:
    event = parse(classic("MESSAGE", message=message(), space={"name": "spaces/S", **said}))
    assert event.space is not None
    assert event.space.kind is kind


def test_outsiders_show() -> None:
    event = parse(classic("MESSAGE", message=message(), space={**GROUP, "externalUserAllowed": True}))
    assert event.space is not None
    assert event.space.outsiders_allowed


def test_the_message_tells_where_it_is_when_the_event_does_not() -> None:
    event = parse(classic("MESSAGE", message=message(), space=None))
    assert event.space is not None
    assert event.space.name == "spaces/GROUP"


@pytest.mark.parametrize(
    "body",
    [
        classic("SOMETHING_NEW"),
        classic("MESSAGE"),
        classic("MESSAGE", message="geheim"),
        classic("MESSAGE", message=message(), user=None),
        classic("MESSAGE", message=message(), user={"name": 7}),
        classic("APP_COMMAND", appCommandMetadata={"appCommandId": "one"}),
        classic("APP_COMMAND"),
        encoded({"type": ["MESSAGE"], "user": SANNE}),
        encoded({"type": "HomeOpened"}),
        encoded({}),
    ],
)
def test_what_is_no_whole_event_is_unknown(body: bytes) -> None:
    assert isinstance(parse(body), Unknown)
