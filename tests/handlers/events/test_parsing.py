"""Whatever arrives, parsing gives an event or says that it is no JSON; it never tells what it read."""

import json
import logging
from typing import Any

import pytest

from handlers.events.model import Unknown
from handlers.events.parsing import NotJson, parse
from tests.handlers.events.payloads import COMMON, SANNE, TOKEN_URL, addon, card_message, classic, encoded, message


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b" ",
        b"geheim",
        b"{'type': 'MESSAGE'}",
        b'{"type": "MESSAGE"',
        b'{"type": "MESSAGE"} geheim',
        b"\xff\xfe\xfd",
        b'{"a": "\xe9"}',
        b"1" * 5000,
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b"[" * 100_000 + b"]" * 100_000,
    ],
)
def test_what_is_no_json_is_refused_without_a_word_of_it(body: bytes) -> None:
    with pytest.raises(NotJson) as refused:
        parse(body)
    assert str(refused.value) == "the body is not JSON"
    assert (refused.value.__cause__, refused.value.__context__) == (None, None)


@pytest.mark.parametrize(
    "body", [b"null", b"true", b"5", b"1e999", b"NaN", b'"geheim"', b"[]", b'[{"type": "MESSAGE"}]']
)
def test_json_that_is_no_object_is_unknown(body: bytes) -> None:
    assert isinstance(parse(body), Unknown)


def test_what_was_typed_shows_in_no_log_and_no_repr(caplog: pytest.LogCaptureFixture) -> None:
    form = {"wat": {"stringInputs": {"value": ["geheim"]}}}
    bodies = [
        classic("MESSAGE", message=message("geheim", argumentText="geheim")),
        classic("MESSAGE", message=message("geheim", argumentText="geheim", slashCommand={"commandId": "1"})),
        classic("CARD_CLICKED", message=card_message(), common={**COMMON, "formInputs": form}),
        classic("WIDGET_UPDATED", common={"parameters": {"autocomplete_widget_query": "geheim"}}),
        classic("ADDED_TO_SPACE", message=message("geheim", argumentText="geheim")),
        classic("SOMETHING_NEW", message=message("geheim")),
        addon("messagePayload", {"message": message("geheim", argumentText="geheim")}),
        addon("buttonClickedPayload", formInputs=form),
    ]
    with caplog.at_level(logging.DEBUG):
        shown = [repr(parse(body)) for body in bodies]
    assert "geheim" not in "".join(shown)
    assert "Sanne Voorbeeld" not in "".join(shown)
    assert caplog.text == ""


class TestFingerprint:
    """What a repeat is recognised by."""

    def test_the_same_event_has_the_same_whatever_the_order_and_spacing(self) -> None:
        body = json.loads(classic("MESSAGE", message=message()))
        turned = dict(reversed(list(body.items())))
        assert parse(encoded(body)).fingerprint == parse(json.dumps(turned, indent=2).encode()).fingerprint

    @pytest.mark.parametrize("name", ["authorizationEventObject", "configCompleteRedirectUrl"])
    def test_a_new_token_beside_the_event_does_not_matter(self, name: str) -> None:
        plain, first, second = (
            classic("MESSAGE", message=message(), **{name: value})
            for value in (None, {"systemIdToken": "1"}, TOKEN_URL)
        )
        assert parse(plain).fingerprint == parse(first).fingerprint == parse(second).fingerprint

    def test_a_new_token_inside_an_addons_payload_does_not_matter(self) -> None:
        first, second = (
            addon("messagePayload", {"message": message(), "configCompleteRedirectUri": url})
            for url in (TOKEN_URL, TOKEN_URL + "2")
        )
        assert parse(first).fingerprint == parse(second).fingerprint
        assert b"geheim" not in parse(first).fingerprint

    @pytest.mark.parametrize(
        "other",
        [
            classic("MESSAGE", message=message("anders", argumentText="anders")),
            classic("MESSAGE", message=message(name="spaces/GROUP/messages/M2.M2")),
            classic("MESSAGE", message=message(), eventTime="2026-11-02T09:00:01Z"),
            classic("MESSAGE", message=message(), user={**SANNE, "name": "users/102"}),
            addon("messagePayload", {"message": message()}),
        ],
    )
    def test_another_event_has_another(self, other: bytes) -> None:
        assert parse(other).fingerprint != parse(classic("MESSAGE", message=message())).fingerprint

    def test_it_is_json_in_utf_8_with_sorted_keys(self) -> None:
        assert parse('{"b": "ë", "a": [1, 2]}'.encode()).fingerprint == '{"a":[1,2],"b":"ë"}'.encode()

    def test_half_a_character_does_not_break_it(self) -> None:
        halves = {parse(body).fingerprint for body in (b'{"a": "\\ud800"}', b'{"a": "\\ud801"}', b'{"a": ""}')}
        assert len(halves) == 3


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2026-11-02T09:00:00Z", "2026-11-02T09:00:00+00:00"),
        ("2026-11-02T10:00:00.123456789+01:00", "2026-11-02T09:00:00.123456+00:00"),
        ("2026-11-02T09:00:00", "2026-11-02T09:00:00+00:00"),
        ("0001-01-01T00:00:00+14:00", None),
        ("yesterday", None),
        (1793610000, None),
        (None, None),
    ],
)
def test_the_moment_is_in_utc_or_absent(written: Any, read: str | None) -> None:
    at = parse(classic("MESSAGE", message=message(), eventTime=written)).at
    assert (at.isoformat() if at else None) == read


def test_an_address_is_in_lower_case_or_absent() -> None:
    assert parse(
        classic("MESSAGE", message=message(), user={"name": "users/1", "email": " A@B.Example "})
    ).actor.email == ("a@b.example")
    assert parse(classic("MESSAGE", message=message(), user={"name": "users/1", "email": ""})).actor.email is None
