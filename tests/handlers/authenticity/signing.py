"""Plays the signing side of Google: keys, certificates and tokens of our own making, and an address that lists them."""

import base64
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, hmac, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1
from cryptography.hazmat.primitives.asymmetric.ec import generate_private_key as generate_curve_key
from cryptography.x509.oid import NameOID

from handlers.authenticity.certificates import Certificates, CertificateUrls
from handlers.authenticity.fetching import CannotFetch, Fetched
from handlers.authenticity.tokens import Authenticity

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
URL = "https://bot.school.example/chat/events"
PROJECT = "123456789012"
ADDON_ACCOUNT = f"service-{PROJECT}@gcp-sa-gsuiteaddons.iam.gserviceaccount.com"
CHAT_ACCOUNT = "chat@system.gserviceaccount.com"
GOOGLE = "https://accounts.google.com"
URLS = CertificateUrls(google="https://certificates.example/google", chat="https://certificates.example/chat")


def certificate_of(key: Any) -> str:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "signing.example")])
    unsigned = x509.CertificateBuilder(subject_name=name, issuer_name=name, public_key=key.public_key())
    dated = unsigned.serial_number(1).not_valid_before(NOW).not_valid_after(NOW + timedelta(days=16))
    return dated.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM).decode()


def curve_certificate() -> str:
    return certificate_of(generate_curve_key(SECP256R1()))


def segment(value: Any) -> str:
    return encoded(json.dumps(value).encode())


def encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


@dataclass(frozen=True)
class Key:
    """A key pair that signs tokens as Google does."""

    key_id: str
    private: rsa.RSAPrivateKey = field(repr=False)

    @classmethod
    def named(cls, key_id: str) -> "Key":
        return cls(key_id, rsa.generate_private_key(public_exponent=65537, key_size=2048))

    @property
    def certificate(self) -> str:
        return certificate_of(self.private)

    def token(self, claims: Any, **header: Any) -> str:
        signed = segment({"alg": "RS256", "typ": "JWT", "kid": self.key_id, **header}) + "." + segment(claims)
        signature = self.private.sign(signed.encode(), padding.PKCS1v15(), hashes.SHA256())
        return f"{signed}.{encoded(signature)}"

    def token_signed_with_the_public_key_as_a_secret(self, claims: Any) -> str:
        signed = segment({"alg": "HS256", "typ": "JWT", "kid": self.key_id}) + "." + segment(claims)
        keyed = hmac.HMAC(self.certificate.encode(), hashes.SHA256())
        keyed.update(signed.encode())
        return f"{signed}.{encoded(keyed.finalize())}"


def unsigned_token(claims: Any, algorithm: str = "none") -> str:
    return segment({"alg": algorithm, "typ": "JWT", "kid": "google-1"}) + "." + segment(claims) + "."


def lasting(**claims: Any) -> dict[str, Any]:
    """Claims that are an hour valid from now on; None leaves a claim out."""
    now = int(NOW.timestamp())
    return {name: value for name, value in {"iat": now, "exp": now + 3600, **claims}.items() if value is not None}


def addon_claims(**changes: Any) -> dict[str, Any]:
    claims = {"iss": GOOGLE, "aud": URL, "azp": "1", "sub": "1", "email": ADDON_ACCOUNT, "email_verified": True}
    return lasting(**{**claims, **changes})


def classic_url_claims(**changes: Any) -> dict[str, Any]:
    return addon_claims(**{"email": CHAT_ACCOUNT, **changes})


def classic_project_claims(**changes: Any) -> dict[str, Any]:
    return lasting(**{"iss": CHAT_ACCOUNT, "aud": PROJECT, **changes})


@dataclass
class FakeAddresses:
    """Lists certificates at addresses, counts who asks, and can be out of reach."""

    lists: dict[str, dict[str, str]] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=lambda: {"Cache-Control": "public, max-age=3600"})
    status: int = 200
    body: bytes | None = None
    reachable: bool = True
    asked: list[str] = field(default_factory=list)

    def __call__(self, url: str) -> Fetched:
        self.asked.append(url)
        if not self.reachable:
            raise CannotFetch("ConnectTimeout")
        return Fetched(self.status, self.headers, self.body or json.dumps(self.lists[url]).encode())


@dataclass
class SettableClock:
    """Real time that a test moves."""

    moment: datetime = NOW

    def __call__(self) -> datetime:
        return self.moment

    def advance(self, **by: float) -> None:
        self.moment += timedelta(**by)


@dataclass
class Door:
    """An authenticity with everything that it stands on."""

    authenticity: Authenticity
    google: Key
    chat: Key
    addresses: FakeAddresses
    clock: SettableClock


def door(
    google: Key, chat: Key, *, audiences: tuple[str, ...] = (URL, PROJECT), project_number: str | None = PROJECT
) -> Door:
    addresses = FakeAddresses(
        {URLS.google: {google.key_id: google.certificate}, URLS.chat: {chat.key_id: chat.certificate}}
    )
    clock = SettableClock()
    certificates = Certificates(URLS, addresses, clock)
    return Door(Authenticity(audiences, project_number, certificates, clock), google, chat, addresses, clock)
