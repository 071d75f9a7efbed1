"""Somebody who could read a report stands in its story: the reporter is asked, and doubt excludes."""

import pytest

from tests.cast import BEA, HANS, OLGA, SANNE
from tests.dialogue import Dialogue, words
from tests.scenarios.test_reporting import told_to
from tests.wire_events import Json

STORY = "Ik heb het al aan mevrouw Overzicht verteld. Een jongen uit 4H stuurt rare dingen."


def asked(talk: Dialogue, story: str = STORY) -> Json:
    """The page that asks about whom it is."""
    page = talk.slash(SANNE, SANNE.direct, 3, dialog=True)
    page = talk.press(SANNE, SANNE.direct, page, "Pesten of buitensluiten", dialog=True)
    answers = {"story": [story], "safe": ["ja"], "goes_on": ["nee"]}
    return talk.press(SANNE, SANNE.direct, page, "Verder", answers, dialog=True)


def reviewed(talk: Dialogue, page: Json, **answers: str) -> Json:
    given = {"identity": ["met_naam"], **{name: [answer] for name, answer in answers.items()}}
    return talk.press(SANNE, SANNE.direct, page, "Verder", given, dialog=True)


def test_a_name_in_the_story_is_asked_about(talk: Dialogue) -> None:
    page = words(asked(talk))
    assert "Olga Overzicht staat in je verhaal. Gaat het over hem of haar?" in page
    assert "Hans Hoofd staat in je verhaal" not in page
    assert "staat in je verhaal" not in words(asked(talk, "Een jongen uit 4H stuurt rare dingen."))


@pytest.mark.parametrize("answer", ["ja", "weet_niet", "", "iets anders"])
def test_yes_doubt_and_silence_keep_it_from_her_and_from_who_works_with_her(talk: Dialogue, answer: str) -> None:
    review = reviewed(talk, asked(talk), **({"named_0": answer} if answer else {}))
    assert "Olga Overzicht staat in je verhaal en leest daarom niet mee." in words(review)
    talk.press(SANNE, SANNE.direct, review, "Verstuur", dialog=True)
    talk.minute(days=4)
    assert OLGA.name not in told_to(talk)
    assert HANS.name not in told_to(talk)
    assert BEA.name in told_to(talk)


def test_who_is_only_mentioned_reads_it_after_all(talk: Dialogue) -> None:
    review = reviewed(talk, asked(talk), named_0="nee")
    assert "leest daarom niet mee" not in words(review)
    talk.press(SANNE, SANNE.direct, review, "Verstuur", dialog=True)
    assert told_to(talk) == {OLGA.name, HANS.name}


def test_a_no_to_a_name_does_not_undo_a_cross(talk: Dialogue) -> None:
    page = asked(talk)
    given = {"identity": ["met_naam"], "named_0": ["nee"], "about": [OLGA.email]}
    review = talk.press(SANNE, SANNE.direct, page, "Verder", given, dialog=True)
    assert OLGA.name not in words(review)
    assert BEA.name in words(review)


def test_a_no_about_nobody_who_is_named_changes_nothing(talk: Dialogue) -> None:
    review = reviewed(talk, asked(talk, "Olga en Hans weten ervan."), named_7="nee", named_1="nee")
    assert "Olga Overzicht staat in je verhaal en leest daarom niet mee." in words(review)
    assert BEA.name in words(review)
