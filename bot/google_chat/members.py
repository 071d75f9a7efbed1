"""Who is in a group, as Google lists it to an app: people who joined by themselves, known by their Chat id."""

import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Protocol

from bot.google_chat.client import ChatCallFailed, ListedMember, ListedSpace
from bot.groups.rosters.ports import Membership, MembersUnknown
from bot.school.people import Email, UserId
from bot.school.spaces import SpaceName

SECONDS = 8.0
"""For all calls about one group: somebody waits, and Google gives an app 30 seconds."""


class Listing(Protocol):
    """Tells of a space what Google tells an app."""

    def get_space(self, space: SpaceName, timeout: float = ...) -> ListedSpace:
        """The space itself; raises TryLater, NotThere or Refused (bot/google_chat/client.py)."""
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
