"""The road to Google: a kept connection per thread whose every wait is bounded, with the bot's token on it."""

import http.client
import select
import socket
import threading
import time
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import google.auth.exceptions
import google.auth.transport
import google_auth_httplib2
import httplib2
from google.auth.credentials import Credentials
from typing_extensions import override

_BUSY = frozenset({408, 429, 500, 502, 503, 504})


class TokenUnavailable(Exception):
    """The token endpoint is busy or broken; may work later."""


class BoundedHttp(httplib2.Http):
    """An httplib2 client whose time-out counts for a whole call, also on a connection that was kept.

    httplib2 gives a socket its time-out once, when it connects. Here every wait (an address that does not answer, a
    silent server) ends when the allowed seconds are over; they are not a bound for a name with many dead addresses.
    """

    def __init__(self) -> None:
        super().__init__()
        # A redirect would carry the token, or what we send, to somebody else.
        self.follow_redirects = False
        self.follow_all_redirects = False
        self._until = time.monotonic()

    def allow(self, seconds: float) -> None:
        """From now on there are this many seconds."""
        self._until = time.monotonic() + seconds

    def left(self) -> float:
        """The seconds that are left; raises TimeoutError when there are none."""
        left = self._until - time.monotonic()
        if left <= 0:
            raise TimeoutError("the time for this call is over")
        return left

    def _conn_request(self, conn: Any, request_uri: str, method: str, body: Any, headers: Any) -> Any:
        kept = conn.sock is not None
        try:
            return self._exchange(conn, request_uri, method, body, headers)
        except http.client.RemoteDisconnected:
            raise
        except ConnectionError:
            # Closed by the other side just as we wrote; httplib2 has an answer to that for headers only.
            conn.close()
            if not kept:
                raise
        return self._exchange(conn, request_uri, method, body, headers)

    def _exchange(self, conn: Any, request_uri: str, method: str, body: Any, headers: Any) -> Any:
        conn.timeout = self.left()
        if conn.sock is not None and _has_something_to_say(conn.sock):
            conn.close()
        if conn.sock is None:
            conn.connect()
        conn.sock.settimeout(self.left())
        return super()._conn_request(conn, request_uri, method, body, headers)  # type: ignore[misc] # not in its stubs


def _has_something_to_say(sock: socket.socket) -> bool:
    """Whether an idle connection has something to read: it was closed, or what comes is not an answer to us."""
    poll = select.poll()
    poll.register(sock, select.POLLIN)
    return bool(poll.poll(0))


class TokenRequest(google.auth.transport.Request):
    """How google-auth asks for a token; it fails at once where google-auth would sleep and try again."""

    def __init__(self, http: BoundedHttp) -> None:
        self._request = google_auth_httplib2.Request(http)

    @override
    def __call__(
        self,
        url: str,
        method: str = "GET",
        body: Any = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
        **kwargs: Any,
    ) -> Any:
        """Ask; the connection bounds the time, so `timeout` is not needed."""
        try:
            answer = self._request(url, method=method, body=body, headers=headers, **kwargs)
        except google.auth.exceptions.TransportError:
            raise TokenUnavailable("no answer") from None
        if answer.status in _BUSY:
            raise TokenUnavailable(f"status {answer.status}")
        return answer


class AuthorizedHttp:
    """What googleapiclient sends its requests through: the token on every one, a new token when it is refused.

    google-auth's own `before_request` is avoided: it also starts a background thread that asks Google where these
    credentials may be used, at an address that no setting of ours can change.
    """

    def __init__(self, credentials: Credentials, renewing: threading.Lock) -> None:
        self.bounded = BoundedHttp()
        self._credentials = credentials
        self._renewing = renewing

    def request(
        self, uri: str, method: str = "GET", body: str | bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> tuple[httplib2.Response, bytes]:
        """Send a request; raises what httplib2, google-auth and sockets raise, and TokenUnavailable."""
        if not self._credentials.valid:
            self._renew(self._credentials.token)
        token = self._credentials.token
        response, content = self._send(uri, method, body, headers)
        if response.status == HTTPStatus.UNAUTHORIZED:
            self._renew(token)
            response, content = self._send(uri, method, body, headers)
        return response, content

    def close(self) -> None:
        """Drop the connections; the next request makes new ones."""
        self.bounded.close()

    def __del__(self) -> None:
        # A thread that ends takes its connection along.
        self.close()

    def _send(
        self, uri: str, method: str, body: str | bytes | None, headers: Mapping[str, str] | None
    ) -> tuple[httplib2.Response, bytes]:
        sent = dict(headers or {})
        self._credentials.apply(sent)  # type: ignore[no-untyped-call]
        response, content = self.bounded.request(uri, method, body=body, headers=sent)
        return response, content

    def _renew(self, worn: str | None) -> None:
        """Get a new token unless another thread just did; the credentials are shared by all threads."""
        if not self._renewing.acquire(timeout=self.bounded.left()):
            raise TimeoutError("the time for this call is over")
        try:
            if self._credentials.token == worn or not self._credentials.valid:
                self._credentials.refresh(TokenRequest(self.bounded))  # type: ignore[no-untyped-call]
        except (TypeError, ValueError, KeyError):
            # google-auth trips over an answer that is no JSON object, such as a login page on the way.
            raise TokenUnavailable("unreadable answer") from None
        finally:
            self._renewing.release()
