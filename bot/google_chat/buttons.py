"""Buttons and what they do; the only place where the two dialects write a card differently."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.google_chat.text import is_web_address, one_line
from bot.google_chat.wire import Json, Wire
from bot.school.spaces import Dialect

ACTION_PARAMETER = "action"
"""The parameter that carries an action's name where `function` must be an address (add-ons)."""

_RESERVED = frozenset({ACTION_PARAMETER, "__action_method_name__", "autocomplete_widget_query", "grid_item_identifier"})
_ACTION_NAME = re.compile(r"[A-Za-z][\w./:-]{0,99}", re.ASCII)
_INPUT_NAME = re.compile(r"[A-Za-z][\w.-]{0,99}", re.ASCII)
_PARAMETER_NAME = re.compile(r"[A-Za-z_][\w.-]{0,63}", re.ASCII)
# No spaces and no @: what somebody typed, a name or an e-mail address cannot travel in a button.
_PARAMETER_VALUE = re.compile(r"[\w./:=+,-]{0,200}", re.ASCII)


def check_input_name(name: str) -> None:
    """Refuse a name that Google could not hand back with what was filled in; raises ValueError."""
    if not _INPUT_NAME.fullmatch(name):
        raise ValueError(f"An input needs a name of letters, digits, '.', '_' or '-', not {name!r}.")


@dataclass(frozen=True, slots=True)
class Action:
    """What a button asks of us: our own name for it and the ids that it is about (Google `Action`).

    `needs` names the inputs that must be filled in first. Raises ValueError for a parameter that is no id: text that
    people typed never travels in a button.
    """

    name: str
    parameters: Mapping[str, str] = field(default_factory=dict)
    opens_dialog: bool = False
    needs: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not _ACTION_NAME.fullmatch(self.name):
            raise ValueError(
                f"An action needs a name of letters, digits, '.', '_', '/', ':' or '-', not {self.name!r}."
            )
        for key, value in self.parameters.items():
            if key in _RESERVED or not _PARAMETER_NAME.fullmatch(key):
                raise ValueError(f"Action {self.name!r} cannot have a parameter called {key!r}.")
            if not _PARAMETER_VALUE.fullmatch(value):
                raise ValueError(f"Parameter {key!r} of action {self.name!r} must be an id, not free text.")

    def render(self, wire: Wire, *, in_dialog: bool = False) -> Json:
        """Google's `Action`; in a dialog the next page follows by itself, so nothing asks to open one there."""
        pairs = [{"key": key, "value": value} for key, value in self.parameters.items()]
        function = self.name
        if wire.dialect is Dialect.ADDON:
            # An add-on's function is the address to call; a plain name never reaches us.
            function = wire.callback_url
            pairs.insert(0, {"key": ACTION_PARAMETER, "value": self.name})
        action: Json = {"function": function}
        if pairs:
            action["parameters"] = pairs
        if self.opens_dialog and not in_dialog:
            action["interaction"] = "OPEN_DIALOG"
        if self.needs:
            action["requiredWidgets"] = list(self.needs)
        return action


@dataclass(frozen=True, slots=True)
class Link:
    """What a button that leads to a web page does."""

    url: str

    def __post_init__(self) -> None:
        if not is_web_address(self.url):
            raise ValueError("A link button must lead to an http or https address without spaces.")


@dataclass(frozen=True, slots=True)
class Colour:
    """A button's colour, each part between 0 and 1 (Google `Color`)."""

    red: float
    green: float
    blue: float


@dataclass(frozen=True, slots=True)
class Button:
    """A button with words; `alt` is what a screen reader says when the words alone are not enough."""

    text: str
    action: Action | Link
    disabled: bool = False
    alt: str = ""
    filled: bool = False

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise ValueError("A button needs words on it.")

    @property
    def opens_dialog(self) -> bool:
        """Whether a press opens a dialog."""
        return isinstance(self.action, Action) and self.action.opens_dialog

    @property
    def needs(self) -> tuple[str, ...]:
        """The inputs that must be filled in before a press counts."""
        return self.action.needs if isinstance(self.action, Action) else ()

    def render(self, wire: Wire, *, in_dialog: bool = False, colour: Colour | None = None) -> Json:
        """Google's `Button`; a colour makes it filled by itself."""
        if isinstance(self.action, Link):
            on_click: Json = {"openLink": {"url": self.action.url}}
        else:
            on_click = {"action": self.action.render(wire, in_dialog=in_dialog)}
        button: Json = {"text": one_line(self.text), "onClick": on_click}
        if self.alt:
            button["altText"] = one_line(self.alt)
        if self.disabled:
            button["disabled"] = True
        if colour is not None:
            button["color"] = {"red": colour.red, "green": colour.green, "blue": colour.blue}
        elif self.filled:
            button["type"] = "FILLED"
        return button
