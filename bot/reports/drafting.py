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

    def keep(self, draft: Draft, owner: UserId, store: DraftStore, *, now: datetime, draft_id: str = "") -> str:
        """Seal and keep it; returns its random id, the only thing that a card's button carries."""
        kept_as = draft_id or secrets.token_hex(16)
        sealed = self.keyring.seal(draft.to_bytes(), table=TABLE, row=kept_as)
        store.save(
            SealedDraft(
                id=kept_as,
                owner=self.keyring.blind_indexes(owner)[0],
                wrapped_key=sealed.wrapped_key,
                body=sealed.body,
                expires_at=now + DRAFT_LIVES,
            )
        )
        return kept_as

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
