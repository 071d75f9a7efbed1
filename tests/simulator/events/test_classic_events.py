"""What a classic app hears: each thing that people do, held against Google's own description of the event."""

from typing import Any

import pytest

from simulator.clock import SCHOOL_DAY
from simulator.people_act import NotPossible
from simulator.schema import discovery
from tests.simulator.stub_bot import (
    CLASS_2A,
    CLASS_3B,
    DAAN,
    KARIN,
    PIET,
    SANNE,
    SANNES_DM,
    Stage,
    button,
    buttons,
    card,
    classic_dialog,
    field_named,
    with_card,
)

# Seen on the wire, and in no description.
UNDESCRIBED = {"retentionSettings", "messageHistoryState"}


def strip(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: strip(inner) for key, inner in value.items() if key not in UNDESCRIBED}
    return [strip(inner) for inner in value] if isinstance(value, list) else value


def check(stage: Stage) -> dict[str, Any]:
    """The last event fits Google's `DeprecatedEvent`, and is told in full."""
    discovery.conform(strip(stage.last), "DeprecatedEvent", "event")
    return stage.last


def test_a_direct_message_is_a_message_with_who_and_where(classic: Stage) -> None:
    classic.chat.type(SANNE, SANNES_DM, "Mag ik een foto delen?")
    event = check(classic)
    assert event["type"] == "MESSAGE"
    assert event["user"]["email"] == "sanne.voorbeeld@leerling.rgo.example"
    assert event["message"]["text"] == event["message"]["argumentText"] == "Mag ik een foto delen?"
    assert (event["space"]["type"], event["space"]["spaceType"]) == ("DM", "DIRECT_MESSAGE")
    assert event["space"]["singleUserBotDm"] is True
    assert "displayName" not in event["space"]
    assert event["thread"]["name"] == event["message"]["thread"]["name"]


def test_a_group_is_heard_only_when_the_bot_is_mentioned(classic: Stage) -> None:
    classic.chat.type(SANNE, CLASS_3B, "hoi allemaal")
    assert classic.bot.heard == []
    classic.chat.type(SANNE, CLASS_3B, "@Protocolbot mag dat?")
    event = check(classic)
    assert event["message"]["argumentText"] == " mag dat?"
    note = event["message"]["annotations"][0]
    assert (note["type"], note["startIndex"], note["length"]) == ("USER_MENTION", 0, len("@Protocolbot"))
    assert note["userMention"]["user"]["type"] == "BOT"
    assert event["space"]["displayName"] == "Klas 3B"


def test_a_slash_command_is_a_message_that_only_its_sender_sees(classic: Stage) -> None:
    outcome = classic.chat.type(SANNE, CLASS_3B, "/vraag mag ik filmen")
    event = check(classic)
    assert event["type"] == "MESSAGE"
    assert event["message"]["slashCommand"] == {"commandId": "1"}
    assert event["message"]["argumentText"] == " mag ik filmen"
    assert event["appCommandMetadata"] == {"appCommandId": 1, "appCommandType": "SLASH_COMMAND"}
    assert "isDialogEvent" not in event
    assert classic.texts(SANNE, CLASS_3B) == ["/vraag mag ik filmen"]
    assert classic.texts(DAAN, CLASS_3B) == []
    assert outcome.messages


def test_an_unknown_slash_command_is_public_text(classic: Stage) -> None:
    classic.chat.type(SANNE, CLASS_3B, "/melde Daan pest mij")
    assert classic.bot.heard == []
    assert classic.texts(DAAN, CLASS_3B) == ["/melde Daan pest mij"]


def test_a_command_that_opens_a_dialog_asks_for_it(classic: Stage) -> None:
    classic.bot.answers(classic_dialog(card()))
    classic.chat.type(SANNE, SANNES_DM, "/melden")
    event = check(classic)
    assert (event["isDialogEvent"], event["dialogEventType"]) == (True, "REQUEST_DIALOG")
    assert event["message"]["annotations"][0]["slashCommand"]["triggersDialog"] is True


def test_a_quick_command_leaves_no_message(classic: Stage) -> None:
    classic.chat.command(SANNE, CLASS_3B, 111)
    event = check(classic)
    assert event["type"] == "APP_COMMAND"
    assert event["appCommandMetadata"] == {"appCommandId": 111, "appCommandType": "QUICK_COMMAND"}
    assert "message" not in event
    assert classic.texts(SANNE, CLASS_3B) == []


def test_a_click_echoes_the_card_and_carries_what_was_filled_in(classic: Stage) -> None:
    shown = card(field_named("naam"), buttons(button("Ga", parameters=[{"key": "id", "value": "a1"}])))
    classic.bot.answers(with_card("Kies", shown), {})
    asked = classic.chat.type(SANNE, SANNES_DM, "hoi")
    classic.chat.press(SANNE, "Ga", {"naam": "Sanne"}, message=asked.messages[-1])
    event = check(classic)
    assert event["type"] == "CARD_CLICKED"
    assert event["message"]["cardsV2"][0]["card"] == shown
    assert event["message"]["sender"]["type"] == "BOT"
    assert event["action"] == {"actionMethodName": "go", "parameters": [{"key": "id", "value": "a1"}]}
    common = event["common"]
    assert common["parameters"] == {"id": "a1"}
    assert common["invokedFunction"] == "go"
    assert common["formInputs"] == {"naam": {"stringInputs": {"value": ["Sanne"]}}}
    assert common["timeZone"] == {"id": "Europe/Amsterdam", "offset": 3_600_000}


def test_a_dialog_is_requested_submitted_and_cancelled(classic: Stage) -> None:
    classic.bot.answers(classic_dialog(card(buttons(button("Verder")))), classic_dialog(card()), {})
    opened = classic.chat.command(SANNE, SANNES_DM, 103)
    assert opened.dialog is not None
    next_page = classic.chat.press(SANNE, "Verder", dialog=opened.dialog)
    assert check(classic)["dialogEventType"] == "SUBMIT_DIALOG"
    assert next_page.dialog is not None
    assert next_page.dialog.id == opened.dialog.id
    classic.chat.cancel(SANNE, next_page.dialog.id)
    event = check(classic)
    assert (event["type"], event["dialogEventType"]) == ("CARD_CLICKED", "CANCEL_DIALOG")


def test_escape_closes_a_dialog_and_tells_nobody(classic: Stage) -> None:
    classic.bot.answers(classic_dialog(card()))
    opened = classic.chat.command(SANNE, SANNES_DM, 103)
    assert opened.dialog is not None
    assert classic.chat.cancel(SANNE, opened.dialog.id, icon=False).closed
    assert len(classic.bot.heard) == 1
    with pytest.raises(LookupError):
        classic.world.dialog(opened.dialog.id, SANNE)


def test_dates_and_times_are_written_as_google_does(classic: Stage) -> None:
    pickers = {"dag": "DATE_ONLY", "uur": "TIME_ONLY", "beide": "DATE_AND_TIME"}
    fields = [{"dateTimePicker": {"name": name, "type": kind}} for name, kind in pickers.items()]
    classic.bot.answers(with_card("x", card(*fields)))
    message = classic.chat.type(SANNE, SANNES_DM, "hoi").messages[-1]
    five_past_nine = (9 * 60 + 5) * 60_000
    given = {name: {"kind": "date", "ms": five_past_nine} for name in pickers}
    classic.chat.click(SANNE, SANNES_DM, "go", inputs=given, message=message)
    assert check(classic)["common"]["formInputs"] == {
        "dag": {"dateInput": {"msSinceEpoch": str(five_past_nine)}},
        "uur": {"timeInput": {"hours": 9, "minutes": 5}},
        "beide": {"dateTimeInput": {"hasDate": True, "hasTime": True, "msSinceEpoch": str(five_past_nine)}},
    }
    with pytest.raises(NotPossible):
        classic.chat.click(SANNE, SANNES_DM, "go", inputs={"x": {"kind": "colour"}}, message=message)


def test_being_added_by_a_mention_is_one_event_with_the_message(classic: Stage) -> None:
    classic.chat.type(PIET, CLASS_2A, "@Protocolbot hoi")
    event = check(classic)
    assert len(classic.bot.heard) == 1
    assert event["type"] == "ADDED_TO_SPACE"
    assert event["message"]["annotations"][0]["userMention"]["type"] == "ADD"
    assert classic.world.space(CLASS_2A).bot_member


def test_coming_and_going_are_told(classic: Stage) -> None:
    classic.chat.add_bot(PIET, CLASS_2A)
    assert check(classic)["type"] == "ADDED_TO_SPACE"
    assert "message" not in classic.last
    classic.chat.remove_bot(KARIN, CLASS_3B)
    assert check(classic)["type"] == "REMOVED_FROM_SPACE"
    classic.chat.add_bot(SANNE, SANNES_DM)
    assert check(classic)["space"]["adminInstalled"] is True


def test_typing_in_a_multiselect_sends_the_letters(classic: Stage) -> None:
    items = [{"text": "Daan", "value": "102"}]
    answer = {"type": "UPDATE_WIDGET", "updatedWidget": {"widget": "wie", "suggestions": {"items": items}}}
    classic.bot.answers({"actionResponse": answer})
    outcome = classic.chat.suggest(SANNE, SANNES_DM, "find", "da")
    event = check(classic)
    assert event["type"] == "WIDGET_UPDATED"
    assert event["common"]["parameters"] == {"autocomplete_widget_query": "da"}
    assert outcome.suggestions == tuple(items)


def test_app_home_arrives_in_the_shape_between_the_dialects(classic: Stage) -> None:
    classic.bot.answers({"action": {"navigations": [{"pushCard": card(buttons(button("Ga")))}]}})
    home = classic.chat.home(SANNE).home
    assert classic.last["chat"]["type"] == "APP_HOME"
    assert home is not None
    classic.bot.answers({"renderActions": {"action": {"navigations": [{"updateCard": card()}]}}})
    assert classic.chat.click(SANNE, SANNES_DM, "go").home == card()
    assert classic.last["chat"]["type"] == "SUBMIT_FORM"
    assert classic.last["commonEventObject"]["invokedFunction"] == "go"


def test_event_times_are_the_schools_and_never_the_same_twice(classic: Stage) -> None:
    for _time in range(3):
        classic.chat.type(SANNE, SANNES_DM, "hoi")
    times = [event["eventTime"] for event in classic.bot.heard]
    assert times == sorted(set(times))
    assert times[0].startswith(SCHOOL_DAY.strftime("%Y-%m-%dT%H:%M"))


def test_nobody_acts_in_a_space_that_they_are_not_in(classic: Stage) -> None:
    with pytest.raises(NotPossible):
        classic.chat.type(PIET, CLASS_3B, "hoi")
    with pytest.raises(NotPossible):
        classic.chat.command(PIET, CLASS_2A, 111)
