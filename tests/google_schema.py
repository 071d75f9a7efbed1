"""Checks what we send as Google would, so that a card which Chat would drop or hide fails a test first.

Three measures: the discovery document that google-api-python-client ships (unknown fields, types, enums), the limits
that Google documents or that people found out, and strict parsing as google.apps.chat_v1.Message. That last one knows
every field that we use (fallbackText and accessoryWidgets too), so there is no list of exceptions.
"""

import json
from collections.abc import Iterator

from bot.school.spaces import Dialect
from tests.google_discovery import Json, NotGoogles, check_size, conform, need, parse_strictly

__all__ = ["NotGoogles", "check_card", "check_message", "check_reply"]

MESSAGE_WIDGETS_AT_MOST = 90
CARD_WIDGETS_AT_MOST = 100
OPTIONS_AT_MOST = 100
COLUMNS_AT_MOST = 2

_CARD = "GoogleAppsCardV1Card"
_ITEM = "GoogleAppsCardV1SelectionItem"


def check_message(body: Json, dialect: Dialect | None = None) -> None:
    """A message as the API takes it; with a dialect also what holds for its buttons there. Raises NotGoogles."""
    need("actionResponse" not in body, "message", "actionResponse is for answers to events only")
    _check_message(body, "message", dialect)


def check_reply(body: Json, dialect: Dialect) -> None:
    """The answer to an event in this dialect; raises NotGoogles."""
    if not body:
        return
    if dialect is Dialect.ADDON:
        _check_addon_reply(body)
    elif "action" in body or "renderActions" in body:
        _check_home(body)
    else:
        _check_classic_reply(body)


def check_card(card: Json, where: str, dialect: Dialect | None = None, *, dialog: bool = False) -> None:
    """A card by itself: in a message, or (`dialog`) in a dialog; raises NotGoogles."""
    conform(card, {"$ref": _CARD}, where)
    check_size(card, where)
    _check_widgets(card, where, dialect, dialog=dialog)
    parse_strictly({"cardsV2": [{"cardId": "a", "card": card}]}, where)


def _check_message(body: Json, where: str, dialect: Dialect | None) -> None:
    conform(body, {"$ref": "Message"}, where)
    check_size(body, where)
    parse_strictly(body, where)
    need(bool(body.get("text", "").strip()), where, "every message of ours has text")
    need("<users/all>" not in json.dumps(body), where, "we never call everybody")
    cards = body.get("cardsV2", [])
    need(not cards or bool(body.get("fallbackText")), where, "cards need a fallbackText for notifications")
    identities = [card.get("cardId", "") for card in cards]
    need(len(set(identities)) == len(identities) and all(identities), where, "each card needs a cardId of its own")
    for place, entry in enumerate(cards):
        _check_widgets(entry["card"], f"{where}.cardsV2[{place}].card", dialect, dialog=False)
    for place, accessory in enumerate(body.get("accessoryWidgets", [])):
        _check_buttons(accessory["buttonList"], f"{where}.accessoryWidgets[{place}]", dialect)
    count = sum(len(section["widgets"]) for card in cards for section in card["card"].get("sections", []))
    need(count + len(body.get("accessoryWidgets", [])) <= MESSAGE_WIDGETS_AT_MOST, where, "too many widgets")
    viewer = body.get("privateMessageViewer")
    if viewer is not None:
        need(viewer.get("name", "").startswith("users/"), where, "a private message names its viewer as users/...")


def _check_classic_reply(body: Json) -> None:
    response = body.get("actionResponse")
    if response is None or response.get("type") in {"NEW_MESSAGE", "UPDATE_MESSAGE"}:
        _check_message(body, "reply", Dialect.CLASSIC)
        if response is not None and response["type"] == "UPDATE_MESSAGE":
            need("thread" not in body, "reply", "an update with a thread shows an error beside the answer")
            need("privateMessageViewer" not in body, "reply", "who sees a message cannot be changed")
        return
    conform(body, {"$ref": "Message"}, "reply")
    parse_strictly(body, "reply")
    _only(body, "reply", "actionResponse")
    if response["type"] == "DIALOG":
        _only(response, "reply.actionResponse", "type", "dialogAction")
        action = response["dialogAction"]
        need(len(action) == 1, "reply.actionResponse.dialogAction", "either a dialog or a status")
        if "dialog" in action:
            check_card(action["dialog"]["body"], "reply...dialog.body", Dialect.CLASSIC, dialog=True)
        else:
            need("statusCode" in action["actionStatus"], "reply...actionStatus", "a status needs a code")
    elif response["type"] == "UPDATE_WIDGET":
        _only(response, "reply.actionResponse", "type", "updatedWidget")
        need(len(response["updatedWidget"]["suggestions"]["items"]) <= OPTIONS_AT_MOST, "reply", "too many suggestions")
    else:
        raise NotGoogles(f"reply.actionResponse: type {response['type']} is not one that we use")


def _check_home(body: Json) -> None:
    wrapped = "renderActions" in body
    if wrapped:
        _only(body, "reply", "renderActions")
    inner = body["renderActions"] if wrapped else body
    navigation = _only_navigation(inner, "reply")
    kind = "updateCard" if wrapped else "pushCard"
    _only(navigation, "reply...navigations[0]", kind)
    check_card(navigation[kind], f"reply...{kind}", Dialect.CLASSIC)


def _check_addon_reply(body: Json) -> None:
    need(len(body) == 1, "reply", "an add-on answers with an action or a hostAppDataAction")
    if "hostAppDataAction" in body:
        _only(body["hostAppDataAction"], "reply.hostAppDataAction", "chatDataAction")
        chat = body["hostAppDataAction"]["chatDataAction"]
        where = "reply.hostAppDataAction.chatDataAction"
        _only(chat, where, "createMessageAction", "updateMessageAction")
        need(len(chat) == 1, where, "creates or updates, not both")
        for kind, action in chat.items():
            _only(action, f"{where}.{kind}", "message")
            check_message(action["message"], Dialect.ADDON)
            unchanged = kind == "createMessageAction" or "privateMessageViewer" not in action["message"]
            need(unchanged, f"{where}.{kind}", "who sees a message cannot be changed")
        return
    _only(body, "reply", "action")
    if "modifyOperations" in body["action"]:
        _check_suggestions(body["action"])
        return
    navigation = _only_navigation(body, "reply", "notification")
    _only(navigation, "reply...navigations[0]", "pushCard", "updateCard", "endNavigation")
    need(len(navigation) == 1, "reply...navigations[0]", "one step at a time")
    if "endNavigation" in navigation:
        need(navigation["endNavigation"] == {"action": "CLOSE_DIALOG"}, "reply...endNavigation", "unknown end")
    else:
        for kind, card in navigation.items():
            check_card(card, f"reply...{kind}", Dialect.ADDON, dialog=True)
    notification = body["action"].get("notification", {"text": "none"})
    need(set(notification) == {"text"} and bool(notification["text"]), "reply.action.notification", "needs a text")


def _check_suggestions(action: Json) -> None:
    _only(action, "reply.action", "modifyOperations")
    for operation in action["modifyOperations"]:
        _only(operation, "reply...modifyOperations", "updateWidget")
        _only(operation["updateWidget"], "reply...updateWidget", "widgetId", "selectionInputWidgetSuggestions")
        suggestions = operation["updateWidget"]["selectionInputWidgetSuggestions"]
        _only(suggestions, "reply...selectionInputWidgetSuggestions", "suggestions")
        need(len(suggestions["suggestions"]) <= OPTIONS_AT_MOST, "reply", "too many suggestions")
        for item in suggestions["suggestions"]:
            conform(item, {"$ref": _ITEM}, "reply...suggestions")


def _only_navigation(body: Json, where: str, *also: str) -> Json:
    _only(body, where, "action")
    _only(body["action"], f"{where}.action", "navigations", *also)
    navigations: list[Json] = body["action"]["navigations"]
    need(len(navigations) == 1, f"{where}.action.navigations", "one step at a time")
    return navigations[0]


def _check_widgets(card: Json, where: str, dialect: Dialect | None, *, dialog: bool) -> None:
    need(bool(card.get("header", {}).get("title")), where, "a header without a title stays blank")
    need(bool(card.get("sections")), where, "no sections")
    _check_footer(card, where, dialect, dialog=dialog)
    widgets = list(_all_widgets(card, where))
    need(len(widgets) <= CARD_WIDGETS_AT_MOST, where, "beyond 100 widgets sections vanish")
    names: list[str] = []
    for widget, at in widgets:
        need(len(widget) == 1, at, "a widget is one thing")
        if "buttonList" in widget:
            _check_buttons(widget["buttonList"], at, dialect, in_card=True)
        if "button" in widget.get("decoratedText", {}):
            _check_button(widget["decoratedText"]["button"], at, dialect, in_card=True)
        for kind in ("textInput", "selectionInput", "dateTimePicker"):
            if kind in widget:
                names.append(widget[kind].get("name", ""))
                _check_input(kind, widget[kind], at)
    need(all(names) and len(set(names)) == len(names), where, "each input needs a name of its own")
    needed = {name for button in _all_buttons(card) for name in _action(button).get("requiredWidgets", [])}
    need(needed <= set(names), where, "a button needs an input that is not there")


def _check_footer(card: Json, where: str, dialect: Dialect | None, *, dialog: bool) -> None:
    footer = card.get("fixedFooter")
    if footer is None:
        return
    need(dialog, where, "fixedFooter is for dialogs only")
    need("primaryButton" in footer, where, "a footer needs a primary button")
    for button in footer.values():
        _check_button(button, f"{where}.fixedFooter", dialect, in_card=True)
        need("color" in button, f"{where}.fixedFooter", "a footer's button needs a colour")


def _check_input(kind: str, field: Json, where: str) -> None:
    if kind == "textInput":
        need(bool(field.get("label") or field.get("hintText")), where, "a text input needs a label or a hint")
    if kind == "selectionInput":
        items = field.get("items", [])
        dynamic = "externalDataSource" in field or "platformDataSource" in field
        need(len(items) <= OPTIONS_AT_MOST and bool(items or dynamic), where, "1 to 100 options")


def _check_buttons(button_list: Json, where: str, dialect: Dialect | None, *, in_card: bool = False) -> None:
    need(bool(button_list.get("buttons")), where, "an empty list of buttons hides the card")
    for button in button_list["buttons"]:
        _check_button(button, where, dialect, in_card=in_card)


def _check_button(button: Json, where: str, dialect: Dialect | None, *, in_card: bool) -> None:
    need(bool(button.get("text", "").strip()), where, "every button of ours has words")
    need(bool(button.get("onClick")), where, "an empty onClick hides the card")
    action = _action(button)
    if action:
        function = action.get("function", "")
        need(bool(function), where, "an action without a function does nothing")
        if dialect is Dialect.ADDON:
            need(function.startswith(("https://", "http://127.0.0.1")), where, "an add-on calls a whole address")
            need("action" in {pair["key"] for pair in action.get("parameters", [])}, where, "no name for the action")
            opens = action.get("interaction") == "OPEN_DIALOG"
            need(not (opens and in_card), where, "in an add-on's card OPEN_DIALOG strips the whole card")
        if dialect is Dialect.CLASSIC:
            need("://" not in function, where, "a classic function is a name")


def _action(button: Json) -> Json:
    action: Json = button.get("onClick", {}).get("action", {})
    return action


def _all_widgets(card: Json, where: str) -> Iterator[tuple[Json, str]]:
    for place, section in enumerate(card.get("sections", [])):
        at = f"{where}.sections[{place}]"
        need(bool(section.get("widgets")), at, "a section needs a widget")
        for number, widget in enumerate(section["widgets"]):
            yield widget, f"{at}.widgets[{number}]"
            columns = widget.get("columns", {}).get("columnItems", [])
            need(len(columns) <= COLUMNS_AT_MOST, at, "at most two columns")
            for column in columns:
                yield from ((inner, f"{at}.columns") for inner in column.get("widgets", []))


def _all_buttons(card: Json) -> Iterator[Json]:
    for widget, _where in _all_widgets(card, ""):
        yield from widget.get("buttonList", {}).get("buttons", [])
        if "button" in widget.get("decoratedText", {}):
            yield widget["decoratedText"]["button"]
    yield from card.get("fixedFooter", {}).values()


def _only(body: Json, where: str, *names: str) -> None:
    strange = set(body) - set(names)
    need(bool(body) and not strange, where, f"only {', '.join(names)} can be here, not {sorted(strange)}")
