"""Remembers what people do, so that the same can be done again in a fresh world: a scenario with its steps.

Messages, dialogs and parameters have other names each time; a step says which message it was in order, and which button
by its place on the card.
"""

import threading
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from simulator.people_act import Chat, NotPossible
from simulator.records import Dialog, Json, Outcome
from simulator.scenarios.writing import table, written
from simulator.schema.buttons import all_buttons
from simulator.world import Unknown

KEPT = 2_000
Step = dict[str, Any]


class Recording:
    """The steps of this sitting; `begins` is the scenario that they began in."""

    def __init__(self, chat: Chat) -> None:
        self._chat = chat
        self._lock = threading.Lock()
        self._steps: list[Step] = []
        self._begins = written(chat.world)

    def begin_again(self) -> None:
        """Forget all steps; the world is as it is now."""
        with self._lock:
            self._steps, self._begins = [], written(self._chat.world)

    def add(self, step: Step | None) -> None:
        """One more step, after it was done; None where it could not be told."""
        with self._lock:
            if step is not None and len(self._steps) < KEPT:
                self._steps.append(step)

    def click(self, body: Json) -> Step | None:
        """A click as the page sends it, told by places: look before it is done, because it changes what is there."""
        user = str(body.get("as", ""))
        dialog, message = body.get("dialog") or None, body.get("message") or None
        try:
            card, nth = self._shown(user, dialog, message)
            place = _place(card, body)
        except (Unknown, KeyError, TypeError, AttributeError):
            # Not for us to explain: whoever carries it out says what is wrong with it.
            return None
        on = "dialog" if dialog else "message" if message else "home"
        told = {"as": user, "space": body.get("space"), "on": on, "message": nth, "button": place}
        return step_of("click", **told, inputs=body.get("inputs") or None)

    def written(self) -> str:
        """The scenario and its steps, as one TOML file."""
        with self._lock:
            lines = [self._begins]
            for step in self._steps:
                lines += table("[[steps]]", step)
        return "\n".join(lines)

    def _shown(self, user: str, dialog: str | None, message: str | None) -> tuple[Any, int | None]:
        world = self._chat.world
        if dialog:
            return world.dialog(dialog, user).card, None
        if not message:
            return {}, None
        found = world.message(message)
        seen = [each.name for each in world.visible_to(user, found.space)]
        return dict(found.content), seen.index(found.name) if found.name in seen else None


def step_of(do: str, **told: Any) -> Step:
    """A step; what is None is left out."""
    return {"do": do} | {name: value for name, value in told.items() if value is not None}


def steps_in(text: str) -> Sequence[Step]:
    """The steps of a recording; raises tomllib.TOMLDecodeError."""
    found: list[Step] = tomllib.loads(text).get("steps", [])
    return found


def play(chat: Chat, steps: Sequence[Step]) -> Iterator[Outcome]:
    """Do the steps again, one outcome each; raises NotPossible for a step that the world does not allow any more."""
    opened: dict[str, Dialog] = {}
    for step in steps:
        outcome = _ACTS[str(step.get("do"))](chat, step, opened) if step.get("do") in _ACTS else None
        if outcome is None:
            raise NotPossible(f"A recording has no step {step.get('do')!r}.")
        user = str(step.get("as", ""))
        if outcome.dialog is not None:
            opened[user] = outcome.dialog
        elif outcome.closed:
            opened.pop(user, None)
        yield outcome


def _place(card: Any, body: Json) -> int | None:
    wanted = _meaning(body)
    return next((number for number, action in enumerate(_actions(card)) if _meaning(action) == wanted), None)


def _meaning(action: Json) -> tuple[str, list[tuple[str, str]]]:
    pairs = action.get("parameters") or []
    return action.get("function") or "", [(pair["key"], pair.get("value", "")) for pair in pairs]


def _actions(card: Any) -> list[Json]:
    found = (button["onClick"] for button in all_buttons(card))
    return [on_click["action"] for on_click in found if "action" in on_click]


def _click(chat: Chat, step: Mapping[str, Any], opened: Mapping[str, Dialog]) -> Outcome:
    user, on, place = str(step["as"]), step.get("on"), step.get("button")
    dialog = opened.get(user) if on == "dialog" else None
    if on == "dialog" and dialog is None:
        raise NotPossible("The dialog of this step is not open.")
    name, card = None, dialog.card if dialog is not None else {}
    if on == "message":
        seen = chat.world.visible_to(user, str(step["space"]))
        if not 0 <= int(step.get("message", -1)) < len(seen):
            raise NotPossible("The message of this step is not there.")
        found = seen[int(step["message"])]
        name, card = found.name, dict(found.content)
    actions = _actions(card)
    if place is None or not 0 <= int(place) < len(actions):
        raise NotPossible("The button of this step is not there.")
    action = actions[int(place)]
    return chat.click(
        user,
        str(step["space"]),
        action.get("function", ""),
        [(pair["key"], pair.get("value", "")) for pair in action.get("parameters", ())],
        step.get("inputs"),
        message=name,
        dialog=None if dialog is None else dialog.id,
        opens_dialog=action.get("interaction") == "OPEN_DIALOG",
    )


def _cancel(chat: Chat, step: Mapping[str, Any], opened: Mapping[str, Dialog]) -> Outcome:
    dialog = opened.get(str(step["as"]))
    if dialog is None:
        raise NotPossible("The dialog of this step is not open.")
    return chat.cancel(str(step["as"]), dialog.id, icon=step.get("how") != "escape")


def _bot(chat: Chat, step: Mapping[str, Any], _: Mapping[str, Dialog]) -> Outcome:
    change = chat.add_bot if step.get("member") else chat.remove_bot
    return change(str(step["as"]), str(step["space"]))


def _clock(chat: Chat, step: Mapping[str, Any], _: Mapping[str, Dialog]) -> Outcome:
    chat.world.clock.forward(float(step["minutes"]))
    chat.world.touch()
    return Outcome()


_ACTS = {
    "type": lambda chat, step, _: chat.type(str(step["as"]), str(step["space"]), str(step["text"])),
    "command": lambda chat, step, _: chat.command(str(step["as"]), str(step["space"]), int(step["commandId"])),
    "click": _click,
    "cancel": _cancel,
    "bot": _bot,
    "clock": _clock,
}
