"""May I post this? A few questions and then what the articles say, in a dialog or in a card; nothing is kept."""

from dataclasses import replace

import pytest
from sqlalchemy import inspect, text

from bot.school.spaces import Dialect
from tests.cast import KARIN, KLAS_3B, SANNE, STRANGER
from tests.dialogue import Dialogue, button, dialog, is_private_to, rgo_protocol, start, words
from tests.scenarios.shown import in_sight
from tests.scenarios.test_answers_card import use_protocol
from tests.wire_events import Json

ALLOWED = ("Foto, film of geluid van school", "Anderen, of ik met anderen", "Ja, allemaal", "Ja", "Nee")
UNDER_16 = "Is iemand die te zien of te horen is jonger dan 16?"


def walk(talk: Dialogue, shown: Json, *labels: str) -> Json:
    for label in labels:
        shown = talk.press(SANNE, KLAS_3B, shown, label)
    return shown


def test_a_pupil_comes_to_a_verdict_with_its_article_folded(talk: Dialogue) -> None:
    verdict = walk(talk, talk.slash(SANNE, KLAS_3B, 6), *ALLOWED)
    assert "Dit mag volgens artikel A6." in in_sight(verdict)
    assert "Het mag alleen als iedereen" in in_sight(verdict)
    assert "tenzij betrokkenen uitdrukkelijk" not in in_sight(verdict)
    assert "tenzij betrokkenen uitdrukkelijk" in words(verdict)


@pytest.mark.parametrize(
    ("labels", "verdict"),
    [
        ((*ALLOWED[:2], "Nee, iemand wil het niet"), "Dit mag niet volgens artikel A6."),
        ((*ALLOWED[:4], "Ja"), "Vraag het eerst. Zie artikel A6."),
        ((*ALLOWED[:2], "Nog niet iedereen is het gevraagd"), "Vraag het eerst. Zie artikel A6."),
        (("Opname van een les op afstand", "Delen op sociale media"), "Dit mag niet volgens artikel A7."),
        (("Informatie over iemand of school", "Ja", "Nee"), "Vraag het eerst. Zie artikel A2."),
        (("Informatie over iemand of school", "Nee", "Ja"), "Het protocol verbiedt dit niet. Zie artikel A2."),
        (("Mijn mening over school", "Nee", "Ja"), "Het protocol verbiedt dit niet. Zie artikel A3."),
        (("Iets dat niets met school te maken heeft",), "Hier gaat het protocol niet over. Zie artikel D2."),
    ],
)
def test_other_answers_lead_to_other_verdicts(talk: Dialogue, labels: tuple[str, ...], verdict: str) -> None:
    assert verdict in words(walk(talk, talk.slash(SANNE, KLAS_3B, 6), *labels))


@pytest.mark.parametrize("typed", ["magdit", "mag ik dit posten", "/magdit"])
def test_it_can_be_typed_and_needs_no_dialog(talk: Dialogue, typed: str) -> None:
    assert "Wat wil je plaatsen?" in words(talk.says(SANNE, SANNE.direct, typed))


def test_the_command_opens_a_dialog_that_goes_on_page_by_page(talk: Dialogue) -> None:
    first = talk.slash(SANNE, KLAS_3B, 6, dialog=True)
    assert "Wat wil je plaatsen?" in words(dialog(first))
    second = talk.press(SANNE, KLAS_3B, first, ALLOWED[0], dialog=True)
    assert "Wie zijn er te zien of te horen?" in words(dialog(second))
    back = talk.press(SANNE, KLAS_3B, second, "Terug", dialog=True)
    assert "Wat wil je plaatsen?" in words(dialog(back))
    assert "Er is niets bewaard" in str(talk.press(SANNE, KLAS_3B, back, "Stoppen", dialog=True))


def test_an_answer_about_photos_leads_the_way_to_it(talk: Dialogue) -> None:
    answer = talk.says(SANNE, SANNE.direct, "mag ik een foto van mijn klasgenoot op insta zetten?")
    assert "Wat wil je plaatsen?" in words(talk.press(SANNE, SANNE.direct, answer, "Mag ik dit posten?"))


def test_pupils_do_not_see_the_steps_of_staff_and_cannot_force_them(talk: Dialogue) -> None:
    forged = talk.wires.press(SANNE, KLAS_3B, "publication.go", {"trail": "staff_who,private_what,private_mission"})
    assert "Wat wil je plaatsen?" in words(talk.send(forged))
    assert "Namens de school" not in words(talk.slash(SANNE, KLAS_3B, 6))


@pytest.mark.parametrize(
    ("labels", "verdict"),
    [
        (
            ("Mijn mening over school", "Ja, tegen missie, visie of uitgangspunten"),
            "Dit mag niet volgens artikel P2.",
        ),
        (
            ("Mijn mening over school", "Nee, geen van beide", "Nee", "Nee, dat staat er niet bij"),
            "Dit mag niet volgens artikel P3.",
        ),
        (
            ("Mijn mening over school", "Nee, geen van beide", "Nee", "Ja", "Alleen één: mijn eigen mening"),
            "Zet erbij dat je niet verantwoordelijk bent voor wat anderen zeggen.",
        ),
        (
            (*ALLOWED[:2], "Ja, en niemand is onder de 16", "Nee", "Ja"),
            "Vraag het eerst. Zie artikel P1.",
        ),
    ],
)
def test_staff_are_asked_first_what_the_post_is_for(talk: Dialogue, labels: tuple[str, ...], verdict: str) -> None:
    shown = talk.slash(KARIN, KARIN.direct, 6)
    assert "Namens de school" in words(shown)
    for label in ("Privé, en ik werk op school", *labels):
        shown = talk.press(KARIN, KARIN.direct, shown, label)
    assert verdict in words(shown)


def test_of_somebody_whom_the_school_does_not_know_it_asks_who_they_are(talk: Dialogue) -> None:
    shown = words(talk.slash(STRANGER, STRANGER.direct, 6))
    assert "Ik ben leerling of ouder" in shown
    assert "Ik werkte vroeger op school" in shown


def test_one_can_go_back_and_begin_again(talk: Dialogue) -> None:
    verdict = walk(talk, talk.slash(SANNE, KLAS_3B, 6), *ALLOWED)
    assert UNDER_16 in words(walk(talk, verdict, "Terug"))
    assert "Wat wil je plaatsen?" in words(walk(talk, verdict, "Opnieuw"))


def test_the_verdict_is_shared_with_its_article_and_without_the_answers(talk: Dialogue) -> None:
    first = talk.slash(SANNE, KLAS_3B, 6)
    assert is_private_to(first, SANNE)
    shown = walk(talk, walk(talk, first, *ALLOWED), "Delen")
    assert "Gedeeld met de groep" in words(shown)
    [shared] = talk.chat.in_space(KLAS_3B)
    assert "Dit mag volgens artikel A6." in words(shared)
    assert "tenzij betrokkenen uitdrukkelijk" in words(shared)
    assert "trail" not in str(shared)
    talk.send(talk.last_event)
    assert len(talk.chat.in_space(KLAS_3B)) == 1


def test_what_no_article_permits_is_not_shared_as_permitted(talk: Dialogue) -> None:
    shown = walk(talk, talk.slash(SANNE, KLAS_3B, 6), "Mijn mening over school", "Nee", "Ja", "Delen")
    assert "Gedeeld met de groep" in words(shown)
    [shared] = talk.chat.in_space(KLAS_3B)
    assert "Het protocol verbiedt dit niet. Zie artikel A3." in words(shared)
    assert "Dit mag volgens" not in words(shared)


def test_in_a_direct_message_there_is_nobody_to_share_with(talk: Dialogue) -> None:
    shown = talk.slash(SANNE, SANNE.direct, 6)
    for label in ALLOWED:
        shown = talk.press(SANNE, SANNE.direct, shown, label)
    assert "Delen" not in words(shown)


def test_nothing_of_it_is_kept(talk: Dialogue) -> None:
    before = counts(talk)
    walk(talk, talk.slash(SANNE, KLAS_3B, 6), *ALLOWED)
    assert counts(talk) == before


def counts(talk: Dialogue) -> dict[str, int]:
    with talk.bot.engine.connect() as connection:
        return {
            table: int(connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())  # noqa: S608 - ours
            for table in inspect(connection).get_table_names()
        }


def test_a_button_carries_ids_of_steps_only(talk: Dialogue) -> None:
    action, parameters = button(talk.slash(SANNE, KLAS_3B, 6), ALLOWED[0])
    assert (action, parameters) == ("publication.go", {"trail": "pupil_what,pupil_people"})


def test_with_a_protocol_that_it_was_not_thought_out_for_it_says_so(talk: Dialogue) -> None:
    known = rgo_protocol()
    use_protocol(talk, replace(known, reviewed={code: each for code, each in known.reviewed.items() if code != "P4"}))
    assert "Dit kan ik bij dit protocol niet voor je nagaan" in words(talk.slash(SANNE, SANNE.direct, 6))
    answer = talk.says(SANNE, SANNE.direct, "mag ik een foto van mijn klasgenoot op insta zetten?")
    assert "/magdit" not in words(answer)


@pytest.mark.parametrize("dialect", list(Dialect))
def test_it_speaks_english_too(dialect: Dialect) -> None:
    talk = start(dialect=dialect, locale="en")
    assert "What do you want to post?" in words(talk.slash(SANNE, SANNE.direct, 6))
