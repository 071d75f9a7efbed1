"""The whole state of the simulated Chat in one object behind one lock; nothing else in the simulator remembers."""

import secrets
import threading
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from simulator.clock import Clock
from simulator.faults import Faults
from simulator.logbook import Logbook
from simulator.records import Bot, ChatApp, Command, Dialog, Json, Message, Person, Space, SpaceKind


class Unknown(LookupError):
    """There is no such person, space, message or dialog; the message says which."""


class World:
    """People, spaces, memberships, messages and dialogs; every public method may be called from any thread.

    `app` is the app's registration, None until it has one. `version` counts visible changes; `wait_for_change` waits
    for the next one.
    """

    def __init__(
        self,
        people: Iterable[Person] = (),
        commands: Iterable[Command] = (),
        bot: Bot | None = None,
        clock: Clock | None = None,
    ) -> None:
        self._lock = threading.RLock()
        self._changed = threading.Condition(self._lock)
        self.bot = bot or Bot()
        self.app: ChatApp | None = None
        self.clock = clock or Clock()
        self.faults = Faults()
        self.log = Logbook(self.touch)
        self.commands = {command.id: command for command in commands}
        self._people = {person.user: person for person in people}
        self._spaces: dict[str, Space] = {}
        self._messages: dict[str, Message] = {}
        self._names_in: dict[str, list[str]] = {}
        self._direct: dict[str, str] = {}
        self._dialogs: dict[str, Dialog] = {}
        self._read: dict[tuple[str, str], int] = {}
        self._last_moment: datetime | None = None
        self._closed = False
        self.version = 1

    # People and places

    def people(self) -> tuple[Person, ...]:
        """Everybody, in the order in which they came."""
        with self._lock:
            return tuple(self._people.values())

    def person(self, user: str) -> Person:
        """Somebody by Google's name (`users/101`); raises Unknown."""
        with self._lock:
            if user not in self._people:
                raise Unknown(f"There is nobody called {user}.")
            return self._people[user]

    def add_person(self, person: Person) -> None:
        """Give somebody an account."""
        with self._lock:
            self._people[person.user] = person
            self.touch()

    def spaces(self) -> tuple[Space, ...]:
        """Every space, in the order in which they were made."""
        with self._lock:
            return tuple(self._spaces.values())

    def space(self, name: str) -> Space:
        """A space by Google's name (`spaces/AAA`); raises Unknown."""
        with self._lock:
            if name not in self._spaces:
                raise Unknown(f"There is no space called {name}.")
            return self._spaces[name]

    def add_space(self, display_name: str, members: Iterable[str], name: str = "", **given: Any) -> Space:
        """Make a named space of these people (a GROUP_CHAT with `kind`); raises Unknown for somebody unknown."""
        with self._lock:
            users = tuple(dict.fromkeys(members))
            for user in users:
                self.person(user)
            given.setdefault("kind", SpaceKind.SPACE)
            space = Space(
                name=name or f"spaces/{_token()}",
                created=self.clock.now(),
                display_name=display_name,
                members=users,
                managers=frozenset(users[:1]),
                **given,
            )
            self._spaces[space.name] = space
            self.touch()
            return space

    def add_direct_message(self, user: str, name: str = "", *, admin_installed: bool = True) -> Space:
        """Make somebody's direct message with the bot; raises Unknown."""
        fields = {"kind": SpaceKind.DIRECT_MESSAGE, "bot_member": True, "bot_dm": True}
        with self._lock:
            space = self.add_space("", (user,), name, admin_installed=admin_installed, **fields)
            self._direct[user] = space.name
            return space

    def direct_message(self, user: str) -> Space | None:
        """Somebody's direct message with the bot, when the bot is in it."""
        with self._lock:
            found = self._spaces.get(self._direct.get(user, ""))
            return found if found is not None and found.bot_member else None

    def change_space(self, name: str, **changes: Any) -> Space:
        """Change fields of a space (`display_name`, `members`, `outsiders_allowed`...); raises Unknown."""
        with self._lock:
            self._spaces[name] = replace(self.space(name), **changes)
            self.touch()
            return self._spaces[name]

    # Messages

    def moment(self) -> datetime:
        """Now by the business clock, a little later than the moment before when that was the same."""
        with self._lock:
            now = self.clock.now()
            last = self._last_moment
            if last is not None and last - timedelta(seconds=1) < now <= last:
                now = last + timedelta(microseconds=1)
            self._last_moment = now
            return now

    def add_message(
        self, space: str, sender: str, content: Mapping[str, Any], thread: str = "", **given: Any
    ) -> Message:
        """Put a message in a space; without `thread` it starts one. Raises Unknown."""
        with self._lock:
            self.space(space)
            root, own = (thread.rsplit("/", 1)[-1], _token()) if thread else (_token(), "")
            name = f"{space}/messages/{root}.{own or root}"
            message = Message(
                name=name,
                space=space,
                thread=f"{space}/threads/{root}",
                sender=sender,
                created=self.moment(),
                serial=len(self._messages) + 1,
                content=dict(content),
                reply=bool(thread),
                **given,
            )
            self._messages[name] = message
            self._names_in.setdefault(space, []).append(name)
            self.touch()
            return message

    def message(self, name: str) -> Message:
        """A message by name, or by `spaces/S/messages/client-...`; a deleted one counts as gone. Raises Unknown."""
        with self._lock:
            found = self._messages.get(name) or self._by_client_id(name)
            if found is None or found.deleted:
                raise Unknown(f"There is no message called {name}.")
            return found

    def client_id_taken(self, space: str, client_id: str) -> Message | None:
        """The message that has this `messageId` in the space, deleted or not."""
        with self._lock:
            return self._by_client_id(f"{space}/messages/{client_id}")

    def messages_in(self, space: str) -> tuple[Message, ...]:
        """Every message of a space in order, deleted ones included."""
        with self._lock:
            return tuple(self._messages[name] for name in self._names_in.get(space, ()))

    def edit_message(self, name: str, content: Mapping[str, Any]) -> Message:
        """Replace what a message says; raises Unknown."""
        with self._lock:
            return self._put(replace(self.message(name), content=dict(content), edited=self.moment()))

    def delete_message(self, name: str) -> None:
        """Delete a message; its place stays visible as Chat shows it. Raises Unknown."""
        with self._lock:
            self._put(replace(self.message(name), content={}, deleted=self.moment()))

    def visible_to(self, user: str, space: str) -> tuple[Message, ...]:
        """What somebody sees of a space, in order: private ones for their viewer, commands for who gave them."""
        return tuple(message for message in self.messages_in(space) if _sees(user, message))

    def mark_read(self, user: str, space: str) -> None:
        """Somebody has looked at the space; counts nothing as a change when there was nothing new."""
        with self._lock:
            newest = max((message.serial for message in self.visible_to(user, space)), default=0)
            if self._read.get((user, space), 0) < newest:
                self._read[user, space] = newest
                self.touch()

    def unread(self, user: str, space: str) -> int:
        """How many messages of others somebody has not seen yet; silent ones do not count (Google `silent`)."""
        with self._lock:
            seen = self._read.get((user, space), 0)
            unseen = (message for message in self.visible_to(user, space) if message.serial > seen)
            return sum(1 for message in unseen if message.sender != user and not message.silent and not message.deleted)

    # Dialogs

    def open_dialog(self, user: str, space: str, card: Json, message: str | None, *, from_home: bool) -> Dialog:
        """Open a dialog for somebody."""
        with self._lock:
            dialog = Dialog(_token(), user, space, card, message, from_home)
            self._dialogs[dialog.id] = dialog
            return dialog

    def dialog(self, dialog_id: str, user: str) -> Dialog:
        """An open dialog of this person; raises Unknown."""
        with self._lock:
            found = self._dialogs.get(dialog_id)
            if found is None or found.user != user:
                raise Unknown("That dialog is not open.")
            return found

    def turn_page(self, dialog_id: str, user: str, card: Json) -> Dialog:
        """Show the next card in an open dialog; raises Unknown."""
        with self._lock:
            self._dialogs[dialog_id] = replace(self.dialog(dialog_id, user), card=card)
            return self._dialogs[dialog_id]

    def close_dialog(self, dialog_id: str) -> None:
        """Close a dialog; nothing happens when it was closed already."""
        with self._lock:
            self._dialogs.pop(dialog_id, None)

    # Changes

    def touch(self) -> None:
        """Something visible changed: whoever waits looks again."""
        with self._lock:
            self.version += 1
            self._changed.notify_all()

    def begin_again(self, fresh: "World") -> None:
        """Become another world: its people, places and commands, no messages, no faults, an empty book."""
        spaces = fresh.spaces()
        with self._lock:
            self.commands, self.faults = fresh.commands, fresh.faults
            self._people = {person.user: person for person in fresh.people()}
            self._spaces = {space.name: space for space in spaces}
            self._direct = {space.members[0]: space.name for space in spaces if space.bot_dm}
            self._messages, self._names_in, self._dialogs, self._read = {}, {}, {}, {}
            self._last_moment = None
            self.clock.set(fresh.clock.now())
        self.log.forget()

    def wait_for_change(self, since: int, seconds: float) -> int:
        """The version, as soon as it is not `since` any more, or after so many seconds, or when the world closes."""
        with self._changed:
            self._changed.wait_for(lambda: self.version != since or self._closed, seconds)
            return self.version

    def close(self) -> None:
        """Let go of everybody who waits."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def _put(self, message: Message) -> Message:
        self._messages[message.name] = message
        self.touch()
        return message

    def _by_client_id(self, name: str) -> Message | None:
        space, _, last = name.rpartition("/messages/")
        if not last.startswith("client-"):
            return None
        return next((found for found in self.messages_in(space) if found.client_id == last), None)


def _sees(user: str, message: Message) -> bool:
    if message.command is not None and message.sender != user:
        return False
    return message.private_to is None or user in {message.private_to, message.sender}


def _token() -> str:
    return secrets.token_urlsafe(9).replace("-", "a").replace("_", "b")
