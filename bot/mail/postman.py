"""Brings one mail to the school's mail server, and says in the outbox's words what became of it."""

import smtplib
import ssl
from dataclasses import dataclass
from datetime import datetime

from bot.mail.letters import Letter, is_plain
from bot.mail.server import MailServer, Security
from bot.mail.talk import Deadline, Talk, open_talk
from bot.outbox.ports import AddressGone, DeliveryFailed, MessageRefused
from bot.school.people import Email

READY, YES = 220, 250
FULL = 552
"""On a recipient an old code for a full mailbox, to be read as 452 (RFC 5321, 4.5.3.1.10)."""
NOT_NOW = range(400, 500)
NEVER = range(500, 600)
LOG_IN_FIRST = frozenset({530, 534, 535, 538})
"""What a server says that wants another login (RFC 4954, 6)."""


class MailNotUsable(Exception):
    """Password, certificate or STARTTLS are not as the settings say: nothing of the message's, and ours to mend.

    None of the outbox's own three, on purpose: it then makes an alarm and tries again after `GONE_WAIT`, where
    MessageRefused would lose the mail and DeliveryFailed would try a wrong password until the account is locked.
    """


@dataclass(frozen=True, slots=True)
class Postman:
    """Sends the constant letter to one address at a time; `trusted` says whose certificates count."""

    server: MailServer
    letter: Letter
    trusted: ssl.SSLContext

    def send(self, recipient: Email, message_id: str, *, at: datetime, timeout: float) -> None:
        """Hand the mail over within `timeout` seconds for all of it, `at` (aware) being its date.

        At least once: when the connection is cut between the server's acceptance and our hearing of it, the mail is
        sent again. `message_id` is the delivery's own, so both copies have one Message-ID and mail programs show one.

        Raises DeliveryFailed (later perhaps), AddressGone (the recipient is refused), MessageRefused (the mail is
        refused) or MailNotUsable (our settings are wrong); none of them holds an address or a word of the server.
        """
        failure: Exception
        # What goes wrong is raised after the except clauses: the library's errors quote addresses and passwords.
        try:
            self._send(recipient, message_id, at, Deadline.after(timeout))
        except (DeliveryFailed, AddressGone, MessageRefused, MailNotUsable) as reason:
            failure = reason
        except ssl.SSLCertVerificationError:
            failure = MailNotUsable("the mail server's certificate is not for this name, or of nobody we trust")
        except TimeoutError:
            failure = DeliveryFailed("the mail server took too long")
        except (smtplib.SMTPException, OSError):
            failure = DeliveryFailed("the mail server could not be reached, or went away")
        except ValueError:
            failure = MailNotUsable("the mail server's name or login cannot be sent")
        else:
            return
        raise failure

    def _send(self, recipient: Email, message_id: str, at: datetime, deadline: Deadline) -> None:
        if not is_plain(recipient):
            raise AddressGone("this is no address that a mail can go to")
        mail = self.letter.to(recipient, message_id, at)
        talk = open_talk(self.server, self.letter.domain, self.trusted, deadline)
        try:
            self._enter(talk)
            _hand_over(talk, self.letter.sender, recipient, mail)
        finally:
            talk.leave()

    def _enter(self, talk: Talk) -> None:
        ours = MailNotUsable("the mail server does not want to talk with us")
        _expect(READY, talk.getreply()[0], ours)
        _expect(YES, talk.ehlo()[0], ours)
        if self.server.security is Security.STARTTLS:
            bare = MailNotUsable("the mail server offers no STARTTLS; without it nothing is sent")
            if not talk.has_extn("starttls"):
                raise bare
            _expect(READY, talk.docmd("STARTTLS")[0], bare)
            talk.go_secret(self.server, self.trusted)
            _expect(YES, talk.ehlo()[0], ours)
        if self.server.user is not None and self.server.password is not None:
            _log_in(talk, self.server.user, self.server.password)


def _log_in(talk: Talk, user: str, password: str) -> None:
    failure: Exception
    try:
        talk.login(user, password)
    except smtplib.SMTPAuthenticationError as reason:
        later = reason.smtp_code in NOT_NOW
        failure = DeliveryFailed("not now") if later else MailNotUsable("the mail server refuses our login")
    except smtplib.SMTPServerDisconnected:
        failure = DeliveryFailed("the mail server went away while we logged in")
    except smtplib.SMTPException:
        failure = MailNotUsable("the mail server offers no way to log in that we know")
    else:
        return
    raise failure


def _hand_over(talk: Talk, sender: Email, recipient: Email, mail: bytes) -> None:
    not_us = MailNotUsable("the mail server takes no mail from our address")
    _expect(YES, talk.mail(sender)[0], not_us)
    code = talk.rcpt(recipient)[0]
    if code == FULL:
        raise DeliveryFailed("the mailbox is full")
    if code in LOG_IN_FIRST:
        raise not_us
    _expect(YES, code, AddressGone("the mail server knows nobody at this address, or may not bring mail there"))
    try:
        code = talk.data(mail)[0]
    except smtplib.SMTPDataError as refusal:
        code = refusal.smtp_code
    _expect(YES, code, MessageRefused("the mail server refuses our mail"))


def _expect(wanted: int, code: int, otherwise: Exception) -> None:
    """Let the wanted answer pass (251 is a 250 too, RFC 5321, 4.2.3); raises `otherwise` for a no that stays one."""
    if code == wanted or (wanted == YES and code in {251, 252}):
        return
    if code in NEVER:
        raise otherwise
    # 421 and other 4xx, and what is no SMTP at all.
    raise DeliveryFailed("the mail server cannot do it now")
