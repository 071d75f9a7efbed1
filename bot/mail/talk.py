"""One SMTP conversation with an end: smtplib's time-out counts for each read anew, ours for all of it together."""

import io
import smtplib
import socket
import ssl
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import Self

from typing_extensions import Buffer, override

from bot.mail.server import MailServer, Security


@dataclass(frozen=True, slots=True)
class Deadline:
    """A moment on the monotonic clock, in seconds."""

    at: float

    @classmethod
    def after(cls, seconds: float) -> Self:
        """The moment that lies this many seconds ahead."""
        return cls(time.monotonic() + seconds)

    def left(self) -> float:
        """The seconds until then; raises TimeoutError when there are none."""
        left = self.at - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left


class _Reading(io.RawIOBase):
    """A socket's incoming bytes, each wait cut off at the deadline: a server that drips cannot outlast the lease."""

    def __init__(self, connection: socket.socket, deadline: Deadline) -> None:
        super().__init__()
        self._connection = connection
        self._deadline = deadline

    @override
    def readable(self) -> bool:
        return True

    @override
    def readinto(self, buffer: Buffer, /) -> int:
        self._connection.settimeout(self._deadline.left())
        return self._connection.recv_into(buffer)


class Talk(smtplib.SMTP):
    """SMTP over a connection that exists already; every step of it ends at the deadline with an OSError of its kind."""

    def __init__(self, connection: socket.socket, name: str, deadline: Deadline) -> None:
        # The name is given: left out, the library would look up this machine's own and tell it to the server.
        super().__init__(local_hostname=name)
        self.sock = connection
        self._deadline = deadline

    @override
    def getreply(self) -> tuple[int, bytes]:
        if self.file is None and self.sock is not None:
            self.file = io.BufferedReader(_Reading(self.sock, self._deadline))
        return super().getreply()

    @override
    def send(self, s: Buffer | str) -> None:
        if self.sock is not None:
            self.sock.settimeout(self._deadline.left())
        super().send(s)

    def go_secret(self, server: MailServer, trusted: ssl.SSLContext) -> None:
        """Turn the open connection into TLS, and forget all that the server said before it (RFC 3207, 4.2)."""
        if self.sock is None:
            raise smtplib.SMTPServerDisconnected
        self.sock = wrap(self.sock, server, trusted, self._deadline)
        # What somebody on the way put behind the server's yes goes with the old reader.
        self.file = None
        self.helo_resp = self.ehlo_resp = None
        self.esmtp_features, self.does_esmtp = {}, False

    def leave(self) -> None:
        """Say goodbye without waiting for an answer: what was accepted is accepted."""
        with suppress(smtplib.SMTPException, OSError):
            self.putcmd("quit")
        self.close()


def connect(server: MailServer, deadline: Deadline) -> socket.socket:
    """A connection to the server, each of its addresses tried for its share of the time; raises OSError.

    Looking up the name goes by the system's own time-out.
    """
    found = socket.getaddrinfo(server.host, server.port, type=socket.SOCK_STREAM)
    failure: OSError = ConnectionError()
    for number, (family, kind, protocol, _, place) in enumerate(found):
        connection = socket.socket(family, kind, protocol)
        try:
            connection.settimeout(deadline.left() / (len(found) - number))
            connection.connect(place)
        except OSError as reason:
            connection.close()
            failure = reason
        else:
            return connection
    raise failure


def wrap(connection: socket.socket, server: MailServer, trusted: ssl.SSLContext, deadline: Deadline) -> ssl.SSLSocket:
    """The connection inside TLS, the server's certificate checked against its name; raises OSError."""
    try:
        connection.settimeout(deadline.left())
        return trusted.wrap_socket(connection, server_hostname=server.host)
    except BaseException:
        connection.close()
        raise


def open_talk(server: MailServer, name: str, trusted: ssl.SSLContext, deadline: Deadline) -> Talk:
    """Connect, inside TLS from the start where the server wants it so; raises OSError."""
    connection = connect(server, deadline)
    if server.security is Security.TLS:
        connection = wrap(connection, server, trusted, deadline)
    return Talk(connection, name, deadline)
