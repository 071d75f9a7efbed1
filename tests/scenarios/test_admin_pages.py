"""An admin looks at people, reminders, protocol and parts; nobody else does, and no page knows of reports."""

import json
from contextlib import suppress
from pathlib import Path

import pytest

from bot.school.spaces import Dialect
from handlers import job_runner
from tests.cast import ARIE, HANS, KARIN, OLGA, PIET, SANNE
from tests.dialogue import ROOT, Dialogue, dialog, start, words
from tests.scenarios.generated import made, told
from tests.wire_events import Json

PAGES = {
    "Mensen": "arie.admin@rgo.example",
    "Herinneringen": "Groepen die herinneringen krijgen",
    "Protocol": "Dit protocol geldt nu",
    "Onderdelen": "meldingen_leerlingen",
    "Gezondheid": "Taak van elke minuut",
}


def first(talk: Dialogue) -> Json:
    return talk.slash(ARIE, ARIE.direct, 10, dialog=True)


def opened(talk: Dialogue, label: str) -> Json:
    return talk.press(ARIE, ARIE.direct, first(talk), label, dialog=True)


@pytest.mark.parametrize("label", PAGES)
def test_each_page_opens_from_the_first_and_goes_back_to_it(talk: Dialogue, label: str) -> None:
    page = opened(talk, label)
    assert PAGES[label] in words(dialog(page))
    back = talk.press(ARIE, ARIE.direct, page, "Terug naar beheer", dialog=True)
    assert "Goedgekeurde groepen" in words(dialog(back))


@pytest.mark.parametrize("label", PAGES)
def test_whoever_is_no_admin_gets_the_neutral_sentence_at_every_button(talk: Dialogue, label: str) -> None:
    shown, page = first(talk), opened(talk, label)
    for somebody in (KARIN, SANNE, OLGA):
        for pressed, on in ((shown, label), (page, "Terug naar beheer")):
            assert "niet voor jou" in words(talk.press(somebody, somebody.direct, pressed, on, dialog=True))


def test_a_part_that_is_off_says_which_decision_it_lacks(tmp_path: Path) -> None:
    file = tmp_path / "school.toml"
    said = (ROOT / "school.toml").read_text(encoding="utf-8").splitlines()
    file.write_text("\n".join(line for line in said if not line.startswith("route_ouders")), encoding="utf-8")
    talk = start(dialect=Dialect.CLASSIC, SCHOOL_FILE=str(file))
    assert "Deze besluiten zijn nog nodig: route_ouders" in words(dialog(opened(talk, "Onderdelen")))


def test_the_file_s_own_people_stand_there_a_page_at_a_time(tmp_path: Path) -> None:
    file = tmp_path / "school.toml"
    more = "".join(
        f'\n[[mensen]]\nemail = "z{n}@rgo.example"\nnaam = "Zz {n:02}"\nrollen = ["medewerker"]\n' for n in range(30)
    )
    file.write_text((ROOT / "school.toml").read_text(encoding="utf-8") + more, encoding="utf-8")
    talk = start(dialect=Dialect.CLASSIC, SCHOOL_FILE=str(file))
    page = opened(talk, "Mensen")
    assert "Zz 29" not in words(dialog(page))
    for _ in range(2):
        page = talk.press(ARIE, ARIE.direct, page, "Volgende", dialog=True)
    assert "Zz 29" in words(dialog(page))
    assert "arie.admin@rgo.example" not in words(dialog(page))


@pytest.mark.parametrize("dialect", list(Dialect))
def test_every_page_is_byte_for_byte_the_same_with_and_without_a_report(dialect: Dialect) -> None:
    quiet, reported = start(dialect=dialect), start(dialect=dialect)
    sender = made(2).who
    answer = reported.press(sender, sender.direct, told(reported, made(2)), "Verstuur", dialog=True)
    assert "Je code" in words(dialog(answer))
    # Both know the same people and the same day; only the report differs.
    quiet.slash(sender, sender.direct, 11)
    for talk in (quiet, reported):
        talk.minute(days=1)
    for label in PAGES:
        assert json.dumps(opened(quiet, label)) == json.dumps(opened(reported, label))
    assert json.dumps(first(quiet)) == json.dumps(first(reported))


def test_the_page_of_health_says_when_the_timer_came_and_what_waits(talk: Dialogue) -> None:
    assert "Nog niet" in words(dialog(opened(talk, "Gezondheid")))
    talk.slash(PIET, PIET.direct, 11)
    talk.minute()
    page = words(dialog(opened(talk, "Gezondheid")))
    assert "24 november 2026, 10:15 uur" in page
    assert "Van elk onderwerp is er iemand" in page


def test_a_route_without_a_reader_stands_there_with_what_to_do(talk: Dialogue) -> None:
    for who in (OLGA, HANS):
        talk.send(talk.wires.removed(who, who.direct))
    page = words(dialog(opened(talk, "Gezondheid")))
    assert "In de rij schoolleiding is niemand bereikbaar." in page
    assert "Kijk de adressen na" in page


def test_late_notices_of_a_report_do_not_show_there(talk: Dialogue) -> None:
    quiet = start(dialect=talk.wires.dialect)
    sender = made(2).who
    talk.chat.out_of_order = 1000
    talk.press(sender, sender.direct, told(talk, made(2)), "Verstuur", dialog=True)
    quiet.slash(sender, sender.direct, 11)
    for each in (talk, quiet):
        with suppress(job_runner.JobFailed):
            each.minute(days=2)
    assert json.dumps(opened(quiet, "Gezondheid")) == json.dumps(opened(talk, "Gezondheid"))
