"""What the tests of mail share: a letter, a reader, a postman for a server on this machine."""

import ssl
from collections.abc import Callable
from datetime import UTC, datetime

from bot.mail.letters import Letter
from bot.mail.postman import Postman
from bot.mail.server import MailServer, Security
from bot.school.people import Email
from tests.fakes.mail_server import HOST

AT = datetime(2026, 11, 24, 9, 15, tzinfo=UTC)
READER = Email("sanne.voorbeeld@school.example")
MESSAGE_ID = "client-0123456789abcdef"
LETTER = Letter(
    Email("bot@school.example"),
    "Er staat iets voor je klaar",
    "Er staat iets voor je klaar in de chat met de Protocolbot.\n.Punt vooraan, en één é.\n",
)


def postman(
    port: int,
    trusted: ssl.SSLContext,
    *,
    security: Security = Security.STARTTLS,
    login: tuple[str, str] | None = None,
    host: str = HOST,
) -> Postman:
    user, password = login or (None, None)
    return Postman(MailServer(host, port, security, user, password), LETTER, trusted)


def failure_of(call: Callable[[], None]) -> Exception:
    """What a call raises."""
    try:
        call()
    except Exception as reason:  # noqa: BLE001 - the test says which one it must be
        return reason
    raise AssertionError("nothing was raised")
