"""Pupils and teachers ask about the protocol."""

import pytest

from tests.cast import DAAN, KARIN, KLAS_3B, SANNE, STRANGER
from tests.dialogue import Dialogue, button, is_private_to, start, words

A6 = "tenzij betrokkenen uitdrukkelijk toestemming voor plaatsing hebben gegeven."
PHOTO = "mag ik een foto van mijn klasgenoot op insta zetten?"


def test_a_question_in_a_group_gets_the_article_quoted_with_its_citation_and_version(talk: Dialogue) -> None:
    answer = words(talk.says(SANNE, KLAS_3B, PHOTO))
    assert A6 in answer
    assert "Richtlijnen voor alle betrokkenen, artikel 6 (A6), versie van 1 februari 2022" in answer


def test_a_question_in_a_direct_message_gets_the_same_article(talk: Dialogue) -> None:
    assert A6 in words(talk.says(SANNE, SANNE.direct, PHOTO))


def test_the_slash_command_in_a_group_answers_only_who_asked(talk: Dialogue) -> None:
    answer = talk.slash(SANNE, KLAS_3B, 1, PHOTO)
    assert A6 in words(answer)
    assert is_private_to(answer, SANNE)


def test_what_the_protocol_does_not_say_is_said_to_be_not_in_it_with_whom_to_ask(talk: Dialogue) -> None:
    assert words(talk.says(SANNE, SANNE.direct, "hoe laat begint de eerste les")) == (
        "Dat staat niet in het protocol sociale media. Vraag het aan je mentor of aan de schoolleiding."
    )
    assert "Vraag het aan je leidinggevende." in words(talk.says(KARIN, KARIN.direct, "hoe laat begint de eerste les"))


@pytest.mark.parametrize("cry", ["ik wil niet meer leven", "ik ga mezelf iets aandoen"])
def test_somebody_in_need_gets_numbers_first_and_no_article(talk: Dialogue, cry: str) -> None:
    answer = words(talk.says(SANNE, SANNE.direct, cry))
    for number in ("112", "0800-0113", "0800-0432", "0800-2000"):
        assert number in answer
    assert "artikel" not in answer


def test_somebody_in_need_in_a_group_is_answered_where_nobody_else_sees_it(talk: Dialogue) -> None:
    answer = talk.says(SANNE, KLAS_3B, "ik wil niet meer leven")
    assert is_private_to(answer, SANNE)
    assert not talk.chat.in_space(KLAS_3B)


def test_after_the_numbers_the_answer_can_still_be_had(talk: Dialogue) -> None:
    helped = talk.says(SANNE, SANNE.direct, "ik wil niet meer leven")
    answer = talk.press(SANNE, SANNE.direct, helped, "Het gaat goed, toon mijn antwoord")
    assert "Zo staat het in het protocol" in words(answer)


def test_an_incident_told_in_a_group_is_offered_the_private_route_without_a_visible_reaction(talk: Dialogue) -> None:
    answer = talk.says(SANNE, KLAS_3B, "ik word gepest door Tim")
    assert is_private_to(answer, SANNE)
    assert "Tim" not in words(answer)
    assert "Verwijderen" in words(answer)
    assert button(answer, "Privé melden")[0] == "report.start"


def test_a_private_answer_can_be_shared_without_the_question(talk: Dialogue) -> None:
    answer = talk.slash(SANNE, KLAS_3B, 1, PHOTO)
    shown = talk.press(SANNE, KLAS_3B, answer, "Delen")
    assert "Gedeeld met de groep" in words(shown)
    [shared] = talk.chat.in_space(KLAS_3B)
    assert A6 in words(shared)
    assert "klasgenoot" not in words(shared)
    assert "privateMessageViewer" not in shared


def test_the_same_click_on_share_twice_shares_once(talk: Dialogue) -> None:
    answer = talk.slash(SANNE, KLAS_3B, 1, PHOTO)
    talk.press(SANNE, KLAS_3B, answer, "Delen")
    again = talk.send(talk.last_event)
    assert "Gedeeld met de groep" in words(again)
    assert len(talk.chat.in_space(KLAS_3B)) == 1


def test_a_click_that_names_an_article_that_does_not_exist_makes_up_none(talk: Dialogue) -> None:
    forged = talk.wires.press(SANNE, SANNE.direct, "answer.show", {"articles": "A99"})
    assert "Dat staat niet in het protocol" in words(talk.send(forged))


def test_the_whole_protocol_can_be_read_section_by_section(talk: Dialogue) -> None:
    contents = talk.slash(DAAN, DAAN.direct, 2)
    assert "Sancties en gevolgen" in words(contents)
    section = talk.send(talk.wires.press(DAAN, DAAN.direct, "protocol.page", {"section": "S"}))
    assert "S6 · " in words(section)
    assert "Sancties en gevolgen" in words(talk.press(DAAN, DAAN.direct, section, "Terug naar de hoofdstukken"))


def test_somebody_with_an_english_account_is_answered_in_english_around_the_schools_own_text() -> None:
    talk = start(locale="en-GB")
    answer = words(talk.says(SANNE, SANNE.direct, PHOTO))
    assert "article 6 (A6), version of 1 February 2022" in answer
    assert A6 in answer


def test_an_empty_question_says_how_to_ask(talk: Dialogue) -> None:
    assert "Stel je vraag erbij" in words(talk.slash(SANNE, SANNE.direct, 1))


def test_a_stranger_gets_the_least_rights_and_still_help(talk: Dialogue) -> None:
    assert "0800-0113" in words(talk.slash(STRANGER, STRANGER.direct, 11))
    assert "niet voor jou" in words(talk.slash(STRANGER, STRANGER.direct, 9))
