"""Keeps deliveries, and hands each to one worker at a time."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Engine, and_, delete, exists, func, or_, select, update
from sqlalchemy.orm import Session, aliased

from bot.outbox.delivery import (
    BUNDLE,
    BUNDLED_KINDS,
    FORGOTTEN_KINDS,
    LATE_AFTER,
    MAILBOX,
    REPORT_KINDS,
    Address,
    Delivery,
    DeliveryId,
    Kind,
    Priority,
    State,
    place_of,
)
from bot.storage.engine import reading
from bot.storage.rows.outbox import DeliveryRow
from bot.storage.statements import changed

SAME_PLACE = 4
"""How many more rows are looked at than are taken, because several may go to the same place."""


class Deliveries:
    """What is owed, inside the caller's transaction."""

    __slots__ = ("_session",)

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, delivery: Delivery) -> None:
        """Owe it, from the moment that the transaction commits."""
        self._session.add(
            DeliveryRow(
                id=delivery.id,
                kind=delivery.kind.value,
                address=delivery.address,
                subject=delivery.subject,
                priority=delivery.priority.value,
                message_id=delivery.message_id,
                created_at=delivery.created_at,
                not_before=delivery.not_before,
                expires_at=delivery.expires_at,
                state=delivery.state.value,
                attempts=delivery.attempts,
                retry_at=delivery.retry_at,
                lease_until=delivery.lease_until,
                delivered_at=delivery.delivered_at,
            )
        )

    def purge(self, before: datetime) -> int:
        """Remove what was settled before this moment, but for reports: their notices go with the case."""
        settled = delete(DeliveryRow).where(
            DeliveryRow.state != State.WAITING.value,
            DeliveryRow.created_at < before,
            DeliveryRow.kind.not_in([kind.value for kind in REPORT_KINDS]),
        )
        return changed(self._session, settled)

    def about(self, subject: str) -> Sequence[Delivery]:
        """All messages about one case, group or reminder, oldest first; mails go beside them and prove nothing."""
        about = (DeliveryRow.subject == subject, ~_in_a_mailbox())
        asked = select(DeliveryRow).where(*about).order_by(DeliveryRow.created_at)
        return [_delivery(row) for row in self._session.scalars(asked)]

    def waiting(self, kinds: Collection[Kind]) -> int:
        """How many messages of these kinds are still to be sent."""
        asked = select(func.count()).where(
            DeliveryRow.kind.in_([kind.value for kind in kinds]), DeliveryRow.state == State.WAITING.value
        )
        return self._session.scalar(asked) or 0

    def late(self, now: datetime) -> int:
        """How many notices of reports should have been there by now and are not, nor can be any more; without mails."""
        missing = or_(
            DeliveryRow.state == State.UNDELIVERABLE.value,
            and_(DeliveryRow.state == State.WAITING.value, ~_just_told(now)),
        )
        late = select(func.count()).where(
            DeliveryRow.kind.in_([kind.value for kind in REPORT_KINDS]),
            DeliveryRow.not_before <= now - LATE_AFTER,
            ~_in_a_mailbox(),
            missing,
        )
        return self._session.scalar(late) or 0

    def reached(self, subject: str, now: datetime) -> bool:
        """Whether anybody was told about it: by a message of its own, or by the one that they had just before it."""
        told = or_(DeliveryRow.state == State.DELIVERED.value, _just_told(now))
        return bool(
            self._session.scalar(select(exists().where(DeliveryRow.subject == subject, ~_in_a_mailbox(), told)))
        )


class SqlDeliveryStore:
    """A `bot.outbox.ports.DeliveryStore`; every call is a transaction of its own."""

    __slots__ = ("_reading", "_writing")

    def __init__(self, engine: Engine) -> None:
        self._writing = engine
        self._reading = reading(engine)

    def lease(
        self,
        *,
        now: datetime,
        real_now: datetime,
        until: datetime,
        most: int,
        only: Collection[DeliveryId] | None = None,
    ) -> Sequence[Delivery]:
        """Take up to `most` deliveries that are due, most pressing first, no two to the same place."""
        due = (
            select(DeliveryRow)
            .where(*_due(now, real_now))
            .order_by(DeliveryRow.priority, DeliveryRow.not_before, DeliveryRow.created_at)
            .limit(most if most == 1 else most * SAME_PLACE)
            # PostgreSQL: whoever comes second takes the next one instead of waiting. SQLite: BEGIN IMMEDIATE lets one
            # worker in at a time, and renders nothing here.
            .with_for_update(skip_locked=True)
        )
        if only is not None:
            due = due.where(DeliveryRow.id.in_(only))
        with Session(self._writing) as session, session.begin():
            rows = one_each(session.scalars(due), most)
            for row in rows:
                row.lease_until = until
            return [_delivery(row) for row in rows]

    def mark_delivered(self, delivery: Delivery, *, at: datetime) -> None:
        """Remember that it is there, or forget it (`FORGOTTEN_KINDS`); a second time changes nothing.

        What waits for the same person and would say the same is there with it.
        """
        if delivery.kind in FORGOTTEN_KINDS:
            with Session(self._writing) as session, session.begin():
                session.execute(delete(DeliveryRow).where(DeliveryRow.id == delivery.id))
            return
        there = {"state": State.DELIVERED.value, "delivered_at": at, "retry_at": None}
        self._change(delivery.id, **there, lease_until=None)
        if delivery.kind in BUNDLED_KINDS:
            said_too = update(DeliveryRow).where(
                DeliveryRow.address == delivery.address,
                DeliveryRow.kind.in_(BUNDLED_KINDS[BUNDLED_KINDS.index(delivery.kind) :]),
                DeliveryRow.state == State.WAITING.value,
                DeliveryRow.not_before <= at,
                DeliveryRow.lease_until.is_(None),
            )
            with Session(self._writing) as session, session.begin():
                session.execute(said_too.values(**there).execution_options(synchronize_session=False))

    def put_back(self, delivery: Delivery, *, retry_at: datetime) -> None:
        """Give up the lease after a failed try and count it; a lease that somebody else took over stays theirs."""
        still_ours = DeliveryRow.lease_until.is_not_distinct_from(delivery.lease_until)
        self._change(delivery.id, still_ours, attempts=DeliveryRow.attempts + 1, retry_at=retry_at, lease_until=None)

    def postpone(self, delivery: Delivery, *, until: datetime) -> None:
        """Give up the lease until a moment of real time, without counting a try; a lease taken over stays theirs."""
        still_ours = DeliveryRow.lease_until.is_not_distinct_from(delivery.lease_until)
        self._change(delivery.id, still_ours, retry_at=until, lease_until=None)

    def give_up(self, delivery: Delivery, *, at: datetime) -> None:  # noqa: ARG002 - the port's word; only the end counts
        """Remember that it can never be delivered at this address."""
        self._change(delivery.id, state=State.UNDELIVERABLE.value, lease_until=None, retry_at=None)

    def states(self, ids: Collection[DeliveryId]) -> Sequence[Delivery]:
        """These deliveries as they are now, in the order in which they were owed."""
        asked = select(DeliveryRow).where(DeliveryRow.id.in_(ids)).order_by(DeliveryRow.created_at, DeliveryRow.id)
        with Session(self._reading) as session, session.begin():
            return [_delivery(row) for row in session.scalars(asked)]

    def _change(self, delivery: DeliveryId, *conditions: ColumnElement[bool], **values: object) -> None:
        # What came to an end stays as it ended: a worker whose lease ran out may come back with late news.
        waiting = update(DeliveryRow).where(
            DeliveryRow.id == delivery, DeliveryRow.state == State.WAITING.value, *conditions
        )
        with Session(self._writing) as session, session.begin():
            session.execute(waiting.values(**values).execution_options(synchronize_session=False))


def _due(now: datetime, real_now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        DeliveryRow.state == State.WAITING.value,
        DeliveryRow.not_before <= now,
        or_(DeliveryRow.retry_at.is_(None), DeliveryRow.retry_at <= real_now),
        or_(DeliveryRow.lease_until.is_(None), DeliveryRow.lease_until <= real_now),
        ~_just_told(now),
        ~_being_told(real_now),
    )


def one_each(rows: Iterable[DeliveryRow], most: int) -> Sequence[DeliveryRow]:
    """The first row of each place: one person hears once that something waits; a space gets one message a second."""
    first: dict[str, DeliveryRow] = {}
    for row in rows:
        first.setdefault(place_of(Address(row.address)), row)
    return list(first.values())[:most]


def _in_a_mailbox() -> ColumnElement[bool]:
    return DeliveryRow.address.startswith(f"{MAILBOX}:", autoescape=True)


def _just_told(now: datetime) -> ColumnElement[bool]:
    """Whether a delivery says what its receiver heard less than ten minutes ago (business time)."""
    mate = aliased(DeliveryRow)
    # A clock that was set back must not keep anybody waiting for what was told after it.
    lately = and_(mate.delivered_at > now - BUNDLE, mate.delivered_at <= now)
    return _mate(mate, lately)


def _being_told(real_now: datetime) -> ColumnElement[bool]:
    """Whether another worker is just saying the same to the same person."""
    mate = aliased(DeliveryRow)
    return _mate(mate, and_(mate.state == State.WAITING.value, mate.lease_until > real_now))


def _mate(mate: type[DeliveryRow], told: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether somebody has another delivery that is `told` and is as pressing: a calm one never hides an urgent one."""
    urgent, calm = (kind.value for kind in BUNDLED_KINDS)
    as_pressing = or_(
        and_(DeliveryRow.kind == urgent, mate.kind == urgent),
        and_(DeliveryRow.kind == calm, mate.kind.in_((urgent, calm))),
    )
    found = exists().where(mate.address == DeliveryRow.address, mate.id != DeliveryRow.id, as_pressing, told)
    # The kind comes first: right after thousands of reminders were planned PostgreSQL has counted none of them yet,
    # and would look for the mates of every single one, a second long.
    return and_(DeliveryRow.kind.in_((urgent, calm)), found)


def _delivery(row: DeliveryRow) -> Delivery:
    return Delivery(
        id=DeliveryId(row.id),
        kind=Kind(row.kind),
        address=Address(row.address),
        subject=row.subject,
        priority=Priority(row.priority),
        message_id=row.message_id,
        created_at=row.created_at,
        not_before=row.not_before,
        expires_at=row.expires_at,
        state=State(row.state),
        attempts=row.attempts,
        retry_at=row.retry_at,
        lease_until=row.lease_until,
        delivered_at=row.delivered_at,
    )
