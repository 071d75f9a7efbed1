"""`spaces` and `spaces.members` through Google's own client, who may call at all, and what is not there."""

from collections.abc import Iterator
from typing import Any

import pytest
import requests
from google.auth.exceptions import RefreshError
from google.auth.transport.requests import Request

from simulator.records import Affiliation, Person
from simulator.server import Running
from tests.simulator.google.api import client, credentials, refused
from tests.simulator.stub_bot import CLASS_2A, CLASS_3B, KARIN, SANNE, SANNES_DM


@pytest.fixture
def spaces(running: Running) -> Iterator[Any]:
    with client(running) as found:
        yield found


def token(running: Running) -> dict[str, str]:
    return {"Authorization": f"Bearer {credentials(running).token}"}


def test_a_space_is_given_with_its_kind(spaces: Any) -> None:
    space = spaces.get(name=CLASS_3B).execute()
    assert (space["spaceType"], space["displayName"]) == ("SPACE", "Klas 3B")
    assert space["membershipCount"] == {"joinedDirectHumanUserCount": 4}
    with refused(403, "PERMISSION_DENIED"):
        spaces.get(name=CLASS_2A).execute()
    with refused(404, "NOT_FOUND"):
        spaces.get(name="spaces/NOWHERE").execute()


def test_a_direct_message_is_listed_once_something_was_said(running: Running, spaces: Any) -> None:
    assert [space["name"] for space in spaces.list().execute()["spaces"]] == [CLASS_3B]
    running.world.add_message(SANNES_DM, SANNE, {"text": "hoi"})
    assert {space["name"] for space in spaces.list().execute()["spaces"]} == {CLASS_3B, SANNES_DM}
    only = spaces.list(filter='spaceType = "SPACE" OR space_type = "GROUP_CHAT"').execute()
    assert [space["name"] for space in only["spaces"]] == [CLASS_3B]
    with refused(400, "INVALID_ARGUMENT"):
        spaces.list(filter="name = x").execute()


def test_a_direct_message_is_found_by_numeric_id(running: Running, spaces: Any) -> None:
    assert spaces.findDirectMessage(name=SANNE).execute()["name"] == SANNES_DM
    with refused(400, "INVALID_ARGUMENT"):
        spaces.findDirectMessage(name="users/sanne.voorbeeld@leerling.rgo.example").execute()
    with refused(404, "NOT_FOUND"):
        spaces.findDirectMessage(name="users/999").execute()
    running.chat.remove_bot(SANNE, SANNES_DM)
    with refused(404, "NOT_FOUND"):
        spaces.findDirectMessage(name=SANNE).execute()


def test_members_are_people_with_affiliation_and_without_address(running: Running, spaces: Any) -> None:
    stranger = Person("users/801", "Gijs Gast", "gijs@elders.example", affiliation=Affiliation.EXTERNAL)
    running.world.add_person(stranger)
    members = running.world.space(CLASS_3B).members
    running.world.change_space(CLASS_3B, members=(*members, stranger.user))
    found = spaces.members().list(parent=CLASS_3B).execute()["memberships"]
    by_user = {entry["member"]["name"]: entry for entry in found}
    assert by_user[KARIN]["role"] == "ROLE_MANAGER"
    assert by_user["users/801"]["affiliation"] == "EXTERNAL"
    assert by_user[SANNE]["affiliation"] == "INTERNAL"
    assert all("email" not in entry["member"] and entry["member"]["type"] == "HUMAN" for entry in found)


def test_lists_come_in_pages(spaces: Any) -> None:
    seen: list[str] = []
    request = spaces.members().list(parent=CLASS_3B, pageSize=3)
    pages = 0
    while request is not None:
        answer = request.execute()
        seen += [entry["member"]["name"] for entry in answer["memberships"]]
        request = spaces.members().list_next(request, answer)
        pages += 1
    assert (pages, len(seen), len(set(seen))) == (2, 4, 4)
    with refused(400, "INVALID_ARGUMENT"):
        spaces.members().list(parent=CLASS_3B, pageToken="else").execute()


def test_one_member_is_given_by_id(spaces: Any) -> None:
    member = spaces.members().get(name=f"{CLASS_3B}/members/101").execute()
    assert member["member"]["displayName"] == "Sanne Voorbeeld"
    assert spaces.members().get(name=f"{CLASS_3B}/members/app").execute()["member"]["type"] == "BOT"
    for nobody in ("301", "999"):
        with refused(404, "NOT_FOUND"):
            spaces.members().get(name=f"{CLASS_3B}/members/{nobody}").execute()


def test_what_needs_a_person_is_refused_to_an_app(spaces: Any) -> None:
    for asked in ({"filter": 'member.type = "HUMAN"'}, {"showGroups": True}, {"useAdminAccess": True}):
        with refused(403, "PERMISSION_DENIED"):
            spaces.members().list(parent=CLASS_3B, **asked).execute()
    with refused(403, "PERMISSION_DENIED"):
        spaces.members().delete(name=f"{CLASS_3B}/members/app").execute()
    with refused(403, "PERMISSION_DENIED"):
        spaces.messages().list(parent=CLASS_3B).execute()
    with refused(403, "PERMISSION_DENIED"):
        spaces.get(name=CLASS_3B, useAdminAccess=True).execute()


def test_a_method_that_google_has_and_we_have_not_says_so(spaces: Any) -> None:
    with refused(501, "UNIMPLEMENTED"):
        spaces.create(body={"spaceType": "SPACE"}).execute()


def test_unknown_paths_parameters_and_fields_are_refused(running: Running) -> None:
    here, headers = f"{running.address}/v1", token(running)
    assert requests.get(f"{here}/rooms", headers=headers, timeout=5).status_code == 404
    assert requests.get(f"{here}/{CLASS_3B}?colour=red", headers=headers, timeout=5).status_code == 400
    assert requests.get(f"{here}/spaces?pageSize=many", headers=headers, timeout=5).status_code == 400
    messages = f"{here}/{CLASS_3B}/messages"
    for body in ({"text": "x", "colour": "red"}, ["x"], "x"):
        assert requests.post(messages, json=body, headers=headers, timeout=5).status_code == 400
    broken = requests.post(messages, data=b"{", headers=headers, timeout=5)
    assert broken.json()["error"]["status"] == "INVALID_ARGUMENT"
    assert running.world.messages_in(CLASS_3B) == ()


def test_without_a_token_of_ours_nothing_is_answered(running: Running, spaces: Any) -> None:
    for header in ({}, {"Authorization": "Bearer stranger"}, {"Authorization": "Basic eDp5"}):
        answer = requests.get(f"{running.address}/v1/spaces", headers=header, timeout=5)
        assert (answer.status_code, answer.json()["error"]["status"]) == (401, "UNAUTHENTICATED")
    running.tokens.revoke_all()
    # The client takes a new token by itself.
    assert spaces.list().execute()["spaces"]


def test_another_scope_is_not_enough(running: Running) -> None:
    scopes = ("https://www.googleapis.com/auth/cloud-platform",)
    with client(running, scopes) as spaces, refused(403, "PERMISSION_DENIED"):
        spaces.list().execute()


def test_the_token_endpoint_knows_its_own_account_only(running: Running) -> None:
    account: Any = credentials(running)
    delegated = account.with_subject("karin.krijtje@rgo.example")
    with pytest.raises(RefreshError):
        delegated.refresh(Request())
    answer = requests.post(f"{running.address}/token", data={"grant_type": "password"}, timeout=5)
    assert (answer.status_code, answer.json()["error"]) == (400, "unsupported_grant_type")


def test_no_token_stands_in_the_log(running: Running, spaces: Any) -> None:
    spaces.list().execute()
    assert "ya29" not in str(running.world.log.since(0))
