"""One door to everything that is kept: a transaction that commits all of it or nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from bot.storage.absences import SqlAbsences
from bot.storage.accounts.kept import SqlAccountRoles
from bot.storage.answers.counts import SqlArticleCounts
from bot.storage.answers.memory import SqlQuestionMemory
from bot.storage.answers.opinions import SqlOpinions
from bot.storage.bindings import SqlBindings
from bot.storage.delivery_store import Deliveries
from bot.storage.engine import reading
from bot.storage.etiquette.wishes import SqlWishes
from bot.storage.groups import SqlGroups
from bot.storage.memberships.kept import SqlMemberships
from bot.storage.memberships.rounds import SqlRounds
from bot.storage.own_data.kept import SqlOwnData
from bot.storage.protocol_versions import SqlProtocolVersions
from bot.storage.reminders import SqlReminders
from bot.storage.reports.audit import SqlAudit
from bot.storage.reports.cases import SqlCases
from bot.storage.reports.drafts import SqlDrafts
from bot.storage.reports.exports import SqlExports
from bot.storage.reports.histories import SqlHistories
from bot.storage.reports.overview import SqlOverview
from bot.storage.reports.rewrapping import SqlRewrapping
from bot.storage.rosters.classes import SqlRosters
from bot.storage.seats.kept import SqlSeats
from bot.storage.seen_events import EventEffects

# Repositories write by statement as well as by row; what is read is always what the database holds now.
_FRESH = {"populate_existing": True}


@dataclass(frozen=True, slots=True)
class Transaction:
    """What can be read and changed together."""

    deliveries: Deliveries
    events: EventEffects
    people: SqlBindings
    absences: SqlAbsences
    spaces: SqlGroups
    reminders: SqlReminders
    wishes: SqlWishes
    reports: SqlCases
    histories: SqlHistories
    drafts: SqlDrafts
    exports: SqlExports
    overview: SqlOverview
    rewrapping: SqlRewrapping
    audit: SqlAudit
    protocols: SqlProtocolVersions
    shown: SqlQuestionMemory
    counts: SqlArticleCounts
    opinions: SqlOpinions
    own_data: SqlOwnData
    rosters: SqlRosters
    memberships: SqlMemberships
    rounds: SqlRounds
    accounts: SqlAccountRoles
    seats: SqlSeats


class Store:
    """Opens transactions; keep each one short, and never one open during a call to Google."""

    __slots__ = ("_reading", "_writing")

    def __init__(self, engine: Engine) -> None:
        self._writing = engine
        self._reading = reading(engine)

    @contextmanager
    def read(self) -> Iterator[Transaction]:
        """A consistent look; the database refuses every change."""
        with Session(self._reading, execution_options=_FRESH) as session, session.begin():
            yield transaction_in(session)

    @contextmanager
    def write(self) -> Iterator[Transaction]:
        """Changes that commit together at the end; an exception undoes all of them and goes on to the caller."""
        with Session(self._writing, execution_options=_FRESH) as session, session.begin():
            yield transaction_in(session)


def transaction_in(session: Session) -> Transaction:
    """All doors into one session, for what must commit together with something else."""
    return Transaction(
        deliveries=Deliveries(session),
        events=EventEffects(session),
        people=SqlBindings(session),
        absences=SqlAbsences(session),
        spaces=SqlGroups(session),
        reminders=SqlReminders(session),
        wishes=SqlWishes(session),
        reports=SqlCases(session),
        histories=SqlHistories(session),
        drafts=SqlDrafts(session),
        exports=SqlExports(session),
        overview=SqlOverview(session),
        rewrapping=SqlRewrapping(session),
        audit=SqlAudit(session),
        protocols=SqlProtocolVersions(session),
        shown=SqlQuestionMemory(session),
        counts=SqlArticleCounts(session),
        opinions=SqlOpinions(session),
        own_data=SqlOwnData(session),
        rosters=SqlRosters(session),
        memberships=SqlMemberships(session),
        rounds=SqlRounds(session),
        accounts=SqlAccountRoles(session),
        seats=SqlSeats(session),
    )
