"""A teacher asks who of the class is not in the group, privately, and gets what is needed to tell them another way."""

import dataclasses

import pytest

from tests.cast import ARIE, DAAN, FINN, HANS, KARIN, KLAS_2A, KLAS_3B, OLGA, PIET, SANNE, STRANGER
from tests.dialogue import Dialogue, is_private_to, words
from tests.scenarios.rosters import NOOR, TWO_CLASSES, ask, in_group, roster
from tests.wire_events import Somewhere

NOT_YOURS = "Deze opdracht is hier niet voor jou"
SHOW_MINE = "Laat zien wat je over mij bewaart"
NAMELESS = Somewhere("spaces/ZOMAAR", "SPACE", "Gezellig")


@pytest.fixture
def talk(talk: Dialogue) -> Dialogue:
    """Class 3B has three pupils, of whom Daan and Noor are not in the group; Noor never spoke to the bot."""
    roster(talk, "3B", SANNE, DAAN, NOOR)
    in_group(talk, KLAS_3B, KARIN, SANNE)
    return talk


def test_the_mentor_sees_who_is_missing_and_nobody_else_does(talk: Dialogue) -> None:
    answer = talk.slash(KARIN, KLAS_3B, 7)
    assert is_private_to(answer, KARIN)
    said = words(answer)
    assert "2 leerlingen van de klassenlijst zie ik niet in deze groep:" in said
    assert "Daan Proefpersoon\nNoor Testman" in said or "Daan Proefpersoon<br>Noor Testman" in said
    assert SANNE.name not in said
    assert "Google-groep" not in said


def test_the_answer_comes_with_a_text_to_send_another_way_and_the_article_that_says_so(talk: Dialogue) -> None:
    said = ask(talk)
    assert "Dit bericht staat in de groep van 3B in Google Chat." in said
    assert f"{DAAN.email}, {NOOR.email}" in said
    assert "via de mail, post of op een andere wijze" in said
    assert "(W1)" in said


def test_what_a_lock_screen_shows_names_nobody(talk: Dialogue) -> None:
    answer = talk.slash(KARIN, KLAS_3B, 7)
    message = answer.get("hostAppDataAction", {}).get("chatDataAction", {}).get("createMessageAction", {})
    message = message.get("message", answer)
    for field in ("text", "fallbackText"):
        assert "Daan" not in message.get(field, "")


def test_typed_as_ordinary_words_it_works_too(talk: Dialogue) -> None:
    assert "Daan Proefpersoon" in words(talk.says(KARIN, KLAS_3B, "wie ontbreekt"))


def test_when_everybody_is_there_it_says_so_without_a_list(talk: Dialogue) -> None:
    in_group(talk, KLAS_3B, KARIN, SANNE, DAAN, NOOR)
    said = ask(talk)
    assert "Iedereen van de klassenlijst zit in deze groep." in said
    assert "bcc" not in said


def test_somebody_who_never_spoke_to_the_bot_is_known_by_the_very_same_name(talk: Dialogue) -> None:
    in_group(talk, KLAS_3B, KARIN, SANNE, dataclasses.replace(NOOR, name="noor  téstman"))
    said = ask(talk)
    assert "Eén leerling van de klassenlijst zie ik niet in deze groep:" in said
    assert NOOR.name not in said


def test_members_whom_it_does_not_know_are_counted_and_not_guessed(talk: Dialogue) -> None:
    in_group(talk, KLAS_3B, KARIN, SANNE, dataclasses.replace(NOOR, name="N."))
    said = ask(talk)
    assert NOOR.name in said
    assert "één lid dat ik nog niet ken" in said


def test_where_members_came_through_a_google_group_it_says_that_the_list_is_not_whole(talk: Dialogue) -> None:
    in_group(talk, KLAS_3B, KARIN, SANNE, groups_joined=1)
    assert "een deel van de leden kwam erin via een Google-groep" in ask(talk)


def test_a_class_with_a_mentor_is_the_mentor_s_to_ask_about(talk: Dialogue) -> None:
    for somebody in (PIET, OLGA, HANS, ARIE):
        said = ask(talk, somebody)
        assert NOT_YOURS in said
        assert "Daan" not in said


def test_a_class_without_a_mentor_is_that_of_whoever_works_here_and_is_in_the_group(talk: Dialogue) -> None:
    where = Somewhere("spaces/KLAS4C", "SPACE", "4C mentorgroep")
    talk.send(talk.wires.added(PIET, where))
    roster(talk, "4C", FINN)
    assert FINN.name in ask(talk, PIET, where)
    assert NOT_YOURS in ask(talk, SANNE, where)


def test_pupils_and_strangers_get_the_one_neutral_sentence(talk: Dialogue) -> None:
    for somebody in (SANNE, FINN, STRANGER):
        said = ask(talk, somebody)
        assert NOT_YOURS in said
        assert "Daan" not in said


def test_in_a_direct_message_it_says_where_to_ask(talk: Dialogue) -> None:
    assert "in de groep van je klas" in ask(talk, KARIN, KARIN.direct)


def test_without_a_list_or_a_class_in_the_name_it_says_what_to_do(talk: Dialogue) -> None:
    talk.send(talk.wires.added(KARIN, NAMELESS))
    assert "Zet de klas in de naam van de groep" in ask(talk, KARIN, NAMELESS)
    with talk.bot.store.write() as change:
        change.rosters.forget_all_but([])
    assert "nog geen klassenlijsten" in ask(talk)


def test_of_several_classes_in_the_name_it_asks_which_and_checks_the_right_again(talk: Dialogue) -> None:
    roster(talk, "2A", FINN)
    talk.send(talk.wires.added(KARIN, TWO_CLASSES))
    in_group(talk, TWO_CLASSES, KARIN, SANNE)
    asked = talk.slash(KARIN, TWO_CLASSES, 7)
    assert "Welke bedoel je?" in words(asked)
    chosen = talk.press(KARIN, TWO_CLASSES, asked, "3B")
    assert is_private_to(chosen, KARIN)
    assert DAAN.name in words(chosen)
    assert FINN.name not in words(chosen)
    # 2A has a mentor of its own.
    assert NOT_YOURS in words(talk.press(KARIN, TWO_CLASSES, asked, "2A"))
    assert NOT_YOURS in words(talk.press(SANNE, TWO_CLASSES, asked, "3B"))
    assert DAAN.name in ask(talk, KARIN, TWO_CLASSES, "3b")
    # A class that the group's name does not name is not to be had by typing it.
    assert "Welke bedoel je?" in ask(talk, KARIN, TWO_CLASSES, "4C")


def test_a_group_that_was_renamed_is_of_the_class_in_its_new_name(talk: Dialogue) -> None:
    roster(talk, "2A", FINN)
    renamed = dataclasses.replace(KLAS_3B, display_name="Klas 2A")
    assert NOT_YOURS in ask(talk, KARIN, renamed)
    said = ask(talk, PIET, renamed)
    assert FINN.name in said
    assert DAAN.name not in said


def test_when_google_does_not_answer_it_says_so(talk: Dialogue) -> None:
    talk.chat.out_of_order = 1
    assert "Ik kan nu niet zien wie er in deze groep zit." in ask(talk)


def test_a_group_that_is_not_sanctioned_hears_nothing_of_it(talk: Dialogue) -> None:
    roster(talk, "2A", FINN)
    talk.send(talk.wires.added(FINN, KLAS_2A))
    assert "In deze groep doe ik niet mee." in ask(talk, PIET, KLAS_2A)


def test_a_pupil_sees_on_which_class_lists_they_stand(talk: Dialogue) -> None:
    shown = talk.press(SANNE, SANNE.direct, talk.slash(SANNE, SANNE.direct, 13), SHOW_MINE, dialog=True)
    assert "Klassenlijsten" in words(shown)
    assert "3B" in words(shown)


def test_staff_read_in_the_explanation_that_they_can_ask_and_pupils_do_not(talk: Dialogue) -> None:
    for who, told in ((KARIN, True), (SANNE, False)):
        assert ("/wieontbreekt" in words(talk.slash(who, who.direct, 12))) is told
