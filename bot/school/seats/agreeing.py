"""A change of who reads reports waits until somebody agrees who sits already and whom it is not about."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.school.people import Email
from bot.school.seats.seats import Seats, touched

STANDS_FOR = timedelta(days=14)
"""A proposal that nobody agreed with by then is gone."""


class ProposalState(StrEnum):
    """How far a proposal came."""

    PENDING = "pending"
    AGREED = "agreed"
    REFUSED = "refused"
    EXPIRED = "expired"
    OUTDATED = "outdated"


@dataclass(frozen=True, slots=True)
class InForce:
    """The seats that count, the number of the list, and who has confirmed to sit (at the first set-up)."""

    number: int
    seats: Seats
    since: datetime
    confirmed: frozenset[Email] = frozenset()

    @property
    def is_open(self) -> bool:
        """Whether everybody confirmed, so that reports can come in; once open it stays so."""
        return self.number > 1 or self.confirmed.issuperset(self.seats.recipients)

    @property
    def was_ever_confirmed(self) -> bool:
        """Whether anybody sits: before that the school's file alone says who is asked."""
        return self.number > 1 or bool(self.confirmed)


@dataclass(frozen=True, slots=True)
class Proposal:
    """Other seats than those of list `against`; times are aware UTC.

    `proposer` is None when only the school's file says so; `reason` is what somebody gave as one.
    """

    id: str
    against: int
    seats: Seats
    proposer: Email | None
    reason: str
    proposed_at: datetime
    state: ProposalState = ProposalState.PENDING
    decided_by: Email | None = None
    decided_at: datetime | None = None

    def decided(self, state: ProposalState, by: Email | None, at: datetime) -> "Proposal":
        """The same after somebody decided, or after its time."""
        return replace(self, state=state, decided_by=by, decided_at=at)


def may_agree(in_force: InForce, proposal: Proposal, present: Collection[Email]) -> frozenset[Email]:
    """Who may agree: sitting leaders and board members, but for the proposer and whom it is about.

    `present` are those whose account is known. With nobody of them left it is the last resort, under the same rule.
    """
    kept_out = touched(in_force.seats, proposal.seats) | {proposal.proposer}
    sitting = in_force.seats.deciding
    if in_force.number == 1:
        sitting = tuple(email for email in sitting if email in in_force.confirmed)
    able = frozenset(email for email in sitting if email in present and email not in kept_out)
    if able:
        return able
    last = in_force.seats.last_resort
    return frozenset({last} if last in present and last not in kept_out else ())
