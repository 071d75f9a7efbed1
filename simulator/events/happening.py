"""One thing that somebody did and the app hears of, before it is written in a dialect."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from simulator.records import Command, Message, Person, Space


class Kind(StrEnum):
    """What happened."""

    MESSAGE = "message"
    SLASH_COMMAND = "slash command"
    QUICK_COMMAND = "quick command"
    CLICK = "click"
    CANCEL = "dialog cancelled"
    SUGGEST = "typing in a multiselect"
    ADDED = "added to space"
    REMOVED = "removed from space"
    HOME = "app home opened"
    HOME_CLICK = "click on app home"


class Phase(StrEnum):
    """Google's `dialogEventType`."""

    REQUEST = "REQUEST_DIALOG"
    SUBMIT = "SUBMIT_DIALOG"
    CANCEL = "CANCEL_DIALOG"


@dataclass(frozen=True, slots=True)
class Happening:
    """Who did what, where and when; `inputs` is Google's `formInputs`, `message` what was typed or clicked on.

    With `kind` ADDED a `message` is the mention or command by which the bot was added. `dialog_id` is the dialog in
    which somebody clicked.
    """

    kind: Kind
    person: Person
    space: Space
    at: datetime
    message: Message | None = None
    command: Command | None = None
    function: str = ""
    parameters: tuple[tuple[str, str], ...] = ()
    inputs: Mapping[str, Any] = field(default_factory=dict)
    phase: Phase | None = None
    dialog_id: str | None = None
    widget: str | None = None
    from_home: bool = False

    @property
    def in_dialog(self) -> bool:
        """Whether what people would see go wrong is a dialog."""
        return self.phase is not None
