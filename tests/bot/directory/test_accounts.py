"""The school's accounts come whole or not at all, and only with fields that Google describes."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from googleapiclient.discovery_cache import get_static_doc

from bot.directory.accounts import SCOPES, GoogleAccounts
from bot.school.accounts.ports import Account, AccountsUnknown
from bot.school.people import Email
from tests.fakes.google_server import Answer, GoogleServer, error, google_server

Json = dict[str, Any]


def user(email: str, unit: str = "/Leerlingen", **more: object) -> Json:
    return {"kind": "admin#directory#user", "id": "1", "primaryEmail": email, "orgUnitPath": unit, **more}


@pytest.fixture
def google() -> Iterator[GoogleServer]:
    with google_server() as server:
        yield server


@pytest.fixture
def accounts(google: GoogleServer) -> Iterator[GoogleAccounts]:
    made = GoogleAccounts(google.credentials(), google.address)
    yield made
    made.close()


def test_accounts_come_from_all_pages_and_closed_ones_are_left_out(
    accounts: GoogleAccounts, google: GoogleServer
) -> None:
    google.answers.append(Answer(200, {"users": [user("Sanne@school.example")], "nextPageToken": "verder"}))
    closed = [user("weg@school.example", suspended=True), user("oud@school.example", archived=True)]
    closed.append(user("gast@elders.example", isGuestUser=True))
    google.answers.append(Answer(200, {"users": [*closed, user("karin@school.example", "/Medewerkers")]}))
    assert accounts.all() == [
        Account(Email("sanne@school.example"), "/Leerlingen"),
        Account(Email("karin@school.example"), "/Medewerkers"),
    ]
    assert google.seen[0].path.startswith("/admin/directory/v1/users?")
    assert "customer=my_customer" in google.seen[0].path
    assert "pageToken=verder" in google.seen[1].path
    assert "sanne" not in repr(Account(Email("sanne@school.example"), "/"))


def test_members_of_a_group_are_people_those_in_groups_within_it_too(
    accounts: GoogleAccounts, google: GoogleServer
) -> None:
    members = [{"email": "Karin@school.example", "type": "USER"}, {"email": "team@school.example", "type": "GROUP"}]
    google.answers.append(Answer(200, {"members": members, "nextPageToken": "verder"}))
    google.answers.append(Answer(200, {"members": [{"id": "3", "type": "CUSTOMER"}]}))
    assert accounts.members_of("docenten@school.example") == ["karin@school.example"]
    assert "includeDerivedMembership=true" in google.seen[0].path


def test_a_group_without_members_has_nobody(accounts: GoogleAccounts, google: GoogleServer) -> None:
    google.answers.append(Answer(200, {}))
    assert accounts.members_of("leeg@school.example") == []


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (error(404, "NOT_FOUND"), "gids.groepen"),
        (error(403, "PERMISSION_DENIED"), "DIRECTORY_SUBJECT"),
        (error(401, "UNAUTHENTICATED"), "delegatie"),
        (error(503, "UNAVAILABLE"), "later"),
        (Answer(200, b"<html>a page of something in between</html>"), "later"),
    ],
)
def test_half_a_list_is_no_list_and_the_reason_is_told_with_what_to_do(
    accounts: GoogleAccounts, google: GoogleServer, answer: Answer, words: str
) -> None:
    google.answers.append(Answer(200, {"users": [user("sanne@school.example")], "nextPageToken": "verder"}))
    # The token is made anew once when it is refused.
    google.answers.extend([answer, answer])
    with pytest.raises(AccountsUnknown, match=words) as unknown:
        accounts.all()
    assert "sanne" not in str(unknown.value)


def test_what_is_asked_and_read_is_what_google_describes() -> None:
    described = json.loads(get_static_doc("admin", "directory_v1") or "{}")  # type: ignore[no-untyped-call]
    resources, schemas = described["resources"], described["schemas"]
    users, members = (resources[name]["methods"]["list"] for name in ("users", "members"))
    assert {"customer", "maxResults", "projection", "pageToken"} <= users["parameters"].keys()
    assert {"groupKey", "maxResults", "includeDerivedMembership", "pageToken"} <= members["parameters"].keys()
    assert {"users", "nextPageToken"} <= schemas[users["response"]["$ref"]]["properties"].keys()
    assert {"members", "nextPageToken"} <= schemas[members["response"]["$ref"]]["properties"].keys()
    assert (
        user("a@b.example", suspended=True, archived=True, isGuestUser=True).keys()
        <= schemas["User"]["properties"].keys()
    )
    assert {"email", "type"} <= schemas["Member"]["properties"].keys()
    assert set(SCOPES) <= described["auth"]["oauth2"]["scopes"].keys()
    assert SCOPES[0] in users["scopes"]
    assert SCOPES[1] in members["scopes"]
