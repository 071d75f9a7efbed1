"""The Chat REST API: understands a request by Chat's own description of its methods, and refuses what that lacks."""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from simulator import faults
from simulator.google import messages, spaces
from simulator.google.call import Call
from simulator.google.errors import ApiError, forbidden, invalid
from simulator.google.oauth import CHAT_BOT, TokenEndpoint
from simulator.google.quota import Quota
from simulator.records import Json
from simulator.schema import discovery
from simulator.schema.discovery import Method, Refused
from simulator.world import World

_METHODS: Mapping[str, Callable[[Call], Json]] = {
    "chat.spaces.messages.create": messages.create,
    "chat.spaces.messages.patch": messages.patch,
    "chat.spaces.messages.update": messages.patch,
    "chat.spaces.messages.get": messages.get,
    "chat.spaces.messages.delete": messages.delete,
    "chat.spaces.get": spaces.get_space,
    "chat.spaces.list": spaces.list_spaces,
    "chat.spaces.findDirectMessage": spaces.find_direct_message,
    "chat.spaces.members.list": spaces.list_members,
    "chat.spaces.members.get": spaces.get_member,
}
_WRITES = frozenset(f"chat.spaces.messages.{verb}" for verb in ("create", "patch", "update", "delete"))
NEEDS_APPROVAL = "The administrator must grant the app the required OAuth authorization scope for this action."
_NOT_FOR_APPS = {
    "chat.spaces.messages.list": NEEDS_APPROVAL,
    "chat.spaces.messages.search": spaces.NEEDS_A_PERSON,
    "chat.spaces.setup": spaces.NEEDS_A_PERSON,
    "chat.spaces.members.delete": spaces.NEEDS_A_PERSON,
    "chat.spaces.messages.reactions.create": spaces.NEEDS_A_PERSON,
}


class ConnectionCut(Exception):
    """The call was carried out, and its answer never arrives (a fault)."""


@dataclass(frozen=True, slots=True)
class Request:
    """A request as HTTP brought it; `path` begins with `v1/`, `body` is JSON or None."""

    http_method: str
    path: str
    query: Mapping[str, str]
    body: Any
    authorization: str


class RestApi:
    """Answers calls of the bot; writes each down in the world's log, without the token."""

    def __init__(
        self,
        world: World,
        tokens: TokenEndpoint,
        quota: Quota | None = None,
        *,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._world = world
        self._tokens = tokens
        self.quota = quota or Quota()
        self._sleep = sleep
        self._turn = threading.Lock()

    def answer(self, request: Request) -> tuple[int, Json]:
        """HTTP status and JSON; raises ConnectionCut when a fault says so."""
        started = time.monotonic()
        note, cut, title = "", False, f"{request.http_method} {request.path}"
        try:
            self._authenticate(request)
            method, path = _method(request)
            title = method.id.removeprefix("chat.")
            self._go_wrong()
            answer = self._carry_out(method, path, request)
            status, cut = HTTPStatus.OK, self._cuts(method)
        except ApiError as problem:
            status, answer, note = problem.status, problem.body, problem.message
        took = (time.monotonic() - started) * 1000
        shown = {"path": request.path, "query": dict(request.query), "body": request.body}
        note = "Fault: the connection was cut before this answer." if cut else note
        self._world.log.add("api", title, shown, answer, int(status), took, note)
        if cut:
            raise ConnectionCut
        return int(status), answer

    def _authenticate(self, request: Request) -> None:
        scopes = self._tokens.scopes_of(request.authorization)
        if scopes is None:
            why = "Request had invalid authentication credentials. Expected OAuth 2 access token."
            raise ApiError(HTTPStatus.UNAUTHORIZED, why)
        if CHAT_BOT not in scopes:
            raise forbidden("Request had insufficient authentication scopes.")

    def _go_wrong(self) -> None:
        if self._world.faults.latency_ms:
            self._sleep(self._world.faults.latency_ms / 1000)
        if self._world.faults.strikes(faults.SLOW_API):
            self._sleep(self._world.faults.slow_seconds)
        if self._world.faults.strikes(faults.API_429):
            raise _too_many()
        if self._world.faults.strikes(faults.API_500):
            raise ApiError(HTTPStatus.INTERNAL_SERVER_ERROR, "Internal error encountered.")

    def _carry_out(self, method: Method, path: tuple[str, ...], request: Request) -> Json:
        if method.id in _NOT_FOR_APPS:
            raise forbidden(_NOT_FOR_APPS[method.id])
        if method.id not in _METHODS:
            raise ApiError(HTTPStatus.NOT_IMPLEMENTED, f"{method.id} is not in this simulator.")
        try:
            _check_query(method, request.query)
            body = {} if method.body is None else discovery.conform(request.body or {}, method.body, "message")
        except Refused as problem:
            raise invalid(str(problem)) from None
        if method.id in _WRITES and not self.quota.allows(f"spaces/{path[0]}"):
            raise _too_many()
        # One at a time, so that of two creates with the same id only one finds it free.
        with self._turn:
            return _METHODS[method.id](Call(self._world, method, path, request.query, body))

    def _cuts(self, method: Method) -> bool:
        return method.id == "chat.spaces.messages.create" and self._world.faults.strikes(faults.CUT_AFTER_CREATE)


def _too_many() -> ApiError:
    return ApiError(HTTPStatus.TOO_MANY_REQUESTS, "Resource has been exhausted (e.g. check quota).")


def _method(request: Request) -> tuple[Method, tuple[str, ...]]:
    for method in discovery.methods():
        if method.http_method == request.http_method and (found := method.pattern.fullmatch(request.path)):
            return method, found.groups()
    raise ApiError(HTTPStatus.NOT_FOUND, "Method not found.")


def _check_query(method: Method, query: Mapping[str, str]) -> None:
    common = discovery.document()["parameters"]
    for name, value in query.items():
        described = method.parameters.get(name)
        if described is not None and described.get("location") == "query":
            discovery.check_parameter(value, described, name)
        elif name == "fields":
            raise Refused('"fields" (a part of the answer) is not in this simulator.')
        elif name not in common:
            raise Refused(f'Invalid JSON payload received. Unknown name "{name}": Cannot bind query parameter.')


def covered_methods() -> frozenset[str]:
    """The ids of what is answered as Google answers it."""
    return frozenset(_METHODS)


def refused_methods() -> frozenset[str]:
    """The ids of what Google refuses to an app, and so do we."""
    return frozenset(_NOT_FOR_APPS)
