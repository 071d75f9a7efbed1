"""The Chat client: what it sends, what each kind of failure becomes, and that no word of a message leaks on the way."""

import json
import logging
import threading
import time
from collections.abc import Iterator

import pytest

from bot.google_account import transport
from bot.google_chat.client import ChatClient, NotThere, Refused, TryLater
from bot.school.people import UserId
from bot.school.spaces import SpaceKind, SpaceName
from tests.fakes.google_server import Answer, GoogleServer, error, google_server

SPACE = SpaceName("spaces/AAA")
SECRET = "Sanne werd uitgescholden"
ID = "client-0123456789abcdef"


@pytest.fixture
def google() -> Iterator[GoogleServer]:
    with google_server() as server:
        yield server


@pytest.fixture
def client(google: GoogleServer) -> Iterator[ChatClient]:
    made = ChatClient(google.credentials(), google.address)
    made.warm_up()
    yield made
    made.close()


def test_a_message_is_posted_with_its_own_id_and_a_token(client: ChatClient, google: GoogleServer) -> None:
    client.create_message(SPACE, {"text": "Hoi"}, ID)
    (seen,) = google.seen
    assert seen.method == "POST"
    assert seen.path.startswith("/v1/spaces/AAA/messages?")
    assert f"messageId={ID}" in seen.path
    assert seen.headers["authorization"] == "Bearer token-1"
    assert seen.json == {"text": "Hoi"}


def test_emoji_travel_as_utf_8_and_not_as_escapes(client: ChatClient, google: GoogleServer) -> None:
    client.create_message(SPACE, {"text": "😀" * 1000}, ID)
    assert len(google.seen[0].body) == 4000 + len('{"text":""}')


def test_calls_share_one_connection_and_one_token(client: ChatClient, google: GoogleServer) -> None:
    for _ in range(3):
        client.create_message(SPACE, {"text": "Hoi"}, ID)
    assert len({seen.connection for seen in google.seen}) == 1
    assert len(google.tokens_asked) == 1


def test_each_thread_has_its_own_connection_and_they_share_the_token(client: ChatClient, google: GoogleServer) -> None:
    client.create_message(SPACE, {"text": "Hoi"}, ID)
    thread = threading.Thread(target=client.create_message, args=(SPACE, {"text": "Hoi"}, ID))
    thread.start()
    thread.join()
    client.close()
    assert len({seen.connection for seen in google.seen}) == 2
    assert len(google.tokens_asked) == 1


@pytest.mark.parametrize(
    ("answer", "becomes"),
    [
        (error(429, "RESOURCE_EXHAUSTED"), TryLater),
        (error(500, "INTERNAL"), TryLater),
        (error(503, "UNAVAILABLE"), TryLater),
        (error(409, "ABORTED"), TryLater),
        (error(408, "DEADLINE_EXCEEDED"), TryLater),
        (error(403, "PERMISSION_DENIED"), NotThere),
        (error(403, "PERMISSION_DENIED", reason="SERVICE_DISABLED"), TryLater),
        (error(404, "NOT_FOUND"), NotThere),
        (error(400, "INVALID_ARGUMENT"), Refused),
        (error(413, "OUT_OF_RANGE"), Refused),
        (Answer(502, b"<html>Bad Gateway</html>"), TryLater),
        (Answer(500, b'{"error": {"message": 5, "details": 3}}'), TryLater),
        (Answer(404, b"[1]"), NotThere),
        (Answer(200, b"<html>Log in to this network</html>"), TryLater),
        (Answer(200, {}), TryLater),
        (Answer(302, b"", location="http://127.0.0.1:1/elsewhere"), TryLater),
        (Answer(cut=True), TryLater),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else f"{value.status}{'-cut' if value.cut else ''}",
)
def test_each_failure_has_one_meaning(
    client: ChatClient, google: GoogleServer, answer: Answer, becomes: type[Exception]
) -> None:
    google.answers.extend([answer] * 4)
    with pytest.raises(becomes):
        client.create_message(SPACE, {"text": "Hoi"}, ID)


def test_what_google_answers_with_an_error_is_asked_once(client: ChatClient, google: GoogleServer) -> None:
    google.answers.append(error(503, "UNAVAILABLE"))
    with pytest.raises(TryLater):
        client.create_message(SPACE, {"text": "Hoi"}, ID)
    assert len(google.seen) == 1


def test_a_message_id_that_is_taken_means_that_the_message_is_there(client: ChatClient, google: GoogleServer) -> None:
    google.answers.append(error(409, "ALREADY_EXISTS"))
    client.create_message(SPACE, {"text": "Hoi"}, ID)
    assert len(google.seen) == 1


def test_an_answer_that_was_cut_off_is_found_again_by_the_same_id(client: ChatClient, google: GoogleServer) -> None:
    google.answers.extend([Answer(cut=True)] * 3)
    with pytest.raises(TryLater):
        client.create_message(SPACE, {"text": "Hoi"}, ID)
    google.answers.clear()
    google.answers.append(error(409, "ALREADY_EXISTS"))
    client.create_message(SPACE, {"text": "Hoi"}, ID)
    assert {seen.path for seen in google.seen} == {f"/v1/spaces/AAA/messages?messageId={ID}&alt=json"}


@pytest.mark.parametrize("noticed", [True, False], ids=["seen beforehand", "found out while writing"])
def test_a_kept_connection_that_google_closed_is_replaced(
    client: ChatClient, google: GoogleServer, monkeypatch: pytest.MonkeyPatch, *, noticed: bool
) -> None:
    if not noticed:
        monkeypatch.setattr(transport, "_has_something_to_say", lambda sock: False)
    google.answers.append(Answer(then_close=True))
    client.create_message(SPACE, {"text": "een"}, ID)
    time.sleep(0.05)
    client.create_message(SPACE, {"text": "twee"}, ID)
    assert [seen.json["text"] for seen in google.seen] == ["een", "twee"]


def test_a_silent_server_takes_no_longer_than_allowed(client: ChatClient, google: GoogleServer) -> None:
    google.answers.append(Answer(after=2))
    before = time.monotonic()
    with pytest.raises(TryLater):
        client.create_message(SPACE, {"text": "Hoi"}, ID, timeout=0.2)
    assert time.monotonic() - before < 0.6


def test_the_time_out_also_counts_on_a_kept_connection(client: ChatClient, google: GoogleServer) -> None:
    client.create_message(SPACE, {"text": "Hoi"}, ID, timeout=30)
    google.answers.append(Answer(after=2))
    before = time.monotonic()
    with pytest.raises(TryLater):
        client.create_message(SPACE, {"text": "Hoi"}, ID, timeout=0.2)
    assert time.monotonic() - before < 0.6


def test_a_late_answer_is_never_taken_for_that_of_the_next_call(client: ChatClient, google: GoogleServer) -> None:
    google.answers.append(Answer(200, {"name": "spaces/LATE"}, after=0.3))
    with pytest.raises(TryLater):
        client.find_direct_message(UserId("users/1"), timeout=0.1)
    time.sleep(0.4)
    google.answers.append(Answer(200, {"name": "spaces/RIGHT"}))
    assert client.find_direct_message(UserId("users/2")) == "spaces/RIGHT"


def test_a_connection_with_half_an_answer_is_dropped(client: ChatClient, google: GoogleServer) -> None:
    google.answers.append(Answer(halfway=1))
    with pytest.raises(TryLater):
        client.create_message(SPACE, {"text": "een"}, ID, timeout=0.1)
    assert not client._calls._road().bounded.connections
    client.create_message(SPACE, {"text": "twee"}, ID, timeout=0.5)
    assert [seen.json["text"] for seen in google.seen] == ["een", "twee"]


def test_a_redirect_is_not_followed_because_the_token_would_go_along(client: ChatClient, google: GoogleServer) -> None:
    for status in (301, 302, 303, 307, 308):
        google.answers.append(Answer(status, b"", location=f"{google.address}/elsewhere"))
        with pytest.raises(TryLater):
            client.find_direct_message(UserId("users/1"))
    assert "/elsewhere" not in {seen.path for seen in google.seen}


def test_a_token_that_is_about_to_expire_is_renewed_first(client: ChatClient, google: GoogleServer) -> None:
    google.token_answers.append(Answer(200, {"access_token": "old", "expires_in": 60}))
    client.create_message(SPACE, {"text": "Hoi"}, ID)
    client.create_message(SPACE, {"text": "Hoi"}, ID)
    assert [seen.headers["authorization"] for seen in google.seen] == ["Bearer old", "Bearer token-2"]


def test_no_time_left_means_nothing_is_sent(client: ChatClient, google: GoogleServer) -> None:
    with pytest.raises(TryLater):
        client.create_message(SPACE, {"text": "Hoi"}, ID, timeout=0)
    assert not google.seen


def test_nobody_listening_is_tried_later(google: GoogleServer) -> None:
    client = ChatClient(google.credentials(), "http://127.0.0.1:9")
    with pytest.raises(TryLater):
        client.create_message(SPACE, {"text": "Hoi"}, ID)
    client.close()


def test_a_token_that_google_no_longer_takes_is_renewed_once(client: ChatClient, google: GoogleServer) -> None:
    google.answers.append(error(401, "UNAUTHENTICATED"))
    client.create_message(SPACE, {"text": "Hoi"}, ID)
    assert [seen.headers["authorization"] for seen in google.seen] == ["Bearer token-1", "Bearer token-2"]


def test_an_account_that_is_not_accepted_at_all_is_tried_later(client: ChatClient, google: GoogleServer) -> None:
    google.answers.extend([error(401, "UNAUTHENTICATED")] * 2)
    with pytest.raises(TryLater):
        client.create_message(SPACE, {"text": "Hoi"}, ID)


@pytest.mark.parametrize(
    "answer",
    [Answer(503, {}), Answer(400, {"error": "invalid_grant"}), Answer(cut=True), Answer(200, b"niets")],
    ids=["busy", "key withdrawn", "cut", "unreadable"],
)
def test_without_a_token_it_is_tried_later_and_nobody_sleeps(
    client: ChatClient, google: GoogleServer, answer: Answer
) -> None:
    google.token_answers.extend([answer] * 4)
    before = time.monotonic()
    with pytest.raises(TryLater):
        client.create_message(SPACE, {"text": "Hoi"}, ID)
    assert time.monotonic() - before < 0.5
    assert not google.seen


def test_a_slow_token_counts_in_the_same_time(client: ChatClient, google: GoogleServer) -> None:
    google.token_answers.append(Answer(after=2))
    before = time.monotonic()
    with pytest.raises(TryLater):
        client.create_message(SPACE, {"text": "Hoi"}, ID, timeout=0.2)
    assert time.monotonic() - before < 0.6


@pytest.mark.parametrize("status", [400, 403, 500, 200])
def test_no_failure_or_log_line_repeats_what_was_sent(
    client: ChatClient, google: GoogleServer, caplog: pytest.LogCaptureFixture, status: int
) -> None:
    caplog.set_level(logging.DEBUG)
    google.answers.append(
        Answer(
            status,
            json.dumps({"error": {"status": SECRET, "message": SECRET, "details": [{"reason": SECRET}]}}).encode(),
        )
    )
    with pytest.raises((TryLater, NotThere, Refused)) as caught:
        client.create_message(SPACE, {"text": SECRET}, ID)
    told = f"{caught.value!r} {caught.value} {caught.value.__cause__!r} {caught.value.__context__!r}"
    assert "Sanne" not in told + caplog.text


def test_a_space_that_is_no_space_is_refused_without_its_name(client: ChatClient, google: GoogleServer) -> None:
    with pytest.raises(Refused) as caught:
        client.create_message(SpaceName("Sanne/Voorbeeld"), {"text": "Hoi"}, ID)
    assert "Sanne" not in str(caught.value)
    assert not google.seen


def test_members_come_from_all_pages_without_apps_and_invited_people(client: ChatClient, google: GoogleServer) -> None:
    person = {"name": "users/1", "displayName": "Sanne Voorbeeld", "type": "HUMAN"}
    membership = {"member": person, "state": "JOINED", "affiliation": "INTERNAL", "role": "ROLE_MEMBER"}
    app = {"member": {"name": "users/9", "type": "BOT"}, "state": "JOINED"}
    invited = {"member": {"name": "users/3", "type": "HUMAN"}, "state": "INVITED"}
    outsider = {"member": {"name": "users/2", "type": "HUMAN"}, "affiliation": "EXTERNAL"}
    google.answers.append(Answer(200, {"memberships": [membership, app, invited], "nextPageToken": "verder"}))
    google.answers.append(Answer(200, {"memberships": [outsider, {"groupMember": {"name": "groups/1"}}]}))
    members = client.list_members(SPACE)
    assert [(member.user, member.affiliation) for member in members] == [
        ("users/1", "INTERNAL"),
        ("users/2", "EXTERNAL"),
    ]
    assert "pageToken=verder" in google.seen[1].path


def test_spaces_are_listed_with_old_and_new_kinds(client: ChatClient, google: GoogleServer) -> None:
    listed = [
        {"name": "spaces/A", "spaceType": "SPACE", "displayName": "Klas 3B", "externalUserAllowed": True},
        {"name": "spaces/B", "singleUserBotDm": True, "type": "DM", "adminInstalled": True},
        {"name": "spaces/C", "type": "ROOM", "membershipCount": {"joinedGroupCount": 2}},
    ]
    google.answers.append(Answer(200, {"spaces": listed}))
    spaces = client.list_spaces()
    assert [space.kind for space in spaces] == [SpaceKind.SPACE, SpaceKind.DIRECT_MESSAGE, SpaceKind.SPACE]
    assert [space.outsiders_allowed for space in spaces] == [True, False, False]
    assert [space.groups_joined for space in spaces] == [0, 0, 2]
    assert spaces[1].admin_installed


def test_somebody_without_a_direct_message_has_none(client: ChatClient, google: GoogleServer) -> None:
    google.answers.append(error(404, "NOT_FOUND"))
    assert client.find_direct_message(UserId("users/1")) is None
    google.answers.append(Answer(200, {"name": "spaces/DM"}))
    assert client.find_direct_message(UserId("users/1")) == "spaces/DM"


def test_a_listing_that_fails_halfway_fails_whole(client: ChatClient, google: GoogleServer) -> None:
    google.answers.append(Answer(200, {"spaces": [{"name": "spaces/A", "spaceType": "SPACE"}], "nextPageToken": "x"}))
    google.answers.append(error(500, "INTERNAL"))
    with pytest.raises(TryLater):
        client.list_spaces()
