"""Reads the members of many groups at once: a few threads, one even pace."""

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

from bot.groups.presence.pacing import Pace
from bot.groups.presence.ports import GroupGone, ListedPerson, Listing, ListingFailed
from bot.school.spaces import SpaceName

THREADS = 8
"""With 150 ms a call, as many as the quota lets go on at once."""

Found = Sequence[ListedPerson] | GroupGone | ListingFailed
"""What came of one group: its members, or why not."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Asks Google within the pace; `each` runs a function for many at once, in order."""

    pace: Pace
    each: Callable[[Callable[[SpaceName], Found], Sequence[SpaceName]], Iterator[Found]]
    monotonic: Callable[[], float]

    def members(self, listing: Listing, spaces: Sequence[SpaceName], ends: float) -> dict[SpaceName, Found]:
        """The members of each of these groups; of those whose turn comes after `ends` (monotonic) nothing is asked."""

        def read(space: SpaceName) -> Found:
            self.pace.wait()
            if self.monotonic() >= ends:
                return ListingFailed("no time left")
            try:
                found = listing.members(space)
            except (GroupGone, ListingFailed) as failure:
                return failure
            self.pace.spent(len(found))
            return found

        return dict(zip(spaces, self.each(read, spaces), strict=True))


@contextmanager
def reader() -> Iterator[Reader]:
    """A reader in real time, whose threads end with the context."""
    with ThreadPoolExecutor(THREADS, thread_name_prefix="presence") as pool:
        yield Reader(Pace(time.monotonic, time.sleep), pool.map, time.monotonic)
