"""What the staff of a group chose about its reminders, and what holds where nobody chose."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import IntEnum
from typing import Self

from bot.groups.ports import Group
from bot.school.spaces import SpaceName

CLASS_GROUP = r"\b(?:klas|mentor\w*|brugklas)\b|^\W*[1-6]\s?[a-z]{1,3}\d?\W*$"
"""How the group of a whole class is called (case aside); a pupil is in one of these, and in many others."""


FOR_STAFF = "medewerkers"
"""The topic of what only staff need to hear (W1-W4, P4): left out until the staff of a group choose it for theirs."""


class Rhythm(IntEnum):
    """One reminder in so many weeks."""

    NEVER = 0
    WEEKLY = 1
    FORTNIGHTLY = 2
    FOUR_WEEKLY = 4


@dataclass(frozen=True, slots=True)
class Wishes:
    """How a group wants to be reminded.

    `moved_on` counts the reminders that were said or passed over outside their turn. What was drawn before `since` is
    not sent any more, nor is anything until `paused_until` (a day at school) is over. `left_out` are topics.
    """

    rhythm: Rhythm
    moved_on: int = 0
    since: datetime | None = None
    paused_until: date | None = None
    left_out: frozenset[str] = frozenset({FOR_STAFF})

    def passed_over(self, at: datetime) -> Self:
        """The same after the next reminder was said early, or passed over."""
        return replace(self, moved_on=self.moved_on + 1, since=at)


@dataclass(frozen=True, slots=True)
class RemindedGroup:
    """A group that may be reminded, since when, and how; etiquette needs to know nothing else of it."""

    space: SpaceName
    since: datetime
    wishes: Wishes
    name: str = ""


def default_wishes(name: str) -> Wishes:
    """What holds where nobody chose: the group of a class once in four weeks, every other group not at all.

    So a pupil who is in twelve groups hears something once in four weeks (design: section 2.4).
    """
    is_of_class = re.search(CLASS_GROUP, name, re.IGNORECASE) is not None
    return Wishes(Rhythm.FOUR_WEEKLY if is_of_class else Rhythm.NEVER)


def reminded(group: Group, chosen: Mapping[SpaceName, Wishes]) -> RemindedGroup:
    """A group as etiquette knows it: with what its staff chose, or what holds where they did not."""
    wishes = chosen.get(group.space) or default_wishes(group.display_name)
    return RemindedGroup(group.space, group.decided_at or group.added_at, wishes, group.display_name)
