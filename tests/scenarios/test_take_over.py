"""Nobody makes themselves a reader of reports: not by the school's file, the command line, a role or an account."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.school.facts import SchoolFacts
from bot.school.people import Email, Role
from bot.school.seats.agreeing import STANDS_FOR
from bot.school.spaces import Dialect
from tests.cast import ARIE, BEA, HANS, OLGA, PIET, SANNE, VERA
from tests.dialogue import Dialogue, dialog, start, words
from tests.scenarios.reading import inbox_of
from tests.scenarios.test_reporting import STORY, tell
from tests.wire_events import Someone


@pytest.fixture
def talk() -> Dialogue:
    return start(dialect=Dialect.CLASSIC)


def with_leader(file: SchoolFacts, who: Someone) -> SchoolFacts:
    """The school's file after somebody wrote this person into the row of the leadership."""
    email = Email(who.email)
    person = file.person(email, who.name)
    named = replace(person, name=who.name, roles=person.roles | {Role.LEADER})
    return replace(file, people={**file.people, email: named}, leadership=(*file.leadership, email))


def edited(talk: Dialogue, change: Callable[[SchoolFacts], SchoolFacts]) -> Dialogue:
    """The bot after a new roll-out with another school's file, and a minute."""
    talk = talk.with_file(change(talk.bot.known.file))
    talk.minute(minutes=1)
    return talk


def reported(talk: Dialogue) -> None:
    sent = talk.press(SANNE, SANNE.direct, tell(talk), "Verstuur", dialog=True)
    assert "Je code" in words(dialog(sent))


def reads(talk: Dialogue, who: Someone) -> bool:
    """Whether this person gets to the story of the newest case."""
    if "Openen" not in words(inbox_of(talk, who)):
        return False
    closed = talk.press(who, who.direct, inbox_of(talk, who), "Openen", dialog=True)
    return STORY in words(talk.press(who, who.direct, closed, "Lees verhaal", dialog=True))


def waiting(talk: Dialogue, who: Someone) -> bool:
    return "Iemand wil veranderen wie meldingen leest" in words(inbox_of(talk, who))


def change_page(talk: Dialogue, who: Someone) -> dict[str, object]:
    return talk.press(who, who.direct, inbox_of(talk, who), "Bekijk de wijziging", dialog=True)


def test_whoever_writes_themselves_into_the_file_reads_nothing(talk: Dialogue) -> None:
    reported(talk)
    talk = edited(talk, lambda file: with_leader(file, ARIE))
    reported(talk)
    assert not reads(talk, ARIE)
    assert "niet voor jou" in words(inbox_of(talk, ARIE))
    assert reads(talk, OLGA)


def test_two_admins_together_find_no_button_that_lets_one_of_them_read(talk: Dialogue) -> None:
    talk = edited(talk, lambda file: with_leader(with_leader(file, ARIE), PIET))
    shown = change_page(talk, OLGA)
    for admin in (ARIE, PIET):
        for label in ("Akkoord", "Niet akkoord"):
            assert "niet voor jou" in words(talk.press(admin, admin.direct, shown, label, dialog=True))
    reported(talk)
    assert not reads(talk, ARIE)
    assert not reads(talk, PIET)
    assert waiting(talk, HANS), "a foreign press decided nothing"


def test_the_sitting_leaders_and_board_hear_once_that_something_waits(talk: Dialogue) -> None:
    before = {who.name: len(talk.chat.in_space(who.direct)) for who in (OLGA, HANS, BEA, VERA, ARIE)}
    talk = edited(talk, lambda file: with_leader(file, ARIE))
    for _ in range(3):
        talk.minute(minutes=5)
    heard = {who.name: len(talk.chat.in_space(who.direct)) - before[who.name] for who in (OLGA, HANS, BEA, VERA, ARIE)}
    assert heard == {OLGA.name: 1, HANS.name: 1, BEA.name: 1, VERA.name: 1, ARIE.name: 0}


def test_with_a_leader_s_agreement_somebody_new_reads_what_comes_after_that(talk: Dialogue) -> None:
    reported(talk)
    talk = edited(talk, lambda file: with_leader(file, PIET))
    page = change_page(talk, OLGA)
    assert "Piet Pen komt erbij: Schoolleiding." in words(dialog(page))
    assert "Het staat zo in het schoolbestand" in words(dialog(page))
    done = talk.press(OLGA, OLGA.direct, page, "Akkoord", dialog=True)
    assert "De nieuwe lijst geldt vanaf nu" in words(dialog(done))
    assert "Akkoord: Olga Overzicht" in words(dialog(done))
    assert not reads(talk, PIET), "what came before is not for them"
    reported(talk)
    assert reads(talk, PIET)


def test_nobody_decides_about_themselves(talk: Dialogue) -> None:
    talk = edited(talk, without(HANS))
    assert "Akkoord" not in words(dialog(change_page(talk, HANS)))
    assert "Hierover beslist iemand anders" in words(dialog(change_page(talk, HANS)))
    others = change_page(talk, BEA)
    refused = talk.press(HANS, HANS.direct, others, "Akkoord", dialog=True)
    assert "een ander beslist erover" in words(dialog(refused))
    reported(talk)
    assert reads(talk, HANS), "who is to go sits until somebody else agrees"


def test_whoever_is_taken_off_the_list_reads_nothing_more(talk: Dialogue) -> None:
    reported(talk)
    talk = edited(talk, without(HANS))
    talk.press(BEA, BEA.direct, change_page(talk, BEA), "Akkoord", dialog=True)
    talk.minute(minutes=1)
    assert not reads(talk, HANS)
    assert reads(talk, OLGA)


def test_refused_changes_nothing_and_the_file_does_not_ask_again(talk: Dialogue) -> None:
    talk = edited(talk, lambda file: with_leader(file, ARIE))
    talk.press(BEA, BEA.direct, change_page(talk, BEA), "Niet akkoord", dialog=True)
    talk.minute(days=1)
    assert not waiting(talk, OLGA)
    reported(talk)
    assert not reads(talk, ARIE)


def test_two_weeks_later_a_proposal_is_gone(talk: Dialogue) -> None:
    talk = edited(talk, lambda file: with_leader(file, ARIE))
    old = change_page(talk, OLGA)
    talk.minute(days=(STANDS_FOR + timedelta(days=1)).days)
    assert not waiting(talk, OLGA)
    late = talk.press(OLGA, OLGA.direct, old, "Akkoord", dialog=True)
    assert "Dit voorstel is er niet meer" in words(dialog(late))


def test_when_it_is_about_all_leaders_and_the_board_the_last_resort_decides(talk: Dialogue) -> None:
    def turned_over(file: SchoolFacts) -> SchoolFacts:
        file = with_leader(file, ARIE)
        return replace(file, leadership=(Email(ARIE.email),), board=(*file.supervisors,))

    talk = edited(talk, turned_over)
    for who in (OLGA, HANS, BEA):
        assert "Hierover beslist iemand anders" in words(dialog(change_page(talk, who)))
    assert "Akkoord" in words(dialog(change_page(talk, VERA)))


def test_an_account_in_another_unit_or_a_new_account_at_an_old_address_reads_nothing(talk: Dialogue) -> None:
    reported(talk)
    by_unit = replace(talk.bot.known.file, by_account={Email(PIET.email): Role.LEADER})
    talk = talk.with_file(by_unit)
    talk.minute(minutes=1)
    assert not reads(talk, PIET)
    again = replace(OLGA, number=909)
    assert "niet voor jou" in words(inbox_of(talk, again)), "the address of a leader, another account"


def test_a_role_in_the_file_without_a_seat_gives_nothing(talk: Dialogue) -> None:
    def named(file: SchoolFacts) -> SchoolFacts:
        return replace(with_leader(file, ARIE), leadership=file.leadership)

    talk = edited(talk, named)
    reported(talk)
    assert not reads(talk, ARIE)
    assert not waiting(talk, OLGA)


def without(who: Someone) -> Callable[[SchoolFacts], SchoolFacts]:
    def change(file: SchoolFacts) -> SchoolFacts:
        left = tuple(email for email in file.leadership if email != who.email)
        duties = tuple(duty for duty in file.duties if Email(who.email) not in {duty.person, duty.deputy})
        return replace(file, leadership=left, duties=duties)

    return change
