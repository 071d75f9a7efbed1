"""The bot acts for somebody of the school: with a key file, and where Google signs because there is none."""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import google.auth
import google.auth.transport
import pytest
from google.auth import compute_engine
from google.oauth2 import credentials as user_credentials
from google.oauth2 import service_account

from bot.google_account.delegation import DelegationImpossible, delegated_credentials, signed_by_google
from tests.fakes.google_server import google_server

SUBJECT, SCOPES = "beheer@school.example", ("scope.one", "scope.two")


def claims(assertion: str) -> Any:
    payload = assertion.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))


def test_a_key_file_signs_for_the_subject_and_exactly_these_scopes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with google_server() as google:
        file = tmp_path / "service-account.json"
        file.write_text(json.dumps(google.account_file()))
        monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(file))
        acting = delegated_credentials(SUBJECT, SCOPES)
    assert isinstance(acting, service_account.Credentials)
    said = claims(acting._make_authorization_grant_assertion().decode())  # type: ignore[no-untyped-call]
    assert (said["sub"], said["scope"], said["iss"]) == (SUBJECT, "scope.one scope.two", "bot@project.example")


@dataclass
class Answered:
    """An answer as google-auth reads it."""

    data: bytes
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=lambda: {"content-type": "application/json"})


@dataclass
class MetadataAndIam(google.auth.transport.Request):
    """Plays App Engine's metadata server and IAM's signBlob; keeps what was to be signed."""

    signed: list[bytes] = field(default_factory=list)

    def __call__(
        self, url: Any, method: Any = "GET", body: Any = None, headers: Any = None, timeout: Any = None, **kwargs: Any
    ) -> Answered:
        if url.endswith(":signBlob"):
            assert "bot@project.example" in url
            self.signed.append(base64.b64decode(json.loads(body)["payload"]))
            return Answered(json.dumps({"keyId": "1", "signedBlob": base64.b64encode(b"signature").decode()}).encode())
        if "/token" in url:
            return Answered(json.dumps({"access_token": "own", "expires_in": 3600, "token_type": "Bearer"}).encode())
        told = {"email": "bot@project.example", "scopes": ["a"], "aliases": ["default"]}
        return Answered(json.dumps(told).encode())


def test_without_a_key_file_google_signs_for_the_account() -> None:
    google_itself = MetadataAndIam()
    account = compute_engine.Credentials(universe_domain="googleapis.com")  # type: ignore[no-untyped-call]
    acting = signed_by_google(account, SUBJECT, SCOPES, google_itself)
    assert isinstance(acting, service_account.Credentials)
    assertion = acting._make_authorization_grant_assertion().decode()  # type: ignore[no-untyped-call]
    said = claims(assertion)
    assert (said["sub"], said["scope"], said["iss"]) == (SUBJECT, "scope.one scope.two", "bot@project.example")
    assert google_itself.signed == [assertion.rpartition(".")[0].encode()]


def test_a_person_s_own_account_cannot_act_for_another(monkeypatch: pytest.MonkeyPatch) -> None:
    own = user_credentials.Credentials("token")  # type: ignore[no-untyped-call]
    monkeypatch.setattr(google.auth, "default", lambda **_: (own, None))
    with pytest.raises(DelegationImpossible):
        delegated_credentials(SUBJECT, SCOPES)
