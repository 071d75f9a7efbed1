"""A mail goes out as it is meant, over a closed way, and every failure is one that the outbox can act on."""

import email
import email.policy
import logging
import socket
import ssl
import time
import traceback

import pytest

from bot.mail.postman import MailNotUsable
from bot.mail.server import Security
from bot.outbox.ports import AddressGone, DeliveryFailed, MessageRefused
from bot.school.people import Email
from tests.bot.mail.examples import AT, LETTER, MESSAGE_ID, READER, failure_of, postman
from tests.fakes.mail_server import PASSWORD, USER, Certificate, Mailroom, mail_server

LOGIN = (USER, PASSWORD)
PRIVATE = ("sanne", "voorbeeld", "school.example", PASSWORD, "verboden", MESSAGE_ID)


def send(
    room: Mailroom,
    certificate: Certificate,
    *,
    login: tuple[str, str] | None = None,
    recipient: Email = READER,
    timeout: float = 5,
) -> None:
    sender = postman(room.port, certificate.trusted, login=login)
    sender.send(recipient, MESSAGE_ID, at=AT, timeout=timeout)


def test_a_mail_arrives_with_exactly_these_headers_and_this_text(certificate: Certificate) -> None:
    with mail_server(Mailroom(), starttls=certificate.server) as room:
        send(room, certificate)
    (envelope,) = room.got
    assert (envelope.mail_from, envelope.rcpt_tos) == (LETTER.sender, [READER])
    mail = email.message_from_bytes(room.mails[0], policy=email.policy.default)
    assert dict(mail.items()) == {
        "From": "bot@school.example",
        "To": "sanne.voorbeeld@school.example",
        "Subject": "Er staat iets voor je klaar",
        "Date": "Tue, 24 Nov 2026 09:15:00 +0000",
        "Message-ID": "<client-0123456789abcdef@school.example>",
        "Auto-Submitted": "auto-generated",
        "MIME-Version": "1.0",
        "Content-Type": 'text/plain; charset="utf-8"',
        "Content-Transfer-Encoding": "quoted-printable",
    }
    assert mail.get_content().replace("\r\n", "\n") == LETTER.text
    assert room.was_secret == [True]
    assert room.logins == []


@pytest.mark.parametrize("security", list(Security))
def test_it_logs_in_inside_tls(certificate: Certificate, security: Security) -> None:
    ways = {Security.TLS: {"tls": certificate.server}, Security.STARTTLS: {"starttls": certificate.server}}
    with mail_server(Mailroom(), **ways[security]) as room:
        sender = postman(room.port, certificate.trusted, security=security, login=LOGIN)
        sender.send(READER, MESSAGE_ID, at=AT, timeout=5)
    assert room.logins == [USER.encode()]
    assert len(room.got) == 1


@pytest.mark.parametrize(
    ("command", "answer", "error"),
    [
        ("MAIL", "451 verboden sanne", DeliveryFailed),
        ("RCPT", "450 verboden sanne", DeliveryFailed),
        ("RCPT", "552 verboden sanne: full", DeliveryFailed),
        ("DATA", "452 verboden sanne", DeliveryFailed),
        ("RCPT", "421 verboden sanne", DeliveryFailed),
        ("RCPT", "550 verboden sanne", AddressGone),
        ("RCPT", "553 verboden sanne", AddressGone),
        ("DATA", "554 verboden sanne", MessageRefused),
        ("BEFORE DATA", "451 verboden sanne", DeliveryFailed),
        ("BEFORE DATA", "554 verboden sanne", MessageRefused),
        ("MAIL", "550 verboden sanne", MailNotUsable),
        ("RCPT", "530 verboden sanne", MailNotUsable),
    ],
)
def test_a_no_is_later_never_or_ours(
    certificate: Certificate, command: str, answer: str, error: type[Exception], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with mail_server(Mailroom(answers={command: answer}), starttls=certificate.server) as room:
        failure = failure_of(lambda: send(room, certificate, login=LOGIN))
    assert type(failure) is error
    assert room.got == []
    keeps_private(failure, caplog)


def keeps_private(failure: Exception, caplog: pytest.LogCaptureFixture) -> None:
    """Nothing of address, password or the server's words is in an error, what hangs on to it, or a log."""
    assert failure.__context__ is None
    assert failure.__cause__ is None
    said = f"{failure!r} {caplog.text} {vars(failure)}".lower()
    assert [word for word in PRIVATE if word in said] == []
    assert "postman.py" in "".join(traceback.format_exception(failure))


def test_without_starttls_nothing_is_said(certificate: Certificate, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with mail_server(Mailroom()) as room:
        failure = failure_of(lambda: send(room, certificate, login=LOGIN))
    assert type(failure) is MailNotUsable
    assert (room.got, room.logins) == ([], [])
    keeps_private(failure, caplog)


def test_a_wrong_password_is_ours_to_mend(certificate: Certificate, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with mail_server(Mailroom(), starttls=certificate.server) as room:
        failure = failure_of(lambda: send(room, certificate, login=(USER, "verboden")))
    assert type(failure) is MailNotUsable
    assert room.logins != []
    assert room.got == []
    keeps_private(failure, caplog)


def test_a_login_that_does_not_work_just_now_is_tried_again(
    certificate: Certificate, caplog: pytest.LogCaptureFixture
) -> None:
    with mail_server(Mailroom(answers={"AUTH": "454 verboden"}), starttls=certificate.server) as room:
        failure = failure_of(lambda: send(room, certificate, login=(USER, "verboden")))
    assert type(failure) is DeliveryFailed
    assert room.logins != []
    keeps_private(failure, caplog)


def test_a_password_that_cannot_be_sent_shows_nowhere(
    certificate: Certificate, caplog: pytest.LogCaptureFixture
) -> None:
    with mail_server(Mailroom(), starttls=certificate.server) as room:
        failure = failure_of(lambda: send(room, certificate, login=(USER, "verbodén verboden")))
    assert type(failure) is MailNotUsable
    keeps_private(failure, caplog)


@pytest.mark.parametrize("security", list(Security))
def test_a_certificate_of_somebody_else_is_refused(
    certificate: Certificate, security: Security, caplog: pytest.LogCaptureFixture
) -> None:
    ways = {Security.TLS: {"tls": certificate.server}, Security.STARTTLS: {"starttls": certificate.server}}
    with mail_server(Mailroom(), **ways[security]) as room:
        sender = postman(room.port, ssl.create_default_context(), security=security, login=LOGIN)
        failure = failure_of(lambda: sender.send(READER, MESSAGE_ID, at=AT, timeout=5))
    assert type(failure) is MailNotUsable
    assert (room.got, room.logins) == ([], [])
    keeps_private(failure, caplog)


def test_a_certificate_for_another_name_is_refused(certificate: Certificate) -> None:
    with mail_server(Mailroom(), starttls=certificate.server) as room:
        sender = postman(room.port, certificate.trusted, host="localhost")
        failure = failure_of(lambda: sender.send(READER, MESSAGE_ID, at=AT, timeout=5))
    assert type(failure) is MailNotUsable
    assert room.got == []


@pytest.mark.parametrize("command", ["MAIL", "RCPT", "DATA"])
def test_a_silent_server_is_left_in_time(
    certificate: Certificate, command: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with mail_server(Mailroom(silent_at=command), starttls=certificate.server) as room:
        started = time.monotonic()
        failure = failure_of(lambda: send(room, certificate, timeout=0.4))
        assert time.monotonic() - started < 2
    assert type(failure) is DeliveryFailed
    keeps_private(failure, caplog)


def test_nobody_listening_is_tried_again(certificate: Certificate, caplog: pytest.LogCaptureFixture) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        # Bound and not listening: whoever comes is refused, and nobody else gets this port meanwhile.
        sender = postman(taken.getsockname()[1], certificate.trusted)
        failure = failure_of(lambda: sender.send(READER, MESSAGE_ID, at=AT, timeout=1))
    assert type(failure) is DeliveryFailed
    keeps_private(failure, caplog)


def test_cut_off_after_the_mail_was_taken_it_goes_again_with_the_same_message_id(certificate: Certificate) -> None:
    with mail_server(Mailroom(cut_after_data=True), starttls=certificate.server) as room:
        assert type(failure_of(lambda: send(room, certificate))) is DeliveryFailed
        room.cut_after_data = False
        send(room, certificate)
    ids = [email.message_from_bytes(mail)["Message-ID"] for mail in room.mails]
    assert ids == ["<client-0123456789abcdef@school.example>"] * 2


@pytest.mark.parametrize(
    "address", ["", "sanne", "sanne@", "a@b@c.example", "sanne@x.example\r\nRCPT TO:<y@z.example>", "sánne@x.example"]
)
def test_what_is_no_plain_address_never_reaches_the_server(certificate: Certificate, address: str) -> None:
    failure = failure_of(lambda: postman(1, certificate.trusted).send(Email(address), MESSAGE_ID, at=AT, timeout=1))
    assert type(failure) is AddressGone
    assert failure.__context__ is None
