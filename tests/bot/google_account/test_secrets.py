"""Secrets: read as text over Secret Manager's API, and a failure says what to do without showing anything."""

import base64
from collections.abc import Iterator

import pytest

from bot.google_account.secrets import SecretUnavailable, fetch_secret
from tests.fakes.google_server import Answer, GoogleServer, error, google_server

NAME = "projects/school/secrets/report-keys/versions/3"


@pytest.fixture
def google() -> Iterator[GoogleServer]:
    with google_server() as server:
        yield server


def fetched(google: GoogleServer) -> str:
    return fetch_secret(NAME, credentials=google.credentials(), endpoint=google.address)


def test_a_secret_is_fetched_as_text(google: GoogleServer) -> None:
    data = base64.b64encode("k1:sleutel é".encode()).decode()
    google.answers.append(Answer(200, {"name": NAME, "payload": {"data": data}}))
    assert fetched(google) == "k1:sleutel é"
    (seen,) = google.seen
    assert seen.path == f"/v1/{NAME}:access?alt=json"
    assert seen.headers["authorization"].startswith("Bearer ")


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (error(403, "PERMISSION_DENIED"), "403 PERMISSION_DENIED"),
        (error(404, "NOT_FOUND"), "404 NOT_FOUND"),
        (Answer(200, {"payload": {}}), "no readable text"),
        (Answer(200, {"payload": {"data": "***"}}), "no readable text"),
        (Answer(200, {"payload": {"data": base64.b64encode(b"\xff\xfe").decode()}}), "no readable text"),
    ],
    ids=["no role", "no such secret", "empty", "not base64", "not text"],
)
def test_a_secret_that_cannot_be_read_says_what_to_do(google: GoogleServer, answer: Answer, says: str) -> None:
    google.answers.append(answer)
    with pytest.raises(SecretUnavailable, match="Secret Manager Secret Accessor") as caught:
        fetched(google)
    assert says in str(caught.value)
    assert NAME in str(caught.value)


def test_a_name_that_is_none_is_refused_before_asking(google: GoogleServer) -> None:
    with pytest.raises(SecretUnavailable, match="INVALID_ARGUMENT"):
        fetch_secret("report-keys", credentials=google.credentials(), endpoint=google.address)
    assert not google.seen
