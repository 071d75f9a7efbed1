"""A loopback server that answers as Google does, or as badly as a test wants: errors, silence, cut connections."""

import json
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, cast

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from google.oauth2 import service_account
from typing_extensions import override

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Seen:
    """A request as it came in; `connection` tells kept connections apart."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes
    connection: int

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True, slots=True)
class Answer:
    """What comes back: `after` seconds of silence, then status and body; or nothing but a closed connection.

    `halfway` is a silence in the middle of the body, in seconds.
    """

    status: int = 200
    body: Json | bytes = field(default_factory=lambda: {"name": "spaces/AAA/messages/BBB"})
    after: float = 0.0
    cut: bool = False
    halfway: float = 0.0
    then_close: bool = False
    location: str = ""


def error(status: int, code: str, message: str = "Nee.", reason: str = "") -> Answer:
    """An error in Google's own shape (google.rpc.Status)."""
    details = [{"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": reason}] if reason else []
    return Answer(status, {"error": {"code": status, "message": message, "status": code, "details": details}})


@dataclass
class GoogleServer:
    """The running server: `answers` are used up in order, after that all goes well; tokens have their own queue."""

    address: str
    seen: list[Seen] = field(default_factory=list)
    tokens_asked: list[Seen] = field(default_factory=list)
    answers: deque[Answer] = field(default_factory=deque)
    token_answers: deque[Answer] = field(default_factory=deque)

    def credentials(self) -> service_account.Credentials:
        """A service account whose token endpoint is this server."""
        info = {"client_email": "bot@project.example", "token_uri": f"{self.address}/token", "private_key": _key()}
        return cast(
            "service_account.Credentials",
            service_account.Credentials.from_service_account_info(info, scopes=["scope"]),  # type: ignore[no-untyped-call]
        )

    def account_file(self) -> Json:
        """The same account as the file that GOOGLE_APPLICATION_CREDENTIALS names."""
        return {
            "type": "service_account",
            "project_id": "project",
            "private_key_id": "1",
            "client_email": "bot@project.example",
            "client_id": "1",
            "token_uri": f"{self.address}/token",
            "private_key": _key(),
        }

    def next_for(self, seen: Seen) -> Answer:
        if seen.path == "/token":
            self.tokens_asked.append(seen)
            if self.token_answers:
                return self.token_answers.popleft()
            number = len(self.tokens_asked)
            return Answer(200, {"access_token": f"token-{number}", "expires_in": 3600, "token_type": "Bearer"})
        self.seen.append(seen)
        return self.answers.popleft() if self.answers else Answer()


@contextmanager
def google_server() -> Iterator[GoogleServer]:
    """A server on 127.0.0.1 for as long as the context lasts."""
    server = _Server(("127.0.0.1", 0), _Handler)
    google = GoogleServer(f"http://127.0.0.1:{server.server_address[1]}")
    server.answer = google.next_for
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield google
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    answer: Callable[[Seen], Answer]

    @override
    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is what some tests are about."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # With Nagle's algorithm a kept connection would wait 40 ms for each answer.
    disable_nagle_algorithm = True
    timeout = 5

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def _answer(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        seen = Seen(
            method=self.command,
            path=self.path,
            headers={name.lower(): value for name, value in self.headers.items()},
            body=self.rfile.read(length),
            connection=self.client_address[1],
        )
        answer = cast("_Server", self.server).answer(seen)
        if answer.after:
            time.sleep(answer.after)
        if answer.cut:
            self.close_connection = True
            return
        body = answer.body if isinstance(answer.body, bytes) else json.dumps(answer.body).encode()
        self.send_response(answer.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        if answer.location:
            self.send_header("Location", answer.location)
        self.end_headers()
        middle = len(body) // 2 if answer.halfway else 0
        self.wfile.write(body[:middle])
        time.sleep(answer.halfway)
        self.wfile.write(body[middle:])
        if answer.then_close:
            self.close_connection = True

    @override
    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing on the test's output."""


@cache
def _key() -> str:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return pem.decode()
