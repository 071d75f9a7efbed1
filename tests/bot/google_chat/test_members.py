"""Who is in a group: what Google lists to an app, with the addresses that are bound, and what it does not list."""

from collections.abc import Collection, Iterator, Mapping

import pytest

from bot.google_chat.client import ChatClient, NotThere
from bot.google_chat.members import ChatListing, ChatMembers
from bot.google_chat.wire import Json
from bot.groups.presence.ports import GroupGone, ListingFailed
from bot.groups.rosters.ports import Membership, MembersUnknown
from bot.school.people import Email, UserId
from bot.school.spaces import SpaceName
from tests.fakes.google_server import Answer, GoogleServer, error, google_server

SPACE = SpaceName("spaces/AAA")
BOUND = {UserId("users/1"): Email("sanne@school.example"), UserId("users/7"): Email("elsewhere@school.example")}


@pytest.fixture
def google() -> Iterator[GoogleServer]:
    with google_server() as server:
        yield server


@pytest.fixture
def client(google: GoogleServer) -> Iterator[ChatClient]:
    made = ChatClient(google.credentials(), google.address)
    yield made
    made.close()


@pytest.fixture
def members(client: ChatClient) -> ChatMembers:
    return ChatMembers(client, emails_of)


def emails_of(users: Collection[UserId]) -> Mapping[UserId, Email]:
    return {user: email for user, email in BOUND.items() if user in users}


def space(**counts: int) -> Answer:
    return Answer(200, {"name": SPACE, "spaceType": "SPACE", "membershipCount": counts})


def membership(user: str, name: str) -> Json:
    return {"member": {"name": user, "displayName": name, "type": "HUMAN"}, "state": "JOINED"}


def test_members_are_known_by_their_bound_address_else_by_their_name(
    members: ChatMembers, google: GoogleServer
) -> None:
    first = {"memberships": [membership("users/1", "Sanne Voorbeeld")], "nextPageToken": "verder"}
    second = {"memberships": [membership("users/2", "Daan Proefpersoon")]}
    google.answers.extend([space(joinedDirectHumanUserCount=2), Answer(200, first), Answer(200, second)])
    found = members.of(SPACE)
    assert found == Membership(
        frozenset({Email("sanne@school.example")}), complete=True, unplaced=("Daan Proefpersoon",)
    )
    assert google.seen[0].path.split("?")[0] == f"/v1/{SPACE}"
    assert "Daan" not in repr(found)


def test_with_a_google_group_in_it_the_list_is_not_complete(members: ChatMembers, google: GoogleServer) -> None:
    google.answers.extend([space(joinedGroupCount=1), Answer(200, {})])
    assert not members.of(SPACE).complete


@pytest.mark.parametrize("status", ["PERMISSION_DENIED", "UNAVAILABLE"])
@pytest.mark.parametrize("answered", [0, 1])
def test_who_is_there_is_not_known_when_one_call_fails(
    members: ChatMembers, google: GoogleServer, status: str, answered: int
) -> None:
    code = 403 if status == "PERMISSION_DENIED" else 503
    google.answers.extend([*[space()] * answered, error(code, status)])
    with pytest.raises(MembersUnknown):
        members.of(SPACE)


def test_a_space_that_the_bot_is_not_in_is_not_there(client: ChatClient, google: GoogleServer) -> None:
    google.answers.append(error(403, "PERMISSION_DENIED"))
    with pytest.raises(NotThere):
        client.get_space(SPACE)


def test_groups_are_listed_without_direct_messages_and_complete_only_when_google_says_so(
    client: ChatClient, google: GoogleServer
) -> None:
    listed = [
        {"name": "spaces/A", "spaceType": "SPACE", "membershipCount": {"joinedDirectHumanUserCount": 9}},
        {"name": "spaces/B", "spaceType": "DIRECT_MESSAGE"},
        {"name": "spaces/C", "spaceType": "GROUP_CHAT", "membershipCount": {"joinedGroupCount": 1}},
        {"name": "spaces/D", "spaceType": "SPACE"},
    ]
    google.answers.append(Answer(200, {"spaces": listed}))
    groups = ChatListing(client).groups()
    assert [(group.space[-1], group.complete) for group in groups] == [("A", True), ("C", False), ("D", False)]


def test_the_listing_tells_gone_from_silent(client: ChatClient, google: GoogleServer) -> None:
    listing = ChatListing(client)
    google.answers.extend([error(404, "NOT_FOUND"), error(503, "UNAVAILABLE"), Answer(200, {"name": SPACE})])
    assert not listing.is_there(SPACE)
    with pytest.raises(ListingFailed):
        listing.is_there(SPACE)
    assert listing.is_there(SPACE)
    google.answers.extend([error(404, "NOT_FOUND"), error(429, "RESOURCE_EXHAUSTED"), error(500, "INTERNAL")])
    with pytest.raises(GroupGone):
        listing.members(SPACE)
    with pytest.raises(ListingFailed):
        listing.members(SPACE)
    with pytest.raises(ListingFailed):
        listing.groups()
