"""Keeps sealed cases, and shows each only to whoever holds a grant or made it."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Select, delete, func, select, update
from sqlalchemy.orm import Session

from bot.reports.ports import BlindIndex, CaseId, Grant, SealedCase, Urgency
from bot.school.people import UserId
from bot.storage.rows.outbox import DeliveryRow
from bot.storage.rows.reports import CaseStepRow, GrantRow, ReportRow


class SqlCases:
    """A `bot.reports.ports.CaseStore`."""

    __slots__ = ("_session",)

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, case: SealedCase, grants: Sequence[Grant]) -> None:
        """Keep a new case with those who may see it."""
        self._session.add(
            ReportRow(
                id=case.id,
                code=case.code,
                urgency=case.urgency.value,
                wrapped_key=case.wrapped_key,
                body=case.body,
                reporter_index=case.reporter,
                received_at=case.received_at,
                retain_until=case.retain_until,
                closed_at=case.closed_at,
                look_at=None,
                held=False,
            )
        )
        # The rows know nothing of one another, so the case is written first by hand.
        self._session.flush()
        self._session.add_all(
            GrantRow(
                case_id=grant.case,
                user_id=grant.user,
                granted_at=grant.granted_at,
                opened_at=grant.opened_at,
                sees_story=grant.sees_story,
            )
            for grant in grants
        )

    def get(self, case: CaseId) -> SealedCase | None:
        """A case without asking for whom: for sending what is owed about it, never for showing."""
        row = self._session.get(ReportRow, case)
        return None if row is None else _case(row)

    def granted_to(
        self, user: UserId, *, start: int = 0, most: int | None = None
    ) -> Sequence[tuple[SealedCase, Grant]]:
        """The cases that somebody may see, what came to them last first; from place `start`, at most `most`."""
        # In the order of an index, so that a long list costs no more than a short one.
        newest_first = _granted(user).order_by(GrantRow.granted_at.desc(), GrantRow.case_id.desc())
        part = newest_first.offset(start).limit(most)
        return [(_case(row), _grant(grant)) for row, grant in self._session.execute(part)]

    def granted_case(self, case: CaseId, user: UserId) -> tuple[SealedCase, Grant] | None:
        """One case, if this person may see it; None tells nothing about whether it exists."""
        found = self._session.execute(_granted(user).where(ReportRow.id == case)).one_or_none()
        return None if found is None else (_case(found[0]), _grant(found[1]))

    def mark_opened(self, case: CaseId, user: UserId, at: datetime) -> None:
        """Remember when somebody first opened the story; later openings change nothing."""
        self._session.execute(
            update(GrantRow)
            .where(GrantRow.case_id == case, GrantRow.user_id == user, GrantRow.opened_at.is_(None))
            .values(opened_at=at)
        )

    def grant(self, grant: Grant) -> None:
        """Let somebody see a case from now on; who saw a copy sees the story."""
        self.revoke(grant.case, grant.user)
        self._session.add(
            GrantRow(
                case_id=grant.case,
                user_id=grant.user,
                granted_at=grant.granted_at,
                opened_at=grant.opened_at,
                sees_story=grant.sees_story,
            )
        )
        self._session.flush()

    def revoke(self, case: CaseId, user: UserId) -> None:
        """From now on it is as if the case did not exist for this person."""
        self._session.execute(delete(GrantRow).where(GrantRow.case_id == case, GrantRow.user_id == user))

    def readers(self, case: CaseId) -> Sequence[Grant]:
        """Who may see a case, in the order of their ids."""
        asked = select(GrantRow).where(GrantRow.case_id == case).order_by(GrantRow.user_id)
        return [_grant(row) for row in self._session.scalars(asked)]

    def close(self, case: CaseId, at: datetime, retain_until: datetime) -> None:
        """Remember that it is over, and until when it is kept."""
        self._set(case, closed_at=at, retain_until=retain_until, look_at=None)

    def look_again(self, case: CaseId, at: datetime | None) -> None:
        """When somebody may have to be alerted about it; None when nothing is to come."""
        self._set(case, look_at=at)

    def to_look_at(self, now: datetime, most: int) -> Sequence[SealedCase]:
        """The open cases whose moment to look at has come, the longest waiting first."""
        due = select(ReportRow).where(ReportRow.look_at <= now, ReportRow.closed_at.is_(None))
        return [_case(row) for row in self._session.scalars(due.order_by(ReportRow.look_at).limit(most))]

    def held_by_others(self, users: Collection[UserId], most: int) -> Sequence[SealedCase]:
        """Open cases of which somebody besides these people may read the story."""
        others = select(GrantRow.case_id).where(GrantRow.user_id.not_in(users), GrantRow.sees_story.is_(True))
        found = select(ReportRow).where(ReportRow.closed_at.is_(None), ReportRow.id.in_(others))
        return [_case(row) for row in self._session.scalars(found.order_by(ReportRow.id).limit(most))]

    def unwatched(self, since: datetime) -> int:
        """How many open cases should have been looked at before this moment, and were not."""
        overdue = select(func.count()).where(ReportRow.look_at <= since, ReportRow.closed_at.is_(None))
        return self._session.scalar(overdue) or 0

    def hold(self, case: CaseId, *, held: bool) -> None:
        """Keep it whatever its end date says, or no longer."""
        self._set(case, held=held)

    def _set(self, case: CaseId, **values: object) -> None:
        changing = update(ReportRow).where(ReportRow.id == case).values(**values)
        self._session.execute(changing.execution_options(synchronize_session=False))

    def ended(self, now: datetime) -> Sequence[CaseId]:
        """The closed cases whose time is over and that nobody keeps longer, by id."""
        ended = select(ReportRow.id).where(
            ReportRow.closed_at.is_not(None), ReportRow.retain_until <= now, ReportRow.held.is_(False)
        )
        return [CaseId(case) for case in self._session.scalars(ended.order_by(ReportRow.id))]

    def remove(self, cases: Sequence[CaseId]) -> None:
        """Remove cases with all that belongs to them; a purge counts them too (`bot.reports.keeping.auditing`)."""
        self._session.execute(delete(DeliveryRow).where(DeliveryRow.subject.in_(cases)))
        self._session.execute(delete(CaseStepRow).where(CaseStepRow.case_id.in_(cases)))
        self._session.execute(delete(GrantRow).where(GrantRow.case_id.in_(cases)))
        self._session.execute(delete(ReportRow).where(ReportRow.id.in_(cases)))

    def purge(self, now: datetime) -> int:
        """Remove the closed cases whose time is over, with all that belongs to them; tells how many."""
        over = self.ended(now)
        self.remove(over)
        return len(over)

    def open_past_end(self, now: datetime) -> int:
        """How many cases have outlived their time without being closed: they are kept, and they are an alarm."""
        still_open = select(func.count()).where(ReportRow.retain_until <= now, ReportRow.closed_at.is_(None))
        return self._session.scalar(still_open) or 0

    def of_reporter(self, reporter: BlindIndex) -> Sequence[tuple[SealedCase, Sequence[Grant]]]:
        """Somebody's own cases with who may see each, newest first."""
        own = select(ReportRow).where(ReportRow.reporter_index == reporter)
        rows = self._session.scalars(own.order_by(ReportRow.received_at.desc(), ReportRow.id)).all()
        asked = select(GrantRow).where(GrantRow.case_id.in_([row.id for row in rows]))
        grants: defaultdict[str, list[Grant]] = defaultdict(list)
        for grant in self._session.scalars(asked.order_by(GrantRow.granted_at, GrantRow.user_id)):
            grants[grant.case_id].append(_grant(grant))
        return [(_case(row), grants[row.id]) for row in rows]


def _granted(user: UserId) -> Select[ReportRow, GrantRow]:
    return select(ReportRow, GrantRow).join(GrantRow, GrantRow.case_id == ReportRow.id).where(GrantRow.user_id == user)


def _case(row: ReportRow) -> SealedCase:
    return SealedCase(
        id=CaseId(row.id),
        code=row.code,
        urgency=Urgency(row.urgency),
        wrapped_key=row.wrapped_key,
        body=row.body,
        reporter=BlindIndex(row.reporter_index),
        received_at=row.received_at,
        retain_until=row.retain_until,
        closed_at=row.closed_at,
    )


def _grant(row: GrantRow) -> Grant:
    return Grant(
        case=CaseId(row.case_id),
        user=UserId(row.user_id),
        granted_at=row.granted_at,
        opened_at=row.opened_at,
        sees_story=row.sees_story,
    )
