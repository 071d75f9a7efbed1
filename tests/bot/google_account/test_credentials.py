"""The bot's credentials come from where google-auth looks, with the one scope that a Chat app has."""

import json
from pathlib import Path

import google.auth.exceptions
import pytest
from google.oauth2 import service_account

from bot.google_account.credentials import CHAT_BOT, CLOUD_PLATFORM, chat_credentials, cloud_credentials
from tests.fakes.google_server import google_server


def test_a_service_account_file_gives_the_scope_of_a_chat_app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with google_server() as google:
        file = tmp_path / "service-account.json"
        file.write_text(json.dumps(google.account_file()))
        monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(file))
        credentials = chat_credentials()
        assert isinstance(credentials, service_account.Credentials)
        assert credentials.scopes == [CHAT_BOT]
        cloud = cloud_credentials()
        assert isinstance(cloud, service_account.Credentials)
        assert cloud.scopes == [CLOUD_PLATFORM]
        assert not google.tokens_asked


def test_a_file_that_is_not_there_stops_with_googles_own_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(tmp_path / "none.json"))
    with pytest.raises(google.auth.exceptions.DefaultCredentialsError, match="was not found"):
        chat_credentials()
