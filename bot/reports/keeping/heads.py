"""What is signed of a history: where it stood on a day, and of all of them together that none is missing."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.reports.ports import CaseId, SealedCase

ROLL = CaseId("*")
"""Under this id lies the roll: the one head that covers all others and the purges."""


@dataclass(frozen=True, slots=True)
class Head:
    """How many steps a case had on a day (at school), and the hash of the last one, signed.

    Of the roll: how many heads there are, and the hash over all of them.
    """

    case: CaseId
    day: date
    count: int
    hash: str
    signature: str = ""

    @property
    def content(self) -> bytes:
        """What the signature is of."""
        return f"{self.case}|{self.day.isoformat()}|{self.count}|{self.hash}".encode()


def head_of(case: SealedCase, bodies: Sequence[bytes], day: date) -> Head:
    """Where a history stands; each step holds the hash of the one before, so the last one stands for all."""
    return Head(case.id, day, len(bodies), hashlib.sha256(bodies[-1] if bodies else case.body).hexdigest())


def roll_of(heads: Mapping[CaseId, Head], purges: Mapping[date, int], day: date) -> Head:
    """The roll over these heads (its own left out) and purges: whoever takes one away cannot make it fit."""
    signed = sorted((case, head.content) for case, head in heads.items() if case != ROLL)
    counted = [f"{when.isoformat()}:{number}".encode() for when, number in sorted(purges.items())]
    content = b"\n".join([*(content for _, content in signed), b"purges", *counted])
    return Head(ROLL, day, len(signed), hashlib.sha256(content).hexdigest())
