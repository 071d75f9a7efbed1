"""The page of an export: one answer to everything that is wrong, one document to what is right, and nothing kept."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from bot.reports.exporting.codes import TRIES_AT_MOST, VALID_FOR
from bot.wiring import Bot
from handlers.app import create_app
from handlers.logs import set_up_logs
from tests.cast import OLGA
from tests.dialogue import Dialogue, start
from tests.scenarios.test_casework import reported, taken
from tests.scenarios.test_exporting import invited
from tests.scenarios.test_reporting import STORY

NOWHERE = "/export/" + "0" * 32


@dataclass
class Desk:
    """A taken case, an invitation to fetch it, and the web app."""

    talk: Dialogue
    client: FlaskClient
    path: str
    code: str

    def post(self, code: str | None = None, path: str | None = None, form: str = "json") -> TestResponse:
        return self.client.post(path or self.path, data={"code": code or self.code, "form": form})

    def at(self, later: timedelta) -> FlaskClient:
        """The same app, later by the real clock."""
        now = self.talk.bot.real_now()
        return create_app(replace(self.talk.bot, real_now=lambda: now + later)).test_client()


@pytest.fixture
def desk() -> Iterator[Desk]:
    talk = start()
    reported(talk)
    taken(talk)
    path, code = invited(talk)
    yield Desk(talk, create_app(talk.bot).test_client(), path, code)
    talk.bot.engine.dispose()


def test_the_page_is_the_same_for_every_address_and_looks_nothing_up(desk: Desk) -> None:
    known, unknown = desk.client.get(desk.path), desk.client.get("/export/whatever")
    assert (known.status_code, known.data) == (unknown.status_code, unknown.data) == (200, unknown.data)
    assert dict(known.headers) == dict(unknown.headers)
    # Somebody who only looks, or a program that follows every link, uses nothing up.
    assert desk.post().status_code == 200


def test_the_page_has_no_script_and_loads_nothing(desk: Desk) -> None:
    page = desk.client.get(desk.path)
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Referrer-Policy"] == "no-referrer"
    policy = page.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "form-action 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    text = page.get_data(as_text=True)
    assert not re.search(r"<script|\son\w+=|src=|href=|url\(|@import|style=\"", text)
    assert '<html lang="nl">' in text


def test_a_code_is_read_however_it_is_typed(desk: Desk) -> None:
    assert desk.post(f"  {desk.code.replace('-', ' ').lower()} ").status_code == 200


@pytest.mark.parametrize("code", ["", "x", "22222-22222", "é" * 10, "\x00", "9" * 1500])
def test_everything_that_is_wrong_gets_one_answer(desk: Desk, code: str) -> None:
    wrong = desk.client.post(desk.path, data={"code": code, "form": "pdf"})
    elsewhere = desk.client.post(NOWHERE, data={"code": desk.code, "form": "pdf"})
    assert (wrong.status_code, wrong.data) == (elsewhere.status_code, elsewhere.data) == (403, elsewhere.data)
    assert dict(wrong.headers) == dict(elsewhere.headers)
    assert "Maak in Google Chat een nieuwe code" in wrong.get_data(as_text=True)


def test_after_five_tries_the_right_code_is_wrong_too(desk: Desk) -> None:
    for _ in range(TRIES_AT_MOST):
        assert desk.post("22222-22222").status_code == 403
    last = desk.post()
    assert last.status_code == 403
    assert last.data == desk.post(path=NOWHERE).data


def test_the_fifth_try_still_counts(desk: Desk) -> None:
    for _ in range(TRIES_AT_MOST - 1):
        desk.post("22222-22222")
    assert desk.post().status_code == 200


def test_after_five_minutes_by_the_real_clock_it_is_too_late(desk: Desk) -> None:
    too_late = desk.at(VALID_FOR + timedelta(seconds=1)).post(desk.path, data={"code": desk.code})
    assert too_late.status_code == 403
    assert too_late.data == desk.post(path=NOWHERE).data
    assert desk.at(VALID_FOR - timedelta(seconds=5)).post(desk.path, data={"code": desk.code}).status_code == 200


def test_a_used_code_is_wrong(desk: Desk) -> None:
    assert desk.post().status_code == 200
    assert desk.post().data == desk.post(path=NOWHERE).data


def test_the_code_of_one_export_opens_no_other(desk: Desk) -> None:
    old = desk.path, desk.code
    desk.talk.clock.forward(minutes=1)
    path, code = invited(desk.talk)
    assert desk.post(old[1], path).status_code == 403
    assert desk.post(code, path).status_code == 200


@pytest.mark.parametrize(("form", "kind"), [("pdf", "application/pdf"), ("json", "application/json; charset=utf-8")])
def test_the_document_is_a_download_that_nobody_keeps_and_whose_name_says_only_the_code(
    desk: Desk, form: str, kind: str
) -> None:
    got = desk.post(form=form)
    assert got.status_code == 200
    assert got.headers["Content-Type"] == kind
    assert got.headers["Cache-Control"] == "no-store"
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert re.fullmatch(
        rf'attachment; filename="[2-9A-Z]{{4}}-[2-9A-Z]{{4}}\.{form}"', got.headers["Content-Disposition"]
    )
    assert got.data.startswith(b"%PDF-" if form == "pdf" else b"{")


@pytest.mark.parametrize("form", ["", "exe", "../x", "PDF"])
def test_without_a_choice_that_exists_it_is_paper(desk: Desk, form: str) -> None:
    assert desk.post(form=form).headers["Content-Type"] == "application/pdf"


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/x-www-form-urlencoded", b"code=" + b"A" * 100_000),
        ("application/json", b'{"code": "x"}'),
        ("multipart/form-data; boundary=x", b"--x\r\nbroken"),
        ("multipart/form-data", b""),
        ("", b"\xff\xfe"),
    ],
)
def test_a_form_that_is_none_gets_the_same_answer(desk: Desk, content_type: str, body: bytes) -> None:
    got = desk.client.post(desk.path, data=body, content_type=content_type)
    assert (got.status_code, got.data) == (403, desk.post(path=NOWHERE).data)


def test_when_the_pages_cannot_be_made_a_person_gets_a_number_and_the_history_says_it_was_taken(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> bytes:
        raise ValueError(STORY)

    monkeypatch.setattr("handlers.endpoints.export.case_pdf", broken)
    got = desk.post(form="pdf")
    assert got.status_code == 500
    assert re.search(r"dit nummer aan de beheerder: [0-9A-F]{6}", got.get_data(as_text=True))
    assert "zwartbessenjam" not in got.get_data(as_text=True) + capsys.readouterr().out
    assert steps(desk)[-1] == "exported"


def test_when_the_database_fails_nothing_of_it_is_told(desk: Desk) -> None:
    with desk.talk.bot.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE exports RENAME TO elsewhere")
    got = desk.post()
    assert got.status_code == 500
    assert "exports" not in got.get_data(as_text=True)


def test_a_code_that_was_wrong_leaves_no_step_in_the_history(desk: Desk) -> None:
    desk.post("22222-22222")
    assert "exported" not in steps(desk)


def steps(desk: Desk) -> list[str]:
    with desk.talk.bot.store.read() as transaction:
        [(case, _)] = transaction.reports.granted_to(OLGA.user)  # type: ignore[arg-type]
        known = desk.talk.bot.histories.load(case, transaction.histories)
    return [entry.step.value for entry in known.entries]


def test_neither_log_nor_database_holds_address_code_or_words(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs("DEBUG")
    desk.post("22222-22222")
    assert desk.post(form="pdf").status_code == 200
    logged = [json.loads(line) for line in capsys.readouterr().out.splitlines() if line.startswith("{")]
    assert [(line["event"], line.get("form")) for line in logged] == [("export.refused", None), ("export.given", "pdf")]
    with desk.talk.bot.engine.connect() as connection:
        kept = str(connection.exec_driver_sql("SELECT * FROM exports").fetchall())
    for told in (desk.path.rpartition("/")[2], desk.code, desk.code.replace("-", ""), "zwartbessenjam"):
        assert told not in kept
        assert told not in str(logged)


def test_the_timer_removes_what_has_expired(desk: Desk) -> None:
    def rows(bot: Bot, later: timedelta) -> int:
        now: datetime = bot.real_now() + later
        with bot.store.write() as transaction:
            return transaction.exports.purge(now)

    desk.talk.minute()
    assert rows(desk.talk.bot, timedelta()) == 0
    assert rows(desk.talk.bot, VALID_FOR + timedelta(seconds=1)) == 1
