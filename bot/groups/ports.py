"""What joining needs of the world: a place that remembers groups."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
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
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class Concern(StrEnum):
    """Why a sanctioned group is suspended."""

    OUTSIDERS = "outsiders"
    NO_TEACHER = "no_teacher"


@dataclass(frozen=True, slots=True)
class Group:
    """A group that the bot was added to; `ref` is the random id that a card's button carries. Times are aware UTC.

    `suspended_for` says why it is suspended, `overruled` which concern an admin set aside for as long as it lasts.
    `members_complete` is whether Google's list holds everybody (None: not looked yet), `looked_at` when it was last
    compared. The word of an admin or rule holds until `expires_on`, a day of the school's calendar; `asked_on` is the
    day on which a teacher was asked whether the group stays.
    """

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
    suspended_for: Concern | None = None
    overruled: Concern | None = None
    members_complete: bool | None = None
    looked_at: datetime | None = None
    expires_on: date | None = None
    asked_on: date | None = None

    @property
    def found_by_itself(self) -> bool:
        """Whether the bot saw in Google's list that it is here, and does not know who added it."""
        return not self.added_by

    def decided(self, state: GroupState, *, by: UserId | None, at: datetime) -> Self:
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

    def in_state(self, *states: GroupState) -> Sequence[Group]:
        """All groups in one of these states, oldest first."""
        ...
