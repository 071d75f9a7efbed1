"""Seals and opens the history of a case; each step holds the hash of what stood before it."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.reports.casefile import Casefile, Entry, Step
from bot.reports.ports import HistoryStore, SealedCase
from bot.reports.sealing import Keyring
from bot.reports.submitting import TABLE as CASES
from bot.reports.text import ReportText
from bot.school.people import UserId

TABLE = "case_steps"


class ChainBroken(Exception):
    """A step is missing, changed or out of order; the message names the case's code and the number, nothing more."""


@dataclass(frozen=True, slots=True)
class Histories:
    """The histories of one school's cases."""

    keyring: Keyring

    def load(self, case: SealedCase, store: HistoryStore) -> Casefile:
        """A case with everything that was done; raises ChainBroken and CannotOpen."""
        bodies = store.of(case.id)
        return Casefile(case.urgency, tuple(self._entries(case, bodies)))

    def append(self, case: SealedCase, known: Casefile, entry: Entry, store: HistoryStore) -> bool:
        """Keep the next step after the ones that were known; False when somebody took another one meanwhile."""
        bodies = store.of(case.id)
        number = len(known.entries)
        if len(bodies) != number:
            return False
        content = {
            "step": entry.step.value,
            "by": entry.by,
            "at": entry.at.isoformat(),
            "text": entry.text.words,
            "to": entry.to,
            "detail": entry.detail,
            "before": _hash(case, bodies),
        }
        body = self.keyring.seal_beside(
            case.wrapped_key,
            json.dumps(content, ensure_ascii=False).encode(),
            owner=(CASES, case.id),
            table=TABLE,
            row=f"{case.id}/{number}",
        )
        return store.append(case.id, number, body)

    def _entries(self, case: SealedCase, bodies: Sequence[bytes]) -> list[Entry]:
        entries = []
        for number, body in enumerate(bodies):
            row = f"{case.id}/{number}"
            opened = self.keyring.open_beside(case.wrapped_key, body, owner=(CASES, case.id), table=TABLE, row=row)
            told = json.loads(opened)
            if told["before"] != _hash(case, bodies[:number]):
                raise ChainBroken(f"{case.code}: step {number}")
            entries.append(
                Entry(
                    Step(told["step"]),
                    UserId(told["by"]) if told["by"] is not None else None,
                    datetime.fromisoformat(told["at"]),
                    ReportText(told["text"]),
                    UserId(told["to"]) if told["to"] is not None else None,
                    told["detail"],
                )
            )
        return entries


def _hash(case: SealedCase, bodies: Sequence[bytes]) -> str:
    """Of what stands before a step: the one before it, or the report itself."""
    return hashlib.sha256(bodies[-1] if bodies else case.body).hexdigest()
