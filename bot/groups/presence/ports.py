"""What presence needs of the world: Google's lists, and places that remember members and how far a round came."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from bot.school.people import UserId
from bot.school.spaces import SpaceKind, SpaceName


class ListingFailed(Exception):
    """Google gave no answer now; the text holds a status only."""


class GroupGone(Exception):
    """The bot is not in this group any more."""


@dataclass(frozen=True, slots=True)
class ListedGroup:
    """A group as Google lists it; `complete` is whether Google tells an app of every one of its members."""

    space: SpaceName
    kind: SpaceKind
    display_name: str = field(repr=False)
    outsiders_allowed: bool
    complete: bool


@dataclass(frozen=True, slots=True)
class ListedPerson:
    """A member as Google lists it; `affiliation` is Google's (`INTERNAL`, ...), "" where it does not say."""

    user: UserId
    affiliation: str


@dataclass(frozen=True, slots=True)
class Membership:
    """Somebody who is or was in a group; days are of the school's calendar.

    `welcomed` is also true of whoever was there when the bot came. `left_on` is the day of the look that missed them.
    """

    space: SpaceName
    user: UserId
    outsider: bool
    first_seen: date
    welcomed: bool
    left_on: date | None = None


class Listing(Protocol):
    """What Google lists."""

    def groups(self) -> Sequence[ListedGroup]:
        """All groups that the bot is in, direct messages left out; raises ListingFailed."""
        ...

    def is_there(self, space: SpaceName) -> bool:
        """Whether the bot is in this group at this very moment; raises ListingFailed."""
        ...

    def members(self, space: SpaceName) -> Sequence[ListedPerson]:
        """The people who joined a group themselves; raises ListingFailed or GroupGone."""
        ...


class Memberships(Protocol):
    """Remembers who is in which group, inside the caller's transaction."""

    def of(self, spaces: Collection[SpaceName]) -> Mapping[SpaceName, Mapping[UserId, Membership]]:
        """Who is or lately was in these groups; every group has an entry."""
        ...

    def save(self, memberships: Collection[Membership]) -> None:
        """Add them, or replace what was known of them."""
        ...

    def forget(self, space: SpaceName) -> None:
        """Forget who was in this group."""
        ...

    def is_in(self, space: SpaceName, user: UserId) -> bool:
        """Whether this person was in the group at the last look."""
        ...

    def to_welcome(self, most: int) -> Sequence[Membership]:
        """New members of groups in which the bot may speak, at most so many."""
        ...


class Rounds(Protocol):
    """Remembers how far a round came; one worker at a time goes on with it. Leases are in real time."""

    def begin(
        self, name: str, now: datetime, *, done_before: datetime, real_now: datetime, until: datetime
    ) -> datetime | None:
        """When the round began that this worker now holds until `until`.

        One that was not finished goes on, else a new one begins. None when another worker holds it, or when the last
        one was finished and had begun after `done_before`.
        """
        ...

    def let_go(self, name: str, *, done: bool) -> None:
        """Let others go on with it, or say that it is finished."""
        ...
