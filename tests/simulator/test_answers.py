"""What people see of the bot's answers: each dialect takes its own and refuses the other's, in Chat's words."""

import pytest

from simulator.google.signing import Signer
from simulator.posting import Answer, NoAnswer
from simulator.records import Dialect, Json, Outcome
from tests.simulator.stub_bot import (
    CLASS_3B,
    DAAN,
    ENDPOINT,
    SANNE,
    SANNES_DM,
    Stage,
    addon_dialog,
    addon_message,
    button,
    buttons,
    card,
    classic_dialog,
    stage,
    with_card,
)

NOT_RESPONDING = "Protocolbot not responding"
UNABLE = "Protocolbot is unable to process your request"
BAD_DIALOG = "Could not load dialog. Invalid response returned by bot."
NO_DIALOG = "Could not load dialog. Either the app is not responding or the response is invalid"
CLOSED = {"actionResponse": {"type": "DIALOG", "dialogAction": {"actionStatus": {"statusCode": "OK"}}}}
PAGE = card(buttons(button("Ga", function=ENDPOINT)))


@pytest.fixture(params=list(Dialect))
def either(request: pytest.FixtureRequest, signer: Signer) -> Stage:
    """Both dialects, one after the other."""
    return stage(signer, request.param)


def say(on: Stage, message: Json) -> Json:
    app = on.world.app
    return addon_message(message) if app and app.dialect is Dialect.ADDON else message


def update(on: Stage, message: Json) -> Json:
    app = on.world.app
    if app and app.dialect is Dialect.ADDON:
        return addon_message(message, update=True)
    return {"actionResponse": {"type": "UPDATE_MESSAGE"}, **message}


def dialog(on: Stage, body: Json) -> Json:
    app = on.world.app
    return addon_dialog(body) if app and app.dialect is Dialect.ADDON else classic_dialog(body)


def asked(on: Stage, body: Json = PAGE) -> str:
    on.bot.answers(say(on, with_card("Kies", body)))
    return on.chat.type(SANNE, SANNES_DM, "hoi").messages[-1]


def opened(on: Stage) -> Outcome:
    on.bot.answers(dialog(on, PAGE))
    return on.chat.command(SANNE, CLASS_3B, 103)


def test_an_answer_stands_in_the_thread_that_it_answers(either: Stage) -> None:
    either.bot.answers(say(either, {"text": "Dat mag."}))
    question, answer = map(either.world.message, either.chat.type(SANNE, CLASS_3B, "@Protocolbot mag dat?").messages)
    assert answer.thread == question.thread
    assert answer.sender == either.world.bot.user
    assert either.texts(DAAN, CLASS_3B)[-1] == "Dat mag."


def test_a_private_answer_is_seen_by_its_viewer_only(either: Stage) -> None:
    either.bot.answers(say(either, {"text": "Alleen jij.", "privateMessageViewer": {"name": SANNE}}))
    either.chat.type(SANNE, CLASS_3B, "@Protocolbot hoi")
    assert "Alleen jij." in either.texts(SANNE, CLASS_3B)
    assert "Alleen jij." not in either.texts(DAAN, CLASS_3B)


def test_a_private_answer_to_somebody_outside_the_space_is_refused(either: Stage) -> None:
    either.bot.answers(say(either, {"text": "Alleen jij.", "privateMessageViewer": {"name": "users/301"}}))
    assert not either.chat.type(SANNE, CLASS_3B, "@Protocolbot hoi").ok


def test_saying_nothing_to_a_message_is_fine(either: Stage) -> None:
    either.bot.answers({})
    assert either.chat.type(SANNE, SANNES_DM, "hoi").ok


def test_a_click_updates_the_message_that_was_clicked(either: Stage) -> None:
    message = asked(either)
    either.bot.answers(update(either, {"text": "Gekozen"}))
    assert either.chat.press(SANNE, "Ga", message=message).messages == (message,)
    changed = either.world.message(message)
    assert (changed.text, "cardsV2" in changed.content) == ("Gekozen", False)
    assert changed.edited is not None


def test_only_a_click_can_update(either: Stage) -> None:
    either.bot.answers(update(either, {"text": "Anders"}))
    assert not either.chat.type(SANNE, SANNES_DM, "hoi").ok


def test_who_sees_a_message_cannot_be_changed(either: Stage) -> None:
    message = asked(either)
    either.bot.answers(update(either, {"text": "x", "privateMessageViewer": {"name": SANNE}}))
    assert not either.chat.press(SANNE, "Ga", message=message).ok


def test_a_dialog_opens_only_where_one_was_asked_for(either: Stage) -> None:
    message = asked(either)
    either.bot.answers(dialog(either, card()))
    outcome = either.chat.press(SANNE, "Ga", message=message)
    assert (outcome.dialog, outcome.error) == (None, either_error(either))
    assert opened(either).dialog is not None


def either_error(on: Stage) -> str:
    app = on.world.app
    return UNABLE if app and app.dialect is Dialect.ADDON else NOT_RESPONDING


def test_a_message_closes_the_dialog(either: Stage) -> None:
    at_first = opened(either)
    either.bot.answers(say(either, {"text": "Verstuurd", "privateMessageViewer": {"name": SANNE}}))
    outcome = either.chat.press(SANNE, "Ga", dialog=at_first.dialog)
    assert outcome.closed
    assert either.texts(SANNE, CLASS_3B) == ["Verstuurd"]


def test_a_dialog_of_somebody_else_cannot_be_used(either: Stage) -> None:
    at_first = opened(either)
    assert at_first.dialog is not None
    with pytest.raises(LookupError):
        either.chat.press(DAAN, "Ga", dialog=at_first.dialog)


def test_silence_to_a_dialog_is_an_error_and_leaves_it_open(either: Stage) -> None:
    at_first = opened(either)
    assert at_first.dialog is not None
    outcome = either.chat.press(SANNE, "Ga", dialog=at_first.dialog)
    assert outcome.error == BAD_DIALOG
    assert either.world.dialog(at_first.dialog.id, SANNE).card == PAGE


def test_a_bot_that_fails_shows_chats_own_sentence(either: Stage) -> None:
    either.bot.answers(*[Answer(500, b"")] * 3)
    assert either.chat.type(SANNE, SANNES_DM, "hoi").error == NOT_RESPONDING
    either.bot.answers(*[NoAnswer("timeout")] * 3)
    assert either.chat.command(SANNE, SANNES_DM, 103).error == NO_DIALOG


@pytest.mark.parametrize("body", [b"", b"null"])
def test_an_empty_body_counts_as_saying_nothing(either: Stage, body: bytes) -> None:
    either.bot.answers(Answer(200, body))
    assert either.chat.type(SANNE, SANNES_DM, "hoi").ok


@pytest.mark.parametrize("body", [b"<html>", b"[]", b'"x"', b"\xff"])
def test_a_body_that_is_no_json_object_is_refused_and_not_retried(either: Stage, body: bytes) -> None:
    either.bot.answers(Answer(200, body))
    assert not either.chat.type(SANNE, SANNES_DM, "hoi").ok
    assert len(either.bot.heard) == 1


def test_classic_refuses_what_addons_answer(classic: Stage) -> None:
    classic.bot.answers(addon_message({"text": "hoi"}))
    assert classic.chat.type(SANNE, SANNES_DM, "hoi").error == NOT_RESPONDING
    classic.bot.answers(addon_dialog(card()))
    assert classic.chat.command(SANNE, SANNES_DM, 103).error == BAD_DIALOG


def test_addons_refuse_what_classic_apps_answer(addon: Stage) -> None:
    addon.bot.answers({"text": "hoi"})
    assert addon.chat.type(SANNE, SANNES_DM, "hoi").error == UNABLE
    addon.bot.answers(classic_dialog(card()))
    assert addon.chat.command(SANNE, SANNES_DM, 103).error == BAD_DIALOG


def test_silence_after_an_addons_click_shows_that_it_cannot_process_it(addon: Stage, classic: Stage) -> None:
    assert addon.chat.press(SANNE, "Ga", message=asked(addon)).error == UNABLE
    assert classic.chat.press(SANNE, "Ga", message=asked(classic)).ok


def test_a_classic_dialog_closes_with_any_status(classic: Stage) -> None:
    at_first = opened(classic)
    status = {"statusCode": "INVALID_ARGUMENT", "userFacingMessage": "Vul iets in."}
    classic.bot.answers({"actionResponse": {"type": "DIALOG", "dialogAction": {"actionStatus": status}}})
    outcome = classic.chat.press(SANNE, "Ga", dialog=at_first.dialog)
    assert (outcome.closed, outcome.notification) == (True, "Vul iets in.")
    again = opened(classic)
    classic.bot.answers(CLOSED)
    assert classic.chat.press(SANNE, "Ga", dialog=again.dialog).closed


@pytest.mark.parametrize("end", ["CLOSE_DIALOG", {"action": "CLOSE_DIALOG"}])
def test_an_addons_dialog_closes_with_a_notification(addon: Stage, end: object) -> None:
    at_first = opened(addon)
    addon.bot.answers({"action": {"navigations": [{"endNavigation": end}], "notification": {"text": "Klaar"}}})
    outcome = addon.chat.press(SANNE, "Ga", dialog=at_first.dialog)
    assert (outcome.closed, outcome.notification) == (True, "Klaar")


def test_a_thread_in_an_update_shows_an_error_beside_it(classic: Stage) -> None:
    message = asked(classic)
    thread = {"name": classic.world.message(message).thread}
    classic.bot.answers({"actionResponse": {"type": "UPDATE_MESSAGE"}, "text": "Gekozen", "thread": thread})
    outcome = classic.chat.press(SANNE, "Ga", message=message)
    assert (outcome.error, classic.world.message(message).text) == (NOT_RESPONDING, "Gekozen")


def test_both_spellings_of_a_field_are_taken(classic: Stage) -> None:
    classic.bot.answers({"text": "hoi", "fallback_text": "hoi", "cards_v2": [{"card_id": "a", "card": card()}]})
    message = classic.world.message(classic.chat.type(SANNE, SANNES_DM, "hoi").messages[-1])
    assert message.content["cardsV2"][0]["cardId"] == "a"


def test_a_public_answer_in_a_private_thread_stays_private(classic: Stage) -> None:
    classic.world.add_message(CLASS_3B, classic.world.bot.user, with_card("Jij", PAGE), private_to=SANNE)
    private = classic.world.visible_to(SANNE, CLASS_3B)[-1]
    classic.bot.answers({"text": "Voor allen"})
    classic.chat.press(SANNE, "Ga", message=private.name)
    assert classic.texts(SANNE, CLASS_3B)[-1] == "Voor allen"
    assert classic.texts(DAAN, CLASS_3B) == []


def test_an_update_may_name_the_viewer_that_a_message_has_and_no_other(classic: Stage) -> None:
    viewer = {"privateMessageViewer": {"name": SANNE}}
    classic.bot.answers(with_card("kies", card(buttons(button("A")))) | viewer)
    shown = classic.chat.type(SANNE, CLASS_3B, "@Protocolbot kies").messages[-1]
    update = {"actionResponse": {"type": "UPDATE_MESSAGE"}, "text": "Gekozen"}
    classic.bot.answers(update | {"privateMessageViewer": {"name": DAAN}}, update | viewer)
    assert not classic.chat.press(SANNE, "A", message=shown).ok
    assert classic.chat.press(SANNE, "A", message=shown).ok
    assert classic.world.message(shown).text == "Gekozen"
