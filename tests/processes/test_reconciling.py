"""A round over very many groups keeps within Google's quota, ends in time, and goes on where it was killed."""

import json
import os
import signal
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, insert, select

from bot.groups.presence.pacing import READS_A_MINUTE, Pace
from bot.groups.presence.ports import ListedGroup, ListedPerson, ListingFailed
from bot.school.people import UserId
from bot.school.spaces import Dialect, SpaceKind, SpaceName
from bot.storage.rows.people import PersonRow
from bot.storage.rows.spaces import MembershipRow, SpaceRow
from handlers.presence.reading import THREADS, Reader
from handlers.presence.reconciling import AT_ONCE, LEASE, SECONDS, reconcile_with
from tests.dialogue import FakeChat, FakeClock, attach
from tests.processes.dying import in_a_process
from tests.wire_events import Json, Wires

BEGAN = datetime(2026, 11, 24, 15, 30, tzinfo=UTC)
GOOGLES_QUOTA = 3000
"""Membership reads in any minute, for a project."""

MEMBERS, TEACHERS, PUPILS = 30, 300, 3000
A_CALL = 0.150


@dataclass
class Google:
    """Google's lists in virtual time: a call takes 150 ms, and as many are under way as there are threads."""

    groups_there: int
    journal: Path
    now: float = 0.0
    a_call: float = A_CALL
    dies_at: int = 0
    fails: frozenset[str] = frozenset()
    calls: list[float] = field(default_factory=list)

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds

    def real_now(self) -> datetime:
        return BEGAN + timedelta(seconds=self.now)

    def groups(self) -> Sequence[ListedGroup]:
        return [
            ListedGroup(name(number), SpaceKind.SPACE, f"Groep {number}", outsiders_allowed=False, complete=True)
            for number in range(self.groups_there)
        ]

    def is_there(self, space: SpaceName) -> bool:
        return True

    def members(self, space: SpaceName) -> Sequence[ListedPerson]:
        self.calls.append(self.now)
        with self.journal.open("a", encoding="utf-8") as file:
            file.write(json.dumps([self.now, space]) + "\n")
        if len(self.calls) == self.dies_at:
            os.kill(os.getpid(), signal.SIGKILL)
        self.now += self.a_call / THREADS
        if space in self.fails:
            raise ListingFailed("TryLater")
        number = int(space.rpartition("G")[2])
        teacher = UserId(f"users/{number % TEACHERS}")
        pupils = (UserId(f"users/{1000 + (number * 29 + each) % PUPILS}") for each in range(MEMBERS - 1))
        return [ListedPerson(user, "INTERNAL") for user in (teacher, *pupils)]

    @property
    def seen(self) -> list[tuple[float, str]]:
        return [tuple(json.loads(line)) for line in self.journal.read_text(encoding="utf-8").splitlines()]


def name(number: int) -> SpaceName:
    return SpaceName(f"spaces/G{number}")


def fill(engine: Engine, groups: int) -> None:
    """A school whose groups were all approved long ago, and whose people are all known."""
    spaces = [
        {
            "name": name(number),
            "ref": f"{number:032x}",
            "kind": "SPACE",
            "display_name": f"Groep {number}",
            "state": "sanctioned",
            "dialect": "classic",
            "added_by": f"users/{number % TEACHERS}",
            "added_at": BEGAN - timedelta(days=9),
        }
        for number in range(groups)
    ]
    people = [person(number, "rgo.example") for number in range(TEACHERS)]
    people += [person(1000 + number, "leerling.rgo.example") for number in range(PUPILS)]
    with engine.begin() as connection:
        for first in range(0, len(spaces), 1000):
            connection.execute(insert(SpaceRow), spaces[first : first + 1000])
        connection.execute(insert(PersonRow), people)


def person(number: int, domain: str) -> dict[str, object]:
    return {
        "email": f"p{number}@{domain}",
        "user_id": f"users/{number}",
        "bound_at": BEGAN - timedelta(days=9),
        "direct_message": f"spaces/DM{number}",
        "dialect": "classic",
    }


def go(engine: Engine, google: Google) -> Json:
    """One run of the round by a bot of its own."""
    url = engine.url.render_as_string(hide_password=False)
    talk = attach(url, FakeChat(), FakeClock(), Wires(Dialect.CLASSIC))
    bot = replace(talk.bot, presence=google, real_now=google.real_now, clock=Running(google))
    try:
        reads = Reader(Pace(google.monotonic, google.sleep), map, google.monotonic)
        return reconcile_with(bot, reads)
    finally:
        bot.engine.dispose()


@dataclass(frozen=True)
class Running:
    """The business clock in Google's virtual time."""

    google: Google

    def now(self) -> datetime:
        return self.google.real_now()


def most_in_a_minute(moments: Sequence[float]) -> int:
    """The most calls in any sixty seconds."""
    most, first = 0, 0
    for last, moment in enumerate(moments):
        while moments[first] <= moment - 60:
            first += 1
        most = max(most, last - first + 1)
    return most


def kept(engine: Engine) -> tuple[int, int]:
    """How many memberships there are, and how many of them are still to be welcomed."""
    with engine.connect() as connection:
        rows = connection.scalar(select(func.count()).select_from(MembershipRow)) or 0
        new = connection.scalar(select(func.count()).where(MembershipRow.welcomed.is_(False))) or 0
    return rows, new


def killed_and_resumed(engine: Engine, groups: int, journal: Path) -> Json:
    """Half a round, kill -9, the rest by another worker; then a whole round in which nothing changed. The figures."""
    fill(engine, groups)
    engine.dispose()
    dying = Google(groups, journal, dies_at=groups // 2)
    wall = time.monotonic()

    def until_death() -> None:
        go(engine, dying)

    assert not in_a_process(until_death)
    died = dying.seen[-1][0]
    # At once there is nothing to do: the dead one holds the round until its lease is over.
    assert go(engine, Google(groups, journal, now=died + 1)) == {}
    second = Google(groups, journal, now=died + LEASE.total_seconds() + 1)
    outcome = go(engine, second)
    wall = time.monotonic() - wall
    assert outcome["round_done"] is True
    looked = Counter(space for _, space in second.seen)
    assert set(looked) == {name(number) for number in range(groups)}
    again = sum(looked.values()) - groups
    assert again <= AT_ONCE, "only the batch that died is looked at again"
    assert kept(engine) == (groups * MEMBERS, 0)
    first_seconds, begun = died + second.now - second.calls[0], second.now
    # Fifty minutes later it is not yet time; after an hour all are looked at once more.
    assert go(engine, Google(groups, journal, now=begun + 50)) == {}
    hour_later = Google(groups, journal, now=begun + 3700)
    quiet = time.monotonic()
    assert go(engine, hour_later)["looked"] == groups
    assert kept(engine) == (groups * MEMBERS, 0)
    return {
        "groups": groups,
        "members": groups * MEMBERS,
        "most_in_a_minute": most_in_a_minute([moment for moment, _ in second.seen]),
        "looked_at_again_after_the_kill": again,
        "virtual_seconds_of_reading": round(first_seconds, 1),
        "virtual_seconds_quiet_round": round(hour_later.now - begun - 3700, 1),
        "own_seconds_first_round": round(wall, 1),
        "own_seconds_quiet_round": round(time.monotonic() - quiet, 1),
    }


def test_two_hundred_groups_killed_half_way_are_each_looked_at(engine: Engine, tmp_path: Path) -> None:
    figures = killed_and_resumed(engine, 200, tmp_path / "calls")
    assert figures["most_in_a_minute"] <= GOOGLES_QUOTA


@pytest.mark.slow
def test_ten_thousand_groups_of_thirty_within_the_quota_and_the_time(
    engine: Engine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    figures = killed_and_resumed(engine, 10_000, tmp_path / "calls")
    with capsys.disabled():
        print(f"\n{engine.dialect.name}: {json.dumps(figures)}")  # noqa: T201 - the figures are what this is for
    assert figures["most_in_a_minute"] <= READS_A_MINUTE + THREADS
    # What Google takes and what we take ourselves, one after another, end before a job must.
    assert figures["virtual_seconds_quiet_round"] + figures["own_seconds_quiet_round"] < SECONDS


def test_with_a_slow_google_it_stops_in_time_and_the_next_call_goes_on(sqlite_engine: Engine, tmp_path: Path) -> None:
    fill(sqlite_engine, 200)
    slow = Google(200, tmp_path / "calls", a_call=5.0 * THREADS)
    outcome = go(sqlite_engine, slow)
    assert outcome["round_done"] is False
    assert slow.now < SECONDS + 6
    after = Google(200, tmp_path / "calls", now=slow.now + 60)
    assert outcome["looked"] + outcome["failed"] <= AT_ONCE
    assert go(sqlite_engine, after) == {"round_done": True, "looked": 200 - outcome["looked"]}


def test_groups_of_which_google_told_nothing_are_asked_for_again_soon(sqlite_engine: Engine, tmp_path: Path) -> None:
    fill(sqlite_engine, 200)
    fails = frozenset({name(3), name(150)})
    outcome = go(sqlite_engine, Google(200, tmp_path / "calls", fails=fails))
    assert outcome == {"round_done": False, "looked": 198, "failed": 2}
    assert go(sqlite_engine, Google(200, tmp_path / "more", now=600)) == {"round_done": True, "looked": 2}


def test_everybody_silent_ends_the_run_after_one_batch(sqlite_engine: Engine, tmp_path: Path) -> None:
    fill(sqlite_engine, 200)
    silent = Google(200, tmp_path / "calls", fails=frozenset(map(name, range(200))))
    assert go(sqlite_engine, silent)["round_done"] is False
    assert len(silent.calls) == AT_ONCE
    with sqlite_engine.connect() as connection:
        assert connection.scalars(select(SpaceRow.looked_at).distinct()).all() == [None]


def test_an_old_look_says_when_it_was(sqlite_engine: Engine, tmp_path: Path) -> None:
    fill(sqlite_engine, 3)
    go(sqlite_engine, Google(3, tmp_path / "calls"))
    with sqlite_engine.connect() as connection:
        rows = connection.execute(select(SpaceRow.looked_at, SpaceRow.members_complete, SpaceRow.expires_on)).all()
    assert {(row.looked_at.date(), row.members_complete, row.expires_on) for row in rows} == {
        (BEGAN.date(), True, date(2027, 7, 31))
    }
