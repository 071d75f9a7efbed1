"""The time that a call gets is the time that all of it takes, whatever the server does."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress

import pytest

from bot.mail.postman import MailNotUsable
from bot.mail.server import MailServer
from bot.mail.talk import Deadline, Talk
from bot.outbox.ports import DeliveryFailed
from tests.bot.mail.examples import AT, MESSAGE_ID, READER, failure_of, postman
from tests.fakes.mail_server import HOST, Certificate


@contextmanager
def odd_server(behave: Callable[[socket.socket], None]) -> Iterator[int]:
    """A server for one caller, which no library would be; it ends with its caller."""

    def serve() -> None:
        with suppress(OSError):
            connection, _ = listening.accept()
            with connection:
                connection.settimeout(5)
                behave(connection)

    with socket.create_server((HOST, 0)) as listening:
        thread = threading.Thread(target=serve)
        listening.settimeout(5)
        thread.start()
        try:
            yield listening.getsockname()[1]
        finally:
            thread.join(10)
        assert not thread.is_alive()


def test_a_server_that_drips_is_left_in_time(certificate: Certificate) -> None:
    def drip(connection: socket.socket) -> None:
        for _ in range(80):
            connection.sendall(b"2")
            time.sleep(0.05)

    with odd_server(drip) as port:
        started = time.monotonic()
        failure = failure_of(lambda: postman(port, certificate.trusted).send(READER, MESSAGE_ID, at=AT, timeout=0.4))
        assert time.monotonic() - started < 2
    assert type(failure) is DeliveryFailed


@pytest.mark.parametrize(
    ("greeting", "error"),
    [
        (b"421 too busy\r\n", DeliveryFailed),
        (b"554 go away\r\n", MailNotUsable),
        (b"HTTP/1.1 400 Bad Request\r\n\r\n", DeliveryFailed),
        (b"2" * 9000 + b"\r\n", DeliveryFailed),
        (b"", DeliveryFailed),
    ],
)
def test_what_greets_oddly_gets_no_mail(certificate: Certificate, greeting: bytes, error: type[Exception]) -> None:
    with odd_server(lambda connection: connection.sendall(greeting)) as port:
        failure = failure_of(lambda: postman(port, certificate.trusted).send(READER, MESSAGE_ID, at=AT, timeout=2))
    assert type(failure) is error
    assert failure.__context__ is None


def test_what_was_said_before_tls_is_forgotten(certificate: Certificate) -> None:
    def say_too_much(connection: socket.socket) -> None:
        connection.sendall(b"220 hello\r\n")
        connection.recv(100)
        connection.sendall(b"250-mail.example\r\n250-AUTH PLAIN\r\n250 STARTTLS\r\n")
        connection.recv(100)
        # Somebody on the way adds an answer of their own to the server's.
        connection.sendall(b"220 go on\r\n250 put in by somebody else\r\n")
        time.sleep(0.1)
        with certificate.server.wrap_socket(connection, server_side=True) as closed:
            closed.recv(100)
            closed.sendall(b"250 the server itself\r\n")
            closed.recv(100)

    with odd_server(say_too_much) as port:
        talk = Talk(socket.create_connection((HOST, port)), "school.example", Deadline.after(5))
        with closing(talk):
            talk.getreply()
            talk.ehlo()
            assert talk.docmd("STARTTLS")[0] == 220
            talk.go_secret(MailServer(HOST, port), certificate.trusted)
            assert not talk.has_extn("auth")
            assert talk.ehlo() == (250, b"the server itself")


def test_no_answer_to_the_goodbye_changes_nothing(certificate: Certificate) -> None:
    ours, theirs = socket.socketpair()
    with theirs:
        talk = Talk(ours, "school.example", Deadline.after(5))
        started = time.monotonic()
        talk.leave()
        assert time.monotonic() - started < 1
        assert theirs.recv(100) == b"quit\r\n"
    Talk(socket.socket(), "school.example", Deadline.after(-1)).leave()


def test_a_deadline_that_is_over_says_so() -> None:
    assert 4 < Deadline.after(5).left() <= 5
    with pytest.raises(TimeoutError):
        Deadline.after(0).left()
