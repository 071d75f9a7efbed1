"""What a mail of the bot looks like: the same for everybody, whatever it is about."""

from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from bot.school.people import Email


@dataclass(frozen=True, slots=True)
class Letter:
    """The constant part of every mail; `sender` is one address (`SMTP_FROM`), and its domain makes the Message-IDs."""

    sender: Email
    subject: str
    text: str

    @property
    def domain(self) -> str:
        """Our own domain, as servers and Message-IDs get it."""
        return self.sender.rpartition("@")[2]

    def to(self, recipient: Email, message_id: str, at: datetime) -> bytes:
        """The mail as it goes over the line (RFC 5322), `at` aware; raises ValueError for what is no plain address.

        Auto-Submitted (RFC 3834) keeps absence notes from answering.
        """
        message = EmailMessage(policy=SMTP)
        message["From"] = Address(addr_spec=self.sender)
        message["To"] = Address(addr_spec=recipient)
        message["Subject"] = self.subject
        message["Date"] = format_datetime(at)
        message["Message-ID"] = f"<{message_id}@{self.domain}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(self.text, cte="quoted-printable")
        return message.as_bytes()


def is_plain(address: str) -> bool:
    """Whether an address can stand in an SMTP command as it is: one, in ASCII, without spaces, brackets or quotes."""
    name, at, domain = address.partition("@")
    one = bool(name and at and domain) and "@" not in domain
    return one and address.isascii() and address.isprintable() and not set(address) & set(' <>"(),:;\\[]')
