"""The bot comes only where it is wanted."""

from tests.cast import ARIE, DAAN, FINN, KARIN, KLAS_2A, KLAS_3B, OLGA, SANNE, STRANGER
from tests.dialogue import Dialogue, dialog, is_private_to, words
from tests.wire_events import Somewhere

WAITING = "Deze groep is nog niet goedgekeurd"
ELSEWHERE = "In deze groep doe ik niet mee."


def test_added_by_a_teacher_it_welcomes_the_group_with_its_rules(talk: Dialogue) -> None:
    welcome = words(talk.send(talk.wires.added(KARIN, KLAS_2A)))
    assert "Zo gaan we met elkaar om" in welcome
    assert "artikel 6 (A6)" in welcome
    assert "computerprogramma" in welcome


def test_added_by_a_pupil_it_says_once_that_it_waits_and_asks_an_admin(talk: Dialogue) -> None:
    assert WAITING in words(talk.send(talk.wires.added(FINN, KLAS_2A)))
    [asked] = talk.chat.in_space(ARIE.direct)
    assert asked["text"] == "Er staat iets voor je klaar."
    assert "Klas 2A" in words(asked)
    assert not talk.chat.in_space(KLAS_2A)
    # Added again while it waits: nothing more is said, and no second card is sent.
    assert WAITING not in words(talk.send(talk.wires.added(FINN, KLAS_2A)))
    assert len(talk.chat.in_space(ARIE.direct)) == 1


def test_approved_it_welcomes_the_group(talk: Dialogue) -> None:
    talk.send(talk.wires.added(FINN, KLAS_2A))
    [asked] = talk.chat.in_space(ARIE.direct)
    assert "Goedgekeurd" in words(talk.press(ARIE, ARIE.direct, asked, "Goedkeuren"))
    [welcome] = talk.chat.in_space(KLAS_2A)
    assert "Zo gaan we met elkaar om" in words(welcome)
    assert "artikel" in words(talk.says(FINN, KLAS_2A, "mag ik een foto van mijn klasgenoot op insta zetten?"))


def test_refused_it_asks_to_be_removed_and_stays_silent(talk: Dialogue) -> None:
    talk.send(talk.wires.added(FINN, KLAS_2A))
    [asked] = talk.chat.in_space(ARIE.direct)
    talk.press(ARIE, ARIE.direct, asked, "Weigeren")
    [goodbye] = talk.chat.in_space(KLAS_2A)
    assert "verwijderen" in goodbye["text"]
    assert ELSEWHERE in words(talk.says(FINN, KLAS_2A, "mag ik appen in de les?"))
    assert talk.minute(days=60)["planned"] <= 1


def test_of_two_decisions_the_first_one_stands(talk: Dialogue) -> None:
    talk.send(talk.wires.added(FINN, KLAS_2A))
    [asked] = talk.chat.in_space(ARIE.direct)
    talk.press(ARIE, ARIE.direct, asked, "Goedkeuren")
    assert "Goedgekeurd" in words(talk.press(ARIE, ARIE.direct, asked, "Weigeren"))
    assert len(talk.chat.in_space(KLAS_2A)) == 1


def test_only_an_admin_decides_whoever_presses_the_button(talk: Dialogue) -> None:
    talk.send(talk.wires.added(FINN, KLAS_2A))
    [asked] = talk.chat.in_space(ARIE.direct)
    for somebody in (FINN, KARIN, STRANGER):
        assert "niet voor jou" in words(talk.press(somebody, somebody.direct, asked, "Goedkeuren"))
    assert not talk.chat.in_space(KLAS_2A)


def test_an_admin_can_decide_from_the_command_too(talk: Dialogue) -> None:
    talk.send(talk.wires.added(FINN, KLAS_2A))
    overview = talk.slash(ARIE, ARIE.direct, 10, dialog=True)
    assert "Klas 2A" in words(dialog(overview))
    after = talk.press(ARIE, ARIE.direct, overview, "Goedkeuren", dialog=True)
    assert "Klas 2A" not in words(after)
    assert talk.chat.in_space(KLAS_2A)


def test_an_admin_sees_how_many_readers_of_reports_cannot_be_reached(talk: Dialogue) -> None:
    unreachable = "Ontvangers van meldingen die ik niet kan bereiken"
    assert unreachable not in words(talk.slash(ARIE, ARIE.direct, 10, dialog=True))
    talk.send(talk.wires.removed(OLGA, OLGA.direct))
    assert unreachable in words(talk.slash(ARIE, ARIE.direct, 10, dialog=True))


def test_where_it_is_not_sanctioned_only_help_is_given_and_privately(talk: Dialogue) -> None:
    talk.send(talk.wires.added(FINN, KLAS_2A))
    for answer in (
        talk.slash(FINN, KLAS_2A, 11),
        talk.quick(FINN, KLAS_2A, 111),
        talk.says(FINN, KLAS_2A, "ik wil niet meer leven"),
    ):
        assert "0800-0113" in words(answer)
        assert is_private_to(answer, FINN)
    for answer in (talk.says(FINN, KLAS_2A, "mag ik appen in de les?"), talk.slash(FINN, KLAS_2A, 5)):
        assert ELSEWHERE in words(answer)
        assert is_private_to(answer, FINN)
    assert ELSEWHERE in words(dialog(talk.slash(FINN, KLAS_2A, 3, dialog=True)))


def test_a_group_that_outsiders_can_join_waits_also_when_a_teacher_added_it(talk: Dialogue) -> None:
    outside = Somewhere("spaces/BUITEN", "SPACE", "Met gasten", outsiders=True)
    assert WAITING in words(talk.send(talk.wires.added(KARIN, outside)))


def test_removed_it_sends_nothing_there_any_more(talk: Dialogue) -> None:
    talk.send(talk.wires.removed(KARIN, KLAS_3B))
    for _ in range(60):
        talk.minute(days=1)
    assert not talk.chat.in_space(KLAS_3B)


def test_somebody_who_adds_it_to_a_direct_message_is_greeted_and_an_installation_says_nothing(talk: Dialogue) -> None:
    assert "computerprogramma" in words(talk.send(talk.wires.added(DAAN, DAAN.direct)))
    assert words(talk.send(talk.wires.added(DAAN, DAAN.direct, admin_installed=True))) == ""


def test_the_same_event_twice_asks_the_admins_once(talk: Dialogue) -> None:
    first = talk.send(talk.wires.added(FINN, KLAS_2A))
    assert talk.send(talk.last_event) == first
    assert len(talk.chat.in_space(ARIE.direct)) == 1


def test_the_home_tab_shows_what_fits_the_role() -> None:
    from tests.dialogue import start  # noqa: PLC0415 - classic only, so not the fixture

    talk = start()
    for_sanne, for_arie = (words(talk.send(talk.wires.home(who))) for who in (SANNE, ARIE))
    assert "112" in for_sanne
    assert "/beheer" not in for_sanne
    assert "/beheer" in for_arie
