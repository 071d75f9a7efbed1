"""`/overleg`: a teacher asks the line manager for advice; nobody else reads it, and it is no report of an incident."""

from dataclasses import replace

import pytest

from tests.cast import BEA, HANS, KARIN, OLGA, PIET, SANNE
from tests.dialogue import Dialogue, words
from tests.scenarios.reading import inbox_of, read_story
from tests.scenarios.test_alerts import rung
from tests.wire_events import Json, Someone

ASKED = "In de ouderapp van 3B loopt het hoog op over de toets. Zal ik reageren?"
WAITS = "Er staat iets voor je klaar."


@pytest.fixture(autouse=True)
def piet_has_the_bot(talk: Dialogue) -> None:
    talk.send(talk.wires.added(PIET, PIET.direct, admin_installed=True))


def page(talk: Dialogue, who: Someone = KARIN) -> Json:
    return talk.slash(who, who.direct, 8, dialog=True)


def asked(talk: Dialogue, who: Someone = KARIN, text: str = ASKED) -> Json:
    return talk.press(who, who.direct, page(talk, who), "Verstuur", {"words": [text]}, dialog=True)


def test_the_line_manager_alone_hears_of_it_reads_it_and_answers(talk: Dialogue) -> None:
    first = words(page(talk))
    assert PIET.name in first
    assert "W3" in first
    assert "Het telt niet mee als melding" in first
    assert "opgeslagen" in words(asked(talk))
    assert len(talk.chat.in_space(PIET.direct)) == 1
    assert rung(talk) == {}
    notice = talk.chat.in_space(PIET.direct)[-1]
    assert notice["text"] == WAITS
    assert ASKED not in words(notice)
    story = read_story(talk, PIET)
    assert ASKED in words(story)
    assert KARIN.name in words(story)
    taken = talk.press(PIET, PIET.direct, story, "Ik pak dit op", dialog=True)
    write = talk.press(PIET, PIET.direct, taken, "Bericht aan melder", dialog=True)
    talk.press(PIET, PIET.direct, write, "Bericht versturen", {"words": ["Reageer nog niet, ik bel je."]}, dialog=True)
    mine = talk.slash(KARIN, KARIN.direct, 4, dialog=True)
    assert "Reageer nog niet, ik bel je." in words(talk.press(KARIN, KARIN.direct, mine, "Bekijken", dialog=True))
    for who in (OLGA, HANS, BEA):
        assert "Openen" not in words(inbox_of(talk, who))


def test_one_person_ends_it(talk: Dialogue) -> None:
    asked(talk)
    talk.press(PIET, PIET.direct, read_story(talk, PIET), "Ik pak dit op", dialog=True)
    close = talk.press(PIET, PIET.direct, read_story(talk, PIET), "Afsluiten", dialog=True)
    talk.press(PIET, PIET.direct, close, "Afsluiten", {"reason": ["afgerond"]}, dialog=True)
    assert "Afgerond" in words(talk.slash(KARIN, KARIN.direct, 4, dialog=True))


def test_when_it_is_not_read_in_time_the_asker_hears_that_and_nobody_else_reads_it(talk: Dialogue) -> None:
    asked(talk)
    talk.minute(days=4)
    mine = talk.slash(KARIN, KARIN.direct, 4, dialog=True)
    assert "Nog niemand heeft dit gelezen" in words(talk.press(KARIN, KARIN.direct, mine, "Bekijken", dialog=True))
    assert set(rung(talk)) == {KARIN.name}
    assert "Openen" not in words(inbox_of(talk, BEA))


def test_when_the_line_manager_is_involved_the_leadership_reads_it_as_was_said(talk: Dialogue) -> None:
    assert "Kan je leidinggevende dit niet doen, dan leest de schoolleiding het." in words(page(talk))
    asked(talk)
    sure = talk.press(PIET, PIET.direct, read_story(talk, PIET), "Ik ben hierbij betrokken", dialog=True)
    talk.press(PIET, PIET.direct, sure, "Ja, ik ben betrokken", dialog=True)
    assert ASKED in words(read_story(talk, OLGA))
    assert "Openen" not in words(inbox_of(talk, PIET))


def test_a_line_manager_sees_no_report_of_an_incident(talk: Dialogue) -> None:
    from tests.scenarios.test_reporting import tell  # noqa: PLC0415 - only this test reports

    talk.press(SANNE, SANNE.direct, tell(talk), "Verstuur", dialog=True)
    talk.minute(days=9)
    assert "Openen" not in words(inbox_of(talk, PIET))


def test_pupils_get_the_neutral_sentence_and_who_has_no_line_manager_gets_numbers(talk: Dialogue) -> None:
    assert "leidinggevende" not in words(page(talk, SANNE))
    forged = talk.wires.press(SANNE, SANNE.direct, "consult.send", {"draft": "x"}, {"words": [ASKED]}, "SUBMIT")
    assert "leidinggevende" not in words(talk.send(forged))
    assert "Ik kan je leidinggevende hier niet bereiken" in words(page(talk, OLGA))


def test_a_line_manager_without_a_direct_message_cannot_be_asked_here(talk: Dialogue) -> None:
    talk.send(talk.wires.removed(PIET, PIET.direct))
    assert "Ik kan je leidinggevende hier niet bereiken" in words(page(talk))


@pytest.mark.parametrize("text", ["", "   ", "x" * 2001])
def test_nothing_and_too_much_are_asked_again_and_kept_on_the_page(talk: Dialogue, text: str) -> None:
    after = asked(talk, text=text)
    assert "Verstuur" in words(after)
    assert talk.chat.in_space(PIET.direct) == []


def test_outside_a_dialog_a_button_opens_it(talk: Dialogue) -> None:
    shown = talk.slash(KARIN, KARIN.direct, 8)
    opened = talk.press(KARIN, KARIN.direct, shown, "Overleg beginnen", dialog=True)
    assert opened is not None


def test_who_left_school_hands_over_what_was_asked(talk: Dialogue) -> None:
    asked(talk)
    school = talk.bot.school
    people = {email: replace(person, line_manager=None) for email, person in school.people.items()}
    talk = talk.with_school(replace(school, people=people))
    talk.minute(minutes=1)
    assert ASKED in words(read_story(talk, OLGA))
