"""Reads what a Workspace add-on answers at once: an `action`, or a `hostAppDataAction` with a message."""

from typing import Any

from simulator.answers.changes import Change, NewMessage, Notify, Suggest, UpdateMessage, need, need_same_viewer
from simulator.answers.navigation import read_action
from simulator.events.happening import Happening, Kind
from simulator.records import Bot, Json
from simulator.schema.cards import OPTIONS_AT_MOST
from simulator.schema.discovery import conform
from simulator.schema.messages import check_message

_CLASSIC = frozenset({"text", "cardsV2", "actionResponse", "privateMessageViewer", "cards_v2", "action_response"})
_ANSWERED = frozenset({Kind.CLICK, Kind.SUGGEST})


def read(answer: Json, happening: Happening, bot: Bot) -> tuple[Change, ...]:
    """The changes that this answer asks for.

    Raises Unacceptable, or schema.discovery.Refused for a message or card that Chat would not take.
    """
    if happening.kind is Kind.REMOVED:
        return ()
    if not answer:
        silent = happening.kind not in _ANSWERED and not happening.in_dialog
        need(silent or happening.widget is not None, "{} after a click: Chat shows that the app cannot process it")
        return ()
    need(not _CLASSIC & set(answer), "this is how classic apps answer; an add-on wraps it in hostAppDataAction")
    need(len(answer) == 1, f"one of Google's answers, not {sorted(answer)}")
    if "hostAppDataAction" in answer:
        return (_message(answer["hostAppDataAction"], happening, bot),)
    if "basicAuthorizationPrompt" in answer:
        return (Notify(f"{bot.display_name} vraagt om toestemming."),)
    need("action" in answer, f"add-ons in Chat cannot answer with {sorted(answer)}")
    if isinstance(answer["action"], dict) and "modifyOperations" in answer["action"]:
        return (_suggestions(answer["action"], happening),)
    return read_action(answer["action"], dialog_possible=happening.in_dialog, home=False)


def _message(wrapped: Any, happening: Happening, bot: Bot) -> Change:
    inner = _only(wrapped, "chatDataAction")
    kind = next(iter(inner), "") if isinstance(inner, dict) else ""
    need(kind in {"createMessageAction", "updateMessageAction"} and len(inner) == 1, "creates or updates a message")
    message = _only(inner[kind], "message")
    need("actionResponse" not in message, "actionResponse is for classic apps")
    need(happening.kind is not Kind.SUGGEST, "typing in a multiselect is answered with suggestions")
    if kind == "createMessageAction":
        return NewMessage(check_message(message, kind))
    clicked = happening.message
    need(happening.kind is Kind.CLICK and clicked is not None, "updateMessageAction answers a click on a message only")
    need(clicked is None or clicked.sender == bot.user, "updateMessageAction is for the app's own messages")
    need_same_viewer(message, None if clicked is None else clicked.private_to)
    return UpdateMessage(check_message(message, kind))


def _suggestions(action: Json, happening: Happening) -> Change:
    need(happening.kind is Kind.SUGGEST, "modifyOperations answers typing in a multiselect only")
    operations = _only(action, "modifyOperations")
    need(isinstance(operations, list) and len(operations) == 1, "one operation for one widget")
    update = _only(operations[0], "updateWidget")
    strange = set(update) - {"widgetId", "selectionInputWidgetSuggestions"}
    need(not strange, f"updateWidget cannot hold {sorted(strange)}")
    items = _only(update.get("selectionInputWidgetSuggestions"), "suggestions")
    need(isinstance(items, list) and len(items) <= OPTIONS_AT_MOST, f"at most {OPTIONS_AT_MOST} suggestions")
    return Suggest(tuple(conform(item, "GoogleAppsCardV1SelectionItem", "suggestions") for item in items))


def _only(wrapped: Any, name: str) -> Any:
    need(isinstance(wrapped, dict) and set(wrapped) == {name}, f"{name} alone was expected")
    return wrapped[name]
