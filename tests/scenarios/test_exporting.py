"""A handler takes a case out: warned first, with an address and a code, and nobody else can."""

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from handlers.app import create_app
from tests.cast import BEA, HANS, OLGA, SANNE
from tests.dialogue import Dialogue, button, dialog, start, words
from tests.scenarios.reading import read_story
from tests.scenarios.test_casework import press, reported, taken
from tests.scenarios.test_reporting import STORY
from tests.wire_events import Json, Someone


@pytest.fixture
def web(talk: Dialogue) -> Iterator[FlaskClient]:
    yield create_app(talk.bot).test_client()
    talk.bot.engine.dispose()


def invited(talk: Dialogue, who: Someone = OLGA) -> tuple[str, str]:
    """The path and the code that the dialog shows."""
    page = press(talk, who, read_story(talk, who), "Exporteren")
    return shown_in(press(talk, who, page, "Maak een code"))


def shown_in(page: Json) -> tuple[str, str]:
    said = words(dialog(page)).split("\n")
    address = next(line for line in said if line.startswith("https://bot.example/export/"))
    return address.removeprefix("https://bot.example"), said[said.index("Code") - 1]


def test_who_handles_it_is_warned_before_there_is_a_code(talk: Dialogue) -> None:
    reported(talk)
    page = press(talk, OLGA, taken(talk), "Exporteren")
    assert "beschermen wij niet meer" in words(page)
    assert "https://" not in words(page)
    with talk.bot.store.read() as transaction:
        [(case, _)] = transaction.reports.granted_to(OLGA.user)  # type: ignore[arg-type]
    made = press(talk, OLGA, page, "Maak een code")
    path, code = shown_in(made)
    assert len(code.replace("-", "")) == 10
    # Nothing of the case and nothing of the code stands in what a browser keeps.
    assert case.id not in path
    assert case.code not in path
    assert code.lower() not in path
    assert button_link(made) == f"https://bot.example{path}"


def button_link(page: Json) -> str:
    for section in dialog(page)["sections"]:
        for widget in section["widgets"]:
            for each in widget.get("buttonList", {}).get("buttons", ()):
                if "openLink" in each["onClick"]:
                    return str(each["onClick"]["openLink"]["url"])
    raise AssertionError("no button opens the page")


def test_the_handler_gets_story_and_history_once(talk: Dialogue, web: FlaskClient) -> None:
    reported(talk)
    taken(talk)
    path, code = invited(talk)
    got = web.post(path, data={"code": code, "form": "json"})
    assert got.status_code == 200
    content = got.get_json()
    assert content["story"] == STORY
    assert [step["step"] for step in content["history"]][-1] == "exported"
    assert web.post(path, data={"code": code, "form": "json"}).status_code == 403


def test_that_it_was_taken_out_stands_in_the_history_and_its_reporter_does_not_see_it(
    talk: Dialogue, web: FlaskClient
) -> None:
    reported(talk)
    taken(talk)
    path, code = invited(talk)
    assert web.post(path, data={"code": code, "form": "pdf"}).status_code == 200
    page = read_story(talk, OLGA)
    assert "Heeft de zaak meegenomen: PDF." in words(page)
    mine = press(talk, SANNE, talk.slash(SANNE, SANNE.direct, 4, dialog=True), "Bekijken")
    assert "meegenomen" not in words(mine)


@pytest.mark.parametrize("action", ["cases.export", "cases.export_code"])
def test_who_reads_along_without_handling_it_cannot_take_it_out(talk: Dialogue, action: str) -> None:
    reported(talk)
    taken(talk)
    assert "Exporteren" not in words(read_story(talk, HANS))
    with talk.bot.store.read() as transaction:
        [(case, _)] = transaction.reports.granted_to(HANS.user)  # type: ignore[arg-type]
    shown = words(talk.send(talk.wires.press(HANS, HANS.direct, action, {"case": case.id}, dialog="SUBMIT")))
    assert "https://" not in shown
    assert "Dat kan alleen wie de zaak heeft opgepakt" in shown


@pytest.mark.parametrize("action", ["cases.export", "cases.export_code"])
def test_for_everybody_else_it_is_as_if_the_case_were_not_there(talk: Dialogue, action: str) -> None:
    reported(talk)
    taken(talk)
    with talk.bot.store.read() as transaction:
        [(case, _)] = transaction.reports.granted_to(OLGA.user)  # type: ignore[arg-type]
    for who in (BEA, SANNE):
        answers = [
            talk.send(talk.wires.press(who, who.direct, action, {"case": each}, dialog="SUBMIT"))
            for each in (case.id, "0" * 32)
        ]
        assert answers[0] == answers[1]
    with talk.bot.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM exports").scalar() == 0


def test_the_same_event_twice_shows_the_same_code_and_it_works_once(talk: Dialogue, web: FlaskClient) -> None:
    reported(talk)
    page = press(talk, OLGA, taken(talk), "Exporteren")
    first = shown_in(press(talk, OLGA, page, "Maak een code"))
    assert shown_in(talk.send(talk.last_event)) == first
    path, code = first
    assert web.post(path, data={"code": code}).status_code == 200
    assert shown_in(talk.send(talk.last_event)) == first
    assert web.post(path, data={"code": code}).status_code == 403


def test_a_new_code_ends_the_one_before(talk: Dialogue, web: FlaskClient) -> None:
    reported(talk)
    taken(talk)
    old_path, old_code = invited(talk)
    talk.clock.forward(minutes=1)
    path, code = invited(talk)
    assert (path, code) != (old_path, old_code)
    assert web.post(old_path, data={"code": old_code}).status_code == 403
    assert web.post(path, data={"code": code}).status_code == 200


def test_whose_rights_ended_after_the_code_was_made_gets_nothing(talk: Dialogue, web: FlaskClient) -> None:
    reported(talk)
    taken(talk)
    path, code = invited(talk)
    sure = press(talk, OLGA, read_story(talk, OLGA), "Ik ben hierbij betrokken")
    press(talk, OLGA, sure, "Ja, ik ben betrokken")
    refused = web.post(path, data={"code": code})
    wrong = web.post("/export/" + "0" * 32, data={"code": code})
    assert (refused.status_code, refused.data) == (wrong.status_code, wrong.data) == (403, wrong.data)
    assert "Exporteren" not in words(talk.send(talk.last_event))


def test_who_handed_it_over_cannot_take_it_out_any_more(talk: Dialogue, web: FlaskClient) -> None:
    reported(talk)
    taken(talk)
    path, code = invited(talk)
    page = press(talk, OLGA, read_story(talk, OLGA), "Overdragen")
    press(talk, OLGA, page, "Aanbieden", to=HANS.email)
    press(talk, HANS, read_story(talk, HANS), "Ik neem dit over")
    assert web.post(path, data={"code": code}).status_code == 403
    path, code = invited(talk, HANS)
    assert web.post(path, data={"code": code}).status_code == 200


def test_a_closed_case_can_be_taken_out_by_who_handled_it(talk: Dialogue, web: FlaskClient) -> None:
    reported(talk, topic="Iets anders, of ik weet het niet", by_staff="nee", sexual="nee")
    press(talk, OLGA, press(talk, OLGA, taken(talk), "Afsluiten"), "Afsluiten", reason="afgerond")
    path, code = invited(talk)
    got = web.post(path, data={"code": code, "form": "json"}).get_json()
    assert got["case"]["closed"] is True


def test_of_a_sealed_reporter_nothing_leaves_but_the_day(talk: Dialogue, web: FlaskClient) -> None:
    reported(talk, identity="zonder_naam")
    taken(talk)
    path, code = invited(talk)
    got = web.post(path, data={"code": code, "form": "json"})
    assert got.get_json()["case"]["received"] == "2026-11-24"
    for told in (SANNE.name, SANNE.user, SANNE.email):
        assert told not in got.get_data(as_text=True)


def test_who_must_not_read_it_stands_in_no_export(talk: Dialogue, web: FlaskClient) -> None:
    reported(talk, about=(BEA,))  # type: ignore[arg-type]
    taken(talk)
    path, code = invited(talk)
    got = web.post(path, data={"code": code, "form": "json"}).get_data(as_text=True)
    assert BEA.email not in got
    assert BEA.name not in got


def test_where_the_bot_does_not_know_its_own_address_it_says_what_to_do() -> None:
    talk = start(CHAT_AUDIENCE="123456789012")
    reported(talk)
    page = press(talk, OLGA, taken(talk), "Exporteren")
    assert "CHAT_PUBLIC_URL" in words(page)
    with pytest.raises(AssertionError, match="no button"):
        button(page, "Maak een code")
