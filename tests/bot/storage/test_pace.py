"""The pace that is kept in the database and the one in memory give out the same; many workers at once get no more."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from bot.outbox.pace import SPACE_EVERY, Lane, speed_of
from bot.outbox.ports import Pace
from bot.school.spaces import SpaceName
from bot.storage.pace.kept import SqlPace
from bot.storage.rows.outbox import SpaceWriteRow
from tests.fakes.pace import FakePace

NOW = datetime(2026, 11, 24, 9, 15, tzinfo=UTC)
KLAS, OTHER = SpaceName("spaces/KLAS"), SpaceName("spaces/OTHER")
SOON = timedelta(seconds=2)


def blinded(space: SpaceName) -> str:
    return f"hash of {len(space)} letters and {sum(space.encode())}"


@pytest.fixture
def pace(request: pytest.FixtureRequest) -> Pace:
    return (
        FakePace(keeps_quotas=True)
        if request.param == "fake"
        else SqlPace(request.getfixturevalue(f"{request.param}_engine"), blinded)
    )


each = pytest.mark.parametrize("pace", ["fake", "sqlite", "postgres"], indirect=True)


@each
def test_after_a_quiet_time_some_may_go_at_once_and_the_rest_evenly(pace: Pace) -> None:
    speed = speed_of(Lane.ALL)
    given = pace.take(Lane.ALL, speed.at_once + 44, now=NOW, latest=NOW + SOON)
    assert Counter(given)[NOW] == speed.at_once
    gaps = [after - before for before, after in zip(given[speed.at_once :], given[speed.at_once + 1 :], strict=False)]
    assert all(abs(gap - speed.every) < timedelta(milliseconds=1) for gap in gaps)


@each
def test_who_comes_later_gets_later_moments_until_there_is_no_room(pace: Pace) -> None:
    first = pace.take(Lane.ALL, 60, now=NOW, latest=NOW + SOON)
    second = pace.take(Lane.ALL, 60, now=NOW, latest=NOW + SOON)
    assert len(first) == 60
    assert 0 < len(second) < 60
    assert min(second) > max(first)
    assert pace.take(Lane.ALL, 1, now=NOW, latest=NOW + SOON) == []
    assert pace.take(Lane.ALL, 1, now=NOW + SOON, latest=NOW + SOON + SOON) != []


@each
def test_reports_find_room_when_all_else_has_none(pace: Pace) -> None:
    while pace.take(Lane.ALL, 50, now=NOW, latest=NOW + SOON):
        pass
    assert pace.take(Lane.REPORTS, 3, now=NOW, latest=NOW) == [NOW] * 3


@each
def test_a_space_is_written_to_by_one_at_a_time_and_others_are_free(pace: Pace) -> None:
    assert pace.enter(KLAS, now=NOW) is None
    assert pace.enter(KLAS, now=NOW + timedelta(seconds=1)) == NOW + SPACE_EVERY
    assert pace.enter(OTHER, now=NOW) is None
    assert pace.enter(KLAS, now=NOW + SPACE_EVERY) is None
    assert pace.enter(KLAS, now=NOW + SPACE_EVERY) == NOW + 2 * SPACE_EVERY


def test_many_workers_at_once_get_each_moment_once(engine: Engine) -> None:
    pace = SqlPace(engine, blinded)
    with ThreadPoolExecutor(6) as workers:
        parts = list(workers.map(lambda _: pace.take(Lane.ALL, 4, now=NOW, latest=NOW + SOON), range(12)))
    given = [moment for part in parts for moment in part]
    speed = speed_of(Lane.ALL)
    assert len(given) == 48
    assert Counter(given)[NOW] == speed.at_once
    assert len(set(given)) == 48 - speed.at_once + 1


def test_of_many_workers_at_one_space_one_gets_in(engine: Engine) -> None:
    pace = SqlPace(engine, blinded)
    with ThreadPoolExecutor(6) as workers:
        answers = list(workers.map(lambda _: pace.enter(KLAS, now=NOW), range(6)))
    assert answers.count(None) == 1
    assert set(answers) == {None, NOW + SPACE_EVERY}


def test_who_was_written_to_is_kept_as_a_hash_and_forgotten_soon(engine: Engine) -> None:
    pace = SqlPace(engine, blinded)
    pace.enter(KLAS, now=NOW)
    pace.enter(OTHER, now=NOW + timedelta(seconds=1))
    with Session(engine) as session, session.begin():
        assert set(session.scalars(select(SpaceWriteRow.space))) == {blinded(KLAS), blinded(OTHER)}
    assert pace.forget(now=NOW + SPACE_EVERY) == 1
    assert pace.forget(now=NOW + SPACE_EVERY) == 0
    assert pace.enter(OTHER, now=NOW + SPACE_EVERY) is not None
    with Session(engine) as session, session.begin():
        assert session.scalar(select(func.count()).select_from(SpaceWriteRow)) == 1
