"""Keeps the public keys that Google signs with, so that no request waits for the network to be verified.

google-auth fetches the certificates again for every token (its `_fetch_certs`); here they are kept as long as Google's
`Cache-Control` allows.
"""

import json
import re
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol, Self

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from google.auth import crypt

from handlers.authenticity.fetching import CannotFetch, Fetch, Fetched

LIFETIME_UNSAID = timedelta(minutes=5)
LIFETIME_AT_LEAST = timedelta(seconds=30)
"""However short a life the address gives its answer, we do not ask for every request."""

LIFETIME_AT_MOST = timedelta(days=1)
STALE_AT_MOST = timedelta(hours=12)
"""How long after their life keys still count while Google cannot be reached; Google announces new keys days before."""

BETWEEN_FETCHES = timedelta(seconds=30)
"""Kept between two fetches while we hold keys, whatever key ids callers make up."""

BETWEEN_FETCHES_WITHOUT_KEYS = timedelta(seconds=5)
"""Shorter: until there are keys nobody gets in."""

WAIT_FOR_ANOTHER = 10.0
"""Seconds to wait for a fetch that another thread has under way."""

_MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,9})", re.IGNORECASE)
_NOT_KEPT = re.compile(r"(?:^|[\s,])no-(?:store|cache)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CertificateUrls:
    """Where the certificates are listed: of Google's accounts, and of Chat's own service account."""

    google: str = "https://www.googleapis.com/oauth2/v1/certs"
    chat: str = "https://www.googleapis.com/service_accounts/v1/metadata/x509/chat@system.gserviceaccount.com"

    @classmethod
    def both_at(cls, url: str) -> Self:
        """One address in place of both, as `CHAT_CERTS_URL` names it."""
        return cls(google=url, chat=url)


class UnknownKey(Exception):
    """No certificate goes by this key id."""


class NoCertificates(Exception):
    """There are none that may still be used: the address has not been reached for too long."""


class Verifier(Protocol):
    """One public key."""

    def verify(self, message: bytes, signature: bytes) -> bool:
        """Whether this key's owner signed this message (RSA, PKCS #1 v1.5, SHA-256)."""
        ...


@dataclass(frozen=True, slots=True)
class _Keys:
    """What was fetched last; moments in real time, aware UTC."""

    verifiers: Mapping[str, Verifier]
    fresh_until: datetime
    usable_until: datetime


class Certificates:
    """The keys at both addresses; `real_now` is real time (aware UTC), never the school's clock.

    Threads share it: a key that is held costs no lock, and an address is never fetched by two threads at once.
    """

    def __init__(self, urls: CertificateUrls, fetch: Fetch, real_now: Callable[[], datetime]) -> None:
        self.urls = urls
        self._addresses = {url: _Address(url, fetch, real_now) for url in (urls.google, urls.chat)}

    def verifier(self, url: str, key_id: str) -> Verifier:
        """The key that this address lists under this id; raises UnknownKey or NoCertificates.

        It fetches when the keys have outlived themselves, or when the id is new, which is how a rotation shows.
        """
        return self._addresses[url].verifier(key_id)


@dataclass(slots=True)
class _Address:
    url: str
    fetch: Fetch
    real_now: Callable[[], datetime]
    _keys: _Keys | None = None
    _tried_at: datetime | None = None
    _fetching: threading.Lock = field(default_factory=threading.Lock)

    def verifier(self, key_id: str) -> Verifier:
        now = self.real_now()
        # Read once: another thread may put newer keys in its place, and these are never changed.
        keys = self._keys
        held = keys.verifiers.get(key_id) if keys and now < keys.usable_until else None
        if keys and held and now < keys.fresh_until:
            return held
        # Whoever holds a usable key need not wait for the one that is asking Google.
        if self._fetching.acquire(timeout=0 if held else WAIT_FOR_ANOTHER):
            try:
                self._refresh()
            finally:
                self._fetching.release()
        return self._found(key_id)

    def _found(self, key_id: str) -> Verifier:
        keys = self._keys
        if keys is None or self.real_now() >= keys.usable_until:
            raise NoCertificates
        if (verifier := keys.verifiers.get(key_id)) is None:
            raise UnknownKey
        return verifier

    def _refresh(self) -> None:
        """Fetch, unless somebody just did; a fetch that fails leaves what we have."""
        now = self.real_now()
        pause = BETWEEN_FETCHES if self._keys and now < self._keys.usable_until else BETWEEN_FETCHES_WITHOUT_KEYS
        # The distance both ways: a clock that was put back must not keep us from ever asking again.
        if self._tried_at is not None and abs(now - self._tried_at) < pause:
            return
        try:
            answer = self.fetch(self.url)
        except CannotFetch:
            return
        finally:
            # Counted from the end: after a time-out, whoever waited behind us must not begin another one.
            self._tried_at = self.real_now()
        verifiers = _verifiers(answer)
        if verifiers:
            fresh_until = now + lifetime(answer.headers)
            self._keys = _Keys(verifiers, fresh_until, fresh_until + STALE_AT_MOST)


def _verifiers(answer: Fetched) -> Mapping[str, Verifier]:
    """The keys in this answer by key id; none when it is no list of certificates."""
    if answer.status != 200:  # noqa: PLR2004 - "OK" needs no name
        return {}
    try:
        listed = json.loads(answer.body)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(listed, dict):
        return {}
    return {key_id: verifier for key_id, pem in listed.items() if (verifier := _verifier(pem)) is not None}


def _verifier(pem: Any) -> Verifier | None:
    if not isinstance(pem, str):
        return None
    try:
        public_key = x509.load_pem_x509_certificate(pem.encode()).public_key()
    except (ValueError, UnsupportedAlgorithm):
        return None
    # Parsed once here: reading the certificate again for each token would cost a third of the signature check.
    if not isinstance(public_key, RSAPublicKey):
        return None
    return crypt.RSAVerifier(public_key)  # type: ignore[no-untyped-call]  # google-auth types its classes only


def lifetime(headers: Mapping[str, str]) -> timedelta:
    """How long an answer with these headers may be kept (RFC 9111: `max-age` less `Age`), within our own bounds."""
    said = {name.lower(): value for name, value in headers.items()}
    control = said.get("cache-control", "")
    if _NOT_KEPT.search(control):
        return LIFETIME_AT_LEAST
    if (max_age := _MAX_AGE.search(control)) is None:
        return LIFETIME_UNSAID
    age = said.get("age", "").strip()
    left = int(max_age[1]) - (int(age) if age.isdecimal() and len(age) < 10 else 0)  # noqa: PLR2004 - 30 years
    return min(max(timedelta(seconds=left), LIFETIME_AT_LEAST), LIFETIME_AT_MOST)
