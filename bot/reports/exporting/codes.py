"""The address and the code of an export, both needed: one travels in the browser, the other is typed by a person.

Both are made from the event that asked for them, under the report keys: the same event shown twice shows the same
code, although nothing is kept that could tell it.
"""

import hashlib
import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.reports.exporting.ports import ExportStore, Waiting
from bot.reports.ports import CaseId
from bot.reports.sealing import Keyring
from bot.reports.submitting import CODE_LETTERS
from bot.school.people import UserId

VALID_FOR = timedelta(minutes=5)
TRIES_AT_MOST = 5
CODE_LENGTH = 10
ADDRESS_LENGTH = 32
"""Hexadecimal digits: 128 bits, so that nobody finds one by trying."""

_BESIDES = re.compile(r"[\s-]+")
_NOBODY = "0:" + "0" * 64
"""Stands in for the hash of an export that does not exist, so that it is compared all the same."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """What the handler is shown; neither is kept."""

    address: str
    code: str = field(repr=False)

    @property
    def readable_code(self) -> str:
        """The code in two halves, such as 7KX2M-9QFRT."""
        half = CODE_LENGTH // 2
        return f"{self.code[:half]}-{self.code[half:]}"


@dataclass(frozen=True, slots=True)
class Codes:
    """Makes and checks codes under a school's keys."""

    keyring: Keyring

    def invite(self, fingerprint: bytes) -> Invitation:
        """The address and code that belong to an event."""
        _, _, address = self.keyring.sign("export address", fingerprint).partition(":")
        _, _, drawn = self.keyring.sign("export code", fingerprint).partition(":")
        number, letters = int(drawn, 16), []
        for _ in range(CODE_LENGTH):
            number, letter = divmod(number, len(CODE_LETTERS))
            letters.append(CODE_LETTERS[letter])
        return Invitation(address[:ADDRESS_LENGTH], "".join(letters))

    def waiting(self, invitation: Invitation, case: CaseId, user: UserId, real_now: datetime) -> Waiting:
        """What is kept of an invitation."""
        signed = self.keyring.sign("export check", _checked(invitation.address, invitation.code))
        return Waiting(hash_of(invitation.address), signed, case, user, real_now + VALID_FOR)

    def fits(self, found: Waiting | None, address: str, typed: str) -> bool:
        """Whether somebody typed the code; takes as long when there is nothing that it could be the code of."""
        code = _BESIDES.sub("", typed).upper()
        signature = _NOBODY if found is None else found.code_hash
        return self.keyring.is_signed("export check", _checked(address, code), signature) and found is not None

    def claim(self, store: ExportStore, address: str, typed: str, real_now: datetime) -> Waiting | None:
        """Try a code, which counts as a try; the same None for whatever is wrong with it."""
        found = store.take_a_try(hash_of(address), real_now)
        return found if self.fits(found, address, typed) else None


def hash_of(address: str) -> str:
    """By what an address is found; it is random enough to need no key."""
    return hashlib.sha256(address.encode()).hexdigest()


def _checked(address: str, code: str) -> bytes:
    return f"{address}|{code}".encode()
