"""Signs what Chat sends, in the three ways that Google does, and wrongly on purpose for tests."""

import base64
import json
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from google.auth import jwt
from google.auth.crypt import RSASigner

from simulator.records import Audience, ChatApp, Dialect, Json

CHAT_SYSTEM = "chat@system.gserviceaccount.com"
GOOGLE = "https://accounts.google.com"
LIFETIME = 3600
"""Seconds that Google's tokens live."""


class Wrong(StrEnum):
    """What can be wrong with a token."""

    EXPIRED = "expired"
    TOO_EARLY = "too_early"
    AUDIENCE = "audience"
    IDENTITY = "identity"
    ISSUER = "issuer"
    FOREIGN_KEY = "foreign_key"
    UNKNOWN_KEY = "unknown_key"
    UNSIGNED = "unsigned"
    EMAIL_NOT_VERIFIED = "email_not_verified"


class Key:
    """An RSA key with a certificate of its own making, as Google's service accounts have."""

    def __init__(self, kid: str, common_name: str) -> None:
        private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.kid = kid
        self.certificate = _certificate(private, common_name)
        self.pem = private.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        ).decode()
        signers: Any = RSASigner
        self._signer = signers.from_string(self.pem, kid)

    def sign(self, claims: Json, kid: str | None = None) -> str:
        """A compact RS256 token of these claims; `kid` names another key than the one that signs."""
        encode: Any = jwt.encode
        token: bytes = encode(self._signer, claims, key_id=kid or self.kid)
        return token.decode()


class Signer:
    """Chat's own keys; `now` gives real time in seconds since 1970, for tokens live in real time."""

    def __init__(self, now: Callable[[], float] = time.time) -> None:
        self._now = now
        self._key = Key("simulator-1", "simulated Google")
        self._foreign: Key | None = None

    def certificates(self) -> dict[str, str]:
        """What Google publishes: key id to x509 PEM."""
        return {self._key.kid: self._key.certificate}

    def event_token(self, app: ChatApp, wrong: Wrong | None = None) -> str:
        """The token of an event to this app, in the mode that its dialect and audience ask for."""
        if app.dialect is Dialect.ADDON:
            address = f"service-{app.project_number}@gcp-sa-gsuiteaddons.iam.gserviceaccount.com"
            return self.identity_token(app.endpoint, address, wrong)
        if app.audience is Audience.PROJECT_NUMBER:
            claims = self._times() | {"iss": CHAT_SYSTEM, "aud": app.project_number}
            return self._signed(claims, wrong)
        return self.identity_token(app.endpoint, CHAT_SYSTEM, wrong)

    def identity_token(self, audience: str, email: str, wrong: Wrong | None = None) -> str:
        """An OpenID Connect token of Google for this account, as events and Cloud Scheduler carry."""
        claims = self._times() | {
            "iss": GOOGLE,
            "aud": audience,
            "azp": "100000000000000000001",
            "sub": "100000000000000000001",
            "email": email,
            "email_verified": True,
        }
        return self._signed(claims, wrong)

    def _times(self) -> Json:
        now = int(self._now())
        return {"iat": now, "exp": now + LIFETIME}

    def _signed(self, claims: Json, wrong: Wrong | None) -> str:
        claims = _spoiled(claims, wrong)
        match wrong:
            case Wrong.UNSIGNED:
                return f"{_part({'alg': 'none', 'typ': 'JWT', 'kid': self._key.kid})}.{_part(claims)}."
            case Wrong.FOREIGN_KEY:
                return self._stranger().sign(claims, self._key.kid)
            case Wrong.UNKNOWN_KEY:
                return self._stranger().sign(claims)
            case _:
                return self._key.sign(claims)

    def _stranger(self) -> Key:
        if self._foreign is None:
            self._foreign = Key("stranger-1", "not Google")
        return self._foreign


def _spoiled(claims: Json, wrong: Wrong | None) -> Json:
    spoilt = dict(claims)
    match wrong:
        case Wrong.EXPIRED:
            spoilt |= {"iat": claims["iat"] - 2 * LIFETIME, "exp": claims["exp"] - 2 * LIFETIME}
        case Wrong.TOO_EARLY:
            spoilt |= {"iat": claims["iat"] + LIFETIME, "exp": claims["exp"] + LIFETIME}
        case Wrong.AUDIENCE:
            spoilt["aud"] = "https://elsewhere.example/chat/events"
        case Wrong.ISSUER:
            spoilt["iss"] = "https://accounts.elsewhere.example"
        case Wrong.IDENTITY if "email" in claims:
            spoilt["email"] = "service-999999999999@gcp-sa-gsuiteaddons.iam.gserviceaccount.com"
        case Wrong.IDENTITY:
            spoilt["iss"] = "somebody@system.gserviceaccount.com"
        case Wrong.EMAIL_NOT_VERIFIED:
            spoilt["email_verified"] = False
        case _:
            return claims
    return spoilt


def _certificate(private: rsa.RSAPrivateKey, common_name: str) -> str:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])
    now = datetime.now(UTC)
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=3650))
        .sign(private, hashes.SHA256())
    )
    return built.public_bytes(serialization.Encoding.PEM).decode()


def _part(claims: Json) -> str:
    return base64.urlsafe_b64encode(json.dumps(claims).encode()).rstrip(b"=").decode()
