"""What is kept about one person, and what goes when they want it gone; the same for the chat and the command line.

Nothing here tells whether somebody stands in a report that another person made: the answer would be another one for
whoever does. Whether they made one themselves is told to them alone (`reports_of`), never to whoever runs the command
line: that would take the seal from a sealed report.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from bot.groups.ports import GroupState
from bot.outbox.delivery import Kind, Priority, owe, to_person
from bot.reports import casefile
from bot.reports.casefile import NotAllowed
from bot.reports.histories import Histories
from bot.reports.ports import SealedCase
from bot.reports.routing import readers_of_anything
from bot.reports.submitting import SEALED_WAIT_MINUTES, Intake
from bot.school.absence import Absence
from bot.school.articles import ArticleCode
from bot.school.bindings import Binding
from bot.school.facts import SchoolFacts
from bot.school.people import Email, UserId
from bot.storage.transactions import Transaction
from handlers.conversations.answers.following import memory_key

RACES_AT_MOST = 4


@dataclass(frozen=True, slots=True)
class Kept:
    """What lies about somebody outside of reports; `since` is the day at school of the first contact."""

    email: Email | None
    since: date | None
    has_direct_message: bool
    receives_reports: bool
    absence: Absence | None
    classes: tuple[str, ...]
    groups: tuple[str, ...]
    member_of: tuple[str, ...]
    messages: int
    articles: tuple[ArticleCode, ...]


@dataclass(frozen=True, slots=True)
class OwnReports:
    """How many reports somebody made that are still kept, how many of them are not over, and how many they write."""

    made: int
    still_open: int
    drafts: int


@dataclass(frozen=True, slots=True)
class OwnData:
    """Everything about one person, of one school."""

    facts: SchoolFacts
    intake: Intake

    def of(self, user: UserId, transaction: Transaction, now: datetime) -> Kept:
        """What is kept about this person, with not a word about reports."""
        bound = transaction.people.of_user(user)
        since = self.intake.calendar.local(bound.bound_at).date() if bound is not None else None
        return Kept(
            email=bound.email if bound is not None else None,
            since=since,
            has_direct_message=bound is not None and bound.direct_message is not None,
            receives_reports=self._receives_reports(bound),
            absence=transaction.absences.of(bound.email) if bound is not None else None,
            classes=tuple(transaction.rosters.classes_of(bound.email)) if bound is not None else (),
            groups=tuple(transaction.own_data.groups_of(user)),
            member_of=tuple(transaction.own_data.member_of(user)),
            messages=transaction.own_data.messages_to(user),
            articles=tuple(transaction.own_data.remembered(self._memory_keys(user, bound, transaction, now), now)),
        )

    def reports_of(self, user: UserId, transaction: Transaction, now: datetime) -> OwnReports:
        """For nobody but this person: what they reported themselves."""
        cases = self._cases_of(user, transaction)
        still_open = sum(case.closed_at is None for case in cases)
        drafts = transaction.own_data.drafts_of(self.intake.keyring.blind_indexes(user), now)
        return OwnReports(len(cases), still_open, drafts)

    def erase(self, user: UserId, transaction: Transaction, now: datetime) -> None:
        """Remove all that can go; what is in a report stays, and an open one is withdrawn.

        Who receives reports keeps the binding: without it a report would not arrive, and that is a change of route.
        Raises RuntimeError when others go on changing a case at this very moment; then nothing was removed.
        """
        bound = transaction.people.of_user(user)
        cases = self._cases_of(user, transaction)
        for case in cases:
            if case.closed_at is None:
                self._withdraw(case, transaction, now)
        own = transaction.own_data
        own.erase_drafts(self.intake.keyring.blind_indexes(user))
        own.forget_memory(self._memory_keys(user, bound, transaction, now))
        own.forget_messages(user)
        if bound is not None:
            transaction.absences.forget(bound.email)
        if not self._receives_reports(bound):
            own.tell_no_more([case.id for case in cases])
            own.forget_binding(user)

    def _receives_reports(self, bound: Binding | None) -> bool:
        return bound is not None and bound.email in readers_of_anything(self.facts)

    def _cases_of(self, user: UserId, transaction: Transaction) -> Sequence[SealedCase]:
        indexes = self.intake.keyring.blind_indexes(user)
        return [case for index in indexes for case, _ in transaction.reports.of_reporter(index)]

    def _memory_keys(
        self, user: UserId, bound: Binding | None, transaction: Transaction, now: datetime
    ) -> Sequence[str]:
        """Those of every conversation in which this person can have asked something."""
        spaces = [group.space for group in transaction.spaces.in_state(GroupState.SANCTIONED)]
        if bound is not None and bound.direct_message is not None:
            spaces.append(bound.direct_message)
        day = self.intake.calendar.local(now).date()
        return [memory_key(self.intake.keyring, day, user, space) for space in spaces]

    def _withdraw(self, case: SealedCase, transaction: Transaction, now: datetime) -> None:
        histories = Histories(self.intake.keyring)
        sealed = self.intake.tell(case).reporter is None
        # Of a sealed reporter the day is all that is known.
        at = datetime.combine(now.date(), time(), UTC) if sealed else now
        for _ in range(RACES_AT_MOST):
            known = histories.load(case, transaction.histories)
            try:
                entry = casefile.withdraw(known, at)
            except NotAllowed:
                # It is over, or was taken back already.
                return
            if histories.append(case, known, entry, transaction.histories):
                self._tell_readers(case, transaction, now, sealed=sealed)
                return
        raise RuntimeError("others acted on a case each time that it was to be withdrawn")

    def _tell_readers(self, case: SealedCase, transaction: Transaction, now: datetime, *, sealed: bool) -> None:
        moment = now
        if sealed:
            # A message that came with that of another report would say that both are of one person.
            minutes = random.uniform(*SEALED_WAIT_MINUTES)  # noqa: S311 - no secret
            moment = now.replace(microsecond=0) + timedelta(seconds=round(minutes * 60))
        for grant in transaction.reports.readers(case.id):
            if grant.sees_story:
                # That somebody took a report back never wakes anybody.
                later = self.intake.calendar.staff_moment(moment)
                address = to_person(grant.user)
                transaction.deliveries.add(
                    owe(Kind.REPORT_WAITS, address, case.id, Priority.REPORT, now=case.received_at, not_before=later)
                )
