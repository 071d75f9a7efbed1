"""One batch of groups whose members were listed: what changed is kept, and told to whom it concerns."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog

from bot.groups.expiring import with_end
from bot.groups.ports import Group, GroupState
from bot.groups.presence.comparing import compare_members, concern_about, looked
from bot.groups.presence.ports import ListedGroup, Membership
from bot.groups.presence.telling import news
from bot.groups.sanction import members_are_kept
from bot.school.bindings import Binding
from bot.school.people import Person, UserId
from bot.school.spaces import SpaceName
from bot.storage.transactions import Transaction
from bot.wiring import Bot
from handlers.presence.reading import Found

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Batch:
    """What Google listed: the members of some groups, and all groups."""

    found: Mapping[SpaceName, Found]
    listed: Mapping[SpaceName, ListedGroup]


@dataclass(frozen=True, slots=True)
class Outcome:
    """Counts of groups."""

    looked: int
    failed: int
    suspended: int
    resumed: int


@dataclass(frozen=True, slots=True)
class Look:
    """What is needed to judge the groups of a batch: who is bound to which address, and who was there before."""

    bot: Bot
    batch: Batch
    remembered: Mapping[SpaceName, Mapping[UserId, Membership]]
    bound: Mapping[UserId, Binding]
    now: datetime

    def person(self, user: UserId) -> Person | None:
        """The person of this Chat id; None while the school's data do not tell who it is."""
        binding = self.bound.get(user)
        return None if binding is None else self.bot.school.person(binding.email)

    def judge(self, group: Group, found: Found) -> tuple[Group, Sequence[Membership], Collection[UserId]] | None:
        """The group after the look, the memberships that changed, and its teachers; None when Google did not answer."""
        if isinstance(found, Exception):
            return None
        listed = self.batch.listed.get(group.space)
        today = self.bot.calendar.local(self.now).date()
        before = self.remembered[group.space]
        outsiders = listed is not None and listed.outsiders_allowed
        changed = compare_members(group, before, found, today, outsiders_allowed=outsiders)
        after = {**before, **{each.user: each for each in changed}}
        complete = listed is not None and listed.complete
        concern = concern_about(after.values(), self.person, complete=complete)
        known = looked(group, concern, self.now, complete=complete)
        teachers = [user for user, each in after.items() if each.left_on is None and self._is_reachable_staff(user)]
        return with_end(known, today, self.bot.calendar), changed, teachers

    def _is_reachable_staff(self, user: UserId) -> bool:
        person, binding = self.person(user), self.bound.get(user)
        return person is not None and person.is_staff and binding is not None and binding.direct_message is not None


def look(bot: Bot, batch: Batch, transaction: Transaction) -> Outcome:
    """Keep what changed in these groups and owe the news of it, inside the caller's transaction."""
    spaces, now = list(batch.found), bot.clock.now()
    # Read again and locked: an admin may have decided about one of them while Google was asked.
    groups = {space: each for space, each in transaction.spaces.named(spaces).items() if members_are_kept(each)}
    remembered = transaction.memberships.of(spaces)
    listed = (person.user for found in batch.found.values() if not isinstance(found, Exception) for person in found)
    bound = transaction.people.of_users(set(listed))
    judge = Look(bot, batch, remembered, bound, now)
    all_changed: list[Membership] = []
    states: list[GroupState] = []
    failed = 0
    for space, group in groups.items():
        judged = judge.judge(group, batch.found[space])
        if judged is None:
            failed += 1
            continue
        after, changed, teachers = judged
        all_changed += changed
        transaction.spaces.save(after)
        if after.state is not group.state:
            states.append(after.state)
            _tell(bot, group, after, teachers, transaction, now)
    transaction.memberships.save(all_changed)
    suspended = states.count(GroupState.SUSPENDED)
    return Outcome(len(groups) - failed, failed, suspended, len(states) - suspended)


def _tell(
    bot: Bot, before: Group, after: Group, teachers: Collection[UserId], transaction: Transaction, now: datetime
) -> None:
    admins = transaction.people.of_emails(bot.school.admins).values()
    whom = [*teachers, *(admin.user for admin in admins if admin.direct_message is not None)]
    for delivery in news(before, after, whom, bot.calendar, now):
        transaction.deliveries.add(delivery)
    log.info("group.state", group=after.ref, state=after.state.value, reason=after.suspended_for or "none")
