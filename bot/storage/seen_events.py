"""The same event twice has one effect: who works on it, until when, and what came of it (design: section 2.1)."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine, delete, select, update
from sqlalchemy.orm import Session

from bot.storage.rows.events import SeenEventRow
from bot.storage.statements import changed, insert_into

LEASE = timedelta(seconds=15)
"""How long whoever began is trusted to be at work."""

KEPT = timedelta(hours=2)
"""How long a repeat is recognised; Google tries again within minutes."""

_RUNNING = "running"
_DONE = "done"


class LeaseLost(Exception):
    """Another worker took the event over, or it was forgotten; the caller's transaction must not commit."""


@dataclass(frozen=True, slots=True)
class First:
    """This worker is to handle the event; `holder` is what it proves that with."""

    key: str
    holder: str


@dataclass(frozen=True, slots=True)
class Running:
    """Another worker is handling it; ask again, for at most 10 s."""


@dataclass(frozen=True, slots=True)
class Done:
    """It was handled; `effect` is the id of what it did, None when it did nothing that has one."""

    effect: str | None


class EventEffects:
    """What events did, inside the caller's transaction, so that effect and "done" commit together."""

    __slots__ = ("_session",)

    def __init__(self, session: Session) -> None:
        self._session = session

    def done(self, first: First, effect: str | None = None) -> None:
        """Remember what the event did; raises LeaseLost when another worker took it over meanwhile."""
        ours = update(SeenEventRow).where(
            SeenEventRow.event_key == first.key,
            SeenEventRow.holder == first.holder,
            SeenEventRow.state == _RUNNING,
        )
        if changed(self._session, ours.values(state=_DONE, effect=effect)) != 1:
            raise LeaseLost("another worker took this event over")


class SeenEvents:
    """Which events were seen; every call is a transaction of its own, because others must see it at once.

    Keys are hexadecimal digits of a keyed hash; all times are real, aware UTC.
    """

    __slots__ = ("_engine",)

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def begin(self, key: str, real_now: datetime, *, lease: timedelta = LEASE) -> First | Running | Done:
        """Claim an event: of all who ask at once, exactly one hears First; an expired lease is taken over."""
        first = First(key, secrets.token_hex(16))
        while True:
            with Session(self._engine) as session, session.begin():
                if _claim(session, first, real_now, lease):
                    return first
                found = session.execute(
                    select(SeenEventRow.state, SeenEventRow.effect).where(SeenEventRow.event_key == key)
                ).one_or_none()
            # Nothing found: it was forgotten between the two statements, and may be claimed after all.
            if found is not None:
                return Done(found.effect) if found.state == _DONE else Running()

    def forget(self, first: First) -> None:
        """Handling failed: a repeat may begin at once. Changes nothing when another worker took it over."""
        with Session(self._engine) as session, session.begin():
            session.execute(
                delete(SeenEventRow).where(
                    SeenEventRow.event_key == first.key,
                    SeenEventRow.holder == first.holder,
                    SeenEventRow.state == _RUNNING,
                )
            )

    def purge(self, before: datetime) -> int:
        """Remove what was to be kept until `before` or earlier; tells how many."""
        with Session(self._engine) as session, session.begin():
            return changed(session, delete(SeenEventRow).where(SeenEventRow.expires_at <= before))


def _claim(session: Session, first: First, real_now: datetime, lease: timedelta) -> bool:
    # One statement: both databases let the second of two at once wait here, and then see what the first one wrote.
    claim = insert_into(session, SeenEventRow).values(
        event_key=first.key,
        state=_RUNNING,
        holder=first.holder,
        lease_until=real_now + lease,
        effect=None,
        expires_at=real_now + KEPT,
    )
    claim = claim.on_conflict_do_update(
        index_elements=[SeenEventRow.event_key],
        set_={name: claim.excluded[name] for name in ("holder", "lease_until", "expires_at")},
        where=(SeenEventRow.state == _RUNNING) & (SeenEventRow.lease_until <= real_now),
    )
    return changed(session, claim) == 1
