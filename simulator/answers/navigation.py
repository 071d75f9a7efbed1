"""Reads `action.navigations`, with which add-ons open and close dialogs and classic apps show their home."""

from typing import Any

from simulator.answers.changes import Change, CloseDialog, Notify, ShowDialog, ShowHome, need
from simulator.schema.cards import Place, check_card

_CARDS = ("pushCard", "updateCard")
_ENDS = frozenset({"CLOSE_DIALOG", "CLOSE_DIALOG_AND_EXECUTE"})


def read_action(action: Any, *, dialog_possible: bool, home: bool) -> tuple[Change, ...]:
    """The changes that an `action` with `navigations` and perhaps a `notification` asks for; raises Unacceptable.

    `dialog_possible` says whether the event asked for a dialog or came from one, `home` whether it came from app home.
    """
    need(isinstance(action, dict), "action must be an object")
    strange = set(action) - {"navigations", "notification"}
    need(not strange, f"action cannot hold {sorted(strange)}")
    notification = _notification(action.get("notification"))
    changes = [
        _step(step, notification, dialog_possible=dialog_possible, home=home) for step in action.get("navigations", [])
    ]
    if not changes and notification:
        changes = [Notify(notification)]
    need(bool(changes), "an action needs navigations or a notification")
    return tuple(changes)


def _notification(given: Any) -> str:
    if given is None:
        return ""
    need(isinstance(given, dict) and set(given) == {"text"} and bool(given["text"]), "a notification needs a text")
    return str(given["text"])


def _step(step: Any, notification: str, *, dialog_possible: bool, home: bool) -> Change:
    need(isinstance(step, dict) and len(step) == 1, "a navigation is one step")
    kind = next(iter(step))
    if kind == "endNavigation":
        # Google's own page on converting apps writes the short form too.
        end = step[kind].get("action") if isinstance(step[kind], dict) else step[kind]
        need(end in _ENDS, f"endNavigation cannot be {end}")
        need(dialog_possible, "there is no dialog to close")
        return CloseDialog(notification)
    need(kind in _CARDS, f"{kind} is not possible in Chat")
    if home and not dialog_possible:
        return ShowHome(check_card(step[kind], kind, Place.HOME))
    need(dialog_possible, "a dialog opens only from a command or button that asks for one (OPEN_DIALOG)")
    return ShowDialog(check_card(step[kind], kind, Place.DIALOG))
