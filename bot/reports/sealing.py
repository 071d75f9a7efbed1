"""Keeps what was told unreadable without the keys: a key per case, wrapped by a master key kept elsewhere."""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.reports.ports import BlindIndex
from bot.school.people import UserId
from bot.school.spaces import SpaceName

KEY_BYTES = 32
NONCE_BYTES = 12


class KeysMalformed(ValueError):
    """REPORT_KEYS cannot be read; the message never holds any of it."""


class CannotOpen(Exception):
    """Something sealed cannot be opened: the key is gone, or row or column is not the one it was sealed for."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """Sealed content with its own key, wrapped."""

    wrapped_key: bytes
    body: bytes


@dataclass(frozen=True, slots=True)
class MasterKey:
    """One master key; its id is stored beside what it wraps."""

    id: str
    secret: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Keyring:
    """The master keys; the first one seals, all of them open."""

    keys: tuple[MasterKey, ...]

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `id:base64,id:base64` with 32-byte keys; raises KeysMalformed."""
        keys = []
        for number, part in enumerate(text.split(","), start=1):
            key_id, colon, encoded = part.strip().partition(":")
            if not colon or not key_id.isalnum():
                raise KeysMalformed(f"key number {number} is not written as id:base64")
            try:
                secret = base64.b64decode(encoded, validate=True)
            except ValueError:
                raise KeysMalformed(f"key number {number} is not base64") from None
            if len(secret) != KEY_BYTES:
                raise KeysMalformed(f"key number {number} is not {KEY_BYTES} bytes long")
            keys.append(MasterKey(key_id, secret))
        if len({key.id for key in keys}) != len(keys):
            raise KeysMalformed("two keys have the same id")
        return cls(tuple(keys))

    def seal(self, content: bytes, *, table: str, row: str) -> Sealed:
        """Encrypt content under a fresh key, bound to the row it belongs to (AES-256-GCM)."""
        master, case_key = self.keys[0], AESGCM.generate_key(bit_length=256)
        wrapped = _encrypt(master.secret, case_key, _bound_to(table, "wrapped_key", row))
        return Sealed(
            wrapped_key=self.first_mark + wrapped,
            body=_encrypt(case_key, content, _bound_to(table, "body", row)),
        )

    def open(self, sealed: Sealed, *, table: str, row: str) -> bytes:
        """Decrypt what was sealed for this row; raises CannotOpen."""
        case_key = self._unwrap(sealed.wrapped_key, table, row)
        return _decrypt(case_key, sealed.body, _bound_to(table, "body", row))

    def seal_beside(self, wrapped_key: bytes, content: bytes, *, owner: tuple[str, str], table: str, row: str) -> bytes:
        """Encrypt what belongs to something sealed, under its key: gone with that key.

        `owner` is the table and row of what was sealed. Raises CannotOpen.
        """
        return _encrypt(self._unwrap(wrapped_key, *owner), content, _bound_to(table, "body", row))

    def open_beside(self, wrapped_key: bytes, body: bytes, *, owner: tuple[str, str], table: str, row: str) -> bytes:
        """Decrypt what `seal_beside` made; raises CannotOpen."""
        return _decrypt(self._unwrap(wrapped_key, *owner), body, _bound_to(table, "body", row))

    @property
    def first_mark(self) -> bytes:
        """How every key begins that the first master key wrapped."""
        return self.keys[0].id.encode() + b":"

    def rewrap(self, wrapped_key: bytes, *, table: str, row: str) -> bytes:
        """The same key, wrapped by the first master key; what it sealed stays as it is. Raises CannotOpen."""
        opened = self._unwrap(wrapped_key, table, row)
        return self.first_mark + _encrypt(self.keys[0].secret, opened, _bound_to(table, "wrapped_key", row))

    def sign(self, purpose: str, content: bytes) -> str:
        """A signature that only whoever holds the first key can make: its id and an HMAC."""
        return f"{self.keys[0].id}:{hmac.new(_derived(self.keys[0], purpose), content, hashlib.sha256).hexdigest()}"

    def is_signed(self, purpose: str, content: bytes, signature: str) -> bool:
        """Whether one of the keys made this signature; False also when its key is not among them."""
        return any(
            hmac.compare_digest(signature.encode(), Keyring((key,)).sign(purpose, content).encode())
            for key in self.keys
        )

    def has_key_of(self, signature: str) -> bool:
        """Whether the key that a signature names is among these."""
        return signature.partition(":")[0] in {key.id for key in self.keys}

    def _unwrap(self, wrapped_key: bytes, table: str, row: str) -> bytes:
        key_id, _, wrapped = wrapped_key.partition(b":")
        for master in self.keys:
            if hmac.compare_digest(master.id.encode(), key_id):
                return _decrypt(master.secret, wrapped, _bound_to(table, "wrapped_key", row))
        raise CannotOpen("the key that sealed this is not among REPORT_KEYS")

    def blind_indexes(self, user: UserId) -> Sequence[BlindIndex]:
        """What finds somebody's own rows: the index under each key, the one that new rows get first."""
        return [
            BlindIndex(hmac.new(_derived(key, "blind index"), user.encode(), hashlib.sha256).hexdigest())
            for key in self.keys
        ]

    def case_ids(self, draft_id: str) -> Sequence[str]:
        """The random-looking id of the case that a draft becomes, under each key; a new case gets the first."""
        return [
            hmac.new(_derived(key, "case"), draft_id.encode(), hashlib.sha256).hexdigest()[:32] for key in self.keys
        ]

    def event_key(self, fingerprint: bytes) -> str:
        """A keyed hash that recognises the same event again and tells nothing about it."""
        return hmac.new(_derived(self.keys[0], "event"), fingerprint, hashlib.sha256).hexdigest()

    def place_key(self, space: SpaceName) -> str:
        """A keyed hash of a space, for what must not tell without the keys who was just written to."""
        return hmac.new(_derived(self.keys[0], "place"), space.encode(), hashlib.sha256).hexdigest()


def _derived(key: MasterKey, purpose: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=purpose.encode()).derive(key.secret)


def _bound_to(table: str, column: str, row: str) -> bytes:
    return f"{table}|{column}|{row}".encode()


def _encrypt(key: bytes, content: bytes, bound_to: bytes) -> bytes:
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, content, bound_to)


def _decrypt(key: bytes, sealed: bytes, bound_to: bytes) -> bytes:
    try:
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], bound_to)
    except (InvalidTag, ValueError):
        raise CannotOpen("sealed for another row, or damaged") from None
