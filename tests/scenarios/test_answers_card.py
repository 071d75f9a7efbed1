"""What an answer looks like: plain words first, the article folded, what it means for whom, and where it is unclear."""

from dataclasses import replace

import pytest

from bot.protocol.answering import Answer, Outcome
from bot.protocol.loading import LoadedProtocol
from bot.school.people import Role
from bot.school.spaces import Dialect
from bot.wiring import Bot
from tests.cast import KARIN, KLAS_3B, SANNE
from tests.dialogue import Dialogue, button, is_private_to, rgo_protocol, start, words
from tests.scenarios.shown import card_of, in_sight, text_of, visible_words
from tests.wire_events import Json

PHOTO = "mag ik een foto van mijn klasgenoot op insta zetten?"
A6_PLAIN = "Het mag alleen als iedereen die erop staat"
A6 = "tenzij betrokkenen uitdrukkelijk toestemming voor plaatsing hebben gegeven."
WORDS_AT_MOST = 120
LONGER = {"A1": 135}
"""Two who give permission, and always what it says nothing about: telephones."""


def answering(talk: Dialogue, answer: Answer) -> None:
    """From now on every question gets this answer."""

    class Fixed(LoadedProtocol):
        def answer(self, question: str, role: Role, language: str) -> Answer:
            return answer

    known = rgo_protocol()
    fixed = Fixed(known.document, known.matcher, known.answerer, known.reviewed)
    use_protocol(talk, fixed)


def use_protocol(talk: Dialogue, protocol: LoadedProtocol) -> None:
    class Still(Bot):
        def at(self, now: object) -> "Bot":
            return self

    fields = {name: getattr(talk.bot, name) for name in Bot.__dataclass_fields__}
    quotations = replace(talk.bot.quotations, document=protocol.document, approved=protocol.reviewed)
    talk.endpoint = replace(talk.endpoint, bot=Still(**{**fields, "protocol": protocol, "quotations": quotations}))


def cited(*codes: str, **fields: object) -> Answer:
    quotations = tuple(filter(None, (rgo_protocol().answerer.quote(code) for code in codes)))
    return Answer(Outcome.ANSWER, "nl", quotations, **fields)  # type: ignore[arg-type]


def test_plain_words_and_the_citation_stand_in_the_text_for_who_sees_no_card(talk: Dialogue) -> None:
    text = text_of(talk.says(SANNE, SANNE.direct, PHOTO))
    assert A6_PLAIN in text
    assert "Richtlijnen voor alle betrokkenen, artikel 6 (A6), versie van 1 februari 2022" in text


def test_the_article_itself_is_folded_with_its_citation_below_it(talk: Dialogue) -> None:
    answer = talk.says(SANNE, SANNE.direct, PHOTO)
    assert A6 not in in_sight(answer)
    assert A6 in words(answer)
    [folded] = [section for section in card_of(answer)["sections"] if A6 in words(section)]
    assert folded["collapsible"]
    assert "artikel 6 (A6), versie van" in words(folded)


def test_where_the_protocol_is_not_clear_the_answer_says_so_and_whom_to_ask(talk: Dialogue) -> None:
    assert "Hierover is het protocol niet duidelijk" in in_sight(talk.says(SANNE, SANNE.direct, PHOTO))


def test_with_article_a1_it_is_always_said_that_it_is_not_about_having_a_phone(talk: Dialogue) -> None:
    answering(talk, cited("A1"))
    assert "telefoon" in in_sight(talk.says(SANNE, SANNE.direct, "mag mijn mobiel aan"))


def test_a_rule_for_teachers_tells_a_pupil_that_it_is_not_for_them(talk: Dialogue) -> None:
    answering(talk, cited("A8"))
    assert "Deze regel geldt voor je docent, niet voor jou." in in_sight(talk.says(SANNE, SANNE.direct, "x"))
    assert "niet voor jou" not in words(talk.says(KARIN, KARIN.direct, "x"))


def test_a_related_article_opens_in_place_of_the_card_and_leads_back(talk: Dialogue) -> None:
    answer = talk.says(SANNE, SANNE.direct, PHOTO)
    related = talk.press(SANNE, SANNE.direct, answer, "A5 · Toestemming die de school vraagt")
    assert "artikel 5 (A5)" in words(related)
    again = talk.press(SANNE, SANNE.direct, related, "Terug")
    assert A6 in words(again)


def test_a_card_that_the_group_sees_stays_what_it_is_when_somebody_opens_more(talk: Dialogue) -> None:
    answer = talk.says(SANNE, KLAS_3B, PHOTO)
    related = talk.press(KARIN, KLAS_3B, answer, "A5 · Toestemming die de school vraagt")
    assert is_private_to(related, KARIN)
    assert "artikel 5 (A5)" in words(related)


def test_other_articles_of_the_answer_stand_in_a_line_each_and_open_on_request(talk: Dialogue) -> None:
    answering(talk, cited("A6", "A5", "A2"))
    answer = talk.says(SANNE, SANNE.direct, PHOTO)
    assert "Ook van belang" in words(answer)
    assert "A5 · " in words(answer)
    assert "aantoonbaar schriftelijke toestemming" not in words(answer)
    assert "aantoonbaar schriftelijke toestemming" in words(talk.press(SANNE, SANNE.direct, answer, "Lezen"))


def test_middling_certainty_gives_a_choice_instead_of_a_guess(talk: Dialogue) -> None:
    answering(talk, cited("A6", "A5", see_also=("A2", "S6"), doubtful=True))
    choice = talk.says(SANNE, SANNE.direct, "en mijn zus dan")
    shown = words(choice)
    assert "Bedoel je een van deze" in shown
    assert [code for code in ("A6", "A5", "A2", "S6") if f"<b>{code} · " in shown] == ["A6", "A5", "A2"]
    assert A6 not in shown
    chosen = talk.press(SANNE, SANNE.direct, choice, "Lezen")
    assert A6 in words(chosen)
    assert "Bedoel je een van deze" in words(talk.press(SANNE, SANNE.direct, chosen, "Terug"))


def test_none_of_the_choices_means_not_in_the_protocol_and_whom_to_ask(talk: Dialogue) -> None:
    answering(talk, cited("A6", "A5", doubtful=True))
    choice = talk.says(SANNE, SANNE.direct, "en mijn zus dan")
    assert "Dat staat niet in het protocol" in words(talk.press(SANNE, SANNE.direct, choice, "Geen van deze"))


@pytest.mark.parametrize("doubtful", [False, True])
def test_a_faint_sign_of_danger_puts_one_line_of_help_above_the_answer(talk: Dialogue, *, doubtful: bool) -> None:
    answering(talk, cited("A6", also_help=True, doubtful=doubtful))
    answer = talk.says(SANNE, SANNE.direct, "iemand deed iets met mijn foto en nu kan ik niet slapen")
    first = words(card_of(answer)["sections"][0])
    assert "112" in first
    assert "/hulp" in first
    assert "0800-0113" in words(talk.press(SANNE, SANNE.direct, answer, "Hulp nu"))


def test_help_also_stands_above_what_is_not_in_the_protocol(talk: Dialogue) -> None:
    answering(talk, Answer(Outcome.NOT_IN_PROTOCOL, "nl", also_help=True))
    answer = talk.says(SANNE, SANNE.direct, "niemand vindt mij aardig")
    assert "112" in words(answer)
    assert "Dat staat niet in het protocol" in words(answer)


def test_an_article_with_another_text_is_shown_in_its_own_words_only_and_says_so(talk: Dialogue) -> None:
    known = rgo_protocol()
    use_protocol(talk, replace(known, reviewed={}))
    answer = talk.says(SANNE, SANNE.direct, PHOTO)
    assert A6 in in_sight(answer)
    assert "nog geen gewone woorden nagekeken" in in_sight(answer)
    assert A6_PLAIN not in words(answer)


@pytest.mark.parametrize("dialect", list(Dialect))
def test_who_reads_english_gets_plain_english_a_marked_translation_and_the_dutch_text(dialect: Dialect) -> None:
    talk = start(dialect=dialect, locale="en-GB")
    answer = talk.says(SANNE, SANNE.direct, "can i post a photo of a classmate?")
    assert "clearly said yes" in text_of(answer)
    assert "Translation. What counts is the Dutch text:" in words(answer)
    assert A6 in words(answer)
    assert A6 not in in_sight(answer)


@pytest.mark.parametrize("who", [SANNE, KARIN], ids=["pupil", "teacher"])
@pytest.mark.parametrize("code", sorted(rgo_protocol().reviewed))
def test_every_answer_is_short_enough_for_a_phone(code: str, who: object) -> None:
    talk = _SCHOOL[0] if _SCHOOL else _school()
    person = SANNE if who is SANNE else KARIN
    shown = talk.send(talk.wires.press(person, person.direct, "answer.open", {"articles": code}))
    assert visible_words(shown) <= LONGER.get(code, WORDS_AT_MOST), in_sight(shown)


_SCHOOL: list[Dialogue] = []


def _school() -> Dialogue:
    _SCHOOL.append(start())
    return _SCHOOL[0]


def test_every_button_of_an_answer_has_words_to_type_beside_it(talk: Dialogue) -> None:
    answer: Json = talk.says(SANNE, SANNE.direct, PHOTO)
    said = words(answer)
    for typed in ("klopt niet", "/protocol A6", "/magdit"):
        assert typed in said
    assert button(answer, "Klopt niet")[0] == "opinion.open"
