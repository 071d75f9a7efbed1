"""All workers together keep Google's quotas in every minute that slides by, and a tenth is for reports alone."""

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from bot.outbox.delivery import Kind, Priority, owe, to_group, to_mailbox, to_person
from bot.outbox.pace import GOOGLES_MINUTE, KEPT_FOR_REPORTS, Lane, after, lane_of, moments, speed_of
from bot.school.people import UserId
from bot.school.spaces import SpaceName
from tests.fakes.pace import FakePace

NOW = datetime(2026, 11, 24, 9, 15, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def most_in_a_minute(given: Sequence[datetime]) -> int:
    """How many there are in the fullest 60 seconds."""
    ordered, first, most = sorted(given), 0, 0
    for last, moment in enumerate(ordered):
        while moment - ordered[first] >= MINUTE:
            first += 1
        most = max(most, last - first + 1)
    return most


def spent(lane: Lane, chance: random.Random, seconds: int, workers: int = 4) -> list[datetime]:
    """All moments that workers got who came at any time for as many as they liked."""
    pace, now, given = FakePace(keeps_quotas=True), NOW, list[datetime]()
    while now < NOW + timedelta(seconds=seconds):
        for _ in range(chance.randint(0, workers)):
            given += pace.take(lane, chance.randint(1, 40), now=now, latest=now + timedelta(seconds=2))
        now += timedelta(seconds=chance.choice([0.01, 0.2, 1, 30]))
    return given


def test_both_lanes_together_stay_below_googles_minute() -> None:
    assert speed_of(Lane.REPORTS).in_a_minute <= KEPT_FOR_REPORTS
    assert speed_of(Lane.ALL).in_a_minute <= GOOGLES_MINUTE - KEPT_FOR_REPORTS
    assert speed_of(Lane.ALL).a_second * 60 >= (GOOGLES_MINUTE - KEPT_FOR_REPORTS) * 0.95


@pytest.mark.parametrize("lane", Lane)
@pytest.mark.parametrize("seed", range(8))
def test_no_sliding_minute_holds_more_than_its_lane_allows_whoever_asks_and_when(lane: Lane, seed: int) -> None:
    given = spent(lane, random.Random(seed), 400)  # noqa: S311 - no secret
    assert most_in_a_minute(given) <= speed_of(lane).in_a_minute


@pytest.mark.parametrize("lane", Lane)
def test_who_asks_all_the_time_gets_all_that_there_is(lane: Lane) -> None:
    pace, given = FakePace(keeps_quotas=True), list[datetime]()
    for tick in range(3000):
        now = NOW + timedelta(seconds=tick / 10)
        given += pace.take(lane, 20, now=now, latest=now + timedelta(seconds=2))
    minutes = (max(given) - NOW) / MINUTE
    assert len(given) >= speed_of(lane).a_second * 60 * minutes * 0.99


def test_no_moment_is_given_twice_nor_lies_in_the_past_nor_too_far_ahead() -> None:
    pace, latest = FakePace(keeps_quotas=True), NOW + timedelta(seconds=2)
    given = [moment for _ in range(20) for moment in pace.take(Lane.ALL, 16, now=NOW, latest=latest)]
    later = [moment for moment in given if moment > NOW]
    assert len(set(later)) == len(later)
    assert all(NOW <= moment <= latest for moment in given)
    assert pace.take(Lane.ALL, 16, now=NOW, latest=latest) == []


def test_what_was_not_given_is_not_lost() -> None:
    speed = speed_of(Lane.ALL)
    first = moments(speed, None, 200, now=NOW, latest=NOW + timedelta(seconds=2))
    assert len(first) < 200
    left = after(speed, None, len(first), now=NOW)
    assert moments(speed, left, 1, now=NOW, latest=NOW + timedelta(seconds=3))


def test_a_night_of_silence_saves_no_more_than_the_bound() -> None:
    speed = speed_of(Lane.REPORTS)
    at_once = moments(speed, NOW - timedelta(hours=12), 500, now=NOW, latest=NOW)
    assert len(at_once) == speed.at_once


def test_reports_have_a_lane_of_their_own_mail_has_none_and_all_else_shares_one() -> None:
    group, person = to_group(SpaceName("spaces/A")), to_person(UserId("users/1"))
    for kind in Kind:
        to = person if kind.value.startswith("report.") else group
        lane = lane_of(owe(kind, to, "1", Priority.REPLY, now=NOW))
        assert lane is (Lane.REPORTS if kind.value.startswith("report.") else Lane.ALL)
    mail = owe(Kind.REPORT_WAITS, to_mailbox(UserId("users/1")), "1", Priority.REPORT, now=NOW)
    assert lane_of(mail) is None
