"""Reads what somebody types as Chat does: a slash command, a mention of the bot, or words for the others."""

import re
from dataclasses import dataclass

from simulator.events.resources import bot_user
from simulator.records import Command, Json, Space
from simulator.world import World


@dataclass(frozen=True, slots=True)
class Typed:
    """What a text turned out to be; `argument_text` is what the bot reads as said to it."""

    for_bot: bool
    command: Command | None = None
    annotations: tuple[Json, ...] = ()
    argument_text: str | None = None


def read(world: World, space: Space, text: str) -> Typed:
    """What this text is in this space; a command that Chat does not know is plain text, and public."""
    command = _command(world, text) if space.bot_member else None
    if command is not None:
        argument = text[len(command.name) :]
        return Typed(True, command, (_slash(world, command),), argument)
    at = f"@{world.bot.display_name}"
    mention = re.search(rf"(?<!\w){re.escape(at)}(?!\w)", text)
    if mention is None:
        return Typed(space.bot_dm and space.bot_member)
    annotation = {
        "type": "USER_MENTION",
        "startIndex": mention.start(),
        "length": len(at),
        "userMention": {"user": bot_user(world.bot), "type": "MENTION" if space.bot_member else "ADD"},
    }
    # Chat keeps the space after a mention that it takes away.
    return Typed(True, None, (annotation,), text[: mention.start()] + text[mention.end() :])


def _command(world: World, text: str) -> Command | None:
    word = text.split(maxsplit=1)[0] if text.strip() else ""
    if not text.startswith("/"):
        return None
    slash = (command for command in world.commands.values() if not command.quick)
    return next((command for command in slash if command.name == word), None)


def _slash(world: World, command: Command) -> Json:
    return {
        "type": "SLASH_COMMAND",
        "startIndex": 0,
        "length": len(command.name),
        "slashCommand": {
            "bot": bot_user(world.bot),
            "type": "INVOKE",
            "commandName": command.name,
            "commandId": str(command.id),
            "triggersDialog": command.opens_dialog,
        },
    }
