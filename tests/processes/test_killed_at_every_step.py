"""The process is killed at every single step between "Verstuur" and "gelezen": nothing is lost, nothing seen twice."""

import itertools
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.engine import make_url

from bot.outbox.delivery import State
from bot.reports.casefile import Step
from bot.school.spaces import Dialect
from bot.storage.migrate import migrate
from tests.cast import EVERYBODY, HANS, KARIN, KLAS_3B, OLGA, SANNE
from tests.databases import opened
from tests.dialogue import Dialogue, FakeClock, words
from tests.processes.dying import LastingChat, World
from tests.scenarios.reading import inbox_of
from tests.scenarios.test_reporting import STORY, tell
from tests.wire_events import Json, Someone, Wires

SHORT = 20
"""Every how manieth step in the short form."""


@dataclass(frozen=True)
class Report:
    """What is told, and who hears of it first."""

    name: str
    topic: str
    told: dict[str, str]
    hear: tuple[Someone, ...]
    wait: dict[str, int]


CALM = Report("calm, by name", "Pesten of buitensluiten", {}, (OLGA, HANS), {})
URGENT = Report("urgent, sealed", "Pesten of buitensluiten", {"safe": "nee", "identity": "zonder_naam"}, (OLGA,), {})


class Scene:
    """Worlds at the same moment, each a copy of one that was lived up to there."""

    def __init__(self, folder: Path, backend: str, request: pytest.FixtureRequest, report: Report) -> None:
        self.folder, self.report = folder, report
        self.numbers = itertools.count()
        self.server = request.getfixturevalue("postgres_server") if backend == "postgres" else None

    def fresh(self) -> World:
        """A new school, before anybody said anything."""
        world = World(self._database(None), self._chat(), FakeClock(), Wires(Dialect.CLASSIC, "nl"))
        with opened(world.url) as engine:
            migrate(engine)
        world.run(introduce)
        return world

    def copy(self, world: World) -> World:
        """The same moment once more, when no wait holds any more: what goes by real time would differ in each copy."""
        chat = self._chat()
        if world.chat.path.exists():
            shutil.copy(world.chat.path, chat.path)
        url = self._database(world.url)
        with opened(url) as engine:
            waits_are_over(engine)
        return replace(world, url=url, chat=chat, clock=FakeClock(world.clock.moment))

    def _chat(self) -> LastingChat:
        return LastingChat(path=self.folder / f"chat{next(self.numbers)}.jsonl")

    def _database(self, of: str | None) -> str:
        number = next(self.numbers)
        if self.server is None:
            path = self.folder / f"bot{number}.db"
            if of is not None:
                for end in ("", "-wal"):
                    if Path(f"{make_url(of).database}{end}").exists():
                        shutil.copy(f"{make_url(of).database}{end}", f"{path}{end}")
            return f"sqlite:///{path}"
        template = "template0" if of is None else str(make_url(of).database)
        self.server.run(f"CREATE DATABASE dying{id(self)}_{number} TEMPLATE {template}")
        return str(self.server.url(f"dying{id(self)}_{number}"))


def waits_are_over(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE deliveries SET retry_at = NULL, lease_until = NULL")
        connection.exec_driver_sql("DELETE FROM pace_spaces")


def introduce(talk: Dialogue) -> None:
    for who in EVERYBODY:
        talk.send(talk.wires.added(who, who.direct, admin_installed=True))
    talk.send(talk.wires.added(KARIN, KLAS_3B))


def review(talk: Dialogue, report: Report) -> Json:
    return tell(talk, SANNE, report.topic, **report.told)  # type: ignore[arg-type]


def press_send(talk: Dialogue, page: Json) -> Json:
    return talk.press(SANNE, SANNE.direct, page, "Verstuur", dialog=True)


def sweep(talk: Dialogue) -> None:
    # Leases and waits go by real time: here it has passed.
    waits_are_over(talk.bot.engine)
    talk.minute(minutes=1)


def open_and_read(talk: Dialogue, who: Someone = OLGA) -> Json:
    closed = talk.press(who, who.direct, inbox_of(talk, who), "Openen", dialog=True)
    return talk.press(who, who.direct, closed, "Lees verhaal", dialog=True)


def check(world: World, report: Report, page: Json) -> None:
    """After whatever happened: somebody presses again if need be, timers tick, a leader reads."""
    talk = world.talk()
    world.chat.failing = world.chat.down = False
    try:
        if "Openen" not in words(inbox_of(talk, OLGA)):
            world.clock.forward(minutes=1)
            assert "Je melding is opgeslagen" in words(press_send(talk, page))
        for _ in range(4):
            sweep(talk)
        inbox = words(inbox_of(talk, OLGA))
        assert inbox.count("Openen") == 1, "one report, whatever died"
        for who in report.hear:
            assert len(world.chat.in_space(who.direct)) == 1, f"{who.name} hears of it once"
        assert STORY in words(open_and_read(talk))
        assert STORY in words(open_and_read(talk))
        with talk.bot.store.read() as transaction:
            [(case, grant)] = transaction.reports.granted_to(OLGA.user)  # type: ignore[arg-type]
            known = talk.bot.histories.load(case, transaction.histories)
            owed = transaction.deliveries.about(case.id)
        assert [entry.step for entry in known.entries].count(Step.READ) == 1
        assert grant.opened_at is not None
        assert {delivery.state for delivery in owed} == {State.DELIVERED}
        assert "Gelezen" in words(talk.slash(SANNE, SANNE.direct, 4, dialog=True))
    finally:
        talk.bot.engine.dispose()


def lives(scene: Scene, every: int) -> Iterator[tuple[World, Json]]:
    """The world after each death: while it is sent, while the timer delivers, while it is read."""
    before = scene.fresh()
    talk = before.talk()
    page = review(talk, scene.report)
    talk.bot.engine.dispose()

    def die_at_every_step(moment: World, work: Callable[[Dialogue], object], *, failing: bool) -> Iterator[World]:
        whole = scene.copy(moment)
        whole.chat.failing = failing
        assert whole.run(work)
        total = int(whole.count.read_text())
        for step in range(1, total + 1, every):
            world = scene.copy(moment)
            world.chat.failing = failing
            assert not world.run(work, dies_at=step)
            yield world

    for failing in (False, True):
        for world in die_at_every_step(before, lambda talk: press_send(talk, page), failing=failing):
            yield world, page
    owed = scene.copy(before)
    owed.chat.down = True
    owed.run(lambda talk: press_send(talk, page))
    owed.chat.down = False
    for failing in (False, True):
        for world in die_at_every_step(owed, sweep, failing=failing):
            yield world, page
    there = scene.copy(owed)
    there.run(sweep)
    for world in die_at_every_step(there, open_and_read, failing=False):
        yield world, page


@pytest.mark.parametrize("report", [CALM, URGENT], ids=lambda report: report.name)
def test_killed_at_some_steps_nothing_is_lost_and_nothing_is_seen_twice(
    tmp_path: Path, request: pytest.FixtureRequest, report: Report
) -> None:
    scene = Scene(tmp_path, "sqlite", request, report)
    for world, page in lives(scene, SHORT):
        check(world, report, page)


@pytest.mark.slow
@pytest.mark.parametrize("backend", ["sqlite", "postgres"])
@pytest.mark.parametrize("report", [CALM, URGENT], ids=lambda report: report.name)
def test_killed_at_every_step_nothing_is_lost_and_nothing_is_seen_twice(
    tmp_path: Path, request: pytest.FixtureRequest, report: Report, backend: str
) -> None:
    scene, deaths = Scene(tmp_path, backend, request, report), 0
    for world, page in lives(scene, 1):
        check(world, report, page)
        deaths += 1
    # Both databases and both reports together are well above three hundred.
    assert deaths >= 100
