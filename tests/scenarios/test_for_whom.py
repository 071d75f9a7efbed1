"""Somebody reports for another: the reader sees that, and the reporter stays the one who follows it."""

import pytest

from tests.cast import KARIN, OLGA, SANNE
from tests.dialogue import Dialogue, words
from tests.scenarios.reading import read_story
from tests.wire_events import Json, Someone


def told(talk: Dialogue, who: Someone, for_whom: str) -> Json:
    page = talk.slash(who, who.direct, 3, dialog=True)
    page = talk.press(who, who.direct, page, "Pesten of buitensluiten", dialog=True)
    given = {"story": ["Ze pesten hem al weken."], "safe": ["ja"], "goes_on": ["nee"], "on_behalf": [for_whom]}
    page = talk.press(who, who.direct, page, "Verder", given, dialog=True)
    return talk.press(who, who.direct, page, "Verder", {"identity": ["met_naam"]}, dialog=True)


@pytest.mark.parametrize(
    ("who", "for_whom", "shown"),
    [
        (SANNE, "leerling", "Voor een leerling"),
        (KARIN, "leerling", "Voor een leerling"),
        (KARIN, "ouder", "Voor een ouder die mij dit vertelde"),
    ],
)
def test_the_review_and_the_reader_see_for_whom_it_is(talk: Dialogue, who: Someone, for_whom: str, shown: str) -> None:
    review = told(talk, who, for_whom)
    assert shown in words(review)
    talk.press(who, who.direct, review, "Verstuur", dialog=True)
    assert shown in words(read_story(talk, OLGA))
    assert "Bekijken" in words(talk.slash(who, who.direct, 4, dialog=True))


def test_who_reports_for_themselves_or_sends_something_else_is_not_called_anything(talk: Dialogue) -> None:
    for given in ("mezelf", "iedereen"):
        talk.press(SANNE, SANNE.direct, told(talk, SANNE, given), "Verstuur", dialog=True)
        assert "Voor wie" not in words(read_story(talk, OLGA))
