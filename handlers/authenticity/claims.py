"""Reads a bearer token and believes it only when one of Google's keys signed it and it is of this moment.

google.auth.crypt checks the signature. google.auth.jwt would take each token apart twice, parse the certificate anew
and read the machine's clock, so what is left of its work, two JSON objects and two moments, stands here.
"""

import base64
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from handlers.authenticity.certificates import Certificates, NoCertificates, UnknownKey, Verifier

CHAT_SYSTEM = "chat@system.gserviceaccount.com"
"""Google Chat's own account: the e-mail of a classic caller, or the issuer in project-number mode."""

GOOGLE_ISSUERS = frozenset({"https://accounts.google.com", "accounts.google.com"})

CLOCK_SKEW = 10.0
"""Seconds by which the clocks of Google and of this machine may differ."""

_FAR_FUTURE = 2**53

TOKEN_AT_MOST = 8192
"""Characters; Google's are under 1,500, and no more than this is worth taking apart."""


class Reason(StrEnum):
    """Why a caller was turned away; a fixed word for the log."""

    MISSING = "missing"
    NOT_BEARER = "not_bearer"
    MALFORMED = "malformed"
    WRONG_ALGORITHM = "wrong_algorithm"
    UNKNOWN_ISSUER = "unknown_issuer"
    UNKNOWN_KEY = "unknown_key"
    NO_CERTIFICATES = "no_certificates"
    WRONG_SIGNATURE = "wrong_signature"
    EXPIRED = "expired"
    TOO_EARLY = "too_early"
    WRONG_AUDIENCE = "wrong_audience"
    WRONG_CALLER = "wrong_caller"
    EMAIL_NOT_VERIFIED = "email_not_verified"
    NOT_CONFIGURED = "not_configured"


class NotAuthentic(Exception):
    """The caller is not whom we answer; carries a fixed word and nothing of what was sent."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Claims:
    """What a token says, once it is believed; `email_verified` only if it plainly says so."""

    issuer: str
    audience: str
    email: str
    email_verified: bool


@dataclass(frozen=True, slots=True)
class TokenReader:
    """Turns an `Authorization` header into claims; `real_now` is real time, aware UTC."""

    certificates: Certificates
    real_now: Callable[[], datetime]

    def read(self, authorization: str | None) -> Claims:
        """What the signed token in this header says; raises NotAuthentic."""
        token = _bearer(authorization)
        header, payload, signature = _taken_apart(token)
        issuer = _string(payload, "iss")
        if header.get("alg") != "RS256" or "crit" in header:
            # Nothing but what Google uses: no unsigned tokens, no public key taken for a shared secret (RFC 8725, 3.1).
            raise NotAuthentic(Reason.WRONG_ALGORITHM)
        verifier = self._verifier(issuer, _string(header, "kid"))
        if not verifier.verify(token.rpartition(".")[0].encode(), signature):
            raise NotAuthentic(Reason.WRONG_SIGNATURE)
        self._of_this_moment(payload)
        return Claims(
            issuer=issuer,
            audience=_string(payload, "aud"),
            email=_string(payload, "email"),
            email_verified=payload.get("email_verified") is True,
        )

    def _verifier(self, issuer: str, key_id: str) -> Verifier:
        # The issuer is not verified yet: it only chooses between two lists that are both Google's.
        if issuer in GOOGLE_ISSUERS:
            url = self.certificates.urls.google
        elif issuer == CHAT_SYSTEM:
            url = self.certificates.urls.chat
        else:
            raise NotAuthentic(Reason.UNKNOWN_ISSUER)
        if not key_id:
            raise NotAuthentic(Reason.UNKNOWN_KEY)
        try:
            return self.certificates.verifier(url, key_id)
        except UnknownKey:
            reason = Reason.UNKNOWN_KEY
        except NoCertificates:
            reason = Reason.NO_CERTIFICATES
        raise NotAuthentic(reason)

    def _of_this_moment(self, payload: Mapping[str, Any]) -> None:
        issued, expires = _seconds(payload, "iat"), _seconds(payload, "exp")
        now = self.real_now().timestamp()
        if now < issued - CLOCK_SKEW:
            raise NotAuthentic(Reason.TOO_EARLY)
        if now > expires + CLOCK_SKEW:
            raise NotAuthentic(Reason.EXPIRED)


def _bearer(authorization: str | None) -> str:
    if not authorization:
        raise NotAuthentic(Reason.MISSING)
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer":
        raise NotAuthentic(Reason.NOT_BEARER)
    token = token.strip()
    if len(token) > TOKEN_AT_MOST:
        raise NotAuthentic(Reason.MALFORMED)
    return token


def _taken_apart(token: str) -> tuple[Mapping[str, Any], Mapping[str, Any], bytes]:
    """Header, payload and signature (RFC 7515, 3.1), none of them believed yet; raises NotAuthentic."""
    parts = token.split(".")
    try:
        header, payload, signature = (_bytes(part) for part in parts)
        read = json.loads(header), json.loads(payload)
    except (ValueError, RecursionError):
        read = None, None
    if not isinstance(read[0], dict) or not isinstance(read[1], dict):
        # Raised out here: the errors of base64 and JSON hold the token, also as context.
        raise NotAuthentic(Reason.MALFORMED)
    return read[0], read[1], signature


def _bytes(part: str) -> bytes:
    return base64.b64decode(part + "=" * (-len(part) % 4), altchars=b"-_", validate=True)


def _string(fields: Mapping[str, Any], name: str) -> str:
    value = fields.get(name)
    return value if isinstance(value, str) else ""


def _seconds(payload: Mapping[str, Any], name: str) -> float:
    """Seconds since 1970; raises NotAuthentic."""
    value = payload.get(name)
    # What JSON writes as NaN would be neither too early nor too late; it is within no bounds.
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < _FAR_FUTURE:
        raise NotAuthentic(Reason.MALFORMED)
    return value
