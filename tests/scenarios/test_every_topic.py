"""Every subject of the table, told as somebody would tell it: who hears of it, how soon, and what is shown first."""

import pytest

from bot.reports.categories import Categories, Offered
from tests.cast import BEA, BRAM, CARLA, EVERYBODY, HANS, OLGA, SANNE
from tests.dialogue import Dialogue, words
from tests.scenarios.reading import read_story
from tests.scenarios.test_reporting import told_to
from tests.scenarios.topics import DOORS, LEADERS, TOLD, Told
from tests.wire_events import Json, Someone


def told(talk: Dialogue, case: Told) -> tuple[Json, Json]:
    """The page with what is shown first, and the review."""
    page = talk.slash(case.who, case.who.direct, 3, dialog=True)
    first = "Iets anders, of ik weet het niet" if case.further else case.choice
    page = talk.press(case.who, case.who.direct, page, first, dialog=True)
    answers = {
        "story": [case.story],
        "safe": [case.safe],
        "by_staff": [case.by_staff],
        "sexual": [case.sexual],
        "goes_on": [case.goes_on],
    }
    if case.further:
        page = talk.press(case.who, case.who.direct, page, "Verder", {**answers, "topic": [case.code]}, dialog=True)
        assert case.story in str(page)
    shown = page
    page = talk.press(case.who, case.who.direct, page, "Verder", answers, dialog=True)
    page = talk.press(case.who, case.who.direct, page, "Verder", {"identity": ["met_naam"]}, dialog=True)
    return shown, page


def test_every_row_of_the_table_that_can_be_sent_is_told_here() -> None:
    rows = Categories.load().rows.values()
    assert {case.code for case in TOLD} == {row.code for row in rows if row.sendable}
    assert {row.code for row in rows if not row.sendable and row.offered is not Offered.NEVER} == {"C19", "C20"}


@pytest.mark.parametrize("case", TOLD, ids=lambda case: case.code)
def test_the_right_people_hear_of_it_and_the_right_words_come_first(talk: Dialogue, case: Told) -> None:
    shown, review = told(talk, case)
    assert case.choice in words(shown)
    assert case.first in words(shown)
    for someone in EVERYBODY:
        named = someone.name in words(review)
        assert named == (someone.name in case.readers | case.copied | case.later), someone.name
    talk.press(case.who, case.who.direct, review, "Verstuur", dialog=True)
    # Of what is urgent the one on duty hears first.
    urgent = "Er gaat nu meteen een seintje uit" in words(review)
    first = {OLGA.name} if urgent and OLGA.name in case.readers else case.readers
    assert told_to(talk) == first | case.copied
    for reader in (OLGA, HANS, BEA, BRAM, CARLA):
        inbox = talk.slash(reader, reader.direct, 9, dialog=True)
        if reader.name in case.readers:
            assert case.story in words(read_story(talk, reader, inbox))
        elif reader.name in case.copied:
            assert "Jij ziet alleen dat ze er is" in words(inbox)
            assert "Openen" not in words(inbox)
        else:
            assert "Openen" not in words(inbox)


@pytest.mark.parametrize("case", TOLD, ids=lambda case: case.code)
def test_when_nobody_does_anything_the_next_is_warned_and_the_reporter_hears_the_truth(
    talk: Dialogue, case: Told
) -> None:
    talk.press(case.who, case.who.direct, told(talk, case)[1], "Verstuur", dialog=True)
    talk.minute(days=14)
    talk.minute(days=1)
    assert told_to(talk) == case.readers | case.copied | case.later | {case.who.name}
    own = talk.slash(case.who, case.who.direct, 4, dialog=True)
    mine = words(talk.press(case.who, case.who.direct, own, "Bekijken", dialog=True))
    assert "Nog niemand heeft dit gelezen." in mine
    assert ("iemand anders gewaarschuwd" in mine) == bool(case.later)
    for someone in EVERYBODY:
        may_read = someone.name in case.readers | case.later
        assert ("Openen" in words(talk.slash(someone, someone.direct, 9, dialog=True))) == may_read, someone.name
        assert someone is case.who or someone.name not in mine


@pytest.mark.parametrize(("who", "choice", "shown"), DOORS, ids=["C19", "C20"])
def test_what_has_a_door_of_its_own_is_shown_that_door_and_nothing_is_sent(
    talk: Dialogue, who: Someone, choice: str, shown: str
) -> None:
    code = {"Een misstand op mijn werk": "C19"}.get(choice, "C20")
    page = talk.slash(who, who.direct, 3, dialog=True)
    page = talk.press(who, who.direct, page, "Iets anders, of ik weet het niet", dialog=True)
    page = talk.press(who, who.direct, page, "Verder", {"story": ["Er klopt iets niet."], "topic": [code]}, dialog=True)
    assert choice in words(page)
    assert shown in words(page)
    assert "Verstuur" not in words(page)
    back = talk.press(who, who.direct, page, "Terug", dialog=True)
    assert "Er klopt iets niet." in str(back)


def test_a_pupil_is_not_asked_about_work_and_a_form_that_was_changed_cannot_choose_it(talk: Dialogue) -> None:
    page = talk.slash(SANNE, SANNE.direct, 3, dialog=True)
    page = talk.press(SANNE, SANNE.direct, page, "Iets anders, of ik weet het niet", dialog=True)
    assert "Ik werk op school" not in words(page)
    answers = {"story": ["x"], "safe": ["ja"], "by_staff": ["nee"], "sexual": ["nee"]}
    for code in ("C15", "C01", "C99"):
        after = talk.press(SANNE, SANNE.direct, page, "Verder", {**answers, "topic": [code]}, dialog=True)
        assert "Hoe wil je bekend zijn?" in words(after)


def test_who_sees_a_copy_cannot_open_the_story_by_its_number(talk: Dialogue) -> None:
    case = TOLD[0]
    send_review = told(talk, case)[1]
    talk.press(case.who, case.who.direct, send_review, "Verstuur", dialog=True)
    with talk.bot.store.read() as transaction:
        [(sealed, _)] = transaction.reports.granted_to(OLGA.user)  # type: ignore[arg-type]
    forged = talk.wires.press(BEA, BEA.direct, "cases.read", {"case": sealed.id}, dialog="SUBMIT")
    assert case.story not in words(talk.send(forged))


@pytest.mark.parametrize(
    ("goes_on", "urgency"), [("ja", "vandaag"), ("weet_niet", "vandaag"), ("", "vandaag"), ("nee", "schooldag")]
)
def test_what_still_goes_on_is_a_step_more_urgent(talk: Dialogue, goes_on: str, urgency: str) -> None:
    case = Told("C07", SANNE, "Pesten of buitensluiten", "Ze lachen mij uit.", "", LEADERS, goes_on=goes_on)
    talk.press(SANNE, SANNE.direct, told(talk, case)[1], "Verstuur", dialog=True)
    assert urgency in words(talk.slash(OLGA, OLGA.direct, 9, dialog=True)).casefold()


def test_hate_by_somebody_of_the_staff_goes_to_the_board(talk: Dialogue) -> None:
    page = talk.slash(SANNE, SANNE.direct, 3, dialog=True)
    page = talk.press(SANNE, SANNE.direct, page, "Iets anders, of ik weet het niet", dialog=True)
    answers = {"story": ["Hij maakt grappen over mijn geloof."], "safe": ["ja"], "by_staff": ["ja"], "sexual": ["nee"]}
    page = talk.press(SANNE, SANNE.direct, page, "Verder", {**answers, "topic": ["C12"]}, dialog=True)
    page = talk.press(SANNE, SANNE.direct, page, "Verder", answers, dialog=True)
    page = talk.press(SANNE, SANNE.direct, page, "Verder", {"identity": ["met_naam"]}, dialog=True)
    assert BEA.name in words(page)
    assert OLGA.name not in words(page)
