"""However much is written about a case, it opens: the last of it at once, and all that came before page by page."""

import pytest

from bot.reports.intake import STORY_AT_MOST
from tests.cast import OLGA, SANNE
from tests.dialogue import Dialogue, words
from tests.scenarios.reading import read_story
from tests.scenarios.test_casework import press, reported, taken
from tests.scenarios.test_reporting import tell

NOTES = 14


def long(number: int, letter: str = "é") -> str:
    return f"aantekening {number} " + letter * (STORY_AT_MOST - 20)


@pytest.mark.parametrize("letter", ["x", "é", "😢", "ع"])
def test_a_case_with_very_many_long_notes_opens_and_every_one_is_found(talk: Dialogue, letter: str) -> None:
    review = tell(talk, story=letter * STORY_AT_MOST)
    talk.press(SANNE, SANNE.direct, review, "Verstuur", dialog=True)
    page = taken(talk)
    for number in range(NOTES):
        page = press(talk, OLGA, press(talk, OLGA, page, "Notitie"), "Notitie bewaren", words=long(number, letter))
        assert f"aantekening {number} " in words(page)
    seen = {number for number in range(NOTES) if f"aantekening {number} " in words(page)}
    assert len(seen) < NOTES, "or there would be nothing to turn"
    for _ in range(NOTES):
        if "Eerder" not in words(page):
            break
        page = press(talk, OLGA, page, "Eerder")
        seen |= {number for number in range(NOTES) if f"aantekening {number} " in words(page)}
    assert seen == set(range(NOTES))
    assert "aantekening" in words(press(talk, OLGA, page, "Terug naar de zaak"))


def test_a_reporter_who_writes_very_much_reads_all_of_it_again(talk: Dialogue) -> None:
    reported(talk)
    mine = talk.slash(SANNE, SANNE.direct, 4, dialog=True)
    page = talk.press(SANNE, SANNE.direct, mine, "Bekijken", dialog=True)
    for number in range(NOTES):
        page = talk.press(SANNE, SANNE.direct, page, "Versturen", {"words": [long(number)]}, dialog=True)
    seen: set[int] = set()
    for _ in range(NOTES):
        seen |= {number for number in range(NOTES) if f"aantekening {number} " in words(page)}
        if "Eerdere berichten" not in words(page):
            break
        page = talk.press(SANNE, SANNE.direct, page, "Eerdere berichten", dialog=True)
    assert seen == set(range(NOTES))
    assert "Bekijken" in words(talk.slash(SANNE, SANNE.direct, 4, dialog=True))


def test_a_page_that_does_not_exist_is_the_oldest_one(talk: Dialogue) -> None:
    reported(talk)
    read_story(talk, OLGA)
    with talk.bot.store.read() as transaction:
        [(case, _)] = transaction.reports.granted_to(OLGA.user)  # type: ignore[arg-type]
    for page in ("999", "x", "", "-1", "99999999999"):
        shown = talk.wires.press(OLGA, OLGA.direct, "cases.history", {"case": case.id, "page": page}, dialog="SUBMIT")
        assert "Terug naar de zaak" in words(talk.send(shown))
