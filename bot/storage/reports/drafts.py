"""Keeps reports that are being written, sealed, for an hour at most."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bot.reports.ports import BlindIndex, SealedDraft
from bot.storage.rows.reports import DraftRow
from bot.storage.statements import changed, insert_into, locked_for_change


class DraftOfSomebodyElse(Exception):
    """Somebody tries to write over a draft that is not theirs; nothing of either draft is told."""


class SqlDrafts:
    """A `bot.reports.ports.DraftStore`.

    In a transaction that writes, a draft that was read stays locked until the end: of two clicks on "Verstuur" at
    once, the second one finds no draft any more.
    """

    __slots__ = ("_session",)

    def __init__(self, session: Session) -> None:
        self._session = session

    def save(self, draft: SealedDraft) -> None:
        """Add it or replace what was there under this id; raises DraftOfSomebodyElse."""
        new = insert_into(self._session, DraftRow).values(
            id=draft.id,
            owner_index=draft.owner,
            wrapped_key=draft.wrapped_key,
            body=draft.body,
            expires_at=draft.expires_at,
        )
        saved = new.on_conflict_do_update(
            index_elements=[DraftRow.id],
            set_={name: new.excluded[name] for name in ("wrapped_key", "body", "expires_at")},
            where=DraftRow.owner_index == draft.owner,
        )
        if changed(self._session, saved) != 1:
            raise DraftOfSomebodyElse("this draft id belongs to another person")

    def get(self, draft_id: str, owner: Collection[BlindIndex], now: datetime) -> SealedDraft | None:
        """One's own draft, under whichever of one's indexes, if it has not expired."""
        asked = select(DraftRow).where(
            DraftRow.id == draft_id, DraftRow.owner_index.in_(owner), DraftRow.expires_at > now
        )
        row = self._session.scalar(locked_for_change(self._session, asked))
        return None if row is None else sealed_draft(row)

    def erase(self, draft_id: str, owner: Collection[BlindIndex]) -> None:
        """Remove one's own draft at once."""
        self._session.execute(delete(DraftRow).where(DraftRow.id == draft_id, DraftRow.owner_index.in_(owner)))

    def purge(self, now: datetime) -> int:
        """Remove what has expired; tells how many."""
        return changed(self._session, delete(DraftRow).where(DraftRow.expires_at <= now))


def sealed_draft(row: DraftRow) -> SealedDraft:
    """The draft of a row."""
    return SealedDraft(
        id=row.id,
        owner=BlindIndex(row.owner_index),
        wrapped_key=row.wrapped_key,
        body=row.body,
        expires_at=row.expires_at,
    )
