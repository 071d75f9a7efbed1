"""A leader who leaves hands over: whoever receives reports now reads the open cases, and nothing is forgotten."""

from dataclasses import replace

from bot.school.people import Email
from tests.cast import BEA, HANS, OLGA, SANNE
from tests.dialogue import Dialogue, words
from tests.scenarios.reading import inbox_of, read_story
from tests.scenarios.test_alerts import reported, rung
from tests.scenarios.test_reporting import STORY, tell
from tests.wire_events import Someone


def without(talk: Dialogue, *gone: Someone, leaders: tuple[Someone, ...] = ()) -> Dialogue:
    """The same bot after the school's file was changed: these people receive nothing any more."""
    school = talk.bot.school
    emails = {Email(each.email) for each in gone}
    row = tuple(Email(each.email) for each in leaders) or tuple(e for e in school.leadership if e not in emails)
    board = tuple(email for email in school.board if email not in emails and email not in row)
    return talk.with_school(replace(school, leadership=row, board=board, duties=()))


def take(talk: Dialogue, who: Someone) -> None:
    talk.press(who, who.direct, read_story(talk, who), "Ik pak dit op", dialog=True)


def test_the_others_hear_of_a_case_whose_handler_left_and_can_take_it_on(talk: Dialogue) -> None:
    talk.press(SANNE, SANNE.direct, tell(talk), "Verstuur", dialog=True)
    take(talk, OLGA)
    before = rung(talk)[HANS.name]
    talk = without(talk, OLGA)
    talk.minute(hours=1)
    assert rung(talk)[HANS.name] == before + 1
    page = read_story(talk, HANS)
    assert "Ik pak dit op" in words(page)
    assert "Ontvangt hier geen meldingen meer." in words(page)
    talk.minute(minutes=1)
    assert rung(talk)[HANS.name] == before + 1


def test_what_is_urgent_rings_again_when_its_handler_left(talk: Dialogue) -> None:
    reported(talk)
    take(talk, OLGA)
    talk = without(talk, OLGA)
    talk.minute(hours=2)
    assert rung(talk)[HANS.name] == 1
    talk.minute(minutes=31)
    assert rung(talk)[BEA.name] == 2


def test_when_all_leaders_left_the_new_ones_read_what_is_open(talk: Dialogue) -> None:
    talk.press(SANNE, SANNE.direct, tell(talk), "Verstuur", dialog=True)
    talk = without(talk, OLGA, HANS, leaders=(BEA,))
    talk.minute(hours=1)
    assert STORY in words(read_story(talk, BEA))
    for who in (OLGA, HANS):
        assert "Openen" not in words(inbox_of(talk, who))


def test_who_was_crossed_off_does_not_get_it_by_becoming_a_leader(talk: Dialogue) -> None:
    talk.press(SANNE, SANNE.direct, tell(talk, about=(BEA,)), "Verstuur", dialog=True)
    talk = without(talk, OLGA, HANS, leaders=(BEA,))
    talk.minute(hours=1)
    assert "Openen" not in words(inbox_of(talk, BEA))


def test_as_long_as_nobody_leaves_nothing_is_handed_over(talk: Dialogue) -> None:
    talk.press(SANNE, SANNE.direct, tell(talk), "Verstuur", dialog=True)
    assert talk.minute(minutes=1)["handed_over"] == 0
