"""What goes on about the article before it, in which form, and what is always a question of its own."""

from pathlib import Path

import pytest

from bot.protocol.answering import Answer, Outcome
from bot.protocol.bank import BankRefused
from bot.protocol.following import FollowUp, Form, Lore, follow_up
from bot.protocol.loading import RGO_PROTOCOL
from bot.school.articles import ArticleCode
from bot.school.people import Role
from tests.dialogue import rgo_protocol

NOTHING = Answer(Outcome.NOT_IN_PROTOCOL, "nl")
LORE = Lore.load(RGO_PROTOCOL)


def sure_of(code: str) -> Answer:
    quotation = rgo_protocol().answerer.quote(code)
    assert quotation is not None
    return Answer(Outcome.ANSWER, "nl", (quotation,))


def after(
    question: str,
    *earlier: str,
    asker: Role = Role.PUPIL,
    alone: Answer = NOTHING,
    lore: Lore = LORE,
    known: bool = True,
) -> FollowUp | None:
    return follow_up(
        question,
        [ArticleCode(code) for code in earlier],
        asker,
        alone,
        document=rgo_protocol().document,
        is_reviewed=lambda _: known,
        lore=lore,
    )


def codes(found: FollowUp | None) -> list[str]:
    return [] if found is None else [quotation.citation.code for quotation in found.citations]


@pytest.mark.parametrize(
    ("question", "form"),
    [
        ("in het engels", Form.ENGLISH),
        ("In English, please?", Form.ENGLISH),
        ("in het nederlands", Form.DUTCH),
        ("welk artikel is dat?", Form.WHICH),
        ("waar staat dat", Form.WHICH),
        ("wat staat er precies", Form.VERBATIM),
        ("leg uit", Form.PLAIN),
        ("kan het makkelijker?", Form.PLAIN),
        ("ik snap het niet", Form.PLAIN),
        ("dat klopt niet", Form.WRONG),
        ("dat helpt", Form.HELPFUL),
    ],
)
def test_the_same_article_is_had_in_another_form(question: str, form: Form) -> None:
    found = after(question, "A6")
    assert found is not None
    assert (found.form, codes(found)) == (form, ["A6"])


@pytest.mark.parametrize(
    ("question", "earlier", "asker", "expected"),
    [
        ("wat is de straf dan?", ["A6"], Role.PUPIL, ["S6", "S7"]),
        ("wat is de straf dan?", ["A6"], Role.PARENT, ["S6", "S5"]),
        ("wat is de straf dan?", ["A6"], Role.STAFF, ["S4", "S2"]),
        ("wat is de straf dan?", ["A8"], Role.PUPIL, ["S4", "S2"]),
        ("wat is de straf dan?", ["A6", "P1"], Role.PUPIL, ["S4", "S2"]),
        ("en voor docenten?", ["S6"], Role.PUPIL, ["S4"]),
        ("en leerlingen?", ["S4"], Role.STAFF, ["S6"]),
        ("waarom?", ["A9"], Role.PUPIL, ["U3", "A9"]),
        ("en de volgende", ["A6"], Role.PUPIL, ["A7"]),
        ("en als ik 16 ben", ["A6"], Role.PUPIL, ["A5", "A6"]),
        ("bij wie moet ik dan zijn", ["A6"], Role.STAFF, ["W4", "W3"]),
        ("bij wie moet ik dan zijn", ["A6"], Role.PUPIL, ["A10"]),
    ],
)
def test_a_role_or_a_subject_leads_to_its_article(
    question: str, earlier: list[str], asker: Role, expected: list[str]
) -> None:
    assert codes(after(question, *earlier, asker=asker)) == expected


def test_what_the_protocol_does_not_say_of_a_role_has_no_citation_but_what_comes_closest() -> None:
    found = after("en met ouders?", "A8")
    assert found is not None
    assert (found.form, found.citations, found.see_also) == (Form.NOT_SAID, (), ("A8",))


def test_whom_it_asks_about_is_told_along() -> None:
    found = after("en voor docenten?", "A6")
    assert found is not None
    assert found.about is Role.STAFF


def test_a_slip_of_the_finger_is_understood() -> None:
    assert codes(after("en voor doccenten?", "S6")) == ["S4"]


def test_without_anything_earlier_nothing_goes_on() -> None:
    assert after("wat is de straf dan?") is None
    assert after("wat is de straf dan?", "A99") is None


def test_a_cry_for_help_is_never_a_going_on() -> None:
    assert after("wat is de straf dan?", "A6", alone=Answer(Outcome.CRISIS, "nl")) is None


@pytest.mark.parametrize("question", ["een leraar doet dat", "en een leraar doet dat met mij", "ik wil dat melden"])
def test_what_may_be_a_story_goes_to_the_private_route(question: str) -> None:
    assert after(question, "A8", alone=Answer(Outcome.REPORT_OFFER, "nl")) is None


def test_who_speaks_of_themselves_is_not_answered_as_if_it_were_about_a_rule() -> None:
    assert after("een leraar doet dat bij mij", "A8") is None


@pytest.mark.parametrize(
    ("question", "alone"),
    [
        ("mag ik tijdens de les op tiktok", "A1"),
        ("en mag ik tijdens de les op tiktok", "A1"),
        ("mag een docent vrienden worden met leerlingen", "A8"),
        ("wat zijn de regels voor docenten over bloggen", "P1"),
    ],
)
def test_a_question_of_its_own_stays_one(question: str, alone: str) -> None:
    assert after(question, "A6", alone=sure_of(alone)) is None


def test_a_short_going_on_with_a_word_of_its_own_stays_with_the_article_that_it_lies_near() -> None:
    near = Answer(Outcome.NOT_IN_PROTOCOL, "nl", see_also=(ArticleCode("I2"), ArticleCode("A6")))
    found = after("en met een deepfake?", "A6", alone=near)
    assert found is not None
    assert codes(found) == ["A6"]
    assert found.own_words
    assert after("en met een deepfake?", "W1", alone=near) is None


def test_with_an_article_that_was_not_reviewed_only_the_forms_work() -> None:
    assert after("wat is de straf dan?", "A6", known=False) is None
    assert after("en voor docenten?", "A6", known=False) is None
    assert codes(after("welk artikel is dat?", "A6", known=False)) == ["A6"]


def test_with_another_schools_protocol_nothing_leads_to_articles_of_this_one(tmp_path: Path) -> None:
    elsewhere = Lore.load(tmp_path)
    assert after("wat is de straf dan?", "A6", lore=elsewhere) is None
    assert codes(after("en de volgende", "A6", lore=elsewhere)) == ["A7"]


def test_a_subject_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    (tmp_path / "follow_ups.tsv").write_text("weather\t*\tA1\n", encoding="utf-8")
    with pytest.raises(BankRefused, match="weather"):
        Lore.load(tmp_path)


def test_every_article_that_something_leads_to_exists() -> None:
    document = rgo_protocol().document
    named = {code for steps in LORE.leads.values() for code in steps} - {"=", "-"}
    starts = {start for _, start in LORE.leads} - {"*", "staff", "pupils"}
    assert [code for code in sorted(named | starts) if document.find(code) is None] == []


def test_long_questions_tell_enough_of_themselves() -> None:
    assert after("en " + "voor docenten " * 8, "A6") is None
