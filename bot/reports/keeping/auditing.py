"""Signs each day where every history stands, and finds what was cut off, changed, exchanged or taken away since.

The chain inside a history shows a change in its middle. Its end shows nothing: so the head is signed, under a key
derived from the report keys, which whoever has only the database does not have. The roll is one more head, over all of
them and the purges, so that a case cannot vanish together with its head. What came since the last signing is covered by
the chain alone. Whoever holds database and keys can write everything anew: we say so.

What is broken is not signed over: its head stays as it was, until somebody who looked into it says `begin_anew`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.reports.histories import ChainBroken, Histories
from bot.reports.keeping.heads import ROLL, Head, head_of, roll_of
from bot.reports.keeping.ports import AuditStore
from bot.reports.ports import CaseId, CaseStore, HistoryStore, SealedCase
from bot.reports.sealing import CannotOpen, Keyring, Sealed
from bot.reports.submitting import TABLE as CASES

PURPOSE = "audit head"
SIGNED_WITHIN = timedelta(days=2)
"""A case has a signed head by then: the day on which it came may be over when the timer signs the next time."""

BROKEN_ROLL = "broken"
"""What the roll holds in place of its hash once the roll itself was found changed, so that it stays found."""


class Fault(StrEnum):
    """What is wrong with one history."""

    CHAIN = "chain"
    CUT_OFF = "cut_off"
    CHANGED = "changed"
    FORGED = "forged"
    GONE = "gone"
    NOT_SIGNED = "not_signed"
    NO_KEY = "no_key"


class RollFault(StrEnum):
    """What is wrong with all of them together."""

    NOT_SIGNED = "not_signed"
    FORGED = "forged"
    MISSING = "missing"
    NO_KEY = "no_key"


@dataclass(frozen=True, slots=True)
class Findings:
    """What an audit found: how many histories it read, what is broken by the case's id, and how the roll is.

    `missing` is how many signed cases are not there any more without a purge, when that is all that can be told.
    """

    read: int
    broken: Mapping[CaseId, Fault]
    roll: RollFault | None
    missing: int
    signed_on: date | None

    @property
    def is_sound(self) -> bool:
        """Whether all is as it was signed; before the first signing there is no roll."""
        return not self.broken and self.roll in {None, RollFault.NOT_SIGNED}


@dataclass(frozen=True, slots=True)
class Books:
    """What an audit reads and writes, of one transaction."""

    cases: CaseStore
    histories: HistoryStore
    audit: AuditStore


@dataclass(frozen=True, slots=True)
class Look:
    """What was read for the signing of a day at school: what is wrong, and the heads of what has grown since."""

    day: date
    findings: Findings
    grown: tuple[Head, ...]


@dataclass(frozen=True, slots=True)
class Auditor:
    """Signs and verifies the histories of one school."""

    keyring: Keyring

    def has_signed(self, day: date, audit: AuditStore) -> bool:
        """Whether this day's heads (at school) are signed, or there never was anything to sign."""
        roll = audit.head(ROLL)
        if roll is None:
            return not (audit.cases() or audit.heads() or audit.purges())
        return roll.day >= day

    def look(self, books: Books, day: date, now: datetime) -> Look:
        """Read everything that is to be signed on a day; the long part, for which nobody needs to wait."""
        findings, grown = self.verify(books, now), []
        for each in books.audit.cases():
            case = books.cases.get(each)
            if case is None or findings.broken.get(each) not in {None, Fault.NOT_SIGNED}:
                continue
            head, signed = head_of(case, books.histories.of(each), day), books.audit.head(each)
            if signed is None or signed.count != head.count:
                grown.append(head)
        return Look(day, findings, tuple(grown))

    def sign(self, look: Look, books: Books) -> Findings | None:
        """Sign what was read; None when that was done. What is broken keeps the head that it had.

        What came since it was read is covered by the chain, as all is that comes until the next signing.
        """
        books.audit.alone()
        day = look.day
        if self.has_signed(day, books.audit):
            return None
        roll = self._roll_fault(books.audit.heads(), books.audit.purges())
        findings = replace(look.findings, roll=roll)
        if roll is RollFault.NO_KEY:
            return findings
        still_there = frozenset(books.audit.cases())
        for head in look.grown:
            if head.case in still_there:
                self._save(head, books.audit)
        expected = books.audit.head(ROLL)
        if findings.roll in {None, RollFault.NOT_SIGNED}:
            self._save_roll(books.audit, day)
        elif findings.roll is RollFault.MISSING and expected is not None:
            # Signed again for its day only: what it counts is still what there should be.
            self._save(replace(expected, day=day), books.audit)
        else:
            self._save(Head(ROLL, day, 0, BROKEN_ROLL), books.audit)
        return findings

    def begin_anew(self, books: Books, day: date) -> None:
        """Sign everything as it is now; for after somebody found out what happened."""
        books.audit.alone()
        books.audit.forget(list(books.audit.heads()))
        for each in books.audit.cases():
            self._save_head_of(each, books, day)
        self._save_roll(books.audit, day)

    def verify(self, books: Books, now: datetime, tell: Callable[[int], None] = lambda _done: None) -> Findings:
        """Look at every history, head and the roll; nothing of what a history says comes out of it.

        `tell` hears each time that one more was looked at.
        """
        heads, ids = books.audit.heads(), books.audit.cases()
        roll = heads.get(ROLL)
        broken: dict[CaseId, Fault] = {}
        for each in ids:
            case = books.cases.get(each)
            fault = self._fault(case, heads.get(each), books.histories, now) if case is not None else None
            if fault is not None:
                broken[each] = fault
            tell(1)
        broken.update(dict.fromkeys(heads.keys() - set(ids) - {ROLL}, Fault.GONE))
        fault_of_roll = self._roll_fault(heads, books.audit.purges())
        signed = len(heads.keys() - {ROLL})
        missing = max(0, roll.count - signed) if roll is not None and fault_of_roll is RollFault.MISSING else 0
        return Findings(len(ids), broken, fault_of_roll, missing, roll.day if roll is not None else None)

    def purge(self, books: Books, day: date, now: datetime) -> int:
        """Remove the closed cases whose time is over with their whole chains; leaves the day and how many."""
        if not books.cases.ended(now):
            return 0
        books.audit.alone()
        return self.remove(books, books.cases.ended(now), day, now)

    def remove(self, books: Books, cases: Sequence[CaseId], day: date, now: datetime) -> int:
        """Remove these cases as a purge does."""
        before = self._roll_fault(books.audit.heads(), books.audit.purges())
        books.cases.remove(cases)
        books.audit.forget(cases)
        books.audit.add_purge(cases, day, now)
        if before in {None, RollFault.NOT_SIGNED}:
            roll = books.audit.head(ROLL)
            # Before the first signing it gets the day before, so that this day is still signed.
            self._save_roll(books.audit, roll.day if roll is not None else day - timedelta(days=1))
        return len(cases)

    def sign_with_first_key(self, audit: AuditStore) -> int:
        """Sign what an older key signed with the first one; what nobody signed stays as it is. Tells how many."""
        audit.alone()
        signed = 0
        for head in audit.heads().values():
            if not head.signature.encode().startswith(self.keyring.first_mark) and self._is_ours(head):
                self._save(head, audit)
                signed += 1
        return signed

    def _fault(self, case: SealedCase, head: Head | None, histories: HistoryStore, now: datetime) -> Fault | None:
        bodies = histories.of(case.id)
        if head is not None:
            if not self._is_ours(head):
                return Fault.FORGED if self.keyring.has_key_of(head.signature) else Fault.NO_KEY
            if len(bodies) < head.count:
                return Fault.CUT_OFF
            if head_of(case, bodies[: head.count], head.day).hash != head.hash:
                return Fault.CHANGED
        try:
            self.keyring.open(Sealed(case.wrapped_key, case.body), table=CASES, row=case.id)
            Histories(self.keyring).load(case, histories)
        except (CannotOpen, ChainBroken, KeyError, ValueError):
            return Fault.CHAIN
        return Fault.NOT_SIGNED if head is None and case.received_at < now - SIGNED_WITHIN else None

    def _roll_fault(self, heads: Mapping[CaseId, Head], purges: Mapping[date, int]) -> RollFault | None:
        roll = heads.get(ROLL)
        if roll is None:
            return RollFault.MISSING if heads or purges else RollFault.NOT_SIGNED
        if not self.keyring.has_key_of(roll.signature):
            return RollFault.NO_KEY
        if not self._is_ours(roll) or roll.hash == BROKEN_ROLL:
            return RollFault.FORGED
        return None if roll_of(heads, purges, roll.day).hash == roll.hash else RollFault.MISSING

    def _is_ours(self, head: Head) -> bool:
        return self.keyring.is_signed(PURPOSE, head.content, head.signature)

    def _save_head_of(self, case_id: CaseId, books: Books, day: date) -> None:
        case = books.cases.get(case_id)
        if case is not None:
            self._save(head_of(case, books.histories.of(case_id), day), books.audit)

    def _save(self, head: Head, audit: AuditStore) -> None:
        audit.save(replace(head, signature=self.keyring.sign(PURPOSE, head.content)))

    def _save_roll(self, audit: AuditStore, day: date) -> None:
        self._save(roll_of(audit.heads(), audit.purges(), day), audit)
