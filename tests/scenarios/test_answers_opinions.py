"""People say whether an answer helped; words are kept only from who ticks that they may be."""

import json

import pytest
from sqlalchemy import text

from tests.cast import SANNE
from tests.dialogue import Dialogue, dialog, words
from tests.scenarios.test_answers_following import PHOTO, rows
from tests.wire_events import Json

MISSED = "ik wilde weten of het ook voor een tekening geldt"


def opened(talk: Dialogue) -> Json:
    answer = talk.says(SANNE, SANNE.direct, PHOTO)
    return talk.press(SANNE, SANNE.direct, answer, "Klopt niet", dialog=True)


def send(talk: Dialogue, shown: Json, question: str = "", missed: str = "", *, tick: bool = False) -> Json:
    inputs = {"question": [question], "missed": [missed], "consent": ["keep"] if tick else []}
    return talk.press(SANNE, SANNE.direct, shown, "Versturen", inputs, dialog=True)


def counted(talk: Dialogue) -> dict[str, object]:
    return {str(row["kind"]): row["number"] for row in rows(talk, "article_counts")}


def test_helps_is_counted_and_thanked_for(talk: Dialogue) -> None:
    answer = talk.says(SANNE, SANNE.direct, PHOTO)
    assert "Dank je wel" in words(talk.press(SANNE, SANNE.direct, answer, "Helpt"))
    assert counted(talk) == {"shown": 1, "helpful": 1}


def test_the_box_is_not_ticked_and_the_question_is_not_filled_in_for_it_was_not_kept(talk: Dialogue) -> None:
    card = dialog(opened(talk))
    assert "Bewaar mijn vraag erbij" in words(card)
    assert '"selected": true' not in json.dumps(card)
    assert "klasgenoot" not in json.dumps(card)


def test_without_the_tick_only_a_count_is_kept(talk: Dialogue) -> None:
    assert "Dank je wel" in words(send(talk, opened(talk), PHOTO, MISSED))
    assert rows(talk, "opinions") == []
    assert counted(talk) == {"shown": 1, "unhelpful": 1}


def test_with_the_tick_the_words_are_kept_for_ninety_days_without_a_name(talk: Dialogue) -> None:
    assert "bewaard, zonder je naam" in words(send(talk, opened(talk), PHOTO, MISSED, tick=True))
    [row] = rows(talk, "opinions")
    assert (row["article"], row["question"], row["missed"]) == ("A6", PHOTO, MISSED)
    assert "users/101" not in json.dumps(row, default=str)
    assert "09:15" not in str(row["until"])
    talk.minute(days=89)
    assert len(rows(talk, "opinions")) == 1
    talk.minute(days=2)
    assert rows(talk, "opinions") == []


def test_the_same_click_twice_counts_once(talk: Dialogue) -> None:
    send(talk, opened(talk), PHOTO, tick=True)
    talk.send(talk.last_event)
    assert len(rows(talk, "opinions")) == 1
    assert counted(talk)["unhelpful"] == 1


@pytest.mark.parametrize(
    ("said", "expected"), [("ik wil niet meer leven", "0800-0113"), ("ik word gepest door Tim", "Privé melden")]
)
@pytest.mark.parametrize("field", ["question", "missed"])
def test_a_cry_for_help_or_a_story_is_never_kept_but_gets_what_it_needs(
    talk: Dialogue, said: str, expected: str, field: str
) -> None:
    shown = send(talk, opened(talk), **{field: said}, tick=True)
    assert expected in words(dialog(shown))
    assert "Tim" not in words(shown)
    assert rows(talk, "opinions") == []
    assert "unhelpful" not in counted(talk)


def test_a_tick_without_words_is_asked_about(talk: Dialogue) -> None:
    assert "er staat nog niets" in words(send(talk, opened(talk), tick=True))
    assert rows(talk, "opinions") == []


def test_more_than_five_hundred_characters_come_back_to_be_made_shorter(talk: Dialogue) -> None:
    long = "mag een tekening van een klasgenoot ook niet? " * 12
    shown = send(talk, opened(talk), long, tick=True)
    assert "500" in words(shown)
    assert "mag een tekening" in json.dumps(dialog(shown))
    assert rows(talk, "opinions") == []


def test_klopt_niet_can_also_be_typed(talk: Dialogue) -> None:
    talk.says(SANNE, SANNE.direct, PHOTO)
    shown = talk.says(SANNE, SANNE.direct, "klopt niet")
    assert "artikel A6" in words(shown)
    assert "Wat klopt er niet" in words(talk.press(SANNE, SANNE.direct, shown, "Klopt niet", dialog=True))


def test_a_forged_article_counts_nothing(talk: Dialogue) -> None:
    for action in ("opinion.helps", "opinion.send"):
        talk.send(talk.wires.press(SANNE, SANNE.direct, action, {"article": "A99"}, dialog="SUBMIT"))
    with talk.bot.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM article_counts")).scalar_one() == 0
