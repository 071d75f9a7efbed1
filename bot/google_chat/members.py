"""Who is in a group, as Google lists it to an app: people who joined by themselves, known by their Chat id."""

import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Protocol

from bot.google_chat.client import ChatCallFailed, ListedMember, ListedSpace, NotThere
from bot.groups.presence.ports import GroupGone, ListedGroup, ListedPerson, ListingFailed
from bot.groups.rosters.ports import Membership, MembersUnknown
from bot.school.people import Email, UserId
from bot.school.spaces import SpaceKind, SpaceName

ALL_SPACES_SECONDS = 60.0
"""For the pages of all spaces together; nobody waits for it."""

SECONDS = 8.0
"""For all calls about one group: somebody waits, and Google gives an app 30 seconds."""


class Listing(Protocol):
    """Tells of a space what Google tells an app."""

    def get_space(self, space: SpaceName, timeout: float = ...) -> ListedSpace:
        """The space itself; raises TryLater, NotThere or Refused (bot/google_chat/client.py)."""
        ...

    def list_spaces(self, timeout: float = ...) -> tuple[ListedSpace, ...]:
        """All spaces that the bot is in; raises TryLater, NotThere or Refused."""
        ...

    def list_members(self, space: SpaceName, timeout: float = ...) -> tuple[ListedMember, ...]:
        """The people who joined it themselves; raises TryLater, NotThere or Refused."""
        ...


@dataclass(frozen=True, slots=True)
class ChatMembers:
    """A `bot.groups.rosters.ports.Members`; `emails_of` knows the addresses that Chat ids are bound to."""

    listing: Listing
    emails_of: Callable[[Collection[UserId]], Mapping[UserId, Email]]

    def of(self, space: SpaceName) -> Membership:
        """The members of a space, within SECONDS; raises MembersUnknown."""
        until = time.monotonic() + SECONDS
        try:
            groups_joined = self.listing.get_space(space, SECONDS).groups_joined
            members = self.listing.list_members(space, until - time.monotonic())
        except ChatCallFailed as failure:
            raise MembersUnknown(type(failure).__name__) from None
        known = self.emails_of([member.user for member in members])
        unplaced = tuple(member.display_name for member in members if member.user not in known)
        return Membership(frozenset(known.values()), groups_joined == 0, unplaced)


@dataclass(frozen=True, slots=True)
class ChatListing:
    """A `bot.groups.presence.ports.Listing`."""

    listing: Listing

    def groups(self) -> tuple[ListedGroup, ...]:
        """All groups that the bot is in, direct messages left out; raises ListingFailed."""
        try:
            spaces = self.listing.list_spaces(ALL_SPACES_SECONDS)
        except ChatCallFailed as failure:
            raise ListingFailed(type(failure).__name__) from None
        return tuple(
            ListedGroup(
                each.name,
                each.kind,
                each.display_name,
                each.outsiders_allowed,
                complete=each.counted and each.groups_joined == 0,
            )
            for each in spaces
            if each.kind is not SpaceKind.DIRECT_MESSAGE
        )

    def is_there(self, space: SpaceName) -> bool:
        """Whether the bot is in this group at this very moment; raises ListingFailed."""
        try:
            self.listing.get_space(space, SECONDS)
        except NotThere:
            return False
        except ChatCallFailed as failure:
            raise ListingFailed(type(failure).__name__) from None
        return True

    def members(self, space: SpaceName) -> tuple[ListedPerson, ...]:
        """The people who joined a group themselves; raises ListingFailed or GroupGone."""
        try:
            listed = self.listing.list_members(space, SECONDS)
        except NotThere as failure:
            raise GroupGone(type(failure).__name__) from None
        except ChatCallFailed as failure:
            raise ListingFailed(type(failure).__name__) from None
        return tuple(ListedPerson(member.user, member.affiliation) for member in listed)
