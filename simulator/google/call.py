"""One call of the Chat API as it was understood: which method, of what, with which parameters and body."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from simulator.google.errors import forbidden, invalid, not_found
from simulator.records import Json, Space
from simulator.schema.discovery import Method, Refused
from simulator.world import Unknown, World

NOT_IN_SPACE = "You are not permitted to use this app."


@dataclass(frozen=True, slots=True)
class Call:
    """`path` holds the ids in the address in order, `query` the parameters, `body` what the schema let through."""

    world: World
    method: Method
    path: tuple[str, ...]
    query: Mapping[str, str]
    body: Json = field(default_factory=dict)

    def space(self) -> Space:
        """The space in the address; raises ApiError: 404 when there is none, 403 when the app is not in it."""
        name = f"spaces/{self.path[0]}"
        try:
            space = self.world.space(name)
        except Unknown:
            raise not_found(f"Space {name}") from None
        if not space.bot_member:
            raise forbidden(NOT_IN_SPACE)
        return space

    def page(self, entries: list[Json], name: str, default: int = 100, most: int = 1000) -> Json:
        """One page of a list (`pageSize`, `pageToken`), with `nextPageToken` where there is more; raises ApiError."""
        size = int(self.query.get("pageSize", "0")) or default
        if size < 0:
            raise invalid("pageSize must not be negative.")
        token = self.query.get("pageToken", "")
        if token and not token.removeprefix("page-").isdigit():
            raise invalid("Invalid page token.")
        start = int(token.removeprefix("page-") or 0)
        end = start + min(size, most)
        page: Json = {name: entries[start:end]}
        return page | ({"nextPageToken": f"page-{end}"} if end < len(entries) else {})


def refused(problem: Refused) -> Exception:
    """What the schema or a limit has against it, as 400."""
    return invalid(str(problem))
