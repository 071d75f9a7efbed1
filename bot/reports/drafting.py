"""Keeps a report while it is being written: sealed, for its writer only, an hour at most."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from bot.reports.intake import DRAFT_LIVES, Draft
from bot.reports.ports import BlindIndex, DraftStore, SealedDraft
from bot.reports.sealing import Keyring, Sealed
from bot.school.people import UserId

TABLE = "drafts"


@dataclass(frozen=True, slots=True)
class Drafts:
    """The drafts of one school."""

    keyring: Keyring

    def begin(self, draft: Draft, owner: UserId, store: DraftStore, *, now: datetime) -> str:
        """Seal and keep a new one; returns its random id, the only thing that a card's button carries."""
        draft_id = secrets.token_hex(16)
        self._save(draft_id, draft, self.keyring.blind_indexes(owner)[0], store, now + DRAFT_LIVES)
        return draft_id

    def change(self, draft_id: str, draft: Draft, owner: UserId, store: DraftStore, *, now: datetime) -> bool:
        """Keep what was told since; False when it was erased or expired meanwhile, for what is gone stays gone."""
        kept = self._kept(draft_id, owner, store, now)
        if kept is None:
            return False
        # Under the index it has: a new key may have come first since. And until the hour it has: it lives one in all.
        self._save(draft_id, draft, kept.owner, store, kept.expires_at)
        return True

    def find(self, draft_id: str, owner: UserId, store: DraftStore, *, now: datetime) -> Draft | None:
        """One's own draft; None when it has expired, was erased or is somebody else's."""
        kept = self._kept(draft_id, owner, store, now)
        if kept is None:
            return None
        return Draft.from_bytes(self.keyring.open(Sealed(kept.wrapped_key, kept.body), table=TABLE, row=draft_id))

    def erase(self, draft_id: str, owner: UserId, store: DraftStore) -> None:
        """Remove one's own draft at once."""
        store.erase(draft_id, self.keyring.blind_indexes(owner))

    def _kept(self, draft_id: str, owner: UserId, store: DraftStore, now: datetime) -> SealedDraft | None:
        # All indexes in one question: between two, `keys rotate` could take the draft from the one to the other.
        return store.get(draft_id, self.keyring.blind_indexes(owner), now)

    def _save(self, draft_id: str, draft: Draft, owner: BlindIndex, store: DraftStore, expires_at: datetime) -> None:
        sealed = self.keyring.seal(draft.to_bytes(), table=TABLE, row=draft_id)
        store.save(
            SealedDraft(
                id=draft_id,
                owner=owner,
                wrapped_key=sealed.wrapped_key,
                body=sealed.body,
                expires_at=expires_at,
            )
        )
