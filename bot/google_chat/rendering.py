"""Writes a reply as the JSON that Google expects from this dialect, as the answer to the event itself."""

from typing import assert_never

from bot.google_chat.cards import Card, Json, Message, Wire, check_size
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
from bot.google_chat.text import one_line
from bot.school.people import UserId
from bot.school.spaces import Dialect


def render_reply(reply: Reply, wire: Wire) -> Json:
    """The body of the HTTP 200 answer; raises ValueError for what is too long or this dialect does not have."""
    return _classic(reply, wire) if wire.dialect is Dialect.CLASSIC else _addon(reply, wire)


def _classic(reply: Reply, wire: Wire) -> Json:
    match reply:
        case Nothing():
            return {}
        case Say(message, only_for):
            return _message(message, wire, only_for)
        case Replace(message):
            return {"actionResponse": {"type": "UPDATE_MESSAGE"}, **message.render(wire)}
        case ShowDialog(card):
            return _classic_dialog({"dialog": {"body": _dialog_card(card, wire)}})
        case CloseDialog(notification):
            told = {"userFacingMessage": one_line(notification)} if notification else {}
            return _classic_dialog({"actionStatus": {"statusCode": "OK", **told}})
        case CloseAndSay(message, only_for):
            return {"actionResponse": {"type": "NEW_MESSAGE"}, **_message(message, wire, only_for)}
        case Suggest(options, widget):
            items: Json = {"suggestions": {"items": [option.render() for option in options]}}
            which = {"widget": widget} if widget else {}
            return {"actionResponse": {"type": "UPDATE_WIDGET", "updatedWidget": {**items, **which}}}
        case Home() | HomeAgain():
            return _home(reply, wire)
        case _:
            assert_never(reply)


def _addon(reply: Reply, wire: Wire) -> Json:
    match reply:
        case Nothing():
            return {}
        case Say(message, only_for) | CloseAndSay(message, only_for):
            # A new message ends an open dialog by itself; there is no form for both.
            return _chat_action("createMessageAction", _message(message, wire, only_for))
        case Replace(message):
            return _chat_action("updateMessageAction", message.render(wire))
        case ShowDialog(card):
            return _navigation({"pushCard": _dialog_card(card, wire)})
        case CloseDialog(notification):
            body = _navigation({"endNavigation": {"action": "CLOSE_DIALOG"}})
            if notification:
                body["action"]["notification"] = {"text": one_line(notification)}
            return body
        case Suggest(options):
            suggestions: Json = {"suggestions": [option.render() for option in options]}
            update = {"updateWidget": {"selectionInputWidgetSuggestions": suggestions}}
            return {"action": {"modifyOperations": [update]}}
        case Home() | HomeAgain():
            raise ValueError("An add-on has no home tab in Chat, so there is nothing to answer there.")
        case _:
            assert_never(reply)


def _message(message: Message, wire: Wire, only_for: UserId | None) -> Json:
    body = message.render(wire)
    if only_for is not None:
        body["privateMessageViewer"] = {"name": only_for}
    return body


def _dialog_card(card: Card, wire: Wire) -> Json:
    body = card.render(wire, in_dialog=True)
    check_size(body)
    return body


def _home(reply: Home | HomeAgain, wire: Wire) -> Json:
    if reply.card.footer is not None:
        raise ValueError("A card with a footer is for dialogs; the home tab has none.")
    body = reply.card.render(wire)
    check_size(body)
    if isinstance(reply, HomeAgain):
        return {"renderActions": _navigation({"updateCard": body})}
    return _navigation({"pushCard": body})


def _classic_dialog(action: Json) -> Json:
    return {"actionResponse": {"type": "DIALOG", "dialogAction": action}}


def _navigation(navigation: Json) -> Json:
    return {"action": {"navigations": [navigation]}}


def _chat_action(name: str, message: Json) -> Json:
    return {"hostAppDataAction": {"chatDataAction": {name: {"message": message}}}}
