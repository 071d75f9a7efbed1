"""Asks the Admin SDK which accounts the school has, as somebody of the school who may see that."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from http import HTTPStatus
from typing import Any

from google.auth.credentials import Credentials
from googleapiclient.http import HttpRequest

from bot.google_account.apis import build_api
from bot.google_account.calls import CallFailed, Calls
from bot.school.accounts.ports import Account, AccountsUnknown
from bot.school.people import Email

SCOPES = (
    "https://www.googleapis.com/auth/admin.directory.user.readonly",
    "https://www.googleapis.com/auth/admin.directory.group.member.readonly",
)
"""Accounts and the members of groups, to read only; delegation is granted for exactly these two."""

USERS_A_PAGE, MEMBERS_A_PAGE = 500, 200
PAGES_AT_MOST = 200
SECONDS = 20.0

_WHAT_TO_DO: Mapping[int | None, str] = {
    HTTPStatus.NOT_FOUND: "Een groep die in het schoolbestand staat, bestaat niet. Kijk bij [gids.groepen].",
    HTTPStatus.FORBIDDEN: "Google weigert de lijst van accounts. Mag het account van DIRECTORY_SUBJECT die zien?",
    HTTPStatus.UNAUTHORIZED: "Google kent de machtiging niet. Geef het serviceaccount delegatie voor de Admin SDK.",
}
_OTHERWISE = "Google geeft de lijst van accounts nu niet. Probeer het later nog eens."

_NOT_OURS = ("suspended", "archived", "isGuestUser")

Page = Mapping[str, Any]


class GoogleAccounts:
    """A `bot.school.accounts.ports.Accounts` over Google `users.list` and `members.list` (Admin SDK directory_v1).

    The credentials act for somebody (delegation) with SCOPES; `endpoint` in place of Google's address.
    """

    def __init__(self, credentials: Credentials, endpoint: str | None = None) -> None:
        service = build_api("admin", "directory_v1", endpoint)
        self._users, self._members = service.users(), service.members()
        self._calls = Calls(credentials)

    def all(self) -> Sequence[Account]:
        """Every account that is in use and no guest's (Google `User`); raises AccountsUnknown."""
        pages = self._pages(
            lambda token: self._users.list(
                customer="my_customer", maxResults=USERS_A_PAGE, projection="basic", pageToken=token
            )
        )
        users = [user for page in pages for user in page.get("users", ())]
        return [
            Account(Email(user["primaryEmail"].lower()), user.get("orgUnitPath", "/"))
            for user in users
            if user.get("primaryEmail") and not any(user.get(closed) for closed in _NOT_OURS)
        ]

    def members_of(self, group: str) -> Sequence[Email]:
        """The addresses in a group and in the groups within it (Google `Member`); raises AccountsUnknown."""
        pages = self._pages(
            lambda token: self._members.list(
                groupKey=group, maxResults=MEMBERS_A_PAGE, includeDerivedMembership=True, pageToken=token
            )
        )
        members = [member for page in pages for member in page.get("members", ())]
        people = (member.get("email", "") for member in members if member.get("type", "USER") == "USER")
        return [Email(email.lower()) for email in people if email]

    def close(self) -> None:
        """Close the connections."""
        self._calls.close()

    def _pages(self, write: Callable[[str | None], HttpRequest]) -> Iterator[Page]:
        token: str | None = None
        for _ in range(PAGES_AT_MOST):
            page = self._page(write, token)
            yield page
            token = page.get("nextPageToken")
            if not token:
                return
        # Half a list would take the role of whoever is missing from it.
        raise AccountsUnknown(_OTHERWISE)

    def _page(self, write: Callable[[str | None], HttpRequest], token: str | None) -> Page:
        status: int | None = None
        try:
            answer: Page = self._calls.carry_out(lambda: write(token), timeout=SECONDS)
        except CallFailed as failure:
            status = failure.status
        else:
            return answer
        raise AccountsUnknown(_WHAT_TO_DO.get(status, _OTHERWISE))
