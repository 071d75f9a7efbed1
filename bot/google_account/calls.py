"""Carries out requests that googleapiclient has written; what fails says why without repeating what was sent."""

import http.client
import json
import threading
import weakref
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import google.auth.exceptions
import httplib2
from google.auth.credentials import Credentials
from googleapiclient.http import HttpRequest

from bot.google_account.transport import AuthorizedHttp, TokenUnavailable

_ROAD_FAILURES = (
    OSError,
    httplib2.HttpLib2Error,
    http.client.HTTPException,
    google.auth.exceptions.GoogleAuthError,
    TokenUnavailable,
)


class CallFailed(Exception):
    """Google did not do what was asked; holds no content, only words that Google defines.

    `status` is the HTTP status, None when there was no usable answer. `code` is Google's name for it (google.rpc.Code:
    `NOT_FOUND`) and `reason` that of google.rpc.ErrorInfo (`SERVICE_DISABLED`); both may be empty.
    """

    def __init__(self, status: int | None, code: str = "", reason: str = "") -> None:
        super().__init__(" ".join(str(word) for word in (status or "no answer", code, reason) if word))
        self.status = status
        self.code = code
        self.reason = reason


class Calls:
    """Carries out requests with the bot's credentials, on one kept connection per thread (httplib2 wants that)."""

    def __init__(self, credentials: Credentials) -> None:
        self._credentials = credentials
        self._renewing = threading.Lock()
        self._mine = threading.local()
        self._listing = threading.Lock()
        # Weak, so that the connection of a thread that is over goes with it.
        self._roads: weakref.WeakSet[AuthorizedHttp] = weakref.WeakSet()

    def carry_out(self, write: Callable[[], HttpRequest], *, timeout: float) -> Any:
        """The decoded answer to the request that `write` gives, within `timeout` seconds; raises CallFailed.

        Tried once (but with a new token when the old one is refused): whoever asked decides about trying again.
        """
        try:
            request = write()
        except TypeError:
            # googleapiclient's sentence repeats the value that it does not like.
            request = None
        if request is None:
            raise CallFailed(HTTPStatus.BAD_REQUEST, "INVALID_ARGUMENT")
        sent = self._send(request, timeout)
        if isinstance(sent, str):
            raise CallFailed(None, sent)
        status, content = sent
        if status >= HTTPStatus.MULTIPLE_CHOICES:
            raise _failure(status, content)
        answer = _decoded(content)
        if not isinstance(answer, dict):
            raise CallFailed(None, "UNREADABLE")
        return answer

    def close(self) -> None:
        """Drop the connections of all threads; a later call makes a new one."""
        with self._listing:
            for road in self._roads:
                road.close()

    def _send(self, request: HttpRequest, timeout: float) -> tuple[int, bytes] | str:
        """Status and body of the answer; without one, the name of what went wrong."""
        road = self._road()
        road.bounded.allow(timeout)
        try:
            # Not `request.execute`: its HttpError holds the answer, and Google's answers quote what was sent.
            response, content = road.request(request.uri, request.method, request.body, request.headers)
        except _ROAD_FAILURES as failure:
            return type(failure).__name__
        return int(response.status), content

    def _road(self) -> AuthorizedHttp:
        road: AuthorizedHttp | None = getattr(self._mine, "road", None)
        if road is None:
            road = AuthorizedHttp(self._credentials, self._renewing)
            self._mine.road = road
            with self._listing:
                self._roads.add(road)
        return road


def _failure(status: int, content: bytes) -> CallFailed:
    body = _decoded(content)
    error = body.get("error") if isinstance(body, dict) else None
    if not isinstance(error, dict):
        return CallFailed(status)
    details = error.get("details")
    reasons = (
        [detail.get("reason") for detail in details if isinstance(detail, dict)] if isinstance(details, list) else []
    )
    return CallFailed(status, _word(error.get("status")), next((word for word in map(_word, reasons) if word), ""))


def _word(value: object) -> str:
    """A name that Google defines, such as NOT_FOUND; anything else could be content."""
    return value if isinstance(value, str) and value.isascii() and value.replace("_", "").isupper() else ""


def _decoded(content: bytes) -> Any:
    try:
        return json.loads(content)
    except ValueError:
        return None
