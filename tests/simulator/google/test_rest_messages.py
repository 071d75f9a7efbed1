"""`spaces.messages` through Google's own client: what works, what happens once, and how it refuses."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import requests

from simulator.server import Running
from tests.simulator.google.api import client, credentials, refused
from tests.simulator.stub_bot import CLASS_2A, CLASS_3B, DAAN, SANNE, SANNES_DM, card, with_card


@pytest.fixture
def messages(running: Running) -> Iterator[Any]:
    with client(running) as spaces:
        yield spaces.messages()


def texts(running: Running, user: str = SANNE, space: str = CLASS_3B) -> list[str]:
    return [message.text for message in running.world.visible_to(user, space)]


def test_a_message_is_posted_and_read_back(running: Running, messages: Any) -> None:
    made = messages.create(parent=CLASS_3B, body=with_card("Dag allen", card())).execute()
    assert made["sender"] == {"name": running.world.bot.user, "type": "BOT"}
    assert made["thread"]["name"].startswith(f"{CLASS_3B}/threads/")
    assert messages.get(name=made["name"]).execute() == made
    assert texts(running, DAAN) == ["Dag allen"]


def test_a_message_id_is_used_once_and_names_the_message(running: Running, messages: Any) -> None:
    made = messages.create(parent=CLASS_3B, body={"text": "een"}, messageId="client-a1").execute()
    assert made["clientAssignedMessageId"] == "client-a1"
    with refused(409, "ALREADY_EXISTS"):
        messages.create(parent=CLASS_3B, body={"text": "twee"}, messageId="client-a1").execute()
    assert messages.get(name=f"{CLASS_3B}/messages/client-a1").execute()["text"] == "een"
    messages.create(parent=SANNES_DM, body={"text": "elders"}, messageId="client-a1").execute()
    messages.delete(name=f"{CLASS_3B}/messages/client-a1").execute()
    with refused(409, "ALREADY_EXISTS"):
        messages.create(parent=CLASS_3B, body={"text": "drie"}, messageId="client-a1").execute()
    assert texts(running) == [""]


def test_of_many_at_once_with_one_id_one_is_made(running: Running) -> None:
    headers = {"Authorization": f"Bearer {credentials(running).token}"}
    address = f"{running.address}/v1/{CLASS_3B}/messages?messageId=client-a1"

    def post(number: int) -> int:
        return requests.post(address, json={"text": str(number)}, headers=headers, timeout=10).status_code

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(post, range(16))) == [200] + [409] * 15
    assert len(running.world.messages_in(CLASS_3B)) == 1


@pytest.mark.parametrize("bad", ["a1", "client-", "client-A", "client-" + "a" * 57, "client-a_b"])
def test_a_message_id_has_googles_form(messages: Any, bad: str) -> None:
    with refused(400, "INVALID_ARGUMENT"):
        messages.create(parent=CLASS_3B, body={"text": "x"}, messageId=bad).execute()


def test_a_request_id_creates_once(running: Running, messages: Any) -> None:
    first = messages.create(parent=CLASS_3B, body={"text": "een"}, requestId="r1").execute()
    again = messages.create(parent=CLASS_3B, body={"text": "twee"}, requestId="r1").execute()
    assert again == first
    assert texts(running) == ["een"]


def test_a_private_message_is_for_its_viewer_who_is_a_member(running: Running, messages: Any) -> None:
    messages.create(parent=CLASS_3B, body={"text": "jij", "privateMessageViewer": {"name": SANNE}}).execute()
    assert (texts(running), texts(running, DAAN)) == (["jij"], [])
    with refused(400, "INVALID_ARGUMENT"):
        messages.create(parent=CLASS_3B, body={"text": "x", "privateMessageViewer": {"name": "users/301"}}).execute()


def test_a_private_thread_takes_only_messages_to_the_same_person(running: Running, messages: Any) -> None:
    viewer = {"privateMessageViewer": {"name": SANNE}}
    private = messages.create(parent=CLASS_3B, body={"text": "jij", **viewer}).execute()
    thread = {"thread": {"name": private["thread"]["name"]}}
    options = {"parent": CLASS_3B, "messageReplyOption": "REPLY_MESSAGE_OR_FAIL"}
    with refused(400, "INVALID_ARGUMENT"):
        messages.create(body={"text": "allen", **thread}, **options).execute()
    messages.create(body={"text": "nog eens jij", **thread, **viewer}, **options).execute()
    assert texts(running) == ["jij", "nog eens jij"]


def test_a_reply_needs_to_be_asked_for_in_a_named_space(messages: Any) -> None:
    root = messages.create(parent=CLASS_3B, body={"text": "een"}).execute()
    body = {"text": "twee", "thread": {"name": root["thread"]["name"]}}
    elsewhere = messages.create(parent=CLASS_3B, body=body).execute()
    assert elsewhere["thread"]["name"] != root["thread"]["name"]
    reply = messages.create(
        parent=CLASS_3B, body=body, messageReplyOption="REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD"
    ).execute()
    assert (reply["thread"]["name"], reply["threadReply"]) == (root["thread"]["name"], True)


def test_a_thread_key_finds_its_thread_again(messages: Any) -> None:
    option = "REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD"
    body = {"text": "x", "thread": {"threadKey": "regels"}}
    first, second = (
        messages.create(parent=CLASS_3B, body=body, messageReplyOption=option).execute() for _time in range(2)
    )
    assert first["thread"] == second["thread"]
    with refused(404, "NOT_FOUND"):
        gone = {"text": "x", "thread": {"name": f"{CLASS_3B}/threads/GONE"}}
        messages.create(parent=CLASS_3B, body=gone, messageReplyOption="REPLY_MESSAGE_OR_FAIL").execute()


def test_patch_changes_what_the_mask_names(running: Running, messages: Any) -> None:
    made = messages.create(parent=CLASS_3B, body=with_card("een", card())).execute()
    changed = messages.patch(name=made["name"], updateMask="text", body={"text": "twee"}).execute()
    assert (changed["text"], changed["cardsV2"]) == ("twee", made["cardsV2"])
    assert changed["lastUpdateTime"]
    cleared = messages.patch(name=made["name"], updateMask="cards_v2", body={}).execute()
    assert "cardsV2" not in cleared
    whole = messages.patch(name=made["name"], updateMask="*", body={"text": "drie"}).execute()
    assert whole["text"] == "drie"
    assert texts(running) == ["drie"]


def test_patch_needs_a_mask_and_an_own_message(running: Running, messages: Any) -> None:
    made = messages.create(parent=CLASS_3B, body={"text": "een"}).execute()
    for mask in (None, "sender", "text,thread"):
        with refused(400, "INVALID_ARGUMENT"):
            messages.patch(name=made["name"], updateMask=mask, body={"text": "x"}).execute()
    with refused(400, "INVALID_ARGUMENT"):
        messages.patch(name=made["name"], updateMask="text", body={}).execute()
    theirs = running.world.add_message(CLASS_3B, SANNE, {"text": "van mij"})
    with refused(403, "PERMISSION_DENIED"):
        messages.patch(name=theirs.name, updateMask="text", body={"text": "x"}).execute()
    with refused(403, "PERMISSION_DENIED"):
        messages.delete(name=theirs.name).execute()
    with refused(403, "PERMISSION_DENIED"):
        messages.get(name=theirs.name).execute()


def test_patch_may_create_what_is_missing_under_a_client_id(running: Running, messages: Any) -> None:
    name = f"{CLASS_3B}/messages/client-b2"
    with refused(404, "NOT_FOUND"):
        messages.patch(name=name, updateMask="text", body={"text": "x"}).execute()
    made = messages.patch(name=name, updateMask="text", body={"text": "nieuw"}, allowMissing=True).execute()
    assert made["clientAssignedMessageId"] == "client-b2"
    assert texts(running) == ["nieuw"]


def test_what_was_said_to_the_bot_can_be_read(running: Running, messages: Any) -> None:
    name = running.chat.type(SANNE, SANNES_DM, "hoi").messages[0]
    assert messages.get(name=name).execute()["text"] == "hoi"


def test_where_the_bot_is_not_it_may_nothing(running: Running, messages: Any) -> None:
    with refused(403, "PERMISSION_DENIED"):
        messages.create(parent=CLASS_2A, body={"text": "x"}).execute()
    with refused(404, "NOT_FOUND"):
        messages.create(parent="spaces/NOWHERE", body={"text": "x"}).execute()
    with refused(404, "NOT_FOUND"):
        messages.delete(name=f"{CLASS_3B}/messages/none.none").execute()
    running.chat.remove_bot(SANNE, CLASS_3B)
    with refused(403, "PERMISSION_DENIED"):
        messages.create(parent=CLASS_3B, body={"text": "x"}).execute()


def test_a_broken_card_is_refused_and_the_log_says_why(running: Running, messages: Any) -> None:
    with refused(400, "INVALID_ARGUMENT"):
        messages.create(parent=CLASS_3B, body=with_card("x", {"sections": [{"widgets": []}]})).execute()
    assert "a section needs a widget" in running.world.log.entries()[-1].note
    with refused(400, "INVALID_ARGUMENT"):
        messages.create(parent=CLASS_3B, body={"text": "x", "actionResponse": {"type": "NEW_MESSAGE"}}).execute()
