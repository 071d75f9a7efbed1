"""Practising a report shows every page of a real one, and leaves nothing behind anywhere."""

import pytest
from sqlalchemy import text

from bot.storage.rows.schema import ROWS
from tests.cast import EVERYBODY, HANS, KARIN, OLGA, SANNE
from tests.dialogue import Dialogue, words
from tests.wire_events import Json, Someone

BANNER = "Je oefent."
STORY = "Ze noemen mij kwastenkop in de app."


def rows(talk: Dialogue) -> dict[str, int]:
    # What an event was answered with is remembered for Google's repeats, also of practice; it holds no content.
    kept = [row.__tablename__ for row in ROWS if row.__tablename__ not in {"seen_events", "people"}]
    with talk.bot.engine.connect() as connection:
        return {name: connection.execute(text(f"SELECT count(*) FROM {name}")).scalar_one() for name in kept}  # noqa: S608 - our own tables' names


def press(talk: Dialogue, who: Someone, page: Json, label: str, **given: list[str]) -> Json:
    return talk.press(who, who.direct, page, label, given, dialog=True)


def begun(talk: Dialogue, who: Someone = SANNE) -> Json:
    return press(talk, who, talk.slash(who, who.direct, 3, dialog=True), "Eerst oefenen")


@pytest.mark.parametrize("who", [SANNE, KARIN, OLGA], ids=lambda who: who.name)
def test_the_whole_dialog_is_walked_and_nothing_is_kept_or_sent(talk: Dialogue, who: Someone) -> None:
    # The timer remembers that it came.
    talk.minute()
    before = rows(talk)
    page = begun(talk, who)
    assert BANNER in words(page)
    page = press(talk, who, page, "Pesten of buitensluiten")
    page = press(talk, who, page, "Verder", story=[STORY], safe=["ja"], goes_on=["nee"])
    assert "Hoe wil je bekend zijn?" in words(page)
    assert BANNER in words(page)
    page = press(talk, who, page, "Verder", identity=["zonder_naam"], about=[HANS.email])
    assert HANS.name not in words(page).replace(f"{HANS.name} (", "")
    assert "Hier staat dan wat jij hebt geschreven." in words(page)
    assert STORY not in str(page)
    done = press(talk, who, page, "Verstuur")
    assert "Er is niets bewaard en niets verstuurd" in words(done)
    talk.minute(days=3)
    assert rows(talk) == before
    assert all(not talk.chat.in_space(each.direct) for each in EVERYBODY)
    assert "Pesten" in words(press(talk, who, done, "Nu echt melden"))


def test_what_is_missing_is_asked_as_in_a_real_report(talk: Dialogue) -> None:
    page = press(talk, SANNE, begun(talk), "Pesten of buitensluiten")
    page = press(talk, SANNE, page, "Verder", safe=["ja"])
    assert BANNER in words(page)
    page = press(talk, SANNE, page, "Verder", story=[STORY], safe=["ja"])
    page = press(talk, SANNE, page, "Verder")
    assert "Hoe wil je bekend zijn?" in words(page)


def test_the_ways_back_and_out_stay_in_practice(talk: Dialogue) -> None:
    tell = press(talk, SANNE, begun(talk), "Pesten of buitensluiten")
    assert "Eerst oefenen" not in words(press(talk, SANNE, tell, "Terug"))
    who = press(talk, SANNE, tell, "Verder", story=[STORY], safe=["ja"])
    assert "Wat is er gebeurd" in words(press(talk, SANNE, who, "Terug"))
    review = press(talk, SANNE, who, "Verder", identity=["met_naam"])
    assert "Hoe wil je bekend zijn?" in words(press(talk, SANNE, review, "Terug"))
    assert BANNER in words(press(talk, SANNE, who, "Verder", identity=["alleen_advies"]))
    assert BANNER not in words(press(talk, SANNE, who, "Stoppen en wissen"))


def test_a_subject_that_does_not_exist_begins_anew(talk: Dialogue) -> None:
    event = talk.wires.press(SANNE, SANNE.direct, "report.tell", {"draft": "oefenen:C99"}, dialog="SUBMIT")
    assert "Pesten of buitensluiten" in words(talk.send(event))
