"""Keeps a report while it is being written: sealed, for its writer only, an hour at most."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from bot.reports.intake import DRAFT_LIVES, Draft
from bot.reports.ports import DraftStore, SealedDraft
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
        self._save(draft_id, draft, owner, store, now)
        return draft_id

    def change(self, draft_id: str, draft: Draft, owner: UserId, store: DraftStore, *, now: datetime) -> bool:
        """Keep what was told since; False when it was erased or expired meanwhile, for what is gone stays gone."""
        if self.find(draft_id, owner, store, now=now) is None:
            return False
        self._save(draft_id, draft, owner, store, now)
        return True

    def find(self, draft_id: str, owner: UserId, store: DraftStore, *, now: datetime) -> Draft | None:
        """One's own draft; None when it has expired, was erased or is somebody else's."""
        for index in self.keyring.blind_indexes(owner):
            sealed = store.get(draft_id, index, now)
            if sealed is not None:
                content = self.keyring.open(Sealed(sealed.wrapped_key, sealed.body), table=TABLE, row=draft_id)
                return Draft.from_bytes(content)
        return None

    def erase(self, draft_id: str, owner: UserId, store: DraftStore) -> None:
        """Remove one's own draft at once."""
        for index in self.keyring.blind_indexes(owner):
            store.erase(draft_id, index)

    def _save(self, draft_id: str, draft: Draft, owner: UserId, store: DraftStore, now: datetime) -> None:
        sealed = self.keyring.seal(draft.to_bytes(), table=TABLE, row=draft_id)
        store.save(
            SealedDraft(
                id=draft_id,
                owner=self.keyring.blind_indexes(owner)[0],
                wrapped_key=sealed.wrapped_key,
                body=sealed.body,
                expires_at=now + DRAFT_LIVES,
            )
        )
