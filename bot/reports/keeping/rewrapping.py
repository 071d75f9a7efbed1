"""Brings everything that lies under an older master key under the first one, so that the older one can be dropped.

What was told is not sealed anew: only the key of each case is wrapped again, and the index by which its maker finds it
is made again. Each batch is a transaction of its own, and what was done is seen from the rows themselves: whoever is
killed halfway begins again and finds the rest. A bot that serves meanwhile must know both keys.

The ids of cases stay. They come from a draft's id under the key of that moment (`Keyring.case_ids`), which is only
asked for a second press on "Verstuur"; once the older key is gone, such a press finds neither draft nor case, and
makes no second one.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bot.reports.drafting import TABLE as DRAFTS
from bot.reports.keeping.ports import RewrapStore
from bot.reports.ports import BlindIndex, SealedCase, SealedDraft
from bot.reports.sealing import CannotOpen, Keyring
from bot.reports.submitting import TABLE as CASES
from bot.school.people import UserId

BATCH = 100
"""Rows in one transaction: on SQLite everybody who writes waits for it, a few milliseconds."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What became of some rows: how many were changed or left as they are, and where to go on (None at the end)."""

    changed: int = 0
    left: int = 0
    last: str | None = None


@dataclass(frozen=True, slots=True)
class Rewrapping:
    """Takes rows over to the first key of a keyring.

    `indexes` holds, for everybody whom the bot knows, the index under each older key and the one under the first.
    `reporter_of` opens a case in memory for the id of a reporter whom the bot does not know any more.
    """

    keyring: Keyring
    reporter_of: Callable[[SealedCase], UserId]
    indexes: Mapping[BlindIndex, BlindIndex] = field(repr=False)

    @classmethod
    def of(cls, keyring: Keyring, reporter_of: Callable[[SealedCase], UserId], store: RewrapStore) -> "Rewrapping":
        """Ready for the people of this store."""
        indexes: dict[BlindIndex, BlindIndex] = {}
        for user in store.users():
            first, *older = keyring.blind_indexes(user)
            indexes.update(dict.fromkeys(older, first))
        return cls(keyring, reporter_of, indexes)

    def cases(self, store: RewrapStore, *, after: str = "", most: int = BATCH) -> Batch:
        """The next cases that lie under an older key; one that cannot be opened is left as it is and counted."""
        found = store.cases_not_under(self.keyring.first_mark, after=after, most=most)
        changed = 0
        for case in found:
            try:
                wrapped = self.keyring.rewrap(case.wrapped_key, table=CASES, row=case.id)
                store.keep_case(case.id, wrapped, self._index(case))
            except CannotOpen:
                continue
            changed += 1
        return Batch(changed, len(found) - changed, found[-1].id if len(found) == most else None)

    def drafts(self, store: RewrapStore, *, after: str = "", most: int = BATCH) -> Batch:
        """The next drafts; one of somebody whom the bot does not know keeps its older index and lives out its hour."""
        found = store.drafts(after=after, most=most)
        changed = left = 0
        for draft in found:
            owner = self.indexes.get(draft.owner, draft.owner)
            if draft.wrapped_key.startswith(self.keyring.first_mark) and owner == draft.owner:
                continue
            try:
                store.keep_draft(draft.id, self._rewrapped(draft), owner)
            except CannotOpen:
                left += 1
                continue
            changed += 1
        return Batch(changed, left, found[-1].id if len(found) == most else None)

    def _rewrapped(self, draft: SealedDraft) -> bytes:
        return self.keyring.rewrap(draft.wrapped_key, table=DRAFTS, row=draft.id)

    def _index(self, case: SealedCase) -> BlindIndex:
        known = self.indexes.get(case.reporter)
        return known if known is not None else self.keyring.blind_indexes(self.reporter_of(case))[0]
