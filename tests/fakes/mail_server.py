"""A real SMTP server (aiosmtpd) on this machine that answers as told, and a certificate for it."""

import asyncio
import logging
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from typing_extensions import override

USER, PASSWORD = "bot", "geheim-woord"
HOST = "127.0.0.1"


@dataclass
class Mailroom:
    """What the server does and what it got; an answer is what SMTP sends, such as "451 busy"."""

    answers: dict[str, str] = field(default_factory=dict)
    cut_after_data: bool = False
    silent_at: str | None = None
    port: int = 0
    got: list[Envelope] = field(default_factory=list)
    logins: list[bytes] = field(default_factory=list)
    was_secret: list[bool] = field(default_factory=list)

    @property
    def mails(self) -> list[bytes]:
        """What came in, as it came."""
        return [envelope.content for envelope in self.got if isinstance(envelope.content, bytes)]

    async def handle_MAIL(  # noqa: N802 - the library's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.mail_from = address
        return await self._answer("MAIL")

    async def handle_RCPT(  # noqa: N802 - the library's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.rcpt_tos.append(address)
        return await self._answer("RCPT")

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        answer = await self._answer("DATA")
        if answer.startswith("250"):
            self.got.append(envelope)
            self.was_secret.append(session.ssl is not None)
        if self.cut_after_data and server.transport is not None:
            server.transport.close()
        return answer

    async def _answer(self, command: str) -> str:
        if self.silent_at == command:
            await asyncio.sleep(30)
        return self.answers.get(command, "250 OK")

    def login(self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object) -> AuthResult:
        assert isinstance(data, LoginPassword)
        self.logins.append(data.login)
        good = data.login == USER.encode() and data.password == PASSWORD.encode()
        # Handled: what is refused here is answered by the library with 535.
        return AuthResult(success=good, handled=False, message=self.answers.get("AUTH"))


class _Refusing(SMTP):
    """The library's server, which can also say no to DATA before it has seen the mail."""

    room: Mailroom

    @override
    async def smtp_DATA(self, arg: str) -> None:
        if "BEFORE DATA" in self.room.answers:
            await self.push(self.room.answers["BEFORE DATA"])
        else:
            await super().smtp_DATA(arg)


@contextmanager
def mail_server(
    room: Mailroom, *, starttls: ssl.SSLContext | None = None, tls: ssl.SSLContext | None = None
) -> Iterator[Mailroom]:
    """Run the server until the end of the block; `room.port` says where."""
    loop = asyncio.new_event_loop()
    ready, done = threading.Event(), asyncio.Event()
    open_ones: list[SMTP] = []

    def one() -> SMTP:
        made = _Refusing(
            room,
            hostname="mail.example",
            tls_context=starttls,
            auth_require_tls=starttls is not None,
            authenticator=room.login,
            loop=loop,
        )
        made.room = room
        open_ones.append(made)
        return made

    async def serve() -> None:
        server = await loop.create_server(one, HOST, 0, ssl=tls)
        room.port = server.sockets[0].getsockname()[1]
        ready.set()
        await done.wait()
        server.close()
        await server.wait_closed()
        for protocol in open_ones:
            if protocol.transport is not None:
                protocol.transport.close()
        others = asyncio.all_tasks(loop) - {asyncio.current_task(loop)}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await asyncio.sleep(0.01)

    # The library writes each command with its address; that is the server's log and not ours.
    log = logging.getLogger("mail.log")
    usual, log.disabled = log.disabled, True
    thread = threading.Thread(target=lambda: (loop.run_until_complete(serve()), loop.close()))
    thread.start()
    assert ready.wait(5)
    try:
        yield room
    finally:
        loop.call_soon_threadsafe(done.set)
        thread.join(5)
        log.disabled = usual
        assert not thread.is_alive()


@dataclass(frozen=True)
class Certificate:
    """A certificate that signs itself: for the server, and for who trusts it."""

    server: ssl.SSLContext
    trusted: ssl.SSLContext


def certificate_for(address: str, folder: Path) -> Certificate:
    """A certificate for one IP address."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail.example")])
    today = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(address))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / f"{address}.pem"
    public = made.public_bytes(serialization.Encoding.PEM)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(private + public)
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(file)
    return Certificate(server, ssl.create_default_context(cadata=public.decode()))
