"""Writes people, spaces and commands as they are now, in the form that `simulator.seed` reads."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from simulator.records import Command, SpaceKind
from simulator.world import World


def written(world: World) -> str:
    """The scenario of this moment: who there is, and which groups with whom; no messages."""
    return "\n".join(_lines(world))


def table(head: str, values: Mapping[str, Any]) -> Iterator[str]:
    """The lines of one TOML table; values are texts, numbers, yes or no, and lists and maps of these."""
    yield head
    yield from (f"{name} = {_value(value)}" for name, value in values.items())
    yield ""


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{json.dumps(name)} = {_value(inner)}" for name, inner in value.items()) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_value, value)) + "]"
    # What JSON writes for texts, numbers and yes or no, TOML reads the same; DEL is the one sign that it does not take.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _lines(world: World) -> Iterator[str]:
    yield from table("[bot]", {"user": world.bot.user, "display_name": world.bot.display_name})
    for person in world.people():
        fields = {"user": person.user, "name": person.display_name, "email": person.email}
        yield from table("[[people]]", fields | {"label": person.label, "group": person.group})
    groups = [space for space in world.spaces() if space.kind is not SpaceKind.DIRECT_MESSAGE]
    for space in groups:
        group = {"name": space.name, "display_name": space.display_name, "members": list(space.members)}
        yield from table("[[spaces]]", group | ({"bot_added_by": space.members[0]} if space.bot_member else {}))
    for command in world.commands.values():
        yield from table("[[commands]]", _command(command))


def _command(command: Command) -> dict[str, Any]:
    told: dict[str, Any] = {"id": command.id, "name": command.name, "description": command.description}
    told |= {"quick": True} if command.quick else {}
    return told | ({"opens_dialog": True} if command.opens_dialog else {})
