"""A teacher hears, privately and at most once a month for each group, that somebody of the class is missing."""

import dataclasses
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from bot.groups.rosters.ports import Membership
from bot.school.facts import Part
from bot.school.spaces import Dialect, SpaceName
from handlers.conversations.rosters.nudging import nudge_teachers
from tests.cast import ARIE, DAAN, FINN, KARIN, KLAS_2A, KLAS_3B, PIET, SANNE
from tests.dialogue import Dialogue, words
from tests.dialogue import start as start_talk
from tests.scenarios.rosters import NOOR, TWO_CLASSES, ask, in_group, roster
from tests.wire_events import Someone

NUDGE = "Nog niet iedereen van je klas zit in de groep."


@pytest.fixture
def talk(talk: Dialogue) -> Dialogue:
    """Class 3B has three pupils, of whom Daan and Noor are not in the group."""
    roster(talk, "3B", SANNE, DAAN, NOOR)
    in_group(talk, KLAS_3B, KARIN, SANNE)
    return talk


def tick(talk: Dialogue, **amount: float) -> None:
    """Let time pass, and then the timer: what one minute plans, the next one sends."""
    talk.minute(**amount)
    talk.minute(minutes=1)


def nudges(talk: Dialogue, who: Someone = KARIN) -> Sequence[str]:
    return [words(body) for body in talk.chat.in_space(who.direct) if body["text"] == NUDGE]


def test_the_teacher_who_added_the_bot_hears_once_a_month_that_somebody_is_missing(talk: Dialogue) -> None:
    for _ in range(3):
        talk.minute(minutes=1)
    [nudge] = nudges(talk)
    assert "/wieontbreekt" in nudge
    assert "Klas 3B" in nudge
    assert not any(pupil.name in nudge for pupil in (SANNE, DAAN, NOOR))
    assert not any(NUDGE in words(body) for body in talk.chat.in_space(KLAS_3B))
    days(talk, 30)
    assert len(nudges(talk)) == 1
    # The month is over on 25 December, in the holidays: the first school day is 4 January.
    days(talk, 20)
    assert len(nudges(talk)) == 2


def days(talk: Dialogue, number: int) -> None:
    for _ in range(number):
        tick(talk, hours=23.95)


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 11, 24, 6, 59, tzinfo=UTC),
        datetime(2026, 11, 24, 16, 50, tzinfo=UTC),
        datetime(2026, 11, 24, 17, 0, tzinfo=UTC),
        datetime(2026, 11, 28, 10, 0, tzinfo=UTC),
        datetime(2026, 12, 4, 10, 0, tzinfo=UTC),
        datetime(2026, 12, 25, 10, 0, tzinfo=UTC),
    ],
    ids=[
        "before eight",
        "in the last quarter",
        "at six",
        "on a Saturday",
        "on the school's own day off",
        "at Christmas",
    ],
)
def test_outside_of_school_hours_nobody_is_nudged(talk: Dialogue, moment: datetime) -> None:
    talk.clock.moment = moment
    talk.minute()
    talk.minute()
    assert nudges(talk) == []


STRANGE = [Someone(200 + number, f"Lid {number}", "") for number in range(2)]


@pytest.mark.parametrize(
    ("people", "groups_joined"),
    [((KARIN, SANNE, DAAN, NOOR), 0), ((KARIN, SANNE), 1), ((KARIN, SANNE, *STRANGE), 0)],
    ids=["everybody is there", "a Google group came in", "as many unknown members as missing pupils"],
)
def test_nobody_is_nudged_unless_somebody_is_surely_missing(
    talk: Dialogue, people: Sequence[Someone], groups_joined: int
) -> None:
    in_group(talk, KLAS_3B, *people, groups_joined=groups_joined)
    talk.minute()
    days(talk, 6)
    assert nudges(talk) == []
    in_group(talk, KLAS_3B, KARIN, SANNE)
    tick(talk, days=1)
    assert len(nudges(talk)) == 1


def test_a_day_after_google_did_not_answer_it_looks_again(talk: Dialogue) -> None:
    talk.chat.gone.add(KLAS_3B.name)
    talk.minute()
    talk.chat.gone.clear()
    talk.minute(minutes=5)
    assert nudges(talk) == []
    tick(talk, days=1)
    assert len(nudges(talk)) == 1


def test_a_group_of_several_classes_and_one_that_a_pupil_added_nudge_nobody(talk: Dialogue) -> None:
    in_group(talk, KLAS_3B, KARIN, SANNE, DAAN, NOOR)
    roster(talk, "2A", FINN, NOOR)
    talk.send(talk.wires.added(KARIN, TWO_CLASSES))
    talk.send(talk.wires.added(FINN, KLAS_2A))
    [asked] = talk.chat.in_space(ARIE.direct)
    talk.press(ARIE, ARIE.direct, asked, "Goedkeuren")
    in_group(talk, KLAS_2A, FINN)
    talk.minute(minutes=1)
    assert [nudges(talk, who) for who in (KARIN, FINN, PIET)] == [[], [], []]


def test_of_two_workers_who_look_at_once_one_nudges(talk: Dialogue) -> None:
    bot = talk.bot

    class Meanwhile:
        """While this worker waits for Google, another one looks at the same group and is done first."""

        def of(self, space: SpaceName) -> Membership:
            assert nudge_teachers(bot, talk.clock.now()) == 1
            return bot.members.of(space)

    assert nudge_teachers(dataclasses.replace(bot, members=Meanwhile()), talk.clock.now()) == 0
    talk.minute()
    assert len(nudges(talk)) == 1


def test_with_etiquette_off_nobody_is_nudged_and_the_command_still_answers() -> None:
    talk = start_talk(dialect=Dialect.CLASSIC)
    roster(talk, "3B", SANNE, DAAN)
    in_group(talk, KLAS_3B, KARIN, SANNE)
    off = dataclasses.replace(talk.bot.school, parts_on=talk.bot.school.parts_on - {Part.ETIQUETTE})
    talk = talk.with_school(off)
    talk.minute()
    assert nudges(talk) == []
    assert DAAN.name in ask(talk)
