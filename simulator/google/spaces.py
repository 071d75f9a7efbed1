"""The REST methods of `spaces` and `spaces.members` that an app may call with its own credentials (chat.bot)."""

import re

from simulator.clock import rfc3339
from simulator.events import resources
from simulator.google.call import Call
from simulator.google.errors import forbidden, invalid, not_found
from simulator.records import Json, Person, Space, SpaceKind
from simulator.world import Unknown

NEEDS_A_PERSON = "This is possible only with the credentials of a person."
_NUMERIC_USER = re.compile(r"users/\d+")
_KINDS_WANTED = re.compile(r"\s*(?:space_type|spaceType)\s*=\s*\"?(\w+)\"?\s*")


def get_space(call: Call) -> Json:
    """`spaces.get`; raises ApiError."""
    _refuse_admin(call)
    return _space(call.space())


def list_spaces(call: Call) -> Json:
    """`spaces.list`: where the app is; group chats and direct messages once something was said. Raises ApiError."""
    wanted = _wanted_kinds(call.query.get("filter", ""))
    world = call.world
    mine = [space for space in world.spaces() if space.bot_member and space.kind in wanted]
    shown = [space for space in mine if space.kind is SpaceKind.SPACE or world.messages_in(space.name)]
    return call.page([_space(space) for space in shown], "spaces")


def find_direct_message(call: Call) -> Json:
    """`spaces.findDirectMessage`: somebody's direct message with the app, by numeric id; raises ApiError."""
    user = call.query.get("name", "")
    if not _NUMERIC_USER.fullmatch(user):
        raise invalid("With app authentication name must be users/ and a numeric id.")
    found = call.world.direct_message(user)
    if found is None:
        raise not_found("Direct message")
    return _space(found)


def list_members(call: Call) -> Json:
    """`spaces.members.list`: people who joined by themselves, never apps; raises ApiError."""
    _refuse_admin(call)
    if call.query.get("filter") or "true" in {call.query.get("showGroups"), call.query.get("showInvited")}:
        raise forbidden(NEEDS_A_PERSON)
    space = call.space()
    return call.page([_membership(space, call.world.person(user)) for user in space.members], "memberships")


def get_member(call: Call) -> Json:
    """`spaces.members.get`: by numeric id, or `app` for the app's own; raises ApiError."""
    _refuse_admin(call)
    space, member = call.space(), call.path[1]
    if member == "app":
        own = resources.bot_user(call.world.bot)
        return {"name": f"{space.name}/members/app", "state": "JOINED", "role": "ROLE_MEMBER", "member": own}
    try:
        person = call.world.person(f"users/{member}")
    except Unknown:
        raise not_found(f"Member {member}") from None
    if person.user not in space.members:
        raise not_found(f"Member {member}")
    return _membership(space, person)


def _space(space: Space) -> Json:
    return resources.space(space) | {"createTime": rfc3339(space.created)}


def _membership(space: Space, person: Person) -> Json:
    return {
        "name": f"{space.name}/members/{person.user.removeprefix('users/')}",
        "state": "JOINED",
        "role": "ROLE_MANAGER" if person.user in space.managers else "ROLE_MEMBER",
        "affiliation": person.affiliation.value,
        # Without e-mail address: Google does not promise one to an app.
        "member": {
            "name": person.user,
            "displayName": person.display_name,
            "type": "HUMAN",
            "domainId": person.domain_id,
        },
        "createTime": rfc3339(space.created),
    }


def _wanted_kinds(given: str) -> frozenset[SpaceKind]:
    if not given.strip():
        return frozenset(SpaceKind)
    kinds: set[SpaceKind] = set()
    for part in re.split(r"\s+OR\s+", given.strip()):
        found = _KINDS_WANTED.fullmatch(part)
        if found is None or found[1] not in set(SpaceKind):
            raise invalid('Invalid filter; such as: space_type = "SPACE" OR space_type = "GROUP_CHAT"')
        kinds.add(SpaceKind(found[1]))
    return frozenset(kinds)


def _refuse_admin(call: Call) -> None:
    if call.query.get("useAdminAccess") == "true":
        raise forbidden(NEEDS_A_PERSON)
