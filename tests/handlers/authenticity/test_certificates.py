"""Keys are kept as long as Google allows, renewed when it rotates, and used a while longer when it is out of reach."""

import threading
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from handlers.authenticity.certificates import (
    BETWEEN_FETCHES,
    STALE_AT_MOST,
    Certificates,
    CertificateUrls,
    NoCertificates,
    UnknownKey,
    lifetime,
)
from handlers.authenticity.fetching import CannotFetch, Fetched
from tests.handlers.authenticity.signing import URLS, FakeAddresses, Key, SettableClock, curve_certificate

HOUR = 3600.0


@pytest.fixture
def addresses(google_key: Key, chat_key: Key) -> FakeAddresses:
    return FakeAddresses(
        {URLS.google: {"google-1": google_key.certificate}, URLS.chat: {"chat-1": chat_key.certificate}}
    )


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock()


@pytest.fixture
def certificates(addresses: FakeAddresses, clock: SettableClock) -> Certificates:
    return Certificates(URLS, addresses, clock)


def test_nothing_is_fetched_before_somebody_calls(certificates: Certificates, addresses: FakeAddresses) -> None:
    assert addresses.asked == []


def test_within_their_life_keys_are_fetched_once(
    certificates: Certificates, addresses: FakeAddresses, clock: SettableClock
) -> None:
    first = certificates.verifier(URLS.google, "google-1")
    clock.advance(seconds=HOUR - 1)
    assert certificates.verifier(URLS.google, "google-1") is first
    assert addresses.asked == [URLS.google]


def test_after_their_life_keys_are_fetched_again(
    certificates: Certificates, addresses: FakeAddresses, clock: SettableClock
) -> None:
    certificates.verifier(URLS.google, "google-1")
    clock.advance(seconds=HOUR + 1)
    certificates.verifier(URLS.google, "google-1")
    certificates.verifier(URLS.google, "google-1")
    assert addresses.asked == [URLS.google] * 2


def test_a_key_that_google_took_back_no_longer_counts_after_their_life(
    certificates: Certificates, addresses: FakeAddresses, clock: SettableClock, strange_key: Key
) -> None:
    certificates.verifier(URLS.google, "google-1")
    addresses.lists[URLS.google] = {"google-2": strange_key.certificate}
    clock.advance(seconds=HOUR + 1)
    with pytest.raises(UnknownKey):
        certificates.verifier(URLS.google, "google-1")


def test_a_rotated_key_is_found_before_the_old_ones_have_outlived_themselves(
    certificates: Certificates, addresses: FakeAddresses, clock: SettableClock, strange_key: Key
) -> None:
    certificates.verifier(URLS.google, "google-1")
    addresses.lists[URLS.google]["google-2"] = strange_key.certificate
    clock.advance(seconds=60)
    assert certificates.verifier(URLS.google, "google-2") is not None
    assert addresses.asked == [URLS.google] * 2


def test_made_up_key_ids_do_not_make_us_hammer_google(
    certificates: Certificates, addresses: FakeAddresses, clock: SettableClock
) -> None:
    certificates.verifier(URLS.google, "google-1")
    for second in range(120):
        clock.advance(seconds=1)
        with pytest.raises(UnknownKey):
            certificates.verifier(URLS.google, f"made-up-{second}")
    assert len(addresses.asked) == 1 + 120 // BETWEEN_FETCHES.seconds


def test_while_google_is_out_of_reach_the_old_keys_still_count_for_a_while(
    certificates: Certificates, addresses: FakeAddresses, clock: SettableClock
) -> None:
    held = certificates.verifier(URLS.google, "google-1")
    addresses.reachable = False
    clock.advance(seconds=HOUR + STALE_AT_MOST.total_seconds() - 1)
    assert certificates.verifier(URLS.google, "google-1") is held
    clock.advance(seconds=2)
    with pytest.raises(NoCertificates):
        certificates.verifier(URLS.google, "google-1")


def test_an_unreachable_google_is_tried_every_half_minute_and_not_for_each_request(
    certificates: Certificates, addresses: FakeAddresses, clock: SettableClock
) -> None:
    certificates.verifier(URLS.google, "google-1")
    addresses.reachable = False
    clock.advance(seconds=HOUR + 1)
    for _ in range(60):
        certificates.verifier(URLS.google, "google-1")
        clock.advance(seconds=1)
    assert len(addresses.asked) == 1 + 2


def test_google_back_in_reach_is_believed_again(
    certificates: Certificates, addresses: FakeAddresses, clock: SettableClock
) -> None:
    addresses.reachable = False
    with pytest.raises(NoCertificates):
        certificates.verifier(URLS.google, "google-1")
    addresses.reachable = True
    with pytest.raises(NoCertificates):
        certificates.verifier(URLS.google, "google-1")
    clock.advance(seconds=5)
    assert certificates.verifier(URLS.google, "google-1") is not None


def test_a_clock_that_was_put_back_does_not_stop_us_from_asking(
    certificates: Certificates, addresses: FakeAddresses, clock: SettableClock, strange_key: Key
) -> None:
    certificates.verifier(URLS.google, "google-1")
    clock.advance(days=-2)
    addresses.lists[URLS.google]["google-2"] = strange_key.certificate
    assert certificates.verifier(URLS.google, "google-2") is not None


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"[]", b"{}", b'{"google-1": "no certificate"}', b'{"a": 1}', b"\xff"]
)
def test_an_answer_that_lists_no_certificate_leaves_what_we_have(
    certificates: Certificates, addresses: FakeAddresses, clock: SettableClock, body: bytes
) -> None:
    held = certificates.verifier(URLS.google, "google-1")
    addresses.body = body or b" "
    clock.advance(seconds=HOUR + 1)
    assert certificates.verifier(URLS.google, "google-1") is held
    assert certificates.verifier(URLS.google, "google-1") is held


def test_an_error_page_is_no_list(certificates: Certificates, addresses: FakeAddresses) -> None:
    addresses.status = 503
    with pytest.raises(NoCertificates):
        certificates.verifier(URLS.google, "google-1")


def test_a_certificate_of_another_kind_is_passed_over(certificates: Certificates, addresses: FakeAddresses) -> None:
    addresses.lists[URLS.google]["curve"] = curve_certificate()
    assert certificates.verifier(URLS.google, "google-1") is not None
    with pytest.raises(UnknownKey):
        certificates.verifier(URLS.google, "curve")


def test_each_address_speaks_for_its_own_keys(certificates: Certificates) -> None:
    assert certificates.verifier(URLS.chat, "chat-1") is not None
    with pytest.raises(UnknownKey):
        certificates.verifier(URLS.google, "chat-1")


def test_one_address_in_place_of_both_is_fetched_once(google_key: Key, clock: SettableClock) -> None:
    urls = CertificateUrls.both_at("https://certificates.example/all")
    addresses = FakeAddresses({urls.google: {"google-1": google_key.certificate}})
    certificates = Certificates(urls, addresses, clock)
    assert certificates.verifier(urls.google, "google-1") is certificates.verifier(urls.chat, "google-1")
    assert len(addresses.asked) == 1


class SlowAddress:
    """Answers only when it is told to, and remembers whether two asked at once."""

    def __init__(self, answer: Fetched) -> None:
        self.answer = answer
        self.asked = 0
        self.at_once = 0
        self.most_at_once = 0
        self.somebody_asks = threading.Event()
        self.may_answer = threading.Event()
        self._counting = threading.Lock()

    def __call__(self, url: str) -> Fetched:
        with self._counting:
            self.asked += 1
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
        self.somebody_asks.set()
        assert self.may_answer.wait(5)
        with self._counting:
            self.at_once -= 1
        return self.answer


def test_many_first_callers_cause_one_fetch(addresses: FakeAddresses, clock: SettableClock) -> None:
    slow = SlowAddress(addresses(URLS.google))
    certificates = Certificates(URLS, slow, clock)
    with ThreadPoolExecutor(8) as threads:
        waiting = [threads.submit(certificates.verifier, URLS.google, "google-1") for _ in range(8)]
        assert slow.somebody_asks.wait(5)
        slow.may_answer.set()
        found = {id(one.result(5)) for one in waiting}
    assert len(found) == 1
    assert (slow.asked, slow.most_at_once) == (1, 1)


def test_who_waited_behind_a_time_out_does_not_begin_another(clock: SettableClock) -> None:
    asked = []

    def times_out(url: str) -> Fetched:
        asked.append(url)
        clock.advance(seconds=5)
        raise CannotFetch("ConnectTimeout")

    certificates = Certificates(URLS, times_out, clock)
    for _ in range(8):
        with pytest.raises(NoCertificates):
            certificates.verifier(URLS.google, "google-1")
    assert len(asked) == 1


def test_who_holds_an_old_key_does_not_wait_for_whoever_is_asking(
    addresses: FakeAddresses, clock: SettableClock
) -> None:
    slow = SlowAddress(addresses(URLS.google))
    slow.may_answer.set()
    certificates = Certificates(URLS, slow, clock)
    held = certificates.verifier(URLS.google, "google-1")
    slow.may_answer.clear()
    slow.somebody_asks.clear()
    clock.advance(seconds=HOUR + 1)
    with ThreadPoolExecutor(1) as threads:
        asking = threads.submit(certificates.verifier, URLS.google, "google-1")
        assert slow.somebody_asks.wait(5)
        assert certificates.verifier(URLS.google, "google-1") is held
        assert not asking.done()
        slow.may_answer.set()
        asking.result(5)
    assert slow.most_at_once == 1


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Cache-Control": "public, max-age=3600, must-revalidate, no-transform"}, 3600),
        ({"cache-control": "max-age=3600", "AGE": "600"}, 3000),
        ({"Cache-Control": "MAX-AGE=100"}, 100),
        ({"Cache-Control": 's-maxage=9, max-age="100"'}, 100),
        ({"Cache-Control": "max-age=100", "Age": "soon"}, 100),
        ({"Cache-Control": "max-age=100", "Age": "100"}, 30),
        ({"Cache-Control": "max-age=0"}, 30),
        ({"Cache-Control": "no-store"}, 30),
        ({"Cache-Control": "max-age=3600, no-cache"}, 30),
        ({"Cache-Control": "max-age=999999999"}, 86_400),
        ({"Cache-Control": "public"}, 300),
        ({}, 300),
    ],
)
def test_keys_live_as_long_as_the_answer_says_within_our_bounds(headers: Mapping[str, str], seconds: int) -> None:
    assert lifetime(headers) == timedelta(seconds=seconds)
