"""Reads what a classic app answers at once: a Google `Message`, perhaps with an `actionResponse`."""

from simulator.answers.changes import (
    Change,
    CloseDialog,
    NewMessage,
    Notify,
    ShowDialog,
    Suggest,
    Unacceptable,
    UpdateMessage,
    need,
    need_same_viewer,
)
from simulator.answers.navigation import read_action
from simulator.events.happening import Happening, Kind, Phase
from simulator.records import Bot, Json
from simulator.schema.cards import OPTIONS_AT_MOST, Place, check_taken_card
from simulator.schema.discovery import conform
from simulator.schema.messages import check_message

_HOME = frozenset({Kind.HOME, Kind.HOME_CLICK})


def read(answer: Json, happening: Happening, bot: Bot) -> tuple[Change, ...]:
    """The changes that this answer asks for.

    Raises Unacceptable, or schema.discovery.Refused for a message or card that Chat would not take.
    """
    if happening.kind in {Kind.REMOVED, Kind.CANCEL}:
        return ()
    if not answer:
        _check_silence(happening)
        return ()
    if happening.kind in _HOME and ("action" in answer or "renderActions" in answer):
        return _home(answer, happening)
    # Not established at Google: a message or a dialog in answer to a click on app home is taken.
    need(happening.kind is not Kind.HOME, "app home needs action.navigations with a card")
    foreign = {"hostAppDataAction", "action", "renderActions"} & set(answer)
    need(not foreign, f"{sorted(foreign)} is how add-ons answer; this app is no add-on")
    response = conform(answer, "Message", "answer").get("actionResponse", {})
    return (_asked_for(response, answer, happening, bot),)


def _asked_for(response: Json, answer: Json, happening: Happening, bot: Bot) -> Change:
    match response.get("type", "NEW_MESSAGE"):
        case "DIALOG":
            return _dialog(response.get("dialogAction", {}), happening)
        case "UPDATE_WIDGET":
            return _suggestions(response, happening)
        case "UPDATE_MESSAGE":
            return _update(answer, happening, bot)
        case "NEW_MESSAGE" | "TYPE_UNSPECIFIED":
            need(happening.kind is not Kind.SUGGEST, "typing in a multiselect is answered with suggestions")
            return NewMessage(check_message(answer, "answer"))
        case "REQUEST_CONFIG":
            need(bool(response.get("url")), "REQUEST_CONFIG needs a url")
            return Notify(f"{bot.display_name} vraagt om instellingen.")
    raise Unacceptable(f"{response['type']} is for link previews, which this simulator does not have")


def _check_silence(happening: Happening) -> None:
    need(happening.kind not in {Kind.HOME, Kind.SUGGEST}, f"{{}} is no answer to: {happening.kind}")
    changed_only = happening.widget is not None
    need(not happening.in_dialog or changed_only, "{} leaves a dialog that waits for an answer")


def _home(answer: Json, happening: Happening) -> tuple[Change, ...]:
    need(len(answer) == 1, "app home is answered with action or renderActions alone")
    inner = answer.get("renderActions", answer)
    need(isinstance(inner, dict) and set(inner) == {"action"}, "renderActions holds an action")
    return read_action(inner["action"], dialog_possible=happening.in_dialog, home=True)


def _dialog(action: Json, happening: Happening) -> Change:
    need(happening.in_dialog, "a dialog opens only from a command or button that asks for one (OPEN_DIALOG)")
    need(len(action) == 1, "a dialogAction holds either a dialog or an actionStatus")
    if "dialog" in action:
        card = action["dialog"].get("body")
        need(bool(card), "the dialog has no body")
        check_taken_card(card, "answer.actionResponse.dialogAction.dialog.body", Place.DIALOG)
        return ShowDialog(card)
    status = action["actionStatus"]
    need("statusCode" in status, "an actionStatus needs a statusCode")
    need(happening.phase is Phase.SUBMIT or status["statusCode"] != "OK", "there is no dialog to close")
    # Google: a dialog with another status than OK closes too, with the text as a notification.
    return CloseDialog(status.get("userFacingMessage", ""))


def _suggestions(response: Json, happening: Happening) -> Change:
    need(happening.kind is Kind.SUGGEST, "UPDATE_WIDGET answers typing in a multiselect only")
    items = response.get("updatedWidget", {}).get("suggestions", {}).get("items", [])
    need(len(items) <= OPTIONS_AT_MOST, f"{len(items)} suggestions; {OPTIONS_AT_MOST} are possible")
    return Suggest(tuple(items))


def _update(answer: Json, happening: Happening, bot: Bot) -> Change:
    clicked = happening.message
    need(happening.kind is Kind.CLICK and clicked is not None, "UPDATE_MESSAGE answers a click on a message only")
    need(clicked is None or clicked.sender == bot.user, "UPDATE_MESSAGE is for the app's own messages")
    need_same_viewer(answer, None if clicked is None else clicked.private_to)
    # Seen in the wild: with a thread the update happens and an error is shown beside it.
    return UpdateMessage(check_message(answer, "answer"), complaint="thread" in answer)
