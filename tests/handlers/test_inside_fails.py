"""When something inside breaks a person gets a sentence with a number, and nothing of what they typed goes anywhere."""

import json
from collections.abc import Mapping

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from bot.school.spaces import Dialect
from handlers import dispatch
from handlers.turn import Turn
from tests.cast import KLAS_3B, SANNE
from tests.dialogue import is_private_to, start, words

SECRET = "zwartbessenjam"


def breaks(turn: Turn, event: object) -> object:
    raise RuntimeError(f"this holds {SECRET}")


@pytest.fixture(params=list(Dialect))
def answers(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Mapping[str, object]:
    talk = start(dialect=request.param)
    monkeypatch.setattr(dispatch, "COMMANDS", {1: breaks, 3: breaks})
    monkeypatch.setattr(dispatch, "BUTTONS", {"report.send": breaks})
    with capture_logs() as logs:
        command = talk.slash(SANNE, KLAS_3B, 1, SECRET)
        opened = talk.slash(SANNE, KLAS_3B, 3, dialog=True)
        sent = talk.send(talk.wires.press(SANNE, KLAS_3B, "report.send", {}, {"story": [SECRET]}, dialog="SUBMIT"))
    return {"command": command, "dialog": opened, "submit": sent, "logs": logs}


@pytest.mark.parametrize("shown", ["command", "dialog", "submit"])
def test_the_sentence_has_a_number_and_says_where_to_find_help(answers: Mapping[str, object], shown: str) -> None:
    said = words(answers[shown])
    assert "Er ging iets mis" in said
    assert "/hulp" in said
    # What somebody told stays in their own text field, so that it is not lost; nowhere else is it shown.
    assert str(answers[shown]).count(SECRET) == (1 if shown == "submit" else 0)
    assert SECRET not in said


def test_in_a_group_only_who_asked_sees_it(answers: Mapping[str, object]) -> None:
    command = answers["command"]
    assert isinstance(command, dict)
    assert is_private_to(command, SANNE)


def test_the_log_says_where_it_broke_and_nothing_of_the_input_or_the_person(answers: Mapping[str, object]) -> None:
    logs = answers["logs"]
    assert isinstance(logs, list)
    incidents = [line for line in logs if line["event"] == "incident"]
    assert len(incidents) == 3
    assert all(line["kind"] == "RuntimeError" and line["at"] for line in incidents)
    told = json.dumps(logs, default=str)
    assert SECRET not in told
    assert SANNE.user not in told
    assert SANNE.email not in told


def test_the_log_names_our_own_line_also_when_a_library_broke_deep_inside() -> None:
    talk = start()
    with talk.bot.engine.begin() as connection:
        connection.execute(text("DROP TABLE people"))
    with capture_logs() as logs:
        talk.says(SANNE, SANNE.direct, SECRET)
    [incident] = logs
    assert incident["kind"] == "OperationalError"
    assert any(place.startswith("recognising.py:") for place in incident["at"])
    assert len(incident["at"]) <= 6


def test_a_whole_report_leaves_no_user_space_or_word_in_the_log() -> None:
    from tests.scenarios.test_reporting import send, tell  # noqa: PLC0415 - the story of another file

    talk = start()
    with capture_logs() as logs:
        send(talk, tell(talk, story=SECRET, identity="zonder_naam"))
        talk.minute(minutes=61)
    told = json.dumps(logs, default=str)
    assert logs
    for secret in (SECRET, SANNE.user, SANNE.email, SANNE.name, KLAS_3B.name, "melden"):
        assert secret not in told
