"""Keeps the lists of who reads reports and the proposals to change them, in the caller's transaction."""

import json
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.school.people import Email
from bot.school.seats.agreeing import STANDS_FOR, InForce, Proposal, ProposalState
from bot.school.seats.seats import Seats
from bot.storage.rows.people import SeatConfirmationRow, SeatListRow, SeatProposalRow
from bot.storage.statements import changed, insert_into

FIRST = 1


class SqlSeats:
    """Addresses and names of whoever sits; nothing about reports."""

    __slots__ = ("_session",)

    def __init__(self, session: Session) -> None:
        self._session = session

    def in_force(self) -> InForce | None:
        """The list that counts; None before there ever was one."""
        row = self._session.scalar(select(SeatListRow).order_by(SeatListRow.number.desc()).limit(1))
        if row is None:
            return None
        confirmed = self._session.scalars(select(SeatConfirmationRow.email)).all()
        return InForce(row.number, _read(row.seats), row.since, frozenset(map(Email, confirmed)))

    def seed(self, seats: Seats, now: datetime) -> None:
        """Make this the first list, as long as nobody confirmed one."""
        if self._session.scalar(select(SeatConfirmationRow.email).limit(1)) is not None:
            return
        first = insert_into(self._session, SeatListRow).values(number=FIRST, seats=_written(seats), since=now)
        new = first.on_conflict_do_update(
            index_elements=[SeatListRow.number], set_={"seats": first.excluded.seats, "since": first.excluded.since}
        )
        self._session.execute(new)

    def confirm(self, who: Sequence[Email], now: datetime) -> None:
        """Remember that these people sit."""
        rows = [{"email": email, "confirmed_at": now} for email in who]
        self._session.execute(insert_into(self._session, SeatConfirmationRow).on_conflict_do_nothing(), rows)

    def put_in_force(self, proposal: Proposal, by: Email, now: datetime) -> bool:
        """Make a pending proposal the next list; False when somebody was first, or another list holds meanwhile."""
        if not self._settle(proposal, ProposalState.AGREED, by, now):
            return False
        number = proposal.against + 1
        new = insert_into(self._session, SeatListRow).values(number=number, seats=_written(proposal.seats), since=now)
        if changed(self._session, new.on_conflict_do_nothing()) != 1:
            self._settle(proposal, ProposalState.OUTDATED, None, now, was=ProposalState.AGREED)
            return False
        others = update(SeatProposalRow).where(SeatProposalRow.state == ProposalState.PENDING.value)
        self._session.execute(others.values(state=ProposalState.OUTDATED.value, decided_at=now))
        return True

    def refuse(self, proposal: Proposal, by: Email, now: datetime) -> bool:
        """Somebody does not agree; False when it was decided before."""
        return self._settle(proposal, ProposalState.REFUSED, by, now)

    def propose(self, proposal: Proposal) -> bool:
        """Keep it as the one that waits; False where these very seats were proposed before, against the same list."""
        same = select(SeatProposalRow.id).where(
            SeatProposalRow.against == proposal.against,
            SeatProposalRow.seats == _written(proposal.seats),
            # Somebody who gives a reason proposes again what was refused; the file alone does so only once.
            *([SeatProposalRow.state == ProposalState.PENDING.value] if proposal.proposer is not None else []),
        )
        if self._session.scalar(same.limit(1)) is not None:
            return False
        waiting = update(SeatProposalRow).where(SeatProposalRow.state == ProposalState.PENDING.value)
        outdated = waiting.values(state=ProposalState.OUTDATED.value, decided_at=proposal.proposed_at)
        self._session.execute(outdated)
        self._session.add(
            SeatProposalRow(
                id=proposal.id,
                against=proposal.against,
                seats=_written(proposal.seats),
                proposer=proposal.proposer,
                reason=proposal.reason,
                proposed_at=proposal.proposed_at,
                state=proposal.state.value,
            )
        )
        self._session.flush()
        return True

    def expire(self, now: datetime) -> int:
        """Put away what waited too long; tells how many."""
        old = update(SeatProposalRow).where(
            SeatProposalRow.state == ProposalState.PENDING.value, SeatProposalRow.proposed_at < now - STANDS_FOR
        )
        return changed(self._session, old.values(state=ProposalState.EXPIRED.value, decided_at=now))

    def pending(self) -> Proposal | None:
        """The proposal that waits."""
        asked = select(SeatProposalRow).where(SeatProposalRow.state == ProposalState.PENDING.value).limit(1)
        row = self._session.scalar(asked)
        return None if row is None else _proposal(row)

    def proposals(self, most: int) -> Sequence[Proposal]:
        """What was proposed, the newest first."""
        asked = select(SeatProposalRow).order_by(SeatProposalRow.proposed_at.desc()).limit(most)
        return [_proposal(row) for row in self._session.scalars(asked)]

    def _settle(
        self,
        proposal: Proposal,
        state: ProposalState,
        by: Email | None,
        now: datetime,
        *,
        was: ProposalState = ProposalState.PENDING,
    ) -> bool:
        mine = update(SeatProposalRow).where(SeatProposalRow.id == proposal.id, SeatProposalRow.state == was.value)
        return changed(self._session, mine.values(state=state.value, decided_by=by, decided_at=now)) == 1


def _proposal(row: SeatProposalRow) -> Proposal:
    return Proposal(
        id=row.id,
        against=row.against,
        seats=_read(row.seats),
        proposer=None if row.proposer is None else Email(row.proposer),
        reason=row.reason,
        proposed_at=row.proposed_at,
        state=ProposalState(row.state),
        decided_by=None if row.decided_by is None else Email(row.decided_by),
        decided_at=row.decided_at,
    )


def _written(seats: Seats) -> str:
    return json.dumps(
        {
            "schoolleiding": seats.leadership,
            "bestuur": seats.board,
            "toezicht": seats.supervisors,
            "laatste": seats.last_resort,
            "leidinggevenden": dict(sorted(seats.managers.items())),
            "namen": dict(sorted(seats.names.items())),
        },
        ensure_ascii=False,
    )


def _read(text: str) -> Seats:
    kept = json.loads(text)
    return Seats(
        leadership=tuple(map(Email, kept["schoolleiding"])),
        board=tuple(map(Email, kept["bestuur"])),
        supervisors=tuple(map(Email, kept["toezicht"])),
        last_resort=Email(kept["laatste"]),
        managers={Email(person): Email(manager) for person, manager in kept["leidinggevenden"].items()},
        names={Email(email): str(name) for email, name in kept["namen"].items()},
    )
