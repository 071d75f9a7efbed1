"""What the page gets to see, as the contract between page and server writes it; always through one person's eyes."""

from collections.abc import Sequence

from simulator.clock import rfc3339
from simulator.records import Command, Json, Message, Space, SpaceKind
from simulator.world import World


def people(world: World) -> list[Json]:
    """Everybody one can be."""
    return [
        {
            "user": person.user,
            "displayName": person.display_name,
            "email": person.email,
            "label": person.label,
            "group": person.group,
            "unread": sum(unread.values()),
            "waiting": unread.get(direct.name, 0) if (direct := world.direct_message(person.user)) else 0,
        }
        for person in world.people()
        for unread in [_unread(world, person.user)]
    ]


def view(world: World, user: str, can: Sequence[str] = ()) -> Json:
    """Everything around the messages for this person; `can` is what this server offers. Raises world.Unknown."""
    world.person(user)
    mine = [space for space in world.spaces() if user in space.members]
    # The direct message with the bot comes first, then the others as they were made.
    mine.sort(key=lambda space: not space.bot_dm)
    return {
        "version": world.version,
        "can": list(can),
        "now": rfc3339(world.clock.now()),
        "dialect": world.app.dialect.value if world.app is not None else "classic",
        "faults": world.faults.all(),
        "commands": [_command(command) for command in world.commands.values()],
        "bot": {"user": world.bot.user, "displayName": world.bot.display_name},
        "spaces": [_space(world, space, user) for space in mine],
    }


def shown_message(world: World, message: Message, user: str) -> Json:
    """A message as this person sees it; a deleted one says so and nothing else."""
    bot = message.sender == world.bot.user
    name = world.bot.display_name if bot else world.person(message.sender).display_name
    return {
        "name": message.name,
        "sender": {"name": message.sender, "displayName": name, "type": "BOT" if bot else "HUMAN"},
        "createTime": rfc3339(message.created),
        "text": message.text,
        "fallbackText": message.content.get("fallbackText", ""),
        "cardsV2": message.content.get("cardsV2", []),
        "accessoryWidgets": message.content.get("accessoryWidgets", []),
        "thread": message.thread,
        "privateTo": message.private_to,
        "edited": message.edited is not None,
        "deleted": message.deleted is not None,
        "onlyYou": message.private_to == user or message.command is not None,
    }


def _unread(world: World, user: str) -> dict[str, int]:
    return {space.name: world.unread(user, space.name) for space in world.spaces() if user in space.members}


def _command(command: Command) -> Json:
    return {
        "id": command.id,
        "name": command.name,
        "description": command.description,
        "type": "QUICK" if command.quick else "SLASH",
        "opensDialog": command.opens_dialog,
    }


def _space(world: World, space: Space, user: str) -> Json:
    others = [member for member in space.members if member != user]
    direct = space.kind is SpaceKind.DIRECT_MESSAGE
    return {
        "name": space.name,
        "displayName": space.display_name,
        "type": "DIRECT_MESSAGE" if direct else "SPACE",
        "with": (world.bot.user if space.bot_dm else next(iter(others), None)) if direct else None,
        "botMember": space.bot_member,
        "members": list(space.members),
        "unread": world.unread(user, space.name),
    }
