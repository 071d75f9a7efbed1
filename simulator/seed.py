"""The demo school's people, spaces and commands (seed.toml), and the events with which the bot comes to know them."""

import tomllib
from pathlib import Path
from typing import Any

from simulator.clock import Clock
from simulator.people_act import Chat
from simulator.records import Bot, Command, Outcome, Person
from simulator.world import World

SEED = Path(__file__).with_name("seed.toml")


def load(path: Path = SEED, clock: Clock | None = None) -> World:
    """A world as the file describes it; the bot is in the direct messages, and in no group yet."""
    described = _read(path)
    world = World(
        [Person(one["user"], one["name"], one["email"], one["label"], one["group"]) for one in described["people"]],
        [Command(**one) for one in described["commands"]],
        Bot(**described["bot"]),
        clock,
    )
    for person in world.people():
        world.add_direct_message(person.user, f"spaces/DM{person.user.removeprefix('users/')}")
    for space in described.get("spaces", []):
        world.add_space(space["display_name"], space["members"], space["name"])
    return world


def introduce(chat: Chat, path: Path = SEED) -> tuple[Outcome, ...]:
    """Tell the bot of every direct message (put there by an administrator) and add it to the groups that ask for it."""
    told = [
        chat.add_bot(space.members[0], space.name) for space in chat.world.spaces() if space.bot_dm and space.bot_member
    ]
    wanted = [space for space in _read(path).get("spaces", []) if "bot_added_by" in space]
    told += [chat.add_bot(space["bot_added_by"], space["name"]) for space in wanted]
    return tuple(told)


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))
