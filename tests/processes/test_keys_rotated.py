"""`keys rotate` is killed again and again, beside a bot that serves: every report is read, and the old key can go."""

import base64
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from bot.reports.sealing import CannotOpen, Keyring
from bot.school.spaces import Dialect
from handlers.verbs.keys import Rotated, take_over
from tests.cast import DAAN, OLGA, SANNE
from tests.dialogue import KEYS, Dialogue, FakeClock, attach, words
from tests.processes.dying import LastingChat, Steps, in_a_process
from tests.processes.test_killed_at_every_step import introduce
from tests.scenarios.reading import inbox_of, read_story
from tests.scenarios.test_reporting import STORY, send, tell
from tests.wire_events import Json, Wires

NEW = "k2:" + base64.b64encode(bytes(range(32, 64))).decode()
REPORTS, TURNS = 6, 6
SHORT = 9
"""Every how manieth step of a rotation it dies at in the short form."""


class School:
    """A database with reports under the old key, one of them half written."""

    def __init__(self, url: str, folder: Path) -> None:
        self.url, self.chat = url, LastingChat(path=folder / "chat.jsonl")
        self.clock = FakeClock()
        talk = self.talk(KEYS)
        introduce(talk)
        for number in range(REPORTS):
            reporter = (SANNE, DAAN)[number % 2]
            identity = "zonder_naam" if number % 3 == 0 else "met_naam"
            assert "Je melding is opgeslagen" in words(send(talk, tell(talk, reporter, identity=identity), reporter))
        self.review: Json = tell(talk, SANNE)
        talk.bot.engine.dispose()

    def talk(self, keys: str) -> Dialogue:
        return attach(self.url, self.chat, self.clock, Wires(Dialect.CLASSIC, "nl"), REPORT_KEYS=keys)

    def rotate(self) -> Rotated:
        talk = self.talk(f"{NEW},{KEYS}")
        try:
            return take_over(talk.bot.store, talk.bot.keyring, talk.bot.intake)
        finally:
            talk.bot.engine.dispose()

    def rotate_and_die(self, step: int) -> bool:
        """A rotation in a process of its own that is killed at this step; whether it came to its end."""

        def life() -> None:
            talk = self.talk(f"{NEW},{KEYS}")
            Steps(step).watch(talk.bot.engine)
            take_over(talk.bot.store, talk.bot.keyring, talk.bot.intake, most=1)

        return in_a_process(life)


@pytest.fixture(params=["sqlite", "postgres"])
def here(request: pytest.FixtureRequest, tmp_path: Path) -> School:
    engine = request.getfixturevalue(f"{request.param}_engine")
    return School(engine.url.render_as_string(hide_password=False), tmp_path)


def check_without_the_old_key(here: School) -> None:
    talk = here.talk(NEW)
    try:
        assert words(inbox_of(talk, OLGA)).count("Openen") == REPORTS
        assert STORY in words(read_story(talk, OLGA))
        for reporter in (SANNE, DAAN):
            own = words(talk.slash(reporter, reporter.direct, 4, dialog=True))
            assert own.count("Bekijken") == REPORTS // 2
        assert "Je melding is opgeslagen" in words(send(talk, here.review, SANNE))
        assert words(inbox_of(talk, OLGA)).count("Openen") == REPORTS + 1
    finally:
        talk.bot.engine.dispose()


def check_with_both_keys(here: School) -> None:
    """What a bot that serves meanwhile shows: everything."""
    talk = here.talk(f"{NEW},{KEYS}")
    try:
        assert words(inbox_of(talk, OLGA)).count("Openen") == REPORTS
        assert STORY in words(read_story(talk, OLGA))
        for reporter in (SANNE, DAAN):
            assert words(talk.slash(reporter, reporter.direct, 4, dialog=True)).count("Bekijken") == REPORTS // 2
    finally:
        talk.bot.engine.dispose()


def killed_until_it_is_done(here: School, every: int) -> int:
    """Die ever later, each time going on with what the one before left; how often it died."""
    deaths = 0
    while not here.rotate_and_die(1 + deaths * every):
        deaths += 1
        check_with_both_keys(here)
    return deaths


def check_rotation(here: School, every: int, at_least: int) -> None:
    assert killed_until_it_is_done(here, every) >= at_least
    again = here.rotate()
    assert (again.cases, again.drafts) == (0, 0)
    assert not any(any(found.values()) for found in again.older.values())
    check_without_the_old_key(here)


def test_killed_several_times_it_finishes_and_the_old_key_can_be_dropped(here: School) -> None:
    check_rotation(here, SHORT, 3)


@pytest.mark.slow
def test_killed_at_every_step_it_finishes_and_the_old_key_can_be_dropped(here: School) -> None:
    check_rotation(here, 1, 20)


def test_without_a_rotation_the_old_key_is_needed(here: School) -> None:
    """Or the tests above would prove nothing."""
    talk = here.talk(NEW)
    try:
        with talk.bot.store.read() as transaction:
            [(case, _), *_] = transaction.reports.granted_to(OLGA.user)  # type: ignore[arg-type]
        with pytest.raises(CannotOpen):
            talk.bot.intake.tell(case)
        assert "Bekijken" not in words(talk.slash(SANNE, SANNE.direct, 4, dialog=True))
    finally:
        talk.bot.engine.dispose()


def turn_keys(here: School, over: threading.Event) -> int:
    """Take everything from one key to the other and back until it is over; how often."""
    talk, turns = here.talk(f"{NEW},{KEYS}"), 0
    rings = [Keyring.parse(f"{NEW},{KEYS}"), Keyring.parse(f"{KEYS},{NEW}")]
    try:
        while not over.is_set():
            take_over(talk.bot.store, rings[turns % 2], replace(talk.bot.intake, keyring=rings[turns % 2]), most=1)
            turns += 1
    finally:
        talk.bot.engine.dispose()
    return turns


def test_while_keys_turn_reports_are_written_sent_read_and_erased(here: School) -> None:
    over, talk = threading.Event(), here.talk(f"{NEW},{KEYS}")
    with ThreadPoolExecutor(1) as beside:
        turning = beside.submit(turn_keys, here, over)
        try:
            for number in range(TURNS):
                review = tell(talk, SANNE, identity="zonder_naam")
                assert "Je melding is opgeslagen" in words(send(talk, review, SANNE)), number
                review = tell(talk, DAAN)
                talk.press(DAAN, DAAN.direct, review, "Stoppen en wissen", dialog=True)
                assert "Je melding is opgeslagen" not in words(send(talk, review, DAAN)), number
                assert STORY in words(read_story(talk, OLGA))
            own = words(talk.slash(SANNE, SANNE.direct, 4, dialog=True))
            assert own.count("Bekijken") == REPORTS // 2 + TURNS
        finally:
            over.set()
            turns = turning.result()
            talk.bot.engine.dispose()
    assert turns >= 2
