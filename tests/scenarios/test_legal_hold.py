"""The board can keep a case past its term, with a reason, and let it go again; nobody else can."""

from tests.cast import BEA, BRAM, OLGA, SANNE
from tests.dialogue import Dialogue, words
from tests.scenarios.reading import inbox_of, read_story
from tests.scenarios.test_reporting import STORY, tell
from tests.wire_events import Json, Someone


def for_the_board(talk: Dialogue) -> None:
    review = tell(talk, topic="Een volwassene van school gaat te ver", by_staff="ja", sexual="ja")
    talk.press(SANNE, SANNE.direct, review, "Verstuur", dialog=True)


def press(talk: Dialogue, who: Someone, page: Json, label: str, **given: str) -> Json:
    return talk.press(who, who.direct, page, label, {name: [value] for name, value in given.items()}, dialog=True)


def held(talk: Dialogue) -> Json:
    page = press(talk, BEA, read_story(talk, BEA), "Langer bewaren")
    return press(talk, BEA, page, "Langer bewaren", words="De politie vroeg erom, tot juni.")


def closed(talk: Dialogue) -> None:
    press(talk, BEA, read_story(talk, BEA), "Ik pak dit op")
    page = press(talk, BEA, read_story(talk, BEA), "Afsluiten")
    press(talk, BEA, page, "Afsluiten", reason="afgerond")
    press(talk, BRAM, read_story(talk, BRAM), "Akkoord met afsluiten")


def test_what_is_held_outlives_its_term_and_goes_once_it_is_let_go(talk: Dialogue) -> None:
    for_the_board(talk)
    assert "De politie vroeg erom, tot juni." in words(held(talk))
    closed(talk)
    talk.minute(days=400)
    page = read_story(talk, BEA)
    assert STORY in words(page)
    press(talk, BEA, page, "Niet langer bewaren")
    talk.minute(days=1)
    assert "Openen" not in words(inbox_of(talk, BEA))


def test_a_reason_must_be_given(talk: Dialogue) -> None:
    for_the_board(talk)
    page = press(talk, BEA, read_story(talk, BEA), "Langer bewaren")
    assert "Vul nog iets in" in words(press(talk, BEA, page, "Langer bewaren", words=" "))


def test_a_leader_sees_no_such_button_and_a_forged_one_does_nothing(talk: Dialogue) -> None:
    talk.press(SANNE, SANNE.direct, tell(talk), "Verstuur", dialog=True)
    page = read_story(talk, OLGA)
    assert "Langer bewaren" not in words(page)
    with talk.bot.store.read() as transaction:
        [(case, _)] = transaction.reports.granted_to(OLGA.user)  # type: ignore[arg-type]
    given = {"case": case.id, "step": "held"}
    forged = talk.wires.press(OLGA, OLGA.direct, "cases.act", given, {"words": ["x"]}, "SUBMIT")
    assert "Alleen het bestuur beslist hierover." in words(talk.send(forged))
