"""Tokens of the simulator are believed by Google's own library exactly when they should be."""

from typing import Any

import pytest
from google.auth import exceptions, jwt

from simulator.google.signing import CHAT_SYSTEM, Signer, Wrong
from simulator.records import Audience, ChatApp, Dialect

ENDPOINT = "https://bot.rgo.example/chat/events"
CLASSIC = ChatApp(ENDPOINT)
BY_NUMBER = ChatApp(ENDPOINT, audience=Audience.PROJECT_NUMBER)
ADDON = ChatApp(ENDPOINT, Dialect.ADDON)


def believe(signer: Signer, token: str, audience: str = ENDPOINT) -> dict[str, Any]:
    decode: Any = jwt.decode
    claims: dict[str, Any] = decode(token, certs=signer.certificates(), audience=audience)
    return claims


def test_a_classic_token_for_the_endpoint_comes_from_chat_at_google(signer: Signer) -> None:
    claims = believe(signer, signer.event_token(CLASSIC))
    assert claims["iss"] == "https://accounts.google.com"
    assert (claims["email"], claims["email_verified"]) == (CHAT_SYSTEM, True)
    assert claims["exp"] - claims["iat"] == 3600


def test_a_classic_token_for_the_project_number_is_issued_by_chat_itself(signer: Signer) -> None:
    claims = believe(signer, signer.event_token(BY_NUMBER), "123456789012")
    assert claims["iss"] == CHAT_SYSTEM
    assert "email" not in claims


def test_an_addon_token_names_the_service_account_of_this_project(signer: Signer) -> None:
    claims = believe(signer, signer.event_token(ADDON))
    assert claims["email"] == "service-123456789012@gcp-sa-gsuiteaddons.iam.gserviceaccount.com"
    assert claims["iss"] == "https://accounts.google.com"


@pytest.mark.parametrize(
    "wrong", [Wrong.EXPIRED, Wrong.TOO_EARLY, Wrong.AUDIENCE, Wrong.FOREIGN_KEY, Wrong.UNKNOWN_KEY, Wrong.UNSIGNED]
)
@pytest.mark.parametrize("app", [CLASSIC, BY_NUMBER, ADDON])
def test_a_spoilt_token_is_refused_by_googles_library(signer: Signer, app: ChatApp, wrong: Wrong) -> None:
    audience = app.project_number if app is BY_NUMBER else ENDPOINT
    with pytest.raises((ValueError, exceptions.GoogleAuthError)):
        believe(signer, signer.event_token(app, wrong), audience)


@pytest.mark.parametrize("app", [CLASSIC, ADDON])
def test_a_token_of_somebody_else_at_google_is_rightly_signed(signer: Signer, app: ChatApp) -> None:
    right, wrong = (believe(signer, signer.event_token(app, spoilt)) for spoilt in (None, Wrong.IDENTITY))
    assert wrong["email"] != right["email"]
    assert believe(signer, signer.event_token(app, Wrong.EMAIL_NOT_VERIFIED))["email_verified"] is False
    assert believe(signer, signer.event_token(app, Wrong.ISSUER))["iss"] not in {
        "https://accounts.google.com",
        CHAT_SYSTEM,
    }


def test_a_token_by_number_can_come_from_a_wrong_issuer(signer: Signer) -> None:
    claims = believe(signer, signer.event_token(BY_NUMBER, Wrong.IDENTITY), "123456789012")
    assert claims["iss"] != CHAT_SYSTEM


def test_tokens_live_in_real_time_not_in_the_schools(signer: Signer) -> None:
    later = Signer(now=lambda: 4_000_000_000.0)
    with pytest.raises((ValueError, exceptions.GoogleAuthError)):
        believe(later, later.event_token(CLASSIC))
    believe(signer, signer.event_token(CLASSIC))
