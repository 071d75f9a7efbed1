"""Who is away is not woken; whoever stands in hears of it and may read it, unless it is about them."""

from datetime import date, timedelta

import pytest

from bot.school.absence import Absence, present, with_deputies
from bot.school.people import Email
from tests.cast import BEA, BRAM, HANS, OLGA, SANNE
from tests.dialogue import Dialogue, words
from tests.scenarios.reading import inbox_of, read_story
from tests.scenarios.test_alerts import SATURDAY_NIGHT, reported, rung
from tests.scenarios.test_reporting import STORY, tell
from tests.wire_events import Json, Someone


def away(talk: Dialogue, who: Someone, deputy: str, *, first: int = 0, days: int = 7) -> Json:
    today = talk.bot.calendar.local(talk.clock.moment).date()
    given = {
        "first": [(today + timedelta(days=first)).isoformat()],
        "last": [(today + timedelta(days=days)).isoformat()],
        "deputy": [deputy],
    }
    page = talk.press(who, who.direct, inbox_of(talk, who), "Ik ben er even niet", dialog=True)
    return talk.press(who, who.direct, page, "Bewaren", given, dialog=True)


def test_when_who_is_on_duty_is_away_the_one_who_stands_in_hears_at_once(talk: Dialogue) -> None:
    talk.clock.moment = SATURDAY_NIGHT - timedelta(days=2)
    away(talk, OLGA, BRAM.email)
    before = rung(talk)
    review = reported(talk)
    assert "opgeslagen" in words(review)
    assert OLGA.name not in rung(talk)
    assert rung(talk)[HANS.name] == 1
    assert STORY in words(read_story(talk, BRAM))
    assert before == {}


def test_the_reporter_sees_who_stands_in_before_sending(talk: Dialogue) -> None:
    assert BRAM.name not in words(tell(talk)).split("waarschuwen we ook")[0]
    away(talk, OLGA, BRAM.email)
    assert BRAM.name in words(tell(talk)).split("waarschuwen we ook")[0]


def test_who_is_crossed_off_does_not_stand_in(talk: Dialogue) -> None:
    away(talk, OLGA, BRAM.email)
    talk.press(SANNE, SANNE.direct, tell(talk, about=(BRAM,)), "Verstuur", dialog=True)
    talk.minute(days=9)
    assert BRAM.name not in rung(talk)
    assert "Openen" not in words(inbox_of(talk, BRAM))


def test_what_is_for_the_board_is_not_read_by_a_leader_who_stands_in(talk: Dialogue) -> None:
    away(talk, BEA, HANS.email)
    review = tell(talk, topic="Een volwassene van school gaat te ver", by_staff="ja", sexual="ja")
    assert HANS.name not in words(review)


def test_before_the_first_day_and_after_the_last_nothing_is_different(talk: Dialogue) -> None:
    away(talk, OLGA, BRAM.email, first=2, days=3)
    assert BRAM.name not in words(tell(talk)).split("waarschuwen we ook")[0]
    talk.clock.forward(days=2)
    assert BRAM.name in words(tell(talk)).split("waarschuwen we ook")[0]
    talk.clock.forward(days=2)
    assert BRAM.name not in words(tell(talk)).split("waarschuwen we ook")[0]


def test_who_stands_in_sees_it_in_the_list_and_who_is_back_says_so(talk: Dialogue) -> None:
    done = away(talk, OLGA, BRAM.email)
    assert "Er zijn geen zaken voor je" in words(done)
    assert "Je valt in voor Olga Overzicht" in words(inbox_of(talk, BRAM))
    page = talk.press(OLGA, OLGA.direct, inbox_of(talk, OLGA), "Ik ben er even niet", dialog=True)
    assert "Bram Bestier valt in." in words(page)
    talk.press(OLGA, OLGA.direct, page, "Ik ben er weer", dialog=True)
    assert "Je valt in" not in words(inbox_of(talk, BRAM))


@pytest.mark.parametrize(
    ("first", "days", "deputy"), [(3, 1, BRAM.email), (-5, -1, BRAM.email), (0, 2, OLGA.email), (0, 2, "")]
)
def test_days_that_cannot_be_and_a_deputy_who_cannot_be_are_asked_again(
    talk: Dialogue, first: int, days: int, deputy: str
) -> None:
    assert "Kies een eerste dag" in words(away(talk, OLGA, deputy, first=first, days=days))
    assert "Je valt in" not in words(inbox_of(talk, BRAM))


def test_a_pupil_cannot_be_away(talk: Dialogue) -> None:
    for action in ("away.ask", "away.save", "away.back"):
        answer = talk.send(talk.wires.press(SANNE, SANNE.direct, action, {}, dialog="SUBMIT"))
        assert "Ik ben er even niet" not in words(answer)


A, B, C = (Email(f"{name}@school.example") for name in "abc")
GONE = Absence(A, date(2026, 11, 23), date(2026, 11, 24), C)


def test_a_deputy_comes_after_the_one_who_is_away_only_where_allowed() -> None:
    assert with_deputies((A, B), [GONE], allowed={A, B, C}) == (A, C, B)
    assert with_deputies((A, B), [GONE], allowed={A, B}) == (A, B)
    assert with_deputies((A, C), [GONE], allowed=()) == (A, C)


def test_when_everybody_is_away_everybody_is_woken() -> None:
    assert present((A, B), [GONE]) == (B,)
    assert present((A,), [GONE]) == (A,)
