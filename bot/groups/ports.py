"""What joining needs of the world: a place that remembers groups."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Protocol, Self

from bot.school.people import UserId
from bot.school.spaces import Dialect, SpaceKind, SpaceName


class GroupState(StrEnum):
    """Whether the bot may speak in a group."""

    WAITING = "waiting"
    SANCTIONED = "sanctioned"
    REFUSED = "refused"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Group:
    """A group that the bot was added to; `ref` is the random id that a card's button carries. Times are aware UTC."""

    space: SpaceName
    ref: str
    kind: SpaceKind
    display_name: str
    state: GroupState
    dialect: Dialect
    added_by: UserId
    added_at: datetime
    decided_by: UserId | None = None
    decided_at: datetime | None = None

    def decided(self, state: GroupState, *, by: UserId, at: datetime) -> Self:
        """The group after somebody decided about it."""
        return replace(self, state=state, decided_by=by, decided_at=at)


class GroupStore(Protocol):
    """Remembers groups, inside the caller's transaction."""

    def get(self, space: SpaceName) -> Group | None:
        """The group in this space, whatever its state."""
        ...

    def by_ref(self, ref: str) -> Group | None:
        """The group that a button is about."""
        ...

    def save(self, group: Group) -> None:
        """Add it, or replace what was known of it."""
        ...

    def in_state(self, state: GroupState) -> Sequence[Group]:
        """All groups in a state, oldest first."""
        ...
