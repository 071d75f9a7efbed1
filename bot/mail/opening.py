"""Makes the courier for mailboxes from the two settings that a school gives."""

import ssl
from collections.abc import Callable
from datetime import datetime

from bot.mail.courier import MailCourier
from bot.mail.letters import Letter
from bot.mail.ports import Mailboxes
from bot.mail.postman import Postman
from bot.mail.server import MailServer, ServerMalformed
from bot.school.people import Email


class MailMisconfigured(ValueError):
    """What was given makes no mail possible; the message never shows what was written."""


def open_courier(
    url: str | None, sender: str | None, words: tuple[str, str], mailboxes: Mailboxes, real_now: Callable[[], datetime]
) -> MailCourier | None:
    """The courier, or None when nothing was given; `words` are subject and text. Raises MailMisconfigured."""
    if url is None and sender is None:
        return None
    if url is None or sender is None:
        raise MailMisconfigured("SMTP_URL and SMTP_FROM belong together; expected: both, or neither")
    try:
        server = MailServer.parse(url)
    except ServerMalformed as error:
        raise MailMisconfigured(f"SMTP_URL: {error}") from None
    letter = Letter(Email(sender), *words)
    return MailCourier(Postman(server, letter, ssl.create_default_context()), mailboxes, real_now)
