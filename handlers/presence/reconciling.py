"""The hour's round over all groups: compares what is remembered with what Google lists, and goes on where it stopped.

A group that was looked at carries the moment of that look: killed at any point, the next run takes the others.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import structlog

from bot.groups.joining import Arrival, arrive, ask_admins, leave
from bot.groups.ports import Group, GroupState
from bot.groups.presence.comparing import LEAVES_A_TRACE, GroupChanges, compare_groups
from bot.groups.presence.ports import GroupGone, ListedGroup
from bot.school.people import UserId
from bot.school.spaces import Dialect, SpaceName
from bot.storage.memberships.rounds import PRESENCE
from bot.storage.transactions import Transaction
from bot.wiring import Bot
from handlers.presence.looking import Batch, look
from handlers.presence.reading import Reader, reader

ROUND = PRESENCE

EVERY = timedelta(minutes=55)
"""A round that began less than this ago is the hour's; the timer comes more often, for what was not finished."""

SECONDS = 420.0
"""App Engine ends a request after ten minutes, and a job stops before eight."""

LEASE = timedelta(seconds=570)
"""Longer than a run may take, and over before the timer comes again: what was killed is then gone on with."""

AT_ONCE = 90
"""Groups in one transaction: two seconds of reading at Google's pace."""

LEFT_KEPT = timedelta(days=30)
"""Who comes back within this time is not welcomed a second time."""

log = structlog.get_logger(__name__)


@dataclass(slots=True)
class Counts:
    """What a run did, as counts that tell nothing about anybody."""

    found: int = 0
    gone: int = 0
    different: int = 0
    looked: int = 0
    failed: int = 0
    suspended: int = 0
    resumed: int = 0


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a round: until it is through, or until its time is over."""

    bot: Bot
    reader: Reader
    round_began: datetime
    ends: float
    counts: Counts = field(default_factory=Counts)

    @property
    def in_time(self) -> bool:
        """Whether there is time for more."""
        return self.reader.monotonic() < self.ends

    def go(self) -> bool:
        """Do what can be done; tells whether the round is finished. Raises ListingFailed."""
        asked_at = self.bot.clock.now()
        listed = {each.space: each for each in self.bot.presence.groups()}
        with self.bot.store.read() as transaction:
            remembered = {group.space: group for group in transaction.spaces.in_state(*GroupState)}
        self._groups(compare_groups(remembered, listed.values(), asked_at), _dialect(remembered.values()))
        return self._members(listed)

    def _groups(self, changes: GroupChanges, dialect: Dialect) -> None:
        with self.bot.store.write() as transaction:
            now = transaction.spaces.named([group.space for group in changes.different])
            for group in changes.different:
                known = now.get(group.space)
                if known is not None:
                    transaction.spaces.save(replace(known, display_name=group.display_name, kind=group.kind))
                    log.info("group.different", group=known.ref)
        self.counts.different += len(changes.different)
        for gone in changes.gone:
            if self.in_time:
                self._gone(gone.space)
        for new in changes.new:
            if self.in_time:
                self._found(new, dialect)

    def _gone(self, space: SpaceName) -> None:
        self.reader.pace.wait()
        # The list is from a moment ago, and may be short of one: what it lacks is asked for by itself.
        if self.bot.presence.is_there(space):
            return
        with self.bot.store.write() as transaction:
            group = transaction.spaces.get(space)
            if group is None or group.state not in LEAVES_A_TRACE:
                return
            leave(space, transaction.spaces)
            transaction.memberships.forget(space)
        log.info("group.gone", group=group.ref)
        self.counts.gone += 1

    def _found(self, new: ListedGroup, dialect: Dialect) -> None:
        self.reader.pace.wait()
        if not self.bot.presence.is_there(new.space):
            return
        with self.bot.store.write() as transaction:
            known = transaction.spaces.get(new.space)
            if known is not None and known.state is not GroupState.REMOVED:
                return
            self._arrive(new, known.dialect if known is not None else dialect, transaction)
        self.counts.found += 1

    def _arrive(self, new: ListedGroup, dialect: Dialect, transaction: Transaction) -> None:
        now = self.bot.clock.now()
        arrival = Arrival(new.space, new.kind, new.display_name, new.outsiders_allowed, dialect, UserId(""))
        group, waits = arrive(arrival, None, transaction.spaces, rules=self.bot.school.groups, now=now)
        log.info("group.found", group=group.ref, state=group.state.value)
        if waits:
            admins = transaction.people.of_emails(self.bot.school.admins).values()
            for delivery in ask_admins(group, [admin.user for admin in admins], now=now):
                transaction.deliveries.add(delivery)

    def _members(self, listed: Mapping[SpaceName, ListedGroup]) -> bool:
        after, failed = SpaceName(""), 0
        while self.in_time:
            with self.bot.store.read() as transaction:
                groups = transaction.spaces.to_look_at(self.round_began, after, AT_ONCE)
            if not groups:
                return failed == 0
            after = groups[-1].space
            found = self.reader.members(self.bot.presence, [group.space for group in groups], self.ends)
            for space in [space for space, what in found.items() if isinstance(what, GroupGone)]:
                self._gone(space)
            with self.bot.store.write() as transaction:
                outcome = look(self.bot, Batch(found, listed), transaction)
            failed += outcome.failed
            self._count(outcome.looked, outcome.failed, outcome.suspended, outcome.resumed)
            if outcome.failed == len(groups):
                # Google answers nobody now; the timer comes again soon.
                return False
        return False

    def _count(self, looked: int, failed: int, suspended: int, resumed: int) -> None:
        self.counts.looked += looked
        self.counts.failed += failed
        self.counts.suspended += suspended
        self.counts.resumed += resumed


def reconcile(bot: Bot) -> dict[str, Any]:
    """Begin the hour's round or go on with it; nothing where another worker is at it, or it is finished."""
    with reader() as real:
        return reconcile_with(bot, real)


def reconcile_with(bot: Bot, reads: Reader) -> dict[str, Any]:
    """The same with another reader; raises ListingFailed."""
    now, real_now = bot.clock.now(), bot.real_now()
    ends = reads.monotonic() + SECONDS
    with bot.store.write() as transaction:
        began = transaction.rounds.begin(ROUND, now, done_before=now - EVERY, real_now=real_now, until=real_now + LEASE)
    if began is None:
        return {}
    run, done = Run(bot, reads, began, ends), False
    try:
        done = run.go()
    finally:
        with bot.store.write() as transaction:
            transaction.rounds.let_go(ROUND, done=done)
            transaction.memberships.purge(bot.calendar.local(now).date() - LEFT_KEPT)
    counts = run.counts
    return {"round_done": done} | {name: getattr(counts, name) for name in Counts.__slots__ if getattr(counts, name)}


def _dialect(groups: Collection[Group]) -> Dialect:
    """The dialect that the app speaks, as far as its groups tell; the first event from a group says it for sure."""
    latest = max(groups, key=lambda group: group.added_at, default=None)
    return Dialect.CLASSIC if latest is None else latest.dialect
