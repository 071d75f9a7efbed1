"""Only the timer runs jobs: on App Engine by its own header, elsewhere by a signed token."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from bot.storage.engine import open_engine
from handlers import job_runner
from handlers.app import create_app
from simulator import seed
from simulator.google.signing import Wrong
from simulator.server import Running, start
from tests.dialogue import Dialogue
from tests.dialogue import start as start_dialogue

AUDIENCE, CALLER = "https://bot.example/jobs", "timer@demo.iam.gserviceaccount.com"


@pytest.fixture(scope="module")
def google() -> Iterator[Running]:
    running = start(seed.load())
    yield running
    running.stop()


@pytest.fixture
def talk(google: Running) -> Iterator[Dialogue]:
    talking = start_dialogue(CHAT_CERTS_URL=f"{google.address}/certs", JOBS_AUDIENCE=AUDIENCE, JOBS_CALLER=CALLER)
    yield talking
    talking.bot.engine.dispose()


def client(talk: Dialogue, *, on_app_engine: bool = False) -> FlaskClient:
    settings = replace(talk.bot.settings, on_app_engine=on_app_engine)
    return create_app(replace(talk.bot, settings=settings)).test_client()


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_timer_with_the_right_token_runs_a_job(talk: Dialogue, google: Running, method: str) -> None:
    token = google.chat.signer.identity_token(AUDIENCE, CALLER)
    answer = client(talk).open("/jobs/minute", method=method, headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 200
    assert answer.get_json()["delivered"] == 0


@pytest.mark.parametrize("wrong", [Wrong.EXPIRED, Wrong.AUDIENCE, Wrong.IDENTITY, Wrong.FOREIGN_KEY, Wrong.UNSIGNED])
def test_a_spoilt_token_runs_nothing(talk: Dialogue, google: Running, wrong: Wrong) -> None:
    token = google.chat.signer.identity_token(AUDIENCE, CALLER, wrong)
    answer = client(talk).get("/jobs/minute", headers={"Authorization": f"Bearer {token}"})
    assert (answer.status_code, answer.data) == (401, b"")


def test_the_token_of_somebody_else_runs_nothing(talk: Dialogue, google: Running) -> None:
    token = google.chat.signer.identity_token(AUDIENCE, "somebody@demo.iam.gserviceaccount.com")
    assert client(talk).get("/jobs/minute", headers={"Authorization": f"Bearer {token}"}).status_code == 401


def test_on_app_engine_the_timers_own_header_counts_and_a_token_does_not(talk: Dialogue, google: Running) -> None:
    there = client(talk, on_app_engine=True)
    token = google.chat.signer.identity_token(AUDIENCE, CALLER)
    assert there.get("/jobs/minute", headers={"X-Appengine-Cron": "true"}).status_code == 200
    assert there.get("/jobs/minute", headers={"Authorization": f"Bearer {token}"}).status_code == 401
    assert there.get("/jobs/minute", headers={"X-Appengine-Cron": "1"}).status_code == 401


def test_a_name_that_is_no_job_is_not_found(talk: Dialogue) -> None:
    assert client(talk, on_app_engine=True).get("/jobs/x", headers={"X-Appengine-Cron": "true"}).status_code == 404
    with pytest.raises(LookupError, match="minute"):
        job_runner.run(talk.bot, "x")


def test_a_job_that_breaks_shows_as_an_error_with_a_number_only(
    talk: Dialogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(_: object) -> dict[str, int]:
        raise RuntimeError("secret words")

    monkeypatch.setattr(job_runner, "JOBS", {"minute": breaks})
    answer = client(talk, on_app_engine=True).get("/jobs/minute", headers={"X-Appengine-Cron": "true"})
    assert answer.status_code == 500
    assert set(answer.get_json()) == {"incident"}


def test_a_database_that_is_behind_is_not_ready(talk: Dialogue) -> None:
    assert client(talk).get("/ready").status_code == 200
    from sqlalchemy import text  # noqa: PLC0415 - only this test looks under the floor

    with talk.bot.engine.begin() as connection:
        connection.execute(text("DELETE FROM alembic_version"))
    answer = client(talk).get("/ready")
    assert answer.status_code == 503
    assert answer.get_json()["database"] is False
    assert client(talk).get("/health").status_code == 200


def test_a_database_that_cannot_be_reached_is_not_ready_and_its_address_is_not_told(
    talk: Dialogue, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gone = open_engine(f"sqlite:///{tmp_path / 'geheim.db'}")
    (tmp_path / "geheim.db").mkdir()
    answer = create_app(replace(talk.bot, engine=gone)).test_client().get("/ready")
    gone.dispose()
    assert answer.status_code == 503
    assert answer.get_json() == {"ready": False, "database": False, "keys": True, "protocol": True}
    shown = capsys.readouterr()
    assert "database.unreachable" in shown.out
    assert "geheim" not in shown.out + shown.err
