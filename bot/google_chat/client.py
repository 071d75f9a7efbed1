"""Calls Google Chat's API: writes messages, finds spaces, members and direct messages; never repeats what it sent."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from typing import Any, cast

from google.auth.credentials import Credentials
from googleapiclient.http import HttpRequest

from bot.google_account.apis import build_api
from bot.google_account.calls import CallFailed, Calls
from bot.google_chat.cards import Json
from bot.school.people import UserId
from bot.school.spaces import SpaceKind, SpaceName

SECONDS = 10.0
"""For a call that nobody waits for."""

_PAGE = 1000
_LATER = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS})
_GONE = frozenset({HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.GONE})
# google.api.ErrorReason of a 403 that is about our project or token, not about the space: it passes once repaired.
_OUR_SIDE = frozenset(
    {
        "SERVICE_DISABLED",
        "BILLING_DISABLED",
        "API_KEY_SERVICE_BLOCKED",
        "RATE_LIMIT_EXCEEDED",
        "RESOURCE_QUOTA_EXCEEDED",
        "CONSUMER_SUSPENDED",
        "CONSUMER_INVALID",
        "USER_PROJECT_DENIED",
        "ACCESS_TOKEN_EXPIRED",
        "ACCESS_TOKEN_SCOPE_INSUFFICIENT",
        "ACCESS_TOKEN_TYPE_UNSUPPORTED",
        "ACCOUNT_STATE_INVALID",
    }
)


class ChatCallFailed(Exception):
    """A call to Google Chat that did not do its work; the text holds a status and Google's own words for it only."""


class TryLater(ChatCallFailed):
    """Google is busy, broken, out of reach, or does not accept our token now."""


class NotThere(ChatCallFailed):
    """The space, person or direct message does not exist, or the bot is not in it."""


class Refused(ChatCallFailed):
    """Google will never do this as it was asked."""


@dataclass(frozen=True, slots=True)
class ListedSpace:
    """A space that the bot is in (Google `Space`).

    With `groups_joined` above 0 its list of members is not whole; `counted` is False where Google said nothing of it.
    """

    name: SpaceName
    kind: SpaceKind
    display_name: str = field(repr=False)
    outsiders_allowed: bool
    admin_installed: bool
    groups_joined: int
    counted: bool = True


@dataclass(frozen=True, slots=True)
class ListedMember:
    """Somebody in a space (Google `Membership`); `affiliation` other than INTERNAL is an outsider, "" is not known."""

    user: UserId
    display_name: str = field(repr=False)
    affiliation: str
    role: str


class ChatClient:
    """Google Chat with the bot's own credentials (scope `chat.bot`); safe to share between threads.

    What googleapiclient builds from its static discovery document is built once and kept: it holds no state, and
    building `messages()` again costs more than a call and leaks. Connections are one per thread. No call is repeated.
    """

    def __init__(self, credentials: Credentials, endpoint: str | None = None) -> None:
        self._endpoint = endpoint
        self._calls = Calls(credentials)
        self._building = threading.Lock()
        self._built: tuple[Any, Any, Any] | None = None

    def warm_up(self) -> None:
        """Build what calls are written with, so that the first call does not pay for it."""
        self._resources()

    def create_message(self, space: SpaceName, body: Json, message_id: str, timeout: float = SECONDS) -> None:
        """Post a message within `timeout` seconds; returns when it is there, also when it was there already.

        Google `spaces.messages.create`; `message_id` is `messageId`: `client-` and at most 63 characters in all. Raises
        TryLater, NotThere or Refused.
        """
        _spaces, messages, _members = self._resources()
        try:
            answer = self._call(
                lambda: messages.create(parent=space, body=cast("Any", body), messageId=message_id), timeout
            )
        except _AlreadyThere:
            return
        if not answer.get("name"):
            # Something between Google and us answered 200; a second try is answered with 409 if it did arrive.
            raise TryLater("200 without a message")

    def list_members(self, space: SpaceName, timeout: float = SECONDS) -> tuple[ListedMember, ...]:
        """The people in a space who joined it themselves (Google `spaces.members.list`).

        Members through a Google group, invited people and apps are not among them. Raises TryLater, NotThere or
        Refused.
        """
        _spaces, _messages, members = self._resources()
        pages = self._pages(lambda token: members.list(parent=space, pageSize=_PAGE, pageToken=token), timeout)
        found = (_member(entry) for page in pages for entry in page.get("memberships", ()))
        return tuple(member for member in found if member is not None)

    def get_space(self, space: SpaceName, timeout: float = SECONDS) -> ListedSpace:
        """One space that the bot is in (Google `spaces.get`); raises TryLater, NotThere or Refused."""
        spaces, _messages, _members = self._resources()
        return _space(self._call(lambda: spaces.get(name=space), timeout))

    def list_spaces(self, timeout: float = SECONDS) -> tuple[ListedSpace, ...]:
        """The spaces that the bot is in (Google `spaces.list`; a direct message appears after its first message).

        Raises TryLater, NotThere or Refused.
        """
        spaces, _messages, _members = self._resources()
        pages = self._pages(lambda token: spaces.list(pageSize=_PAGE, pageToken=token), timeout)
        return tuple(_space(entry) for page in pages for entry in page.get("spaces", ()))

    def find_direct_message(self, user: UserId, timeout: float = SECONDS) -> SpaceName | None:
        """Somebody's direct message with the bot, or None when there is none (Google `spaces.findDirectMessage`).

        Raises TryLater or Refused.
        """
        spaces, _messages, _members = self._resources()
        try:
            found = self._call(lambda: spaces.findDirectMessage(name=user), timeout)
        except NotThere:
            return None
        return SpaceName(found["name"]) if found.get("name") else None

    def close(self) -> None:
        """Close the connections of all threads."""
        self._calls.close()

    def _pages(self, write: Callable[[str | None], HttpRequest], timeout: float) -> Iterator[Json]:
        until = time.monotonic() + timeout
        token: str | None = None
        while True:
            page = self._call(partial(write, token), until - time.monotonic())
            yield page
            token = page.get("nextPageToken")
            if not token:
                return

    def _call(self, write: Callable[[], HttpRequest], timeout: float) -> Json:
        error: ChatCallFailed
        try:
            answer: Json = self._calls.carry_out(write, timeout=timeout)
        except CallFailed as failure:
            error = _named(failure)
        else:
            return answer
        raise error

    def _resources(self) -> tuple[Any, Any, Any]:
        with self._building:
            if self._built is None:
                service = build_api("chat", "v1", self._endpoint)
                spaces = service.spaces()
                self._built = (spaces, spaces.messages(), spaces.members())
            return self._built


class _AlreadyThere(Refused):
    """The message id is taken: an earlier try of ours did arrive."""


def _named(failure: CallFailed) -> ChatCallFailed:
    told = str(failure)
    if failure.status == HTTPStatus.CONFLICT and failure.code != "ABORTED":
        # google.rpc.Code ABORTED is a 409 too, and means that nothing was done.
        return _AlreadyThere(told)
    refused = failure.status is not None and HTTPStatus.BAD_REQUEST <= failure.status < HTTPStatus.INTERNAL_SERVER_ERROR
    if not refused or failure.status in _LATER or failure.code == "ABORTED" or failure.reason in _OUR_SIDE:
        return TryLater(told)
    return NotThere(told) if failure.status in _GONE else Refused(told)


def _member(entry: Json) -> ListedMember | None:
    member = entry.get("member", {})
    if member.get("type") == "BOT" or not member.get("name") or entry.get("state", "JOINED") != "JOINED":
        return None
    return ListedMember(
        user=UserId(member["name"]),
        display_name=member.get("displayName", ""),
        affiliation=entry.get("affiliation", ""),
        role=entry.get("role", ""),
    )


def _space(entry: Json) -> ListedSpace:
    return ListedSpace(
        name=SpaceName(entry["name"]),
        kind=_kind(entry),
        display_name=entry.get("displayName", ""),
        outsiders_allowed=bool(entry.get("externalUserAllowed", False)),
        admin_installed=bool(entry.get("adminInstalled", False)),
        groups_joined=int(entry.get("membershipCount", {}).get("joinedGroupCount", 0)),
        counted="membershipCount" in entry,
    )


def _kind(entry: Json) -> SpaceKind:
    if entry.get("spaceType") in set(SpaceKind):
        return SpaceKind(entry["spaceType"])
    # The older fields, which Google still sends: `type` DM and `singleUserBotDm`.
    direct = entry.get("singleUserBotDm") or entry.get("type") == "DM"
    return SpaceKind.DIRECT_MESSAGE if direct else SpaceKind.SPACE
