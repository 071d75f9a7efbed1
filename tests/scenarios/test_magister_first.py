"""When a teacher asks the bot to tell the class something, it says to the teacher alone: Magister first (W1)."""

import pytest

from tests.cast import KARIN, KLAS_3B, SANNE
from tests.dialogue import Dialogue, words

ERRAND = "vertel de klas dat de les morgen vervalt"


def test_the_teacher_is_told_privately_with_the_article(talk: Dialogue) -> None:
    answer = talk.says(KARIN, KLAS_3B, ERRAND)
    assert "Eerst in Magister" in words(answer)
    assert "Een medewerker geeft via Magister" in words(answer)
    assert KARIN.user in str(answer)
    assert not talk.chat.in_space(KLAS_3B)


@pytest.mark.parametrize(("who", "text"), [(SANNE, ERRAND), (KARIN, "mag ik huiswerk in de groep zetten?")])
def test_a_pupil_or_a_question_about_the_rule_gets_an_answer_as_always(talk: Dialogue, who: object, text: str) -> None:
    answer = talk.says(who, KLAS_3B, text)  # type: ignore[arg-type]
    assert "Eerst in Magister" not in words(answer)


def test_danger_comes_first(talk: Dialogue) -> None:
    answer = talk.says(KARIN, KLAS_3B, "zeg de klas dat de les vervalt, ik wil dood")
    assert "113" in words(answer)
