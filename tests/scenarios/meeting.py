"""A class's group with its people, as Google lists them, for the scenarios about groups."""

from collections.abc import Sequence

from bot.google_chat.client import ListedMember, ListedSpace
from bot.school.people import UserId
from bot.school.spaces import SpaceKind, SpaceName
from handlers import job_runner
from tests.dialogue import Dialogue
from tests.wire_events import Json, Someone, Somewhere

STOPPED = "In deze groep doe ik niet mee."


def listing(
    talk: Dialogue,
    where: Somewhere,
    people: Sequence[Someone],
    *,
    outsiders: Sequence[Someone] = (),
    through_groups: int = 0,
    called: str = "",
) -> None:
    """From now on Google lists these people in the group."""
    name = SpaceName(where.name)
    talk.chat.listed[name] = ListedSpace(
        name, SpaceKind.SPACE, called or where.display_name, where.outsiders, False, through_groups
    )
    inside = [ListedMember(UserId(each.user), each.name, "INTERNAL", "ROLE_MEMBER") for each in people]
    outside = [ListedMember(UserId(each.user), each.name, "EXTERNAL", "ROLE_MEMBER") for each in outsiders]
    talk.chat.members[name] = [*inside, *outside]


def hour(talk: Dialogue, **amount: float) -> Json:
    """Let time pass, an hour by itself, and look at all groups; then send what is owed by then."""
    talk.clock.forward(**(amount or {"hours": 1}))
    done = job_runner.run(talk.bot, "hour")
    job_runner.run(talk.bot, "minute")
    return done


def sent(talk: Dialogue, where: Somewhere) -> list[Json]:
    """What was posted there since the last time that this was asked."""
    found = talk.chat.in_space(where)
    talk.chat.posted[:] = [(space, body) for space, body in talk.chat.posted if space != where.name]
    return found


def privately(messages: Sequence[Json]) -> list[Json]:
    """Those of these messages that one person alone sees."""
    return [message for message in messages if "privateMessageViewer" in message]
