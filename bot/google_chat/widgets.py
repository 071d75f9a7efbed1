"""What stands in a section of a card: text, facts, buttons and inputs; an impossible one cannot be made."""

from dataclasses import dataclass, field
from enum import StrEnum

from bot.google_chat.buttons import Button, check_input_name
from bot.google_chat.text import CardText, card_html, is_blank, one_line
from bot.google_chat.wire import Json, Wire

OPTIONS_AT_MOST = 100
"""Google `SelectionInput.items`: up to 100."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text (Google `TextParagraph`); with `max_lines` the rest waits behind "meer"."""

    text: CardText = field(repr=False)
    max_lines: int = 0

    def __post_init__(self) -> None:
        if is_blank(self.text):
            raise ValueError("A paragraph needs text.")
        if self.max_lines < 0:
            raise ValueError("A paragraph shows all its lines (0) or at least one.")

    def render(self, wire: Wire, *, in_dialog: bool = False) -> Json:  # noqa: ARG002 - every widget renders alike
        """Google's `Widget` with a `textParagraph`."""
        paragraph: Json = {"text": card_html(self.text)}
        if self.max_lines:
            paragraph["maxLines"] = self.max_lines
        return {"textParagraph": paragraph}


@dataclass(frozen=True, slots=True)
class Fact:
    """A small label above a line of text, perhaps with a button beside it (Google `DecoratedText`)."""

    label: str
    text: CardText = field(repr=False)
    below: str = field(default="", repr=False)
    button: Button | None = None

    def __post_init__(self) -> None:
        if is_blank(self.text):
            raise ValueError(f"The fact {self.label!r} needs a text.")

    def render(self, wire: Wire, *, in_dialog: bool = False) -> Json:
        """Google's `Widget` with a `decoratedText` that wraps instead of being cut off."""
        fact: Json = {"text": card_html(self.text), "wrapText": True}
        if self.label:
            fact["topLabel"] = one_line(self.label)
        if self.below:
            fact["bottomLabel"] = one_line(self.below)
        if self.button is not None:
            fact["button"] = self.button.render(wire, in_dialog=in_dialog)
        return {"decoratedText": fact}


@dataclass(frozen=True, slots=True, init=False)
class Buttons:
    """Buttons next to each other: `Buttons(Button(...), Button(...))`; an empty row would hide the whole card."""

    buttons: tuple[Button, ...]

    def __init__(self, *buttons: Button) -> None:
        if not buttons:
            raise ValueError("A row of buttons needs at least one button.")
        object.__setattr__(self, "buttons", buttons)

    def render(self, wire: Wire, *, in_dialog: bool = False) -> Json:
        """Google's `Widget` with a `buttonList`."""
        return {"buttonList": {"buttons": [button.render(wire, in_dialog=in_dialog) for button in self.buttons]}}


@dataclass(frozen=True, slots=True)
class TextField:
    """Where somebody can type (Google `TextInput`); `limit` counts characters, checked by the client only."""

    name: str
    label: str
    hint: str = ""
    value: str = field(default="", repr=False)
    many_lines: bool = False
    limit: int = 0

    def __post_init__(self) -> None:
        check_input_name(self.name)
        if not (self.label.strip() or self.hint.strip()):
            raise ValueError(f"The text field {self.name!r} needs a label or a hint.")
        if self.limit < 0:
            raise ValueError(f"The text field {self.name!r} cannot have a limit under 0.")

    def render(self, wire: Wire, *, in_dialog: bool = False) -> Json:  # noqa: ARG002 - every widget renders alike
        """Google's `Widget` with a `textInput`; the value goes in exactly as it was typed."""
        typed: Json = {"name": self.name, "type": "MULTIPLE_LINE" if self.many_lines else "SINGLE_LINE"}
        if self.label:
            typed["label"] = one_line(self.label)
        if self.hint:
            typed["hintText"] = one_line(self.hint)
        if self.value:
            typed["value"] = self.value
        if self.limit:
            typed["validation"] = {"characterLimit": self.limit}
        return {"textInput": typed}


class ChoiceKind(StrEnum):
    """How choices look; the value is Google's `SelectionInput.type`."""

    CHECK_BOX = "CHECK_BOX"
    RADIO_BUTTON = "RADIO_BUTTON"
    DROPDOWN = "DROPDOWN"
    SWITCH = "SWITCH"


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose (Google `SelectionItem`); `value` is what comes back."""

    value: str
    text: str = field(repr=False)
    selected: bool = False

    def __post_init__(self) -> None:
        if not (self.value and self.text.strip()):
            raise ValueError("An option needs a value and a text.")

    def render(self) -> Json:
        """Google's `SelectionItem`."""
        return {"text": one_line(self.text), "value": self.value, "selected": self.selected}


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose (Google `SelectionInput`)."""

    name: str
    label: str
    kind: ChoiceKind
    options: tuple[Option, ...]

    def __post_init__(self) -> None:
        check_input_name(self.name)
        if not 1 <= len(self.options) <= OPTIONS_AT_MOST:
            raise ValueError(f"The choice {self.name!r} needs 1 to {OPTIONS_AT_MOST} options, not {len(self.options)}.")
        if len({option.value for option in self.options}) < len(self.options):
            raise ValueError(f"Two options of the choice {self.name!r} have the same value.")
        several = self.kind in {ChoiceKind.CHECK_BOX, ChoiceKind.SWITCH}
        if not several and sum(option.selected for option in self.options) > 1:
            raise ValueError(f"Only one option of the choice {self.name!r} can be selected.")

    def render(self, wire: Wire, *, in_dialog: bool = False) -> Json:  # noqa: ARG002 - every widget renders alike
        """Google's `Widget` with a `selectionInput`."""
        choice: Json = {
            "name": self.name,
            "type": self.kind.value,
            "items": [option.render() for option in self.options],
        }
        if self.label:
            choice["label"] = one_line(self.label)
        return {"selectionInput": choice}


@dataclass(frozen=True, slots=True)
class Divider:
    """A line between widgets."""

    def render(self, wire: Wire, *, in_dialog: bool = False) -> Json:  # noqa: ARG002 - every widget renders alike
        """Google's `Widget` with a `divider`."""
        return {"divider": {}}


Widget = Paragraph | Fact | Buttons | TextField | Choice | Divider
"""What a section is made of."""
