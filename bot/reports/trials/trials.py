"""Makes the trials of a drill: a sealed case for each row of recipients, plainly marked, that is over when it begins.

A trial goes the way of a report: grants, notices, `/zaken`. It is closed from its first moment, so that nobody is
alerted about it, nobody can take it on, and the purge that removes closed cases removes it when its week is over.
"""

import json
import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.outbox.delivery import Delivery, Kind, Priority, owe, to_person
from bot.reports.casefile import Entry, Reason, Step
from bot.reports.categories import SOMETHING_ELSE
from bot.reports.intake import Identity
from bot.reports.ports import CaseId, Grant, SealedCase, Urgency
from bot.reports.routing import ORDER, Chain, members
from bot.reports.sealing import CannotOpen, Keyring, Sealed
from bot.reports.submitting import TABLE, new_code
from bot.school.bindings import Binding
from bot.school.calendar import SchoolCalendar
from bot.school.facts import SchoolFacts
from bot.school.people import Email, UserId

KEPT = timedelta(days=7)
"""How long a trial is kept, confirmed or not."""

NOBODY = "trial"
"""Who made a trial: no Chat id looks like this, so it is in nobody's own reports."""


@dataclass(frozen=True, slots=True)
class Trial:
    """One trial with who gets it; `unreached` are those of its row to whom no report could be sent either."""

    chain: Chain
    case: SealedCase
    grants: tuple[Grant, ...]
    deliveries: tuple[Delivery, ...]
    entry: Entry
    unreached: tuple[Email, ...]


@dataclass(frozen=True, slots=True)
class Trials:
    """Makes trials, and knows one when it sees it."""

    keyring: Keyring

    def drill(
        self,
        facts: SchoolFacts,
        reachable: Mapping[Email, Binding],
        calendar: SchoolCalendar,
        words: str,
        *,
        now: datetime,
    ) -> Sequence[Trial]:
        """A trial for each row, also one that nobody can be reached in; the leadership's goes to the board as a copy.

        `words` is its whole story. Nothing of it waits longer than a report that can wait: staff hours of a school day.
        """
        return [
            self._trial(chain, facts, {**reachable}, words, now=now, moment=calendar.staff_moment(now))
            for chain in ORDER
        ]

    def is_one(self, case: SealedCase) -> bool:
        """Whether this case is a trial; what cannot be opened is none, so that it stands there like any other."""
        try:
            return self._told(case).get("trial") is not None
        except CannotOpen:
            return False

    def chain_of(self, case: SealedCase) -> Chain | None:
        """Through which row a trial went; None for every other case."""
        return Chain(self._told(case)["trial"]) if self.is_one(case) else None

    def _told(self, case: SealedCase) -> Mapping[str, str]:
        opened = self.keyring.open(Sealed(case.wrapped_key, case.body), table=TABLE, row=case.id)
        told: Mapping[str, str] = json.loads(opened)
        return told

    def _trial(
        self,
        chain: Chain,
        facts: SchoolFacts,
        reachable: Mapping[Email, Binding],
        words: str,
        *,
        now: datetime,
        moment: datetime,
    ) -> Trial:
        row = members(facts, chain)
        beside = [email for email in facts.board if email not in row] if chain is Chain.LEADERSHIP else []
        case = self._sealed(chain, words, now)
        readers, copied = _users(row, reachable), _users(beside, reachable)
        return Trial(
            chain=chain,
            case=case,
            grants=(
                *(Grant(case.id, user, granted_at=now) for user in readers),
                *(Grant(case.id, user, granted_at=now, sees_story=False) for user in copied),
            ),
            deliveries=tuple(
                owe(Kind.REPORT_WAITS, to_person(user), case.id, Priority.REPORT, now=now, not_before=moment)
                for user in (*readers, *copied)
            ),
            entry=Entry(Step.CLOSED, None, now, detail=Reason.HANDLED.value),
            unreached=tuple(email for email in row if email not in reachable),
        )

    def _sealed(self, chain: Chain, words: str, now: datetime) -> SealedCase:
        case_id = CaseId(secrets.token_hex(16))
        # As `bot.reports.submitting` keeps a report, so that whatever opens one can open this.
        content = {
            "trial": chain.value,
            "category": SOMETHING_ELSE,
            "topic": SOMETHING_ELSE,
            "by_staff": "",
            "sexual": "",
            "story": words,
            "safe": "ja",
            "identity": Identity.NAMED,
            "quiet": True,
            "reporter": {"user": NOBODY, "name": "Protocolbot"},
        }
        sealed = self.keyring.seal(json.dumps(content, ensure_ascii=False).encode(), table=TABLE, row=case_id)
        return SealedCase(
            id=case_id,
            code=new_code(),
            urgency=Urgency.CALM,
            wrapped_key=sealed.wrapped_key,
            body=sealed.body,
            reporter=self.keyring.blind_indexes(UserId(NOBODY))[0],
            received_at=now,
            retain_until=now + KEPT,
            closed_at=now,
        )


def _users(emails: Collection[Email], reachable: Mapping[Email, Binding]) -> list[UserId]:
    return [reachable[email].user for email in emails if email in reachable]
