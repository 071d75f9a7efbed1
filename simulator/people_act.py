"""What people do in Chat: type, give commands, click, fill in dialogs; the control API and tests use this alike."""

import secrets
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from simulator.answers import addon as addon_answers
from simulator.answers import classic as classic_answers
from simulator.answers.applying import apply
from simulator.answers.changes import Unacceptable
from simulator.events import addon as addon_events
from simulator.events import classic as classic_events
from simulator.events import typed
from simulator.events.happening import Happening, Kind, Phase
from simulator.events.resources import form_inputs
from simulator.google.signing import Signer
from simulator.logbook import KEPT
from simulator.posting import NotResponding, Poster, Send, over_http
from simulator.records import ChatApp, Dialect, Dialog, Json, Message, Outcome, Space
from simulator.schema.buttons import find_button, picker_types
from simulator.schema.discovery import Refused
from simulator.world import World

_WRITERS = {Dialect.CLASSIC: classic_events.bodies, Dialect.ADDON: addon_events.bodies}
_READERS = {Dialect.CLASSIC: classic_answers.read, Dialect.ADDON: addon_answers.read}


@dataclass(frozen=True, slots=True)
class Sent:
    """An event as it went to the app; `part` is which of several, where one act makes two."""

    app: ChatApp
    happening: Happening
    part: int
    body: Json


class NotPossible(ValueError):
    """Nobody can do this in Chat as it stands; the message says why."""


class Chat:
    """People's side of a world whose app is registered (`world.app`); the answers are on the same thread.

    Every method names the person first (`users/101`), and raises NotPossible or world.Unknown for what a person could
    not do in Chat. What the bot does wrong is never raised: it is in the outcome, as people would see it.
    """

    def __init__(
        self, world: World, signer: Signer, send: Send = over_http, *, retries: int = 2, pause: float = 0.0
    ) -> None:
        self.world = world
        self.signer = signer
        self.poster = Poster(world, signer, send, retries=retries, pause=pause)
        self.sent: dict[str, Sent] = {}
        self._keeping = threading.Lock()

    def type(self, user: str, space: str, text: str, thread: str = "") -> Outcome:
        """Type a message: in a direct message and with `@Protocolbot` it reaches the bot, as does a slash command."""
        place = self._place_of(user, space)
        if not text.strip():
            raise NotPossible("An empty message cannot be sent.")
        if thread and all(message.thread != thread for message in self.world.visible_to(user, space)):
            raise NotPossible("There is no such thread in this space.")
        written = typed.read(self.world, place, text)
        message = self.world.add_message(
            space,
            user,
            {"text": text},
            thread,
            annotations=written.annotations,
            argument_text=written.argument_text,
            command=written.command,
        )
        if not written.for_bot:
            return Outcome(messages=(message.name,))
        joining = not place.bot_member
        if joining:
            self.world.change_space(space, bot_member=True)
        kind = Kind.SLASH_COMMAND if written.command is not None else Kind.MESSAGE
        phase = Phase.REQUEST if written.command is not None and written.command.opens_dialog else None
        happening = self._happening(
            Kind.ADDED if joining else kind, user, space, message=message, command=written.command, phase=phase
        )
        outcome = self._tell(happening)
        return replace(outcome, messages=(message.name, *outcome.messages))

    def command(self, user: str, space: str, command_id: int) -> Outcome:
        """Choose a quick command from the menu; it leaves no message behind."""
        place = self._place_of(user, space)
        command = self.world.commands.get(command_id)
        if command is None or not command.quick:
            raise NotPossible(f"There is no quick command {command_id}; slash commands are typed.")
        if not place.bot_member:
            raise NotPossible("The app is not in this space.")
        phase = Phase.REQUEST if command.opens_dialog else None
        return self._tell(self._happening(Kind.QUICK_COMMAND, user, space, command=command, phase=phase))

    def click(
        self,
        user: str,
        space: str,
        function: str,
        parameters: Iterable[tuple[str, str]] = (),
        inputs: Mapping[str, Any] | None = None,
        *,
        message: str | None = None,
        dialog: str | None = None,
        opens_dialog: bool = False,
        widget: str | None = None,
    ) -> Outcome:
        """Click on a button of a message, of an open dialog, or (neither named) of app home.

        `inputs` maps names to {"kind": "string", "values": [...]} or {"kind": "date", "ms": ...}; `widget` names the
        input whose change this is (onChangeAction); `opens_dialog` is the button's OPEN_DIALOG.
        """
        opened = None if dialog is None else self.world.dialog(dialog, user)
        on_home = (message is None and opened is None) or (opened is not None and opened.from_home)
        phase = Phase.SUBMIT if opened is not None else Phase.REQUEST if opens_dialog else None
        clicked = self._clicked_on(user, message, opened)
        shown = opened.card if opened is not None else dict(clicked.content) if clicked is not None else {}
        happening = self._happening(
            Kind.HOME_CLICK if on_home else Kind.CLICK,
            user,
            space,
            message=clicked,
            function=function,
            parameters=tuple(parameters),
            inputs=_form(inputs, shown),
            phase=phase,
            dialog_id=dialog,
            widget=widget,
            from_home=on_home,
        )
        return self._tell(happening)

    def press(
        self,
        user: str,
        label: str,
        inputs: Mapping[str, Any] | None = None,
        *,
        message: str | None = None,
        dialog: Dialog | None = None,
    ) -> Outcome:
        """Press the button with these words on a message or in a dialog, as the page would; for tests.

        `inputs` may be plain: a string, or a list of strings, for each name. Raises NotPossible without that button.
        """
        if dialog is not None:
            card: Any = dialog.card
            space = dialog.space
        elif message is not None:
            shown = self._clicked_on(user, message, None)
            card, space = dict(shown.content) if shown else {}, shown.space if shown else ""
        else:
            raise NotPossible("Name the message or the dialog that the button is on.")
        action = find_button(card, label)
        if action is None:
            raise NotPossible(f"There is no button {label!r} that can be pressed there.")
        return self.click(
            user,
            space,
            action.get("function", ""),
            [(pair["key"], pair.get("value", "")) for pair in action.get("parameters", ())],
            {name: _plain(value) for name, value in (inputs or {}).items()},
            message=message,
            dialog=None if dialog is None else dialog.id,
            opens_dialog=action.get("interaction") == "OPEN_DIALOG",
        )

    def cancel(self, user: str, dialog: str, *, icon: bool = True) -> Outcome:
        """Close a dialog without sending it; only the icon is told to the bot, and only to a classic one."""
        opened = self.world.dialog(dialog, user)
        self.world.close_dialog(dialog)
        if icon and self._app().dialect is Dialect.CLASSIC:
            source = self._clicked_on(user, None, opened)
            self._tell(self._happening(Kind.CANCEL, user, opened.space, message=source, phase=Phase.CANCEL))
        return Outcome(closed=True)

    def suggest(
        self, user: str, space: str, function: str, query: str, parameters: Iterable[tuple[str, str]] = ()
    ) -> Outcome:
        """Type in a multiselect whose options the app gives; they are in `outcome.suggestions`."""
        pairs = (*parameters, ("autocomplete_widget_query", query))
        return self._tell(self._happening(Kind.SUGGEST, user, space, function=function, parameters=pairs))

    def home(self, user: str) -> Outcome:
        """Open the app's home tab; classic apps only."""
        if self._app().dialect is not Dialect.CLASSIC:
            raise NotPossible("Add-ons have no app home in Chat.")
        place = self.world.direct_message(user)
        if place is None:
            raise NotPossible("App home stands beside a direct message with the app, and there is none.")
        return self._tell(self._happening(Kind.HOME, user, place.name, from_home=True))

    def add_bot(self, user: str, space: str) -> Outcome:
        """Add the app to a space, or tell it again that an administrator put it in a direct message."""
        self._place_of(user, space)
        self.world.change_space(space, bot_member=True)
        return self._tell(self._happening(Kind.ADDED, user, space))

    def remove_bot(self, user: str, space: str) -> Outcome:
        """Remove the app from a space."""
        if not self._place_of(user, space).bot_member:
            raise NotPossible("The app is not in this space.")
        self.world.change_space(space, bot_member=False)
        self._tell(self._happening(Kind.REMOVED, user, space))
        # Google ignores what an app answers, or that it does not.
        return Outcome()

    def tell(self, happening: Happening) -> Outcome:
        """Send any happening at all, for what the other methods would not do."""
        return self._tell(happening)

    def _app(self) -> ChatApp:
        if self.world.app is None:
            raise NotPossible("No app is registered yet: set world.app first.")
        return self.world.app

    def _place_of(self, user: str, space: str) -> Space:
        place = self.world.space(space)
        if self.world.person(user).user not in place.members:
            raise NotPossible(f"{user} is not in {space}.")
        return place

    def _happening(self, kind: Kind, user: str, space: str, **given: Any) -> Happening:
        place = self._place_of(user, space)
        return Happening(kind, self.world.person(user), place, self.world.moment(), **given)

    def _clicked_on(self, user: str, message: str | None, opened: Dialog | None) -> Message | None:
        name = message or (opened.message if opened is not None else None)
        if name is None:
            return None
        found = self.world.message(name)
        if found not in self.world.visible_to(user, found.space):
            raise NotPossible(f"{user} does not see that message.")
        return found

    def _tell(self, happening: Happening) -> Outcome:
        app = self._app()
        if app.dialect is Dialect.ADDON and happening.function:
            if not _ours(happening.function, app.endpoint):
                note = "An add-on's function must be the whole address to call."
                self.world.log.add("fault", f"{happening.kind}", {"function": happening.function}, note=note)
                return self._failed(happening, answered=True)
            app = replace(app, endpoint=happening.function)
        outcome = Outcome()
        for part, body in enumerate(_WRITERS[app.dialect](self.world, happening)):
            outcome = _together(outcome, self._one(Sent(app, happening, part, body)))
        return outcome

    def again(self, ref: str, *, new: bool) -> Outcome:
        """Send an event once more: the very same, as Chat's retry does, or as if it happened now (`new`)."""
        sent = self.sent.get(ref)
        if sent is None:
            raise NotPossible("This event cannot be sent again; only the last ones can.")
        if new:
            happening = replace(sent.happening, at=self.world.moment())
            bodies = list(_WRITERS[sent.app.dialect](self.world, happening))
            sent = Sent(sent.app, happening, sent.part, bodies[min(sent.part, len(bodies) - 1)])
        return self._one(sent)

    def _one(self, sent: "Sent") -> Outcome:
        app, happening, body = sent.app, sent.happening, sent.body
        title = f"{happening.kind}: {happening.person.display_name}"
        ref = secrets.token_hex(8)
        with self._keeping:
            self.sent[ref] = sent
            while len(self.sent) > KEPT:
                del self.sent[next(iter(self.sent))]
        try:
            answer = self.poster.post(app, title, body, ref)
            return apply(self.world, happening, _READERS[app.dialect](answer, happening, self.world.bot))
        except NotResponding as problem:
            self.world.log.add("fault", "Bot not responding", note=str(problem))
            return self._failed(happening, answered=False)
        except (Unacceptable, Refused) as problem:
            self.world.log.add("fault", "Answer refused", note=str(problem))
            return self._failed(happening, answered=True)

    def _failed(self, happening: Happening, *, answered: bool) -> Outcome:
        name = self.world.bot.display_name
        if happening.in_dialog and answered:
            error = "Could not load dialog. Invalid response returned by bot."
        elif happening.in_dialog:
            error = "Could not load dialog. Either the app is not responding or the response is invalid"
        elif answered and self._app().dialect is Dialect.ADDON:
            error = f"{name} is unable to process your request"
        else:
            error = f"{name} not responding"
        return Outcome(ok=False, error=error)


def _together(first: Outcome, second: Outcome) -> Outcome:
    return replace(
        second,
        ok=first.ok and second.ok,
        error=first.error or second.error,
        messages=(*first.messages, *second.messages),
    )


def _ours(function: str, endpoint: str) -> bool:
    wanted, given = urlsplit(endpoint), urlsplit(function)
    return bool(given.scheme) and (given.scheme, given.netloc) == (wanted.scheme, wanted.netloc)


def _form(inputs: Mapping[str, Any] | None, shown: Json) -> Json:
    try:
        return form_inputs(dict(inputs or {}), picker_types(shown))
    except ValueError as problem:
        raise NotPossible(str(problem)) from None


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        value = [value]
    return {"kind": "string", "values": value} if isinstance(value, list) else value
