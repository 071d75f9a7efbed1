"""Google Chat is let in, in its three ways; everybody else is turned away with a fixed word for the log."""

import json
from typing import Any

import pytest

from handlers.authenticity.claims import NotAuthentic, Reason
from handlers.authenticity.tokens import Authenticity, Caller, CallerKind
from tests.handlers.authenticity.signing import (
    ADDON_ACCOUNT,
    CHAT_ACCOUNT,
    NOW,
    PROJECT,
    URL,
    Door,
    Key,
    addon_claims,
    classic_project_claims,
    classic_url_claims,
    door,
    segment,
    unsigned_token,
)

SECOND = int(NOW.timestamp())


def refusal(gate: Door, header: str | None) -> Reason:
    with pytest.raises(NotAuthentic) as refused:
        gate.authenticity.verify(header)
    return refused.value.reason


def test_an_addon_of_our_project_is_let_in(our_door: Door) -> None:
    header = f"Bearer {our_door.google.token(addon_claims())}"
    assert our_door.authenticity.verify(header) == Caller(CallerKind.ADDON)


def test_a_classic_app_with_its_address_as_audience_is_let_in(our_door: Door) -> None:
    header = f"Bearer {our_door.google.token(classic_url_claims())}"
    assert our_door.authenticity.verify(header) == Caller(CallerKind.CLASSIC_URL)


def test_a_classic_app_with_the_project_number_as_audience_is_let_in(our_door: Door) -> None:
    header = f"Bearer {our_door.chat.token(classic_project_claims())}"
    assert our_door.authenticity.verify(header) == Caller(CallerKind.CLASSIC_PROJECT)


def test_the_issuer_without_https_is_the_same_google(our_door: Door) -> None:
    header = f"Bearer {our_door.google.token(addon_claims(iss='accounts.google.com'))}"
    assert our_door.authenticity.verify(header) == Caller(CallerKind.ADDON)


def test_the_scheme_may_be_written_in_any_case(our_door: Door) -> None:
    assert our_door.authenticity.verify(f"bearer {our_door.google.token(addon_claims())}").kind is CallerKind.ADDON


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"aud": "https://other.example/chat/events"}, Reason.WRONG_AUDIENCE),
        ({"aud": URL + "/"}, Reason.WRONG_AUDIENCE),
        ({"aud": URL + "?x=1"}, Reason.WRONG_AUDIENCE),
        ({"aud": URL.replace("https", "http")}, Reason.WRONG_AUDIENCE),
        ({"aud": [URL]}, Reason.WRONG_AUDIENCE),
        ({"aud": ""}, Reason.WRONG_AUDIENCE),
        ({"aud": None}, Reason.WRONG_AUDIENCE),
        ({"aud": PROJECT}, Reason.WRONG_AUDIENCE),
        ({"email": "service-999999999999@gcp-sa-gsuiteaddons.iam.gserviceaccount.com"}, Reason.WRONG_CALLER),
        ({"email": f"service-{PROJECT}0@gcp-sa-gsuiteaddons.iam.gserviceaccount.com"}, Reason.WRONG_CALLER),
        ({"email": ADDON_ACCOUNT + ".example"}, Reason.WRONG_CALLER),
        ({"email": ADDON_ACCOUNT.upper()}, Reason.WRONG_CALLER),
        ({"email": "x" + CHAT_ACCOUNT}, Reason.WRONG_CALLER),
        ({"email": "chat@system.gserviceaccount.com.example"}, Reason.WRONG_CALLER),
        ({"email": "sanne@school.example"}, Reason.WRONG_CALLER),
        ({"email": ""}, Reason.WRONG_CALLER),
        ({"email": None}, Reason.WRONG_CALLER),
        ({"email": [ADDON_ACCOUNT]}, Reason.WRONG_CALLER),
        ({"email_verified": False}, Reason.EMAIL_NOT_VERIFIED),
        ({"email_verified": None}, Reason.EMAIL_NOT_VERIFIED),
        ({"email_verified": "true"}, Reason.EMAIL_NOT_VERIFIED),
        ({"iss": "https://accounts.google.com.example"}, Reason.UNKNOWN_ISSUER),
        ({"iss": ADDON_ACCOUNT}, Reason.UNKNOWN_ISSUER),
        ({"iss": None}, Reason.UNKNOWN_ISSUER),
        ({"iss": ["https://accounts.google.com"]}, Reason.UNKNOWN_ISSUER),
        ({"exp": None}, Reason.MALFORMED),
        ({"iat": None}, Reason.MALFORMED),
        ({"exp": "tomorrow"}, Reason.MALFORMED),
        ({"exp": True}, Reason.MALFORMED),
        ({"exp": float("nan")}, Reason.MALFORMED),
        ({"exp": float("inf")}, Reason.MALFORMED),
        ({"exp": 10**400}, Reason.MALFORMED),
    ],
)
def test_a_well_signed_token_that_is_not_ours_is_refused(
    our_door: Door, changes: dict[str, Any], reason: Reason
) -> None:
    assert refusal(our_door, f"Bearer {our_door.google.token(addon_claims(**changes))}") is reason


@pytest.mark.parametrize(
    ("issued", "expires", "reason"),
    [
        (SECOND - 3600, SECOND - 11, Reason.EXPIRED),
        (SECOND + 11, SECOND + 3600, Reason.TOO_EARLY),
        (SECOND - 3600, SECOND - 9, None),
        (SECOND + 9, SECOND + 3600, None),
    ],
)
def test_clocks_may_differ_by_ten_seconds_and_no_more(
    our_door: Door, issued: int, expires: int, reason: Reason | None
) -> None:
    header = f"Bearer {our_door.google.token(addon_claims(iat=issued, exp=expires))}"
    if reason is None:
        assert our_door.authenticity.verify(header).kind is CallerKind.ADDON
    else:
        assert refusal(our_door, header) is reason


def test_a_token_signed_with_another_key_under_googles_key_id_is_refused(our_door: Door, strange_key: Key) -> None:
    forged = Key(our_door.google.key_id, strange_key.private).token(addon_claims())
    assert refusal(our_door, f"Bearer {forged}") is Reason.WRONG_SIGNATURE


def test_a_token_whose_claims_were_changed_after_signing_is_refused(our_door: Door) -> None:
    head, _, signature = our_door.google.token(addon_claims()).split(".")
    changed = f"{head}.{segment(addon_claims(exp=SECOND + 999_999))}.{signature}"
    assert refusal(our_door, f"Bearer {changed}") is Reason.WRONG_SIGNATURE


def test_a_key_that_nobody_lists_is_refused(our_door: Door, strange_key: Key) -> None:
    assert refusal(our_door, f"Bearer {strange_key.token(addon_claims())}") is Reason.UNKNOWN_KEY


def test_a_token_that_names_no_key_is_refused(our_door: Door) -> None:
    assert refusal(our_door, f"Bearer {our_door.google.token(addon_claims(), kid=None)}") is Reason.UNKNOWN_KEY


def test_chats_own_key_does_not_speak_for_google_accounts(our_door: Door) -> None:
    assert refusal(our_door, f"Bearer {our_door.chat.token(addon_claims())}") is Reason.UNKNOWN_KEY


@pytest.mark.parametrize("algorithm", ["none", "None", "RS256", ""])
def test_an_unsigned_token_is_refused(our_door: Door, algorithm: str) -> None:
    reason = refusal(our_door, f"Bearer {unsigned_token(addon_claims(), algorithm)}")
    assert reason is (Reason.WRONG_SIGNATURE if algorithm == "RS256" else Reason.WRONG_ALGORITHM)


def test_the_public_key_is_never_taken_for_a_shared_secret(our_door: Door) -> None:
    token = our_door.google.token_signed_with_the_public_key_as_a_secret(addon_claims())
    assert refusal(our_door, f"Bearer {token}") is Reason.WRONG_ALGORITHM


@pytest.mark.parametrize("header", [{"alg": "ES256"}, {"alg": "RS512"}, {"alg": ["RS256"]}, {"crit": ["exp"]}])
def test_only_googles_own_way_of_signing_counts(our_door: Door, header: dict[str, Any]) -> None:
    assert refusal(our_door, f"Bearer {our_door.google.token(addon_claims(), **header)}") is Reason.WRONG_ALGORITHM


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        (None, Reason.MISSING),
        ("", Reason.MISSING),
        ("Basic c2FubmU6Z2VoZWlt", Reason.NOT_BEARER),
        ("geheim", Reason.NOT_BEARER),
        ("Bearer", Reason.MALFORMED),
        ("Bearer ", Reason.MALFORMED),
        ("Bearer geheim", Reason.MALFORMED),
        ("Bearer a.b", Reason.MALFORMED),
        ("Bearer a.b.c", Reason.MALFORMED),
        ("Bearer a.b.c.d", Reason.MALFORMED),
        ("Bearer ..", Reason.MALFORMED),
        ("Bearer é.é.é", Reason.MALFORMED),
        ("Bearer \ud800.a.b", Reason.MALFORMED),
        (f"Bearer {segment([])}.{segment({})}.", Reason.MALFORMED),
        (f"Bearer {segment({})}.{segment('geheim')}.", Reason.MALFORMED),
        (f"Bearer {segment({})}.{segment({})}.!!!!", Reason.MALFORMED),
        (f"Bearer {segment({'a' * 9000: 1})}.{segment({})}.", Reason.MALFORMED),
    ],
)
def test_what_is_no_token_is_refused(our_door: Door, header: str | None, reason: Reason) -> None:
    assert refusal(our_door, header) is reason


def test_a_token_that_nests_without_end_is_refused(our_door: Door) -> None:
    deep = segment(json.loads("[" * 500 + "]" * 500)).replace("=", "")
    nested = "W1tb" * 1500  # base64 of "[[[", and it never closes
    assert refusal(our_door, f"Bearer {deep}.{deep}.") is Reason.MALFORMED
    assert refusal(our_door, f"Bearer {nested}.{segment({})}.") is Reason.MALFORMED


def test_a_refusal_tells_nothing_of_the_token(our_door: Door) -> None:
    for header in ("Bearer geheim.geheim.geheim", f"Bearer {our_door.google.token(addon_claims(aud='geheim'))}"):
        with pytest.raises(NotAuthentic) as refused:
            our_door.authenticity.verify(header)
        assert str(refused.value) == refused.value.reason.value
        assert refused.value.__context__ is None


class TestProjectNumberMode:
    def test_another_project_is_refused(self, our_door: Door) -> None:
        header = f"Bearer {our_door.chat.token(classic_project_claims(aud='999999999999'))}"
        assert refusal(our_door, header) is Reason.WRONG_AUDIENCE

    def test_an_address_is_no_project(self, our_door: Door) -> None:
        header = f"Bearer {our_door.chat.token(classic_project_claims(aud=URL))}"
        assert refusal(our_door, header) is Reason.WRONG_AUDIENCE

    def test_a_number_that_is_no_string_is_refused(self, our_door: Door) -> None:
        header = f"Bearer {our_door.chat.token(classic_project_claims(aud=int(PROJECT)))}"
        assert refusal(our_door, header) is Reason.WRONG_AUDIENCE

    def test_it_is_off_when_only_addresses_are_configured(self, google_key: Key, chat_key: Key) -> None:
        gate = door(google_key, chat_key, audiences=(URL,))
        assert refusal(gate, f"Bearer {chat_key.token(classic_project_claims())}") is Reason.WRONG_AUDIENCE

    def test_googles_general_keys_do_not_speak_for_chats_account(self, our_door: Door) -> None:
        assert refusal(our_door, f"Bearer {our_door.google.token(classic_project_claims())}") is Reason.UNKNOWN_KEY


def test_without_a_project_number_no_addon_is_let_in(google_key: Key, chat_key: Key) -> None:
    gate = door(google_key, chat_key, project_number=None)
    assert refusal(gate, f"Bearer {google_key.token(addon_claims())}") is Reason.WRONG_CALLER
    nobody = addon_claims(email="service-None@gcp-sa-gsuiteaddons.iam.gserviceaccount.com")
    assert refusal(gate, f"Bearer {google_key.token(nobody)}") is Reason.WRONG_CALLER


def test_every_configured_audience_counts(google_key: Key, chat_key: Key) -> None:
    second = "https://second.school.example/chat/events"
    gate = door(google_key, chat_key, audiences=(URL, second))
    for audience in (URL, second):
        assert (
            gate.authenticity.verify(f"Bearer {google_key.token(addon_claims(aud=audience))}").kind is CallerKind.ADDON
        )


@pytest.mark.parametrize("audiences", [(), ("",), (URL, ""), (" " + URL,), (" ",)])
def test_an_empty_audience_is_refused_before_anything_starts(our_door: Door, audiences: tuple[str, ...]) -> None:
    certificates = our_door.authenticity._tokens.certificates
    with pytest.raises(ValueError, match="audience"):
        Authenticity(audiences, PROJECT, certificates, our_door.clock)


@pytest.mark.parametrize("number", ["", "abc", "12 34", "-1", "١٢٣"])
def test_a_project_number_that_is_no_number_is_refused_before_anything_starts(our_door: Door, number: str) -> None:
    certificates = our_door.authenticity._tokens.certificates
    with pytest.raises(ValueError, match="digits"):
        Authenticity((URL,), number, certificates, our_door.clock)
