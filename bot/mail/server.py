"""Where the school's mail server is and how it is entered, read from one address."""

from dataclasses import dataclass, field
from enum import Enum
from typing import Self
from urllib.parse import SplitResult, unquote, urlsplit


class ServerMalformed(ValueError):
    """The address of the mail server cannot be used; the message never shows what was written."""


class Security(Enum):
    """How the way to the server is closed; an open way does not exist here."""

    TLS = "smtps"
    STARTTLS = "smtp"


PORTS = {Security.TLS: 465, Security.STARTTLS: 587}
"""RFC 8314 and RFC 6409; port 25 is shut on App Engine."""


@dataclass(frozen=True, slots=True)
class MailServer:
    """A server that takes mail for others; without `user` nobody logs in (a relay that knows our address)."""

    host: str
    port: int
    security: Security = Security.STARTTLS
    user: str | None = field(default=None, repr=False)
    password: str | None = field(default=None, repr=False)

    @classmethod
    def parse(cls, url: str) -> Self:
        """Read `smtp://user:password@host:port` (STARTTLS) or `smtps://` (TLS); raises ServerMalformed.

        User, password and port may be left out; in the first two, signs such as `@` are written as in any URL (`%40`).
        """
        try:
            parts = urlsplit(url)
            security, port = Security(parts.scheme), parts.port
            user, password = _login(parts)
            host = parts.hostname
        except ValueError:
            host = None
        if not host:
            raise ServerMalformed("expected: smtp://user:password@host:port, or smtps://")
        return cls(host, port or PORTS[security], security, user, password)


def _login(parts: SplitResult) -> tuple[str | None, str | None]:
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    # The library sends both as ASCII; said at the start, not at the first mail.
    if bool(user) != bool(password) or not (user + password).isascii():
        raise ValueError
    return user or None, password or None
