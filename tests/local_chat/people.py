"""People of the local Google Chat, as a test speaks of them: they say, type, fill in, press, and see or do not see."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from simulator.people_act import NotPossible
from simulator.records import Dialog, Message, Outcome
from simulator.records import Person as Account
from simulator.schema.buttons import all_buttons, find_button
from simulator.server import Running
from tests.dialogue import words


@dataclass
class Person:
    """One person with a screen: the conversation where they last were, and the dialog that is open for them."""

    running: Running
    account: Account
    space: str = ""
    dialog: Dialog | None = None
    filled: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.space = self.space or self.direct

    @property
    def direct(self) -> str:
        """The space of their direct message with the bot."""
        return f"spaces/DM{self.account.user.removeprefix('users/')}"

    def goes_to(self, group: str) -> "Person":
        """Open a group by its name, or (with no name) the conversation with the bot."""
        spaces = self.running.world.spaces()
        self.space = next((one.name for one in spaces if one.display_name == group), "") if group else self.direct
        assert self.space, f"{self._who} finds no group called {group}."
        return self

    def says(self, text: str) -> "Person":
        """Type a message, a question or a command where they are."""
        return self._saw(self.running.chat.type(self.account.user, self.space, text), f"typed {text!r}")

    def adds_the_bot(self) -> "Person":
        """Add the bot to the group where they are."""
        return self._saw(self.running.chat.add_bot(self.account.user, self.space), "added the bot")

    def fills(self, **fields: str | list[str]) -> "Person":
        """Fill in fields of the open dialog; they are sent with the next press."""
        assert self.dialog is not None, f"{self._who} has no dialog to fill in. {self._screen}"
        there = set(field_names(self.dialog.card))
        assert set(fields) <= there, (
            f"{self._who} finds no field {set(fields) - there}; there are {there}. {self._screen}"
        )
        self.filled |= fields
        return self

    def presses(self, label: str) -> "Person":
        """Press a button by its words: of the open dialog, else of the last message that has it."""
        given: Mapping[str, Any] = self.filled
        self.filled = {}
        try:
            if self.dialog is not None:
                outcome = self.running.chat.press(self.account.user, label, given, dialog=self.dialog)
            else:
                outcome = self.running.chat.press(self.account.user, label, given, message=self._with_button(label))
        except NotPossible as problem:
            raise AssertionError(f"{self._who} cannot press {label!r}: {problem} {self._screen}") from None
        return self._saw(outcome, f"pressed {label!r}")

    def closes(self) -> "Person":
        """Close the dialog with its cross."""
        assert self.dialog is not None, f"{self._who} has no dialog to close. {self._screen}"
        self.running.chat.cancel(self.account.user, self.dialog.id)
        self.dialog = None
        return self

    def sees(self, *wanted: str) -> "Person":
        """Each of these stands on the screen."""
        for text in wanted:
            assert text in self.screen, f"{self._who} does not see {text!r}. {self._screen}"
        return self

    def does_not_see(self, *unwanted: str) -> "Person":
        """None of these stands on the screen."""
        for text in unwanted:
            assert text not in self.screen, f"{self._who} sees {text!r}. {self._screen}"
        return self

    def hears(self, text: str) -> "Person":
        """The bot's last message in their direct message says this."""
        heard = [one for one in self._messages(self.direct) if one.sender == self.running.world.bot.user]
        assert heard, f"{self._who} heard nothing."
        assert text in words([heard[-1].text, dict(heard[-1].content)]), f"{self._who} heard {heard[-1].text!r}."
        return self

    @property
    def screen(self) -> str:
        """Everything that this person could read now: the dialog alone when one is open."""
        if self.dialog is not None:
            return words(self.dialog.card)
        return "\n".join(f"{one.text}\n{words(dict(one.content))}" for one in self._messages(self.space))

    @property
    def _who(self) -> str:
        return self.account.display_name

    @property
    def _screen(self) -> str:
        card = (
            self.dialog.card if self.dialog is not None else [dict(one.content) for one in self._messages(self.space)]
        )
        buttons = ", ".join(button["text"] for button in all_buttons(card))
        return f"On the screen:\n{self.screen}\nButtons: {buttons or 'none'}."

    def _messages(self, space: str) -> tuple[Message, ...]:
        return self.running.world.visible_to(self.account.user, space)

    def _with_button(self, label: str) -> str | None:
        found = [one.name for one in self._messages(self.space) if find_button(dict(one.content), label)]
        if not found:
            raise NotPossible("No message here has it.")
        return found[-1]

    def _saw(self, outcome: Outcome, did: str) -> "Person":
        assert outcome.ok, f"{self._who} {did}, and Chat said: {outcome.error}"
        self.dialog = outcome.dialog or (None if outcome.closed else self.dialog)
        return self


def field_names(card: Any) -> Iterator[str]:
    """The names of the fields of a card."""
    if isinstance(card, dict):
        for kind in ("textInput", "selectionInput", "dateTimePicker"):
            if kind in card:
                yield card[kind]["name"]
        for inner in card.values():
            yield from field_names(inner)
    elif isinstance(card, list):
        for inner in card:
            yield from field_names(inner)
