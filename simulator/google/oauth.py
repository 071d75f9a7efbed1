"""Google's token endpoint for service accounts: a signed assertion in, a bearer token out (RFC 7523)."""

import secrets
import threading
import time
from collections.abc import Callable
from typing import Any

from google.auth import exceptions, jwt

from simulator.google.signing import LIFETIME, Key
from simulator.records import Json

GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
CHAT_BOT = "https://www.googleapis.com/auth/chat.bot"
_GOOGLES = "https://oauth2.googleapis.com/token"
"""What google-auth writes as the audience, whatever the token address in the key file."""


class GrantRefused(Exception):
    """No token for this assertion; holds OAuth's error code and a description."""

    def __init__(self, code: str, description: str) -> None:
        super().__init__(description)
        self.code = code
        self.description = description


class TokenEndpoint:
    """Knows one service account, the app's, and which tokens it gave out; `now` is real time since 1970."""

    def __init__(
        self, account: str = "protocolbot@demo.iam.gserviceaccount.com", now: Callable[[], float] = time.time
    ) -> None:
        self.account = account
        self._now = now
        self._lock = threading.Lock()
        self._key: Key | None = None
        self._tokens: dict[str, tuple[float, frozenset[str]]] = {}

    def service_account(self, token_uri: str) -> Json:
        """The key file that GOOGLE_APPLICATION_CREDENTIALS names; its token address is this endpoint's own."""
        key = self._own_key()
        return {
            "type": "service_account",
            "project_id": "demo",
            "private_key_id": key.kid,
            "private_key": key.pem,
            "client_email": self.account,
            "client_id": "100000000000000000002",
            "token_uri": token_uri,
            "universe_domain": "googleapis.com",
        }

    def grant(self, grant_type: str, assertion: str, token_uri: str) -> Json:
        """A token for a good assertion; raises GrantRefused."""
        if grant_type != GRANT:
            raise GrantRefused("unsupported_grant_type", f"Invalid grant_type: {grant_type}")
        key = self._own_key()
        decode: Any = jwt.decode
        try:
            claims: dict[str, Any] = decode(assertion, certs={key.kid: key.certificate}, audience=[token_uri, _GOOGLES])
        except (ValueError, exceptions.GoogleAuthError):
            raise GrantRefused("invalid_grant", "Invalid JWT Signature.") from None
        if claims.get("iss") != self.account:
            raise GrantRefused("invalid_grant", "Invalid grant: account not found")
        scopes = frozenset(str(claims.get("scope", "")).split())
        if claims.get("sub", self.account) != self.account and CHAT_BOT in scopes:
            raise GrantRefused("unauthorized_client", "chat.bot cannot be used with domain-wide delegation.")
        token = f"ya29.simulated-{secrets.token_urlsafe(24)}"
        with self._lock:
            self._tokens[token] = (self._now() + LIFETIME, scopes)
        return {"access_token": token, "expires_in": LIFETIME - 1, "token_type": "Bearer"}

    def scopes_of(self, authorization: str) -> frozenset[str] | None:
        """The scopes behind an Authorization header; None when the token is not ours or has expired."""
        kind, _, token = authorization.partition(" ")
        with self._lock:
            expires, scopes = self._tokens.get(token.strip(), (0.0, frozenset()))
        return scopes if kind.lower() == "bearer" and expires > self._now() else None

    def revoke_all(self) -> None:
        """Forget every token, so that the next call is answered with 401."""
        with self._lock:
            self._tokens.clear()

    def _own_key(self) -> Key:
        with self._lock:
            if self._key is None:
                self._key = Key("service-account-1", self.account)
            return self._key
