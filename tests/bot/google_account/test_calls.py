"""Calls with the account that App Engine runs as, and what the description of an API is made of."""

import time
from collections.abc import Iterator

import google.auth.compute_engine
import pytest
from google.auth.compute_engine import _metadata

from bot.google_account.apis import build_api
from bot.google_account.calls import CallFailed, Calls
from tests.fakes.google_server import Answer, GoogleServer, google_server

INFO = Answer(200, {"email": "bot@project.example", "scopes": ["scope"]})
TOKEN = Answer(200, {"access_token": "from-metadata", "expires_in": 3600, "token_type": "Bearer"})


@pytest.fixture
def metadata(monkeypatch: pytest.MonkeyPatch) -> Iterator[GoogleServer]:
    """A server that is both App Engine's metadata server and Google Chat."""
    with google_server() as server:
        monkeypatch.setattr(_metadata, "_GCE_METADATA_HOST", server.address.removeprefix("http://"))
        yield server


@pytest.fixture
def calls() -> Iterator[Calls]:
    made = Calls(google.auth.compute_engine.Credentials(scopes=["scope"]))  # type: ignore[no-untyped-call]
    yield made
    made.close()


def test_on_app_engine_the_token_comes_from_the_metadata_server(calls: Calls, metadata: GoogleServer) -> None:
    metadata.answers.extend([INFO, TOKEN, Answer(200, {"spaces": []})])
    spaces = build_api("chat", "v1", metadata.address).spaces()
    assert calls.carry_out(spaces.list, timeout=5) == {"spaces": []}
    assert [seen.path.split("?")[0] for seen in metadata.seen] == [
        "/computeMetadata/v1/instance/service-accounts/default/",
        "/computeMetadata/v1/instance/service-accounts/default/token",
        "/v1/spaces",
    ]
    assert metadata.seen[-1].headers["authorization"] == "Bearer from-metadata"


@pytest.mark.parametrize(
    "answers",
    [[Answer(503, {})], [Answer(404, b"")], [INFO, Answer(500, {})], [Answer(cut=True)] * 3, [INFO, Answer(200, {})]],
    ids=["busy", "no account", "no token", "cut", "empty"],
)
def test_a_metadata_server_that_fails_makes_nobody_wait(
    calls: Calls, metadata: GoogleServer, answers: list[Answer]
) -> None:
    metadata.answers.extend(answers)
    spaces = build_api("chat", "v1", metadata.address).spaces()
    before = time.monotonic()
    with pytest.raises(CallFailed) as caught:
        calls.carry_out(spaces.list, timeout=5)
    assert time.monotonic() - before < 0.5
    assert caught.value.status is None
    assert not [seen for seen in metadata.seen if seen.path.startswith("/v1/")]


def test_an_endpoint_may_end_in_a_slash(calls: Calls, metadata: GoogleServer) -> None:
    metadata.answers.extend([INFO, TOKEN, Answer(200, {})])
    calls.carry_out(build_api("chat", "v1", f"{metadata.address}/").spaces().list, timeout=5)
    assert metadata.seen[-1].path == "/v1/spaces?alt=json"


def test_a_field_that_is_called_description_survives_without_the_prose() -> None:
    schemas = build_api("chat", "v1")._schema.schemas
    assert "description" in schemas["SpaceDetails"]["properties"]
    assert "description" not in schemas["Message"]


def test_without_an_endpoint_google_itself_is_called() -> None:
    assert build_api("chat", "v1").spaces().list().uri == "https://chat.googleapis.com/v1/spaces?alt=json"


def test_an_api_that_nobody_knows_is_named() -> None:
    with pytest.raises(LookupError, match="chatter v1"):
        build_api("chatter", "v1")
