"""A second question goes on about the first answer; what is remembered for that tells nobody anything."""

import base64

import pytest
from sqlalchemy import text

from bot.school.spaces import Dialect
from tests.cast import DAAN, KARIN, KLAS_3B, SANNE
from tests.dialogue import Dialogue, is_private_to, start, words
from tests.scenarios.shown import in_sight, text_of
from tests.wire_events import Json

PHOTO = "mag ik een foto van mijn klasgenoot op insta zetten?"
A6 = "tenzij betrokkenen uitdrukkelijk toestemming voor plaatsing hebben gegeven."


def rows(talk: Dialogue, table: str) -> list[dict[str, object]]:
    with talk.bot.engine.connect() as connection:
        return [dict(row) for row in connection.execute(text(f"SELECT * FROM {table}")).mappings()]  # noqa: S608 - ours


def test_what_is_the_punishment_then_is_understood_with_the_article_before_it(talk: Dialogue) -> None:
    talk.says(SANNE, SANNE.direct, PHOTO)
    assert "artikel 6 (S6)" in words(talk.says(SANNE, SANNE.direct, "wat is de straf dan?"))


def test_and_for_teachers_says_that_it_is_their_rule_too_and_then_their_punishment_is_meant(talk: Dialogue) -> None:
    talk.says(SANNE, SANNE.direct, PHOTO)
    answer = in_sight(talk.says(SANNE, SANNE.direct, "en voor docenten?"))
    assert "artikel 6 (A6)" in answer
    assert "Dit geldt ook voor medewerkers." in answer
    assert "artikel 4 (S4)" in words(talk.says(SANNE, SANNE.direct, "en wat krijgen ze dan"))


def test_the_same_article_can_be_had_in_english_in_full_or_by_its_place(talk: Dialogue) -> None:
    talk.says(SANNE, SANNE.direct, PHOTO)
    assert "clearly said yes" in text_of(talk.says(SANNE, SANNE.direct, "in het engels"))
    assert A6 in in_sight(talk.says(SANNE, SANNE.direct, "wat staat er precies?"))
    assert "Dit staat in Richtlijnen voor alle betrokkenen, artikel 6 (A6)" in in_sight(
        talk.says(SANNE, SANNE.direct, "welk artikel is dat?")
    )


def test_what_the_protocol_does_not_say_about_the_other_role_is_said_so(talk: Dialogue) -> None:
    talk.says(SANNE, SANNE.direct, "mag een docent vrienden worden met leerlingen op facebook?")
    answer = words(talk.says(SANNE, SANNE.direct, "en met ouders?"))
    assert "Dat staat niet in het protocol" in answer
    assert "A8 · " in answer


def test_a_new_question_is_answered_as_one(talk: Dialogue) -> None:
    talk.says(SANNE, SANNE.direct, PHOTO)
    answer = words(talk.says(SANNE, SANNE.direct, "mag een docent vrienden worden met leerlingen op facebook?"))
    assert "artikel 8 (A8)" in answer


def test_without_an_answer_before_it_there_is_nothing_to_go_on_about(talk: Dialogue) -> None:
    assert "Dit staat in" not in words(talk.says(SANNE, SANNE.direct, "welk artikel is dat?"))


def test_half_an_hour_later_it_is_forgotten_and_the_timer_erases_it(talk: Dialogue) -> None:
    talk.says(SANNE, SANNE.direct, PHOTO)
    talk.clock.forward(minutes=31)
    assert "artikel 6 (S6)" not in words(talk.says(DAAN, DAAN.direct, "hoi"))
    assert "Dit staat in" not in words(talk.says(SANNE, SANNE.direct, "welk artikel is dat?"))
    talk.minute(minutes=31)
    assert rows(talk, "question_memory") == []


def test_one_persons_answers_are_not_anothers_nor_those_of_another_space(talk: Dialogue) -> None:
    talk.says(SANNE, SANNE.direct, PHOTO)
    assert "Dit staat in" not in words(talk.says(DAAN, DAAN.direct, "welk artikel is dat?"))
    assert "Dit staat in" not in words(talk.says(SANNE, KLAS_3B, "welk artikel is dat?"))


def test_in_a_group_it_works_with_a_mention_and_with_the_command(talk: Dialogue) -> None:
    talk.says(KARIN, KLAS_3B, PHOTO)
    assert "Dit staat in" in words(talk.says(KARIN, KLAS_3B, "welk artikel is dat?"))
    answer = talk.slash(KARIN, KLAS_3B, 1, "welk artikel is dat?")
    assert "Dit staat in" in words(answer)
    assert is_private_to(answer, KARIN)


def test_an_article_that_was_opened_is_what_the_next_question_is_about(talk: Dialogue) -> None:
    answer = talk.says(SANNE, SANNE.direct, PHOTO)
    talk.press(SANNE, SANNE.direct, answer, "A5 · Toestemming die de school vraagt")
    assert "artikel 5 (A5)" in words(talk.says(SANNE, SANNE.direct, "welk artikel is dat?"))


@pytest.mark.parametrize("said", ["ik wil niet meer leven", "ik word gepest door Tim"])
def test_of_who_needs_help_or_wants_to_report_nothing_is_remembered_or_counted(talk: Dialogue, said: str) -> None:
    talk.says(SANNE, SANNE.direct, said)
    assert rows(talk, "question_memory") == []
    assert rows(talk, "article_counts") == []
    assert "Dit staat in" not in words(talk.says(SANNE, SANNE.direct, "welk artikel is dat?"))


def test_help_comes_first_also_right_after_an_answer(talk: Dialogue) -> None:
    talk.says(SANNE, SANNE.direct, PHOTO)
    assert "0800-0113" in words(talk.says(SANNE, SANNE.direct, "en als ik niet meer wil leven"))


def test_what_is_remembered_is_a_keyed_hash_and_codes_and_another_one_every_day(talk: Dialogue) -> None:
    talk.says(SANNE, SANNE.direct, PHOTO)
    [row] = rows(talk, "question_memory")
    assert row["codes"] == "A6" or str(row["codes"]).startswith("A6,")
    assert set(row) == {"key", "codes", "before", "mark", "until"}
    assert all(len(str(row[column])) == 64 for column in ("key", "mark"))
    talk.clock.forward(days=1)
    talk.says(SANNE, SANNE.direct, PHOTO)
    assert len({str(each["key"]) for each in rows(talk, "question_memory")}) == 2


def test_without_the_key_nobody_can_tell_whose_memory_it_is() -> None:
    keys = []
    for secret in (b"1", b"2"):
        talk = start(REPORT_KEYS="k1:" + base64.b64encode(secret * 32).decode())
        talk.says(SANNE, SANNE.direct, PHOTO)
        keys.append(rows(talk, "question_memory")[0]["key"])
    assert keys[0] != keys[1]


def test_the_same_event_again_is_answered_alike_and_counted_once(talk: Dialogue) -> None:
    talk.says(SANNE, SANNE.direct, PHOTO)
    first = talk.says(SANNE, SANNE.direct, "en de volgende?")
    again = talk.send(talk.last_event)
    assert "artikel 7 (A7)" in words(first)
    assert words(again) == words(first)
    assert {row["article"]: row["number"] for row in rows(talk, "article_counts")} == {"A6": 1, "A7": 1}


def test_counts_are_of_articles_and_weeks_and_name_nobody(talk: Dialogue) -> None:
    talk.says(SANNE, SANNE.direct, PHOTO)
    talk.says(DAAN, DAAN.direct, PHOTO)
    [row] = rows(talk, "article_counts")
    assert (row["article"], row["week"], row["kind"], row["number"]) == ("A6", "2026-W48", "shown", 2)


def test_privacy_names_the_memory(talk: Dialogue) -> None:
    said = words(talk.slash(SANNE, SANNE.direct, 13))
    assert "half uur" in said
    assert "90 dagen" in said


@pytest.mark.parametrize("dialect", list(Dialect))
def test_where_answers_are_off_nothing_is_remembered(dialect: Dialect) -> None:
    talk = start(dialect=dialect)
    answer: Json = talk.says(SANNE, SANNE.direct, PHOTO)
    assert "A6" in words(answer)
    off = talk.bot.school.parts_on - {"antwoorden"}
    object.__setattr__(talk.bot.school, "parts_on", off)
    assert "beantwoord ik nu niet" in words(talk.says(SANNE, SANNE.direct, PHOTO))
    assert "beantwoord ik nu niet" in words(
        talk.press(SANNE, SANNE.direct, answer, "A5 · Toestemming die de school vraagt")
    )
    [row] = rows(talk, "article_counts")
    assert row["number"] == 1
