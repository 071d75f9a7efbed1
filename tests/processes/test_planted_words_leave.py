"""What leaves the bot by mail, as a backup, as an overview or as an export holds nothing of a story but the export."""

import gzip
import re
import subprocess
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from simulator.demo.bot_process import command
from tests.fakes.mail_server import HOST, PASSWORD, USER, Mailroom, certificate_for, mail_server
from tests.processes.school import OLGA, ROOT, School, school
from tests.processes.test_planted_words import STORY, STORY_WORDS, found_in, found_in_files


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Mailroom]:
    certificate = certificate_for(HOST, tmp_path)
    with mail_server(Mailroom(), starttls=certificate.server) as running:
        yield running


def test_the_words_of_a_report_leave_in_an_export_and_in_nothing_else(tmp_path: Path, room: Mailroom) -> None:
    folder = tmp_path / "bot"
    by_mail = {
        "SMTP_URL": f"smtp://{USER}:{PASSWORD}@{HOST}:{room.port}",
        "SMTP_FROM": "protocolbot@rgo.example",
        "SSL_CERT_FILE": str(tmp_path / f"{HOST}.pem"),
    }
    with school(folder, besides=by_mail) as here:
        here.send(here.review(STORY, topic="Iemand bedreigt mij of een ander"))
        [opened] = here.read(OLGA)
        assert opened.dialog is not None
        here.sweep()
        assert room.mails
        assert found_in(b"".join(room.mails)) == []
        assert found_in(exported(here)) == list(STORY_WORDS)
        overview = run(here, "reports", "overview", "--year", "2026", "--json")
        assert found_in(overview) == []
        kept = tmp_path / "kept"
        run(here, "backup", "write", "--data", str(kept / "data"), "--keys", str(kept / "keys"))
        [packed] = kept.rglob("*.gz")
        unpacked = gzip.decompress(packed.read_bytes())
        assert b"reports" in unpacked
        assert found_in(unpacked) == []
        assert found_in_files(kept) == {}
        # With the write-ahead log of the export, and the log of the process that made the pages.
        assert found_in_files(folder) == {}
    assert found_in_files(folder) == {}
    assert PASSWORD not in (folder / "bot.log").read_text(encoding="utf-8")


def exported(here: School) -> bytes:
    """The case as JSON, fetched as its handler would."""
    chat, space = here.running.chat, "spaces/DM301"
    page = chat.press(OLGA, "Openen", dialog=chat.type(OLGA, space, "/zaken").dialog)
    for label in ("Lees verhaal", "Ik pak dit op", "Exporteren", "Maak een code"):
        page = chat.press(OLGA, label, dialog=page.dialog)
        assert page.dialog is not None
    card = str(page.dialog and page.dialog.card)
    address = re.search(r"http://127\.0\.0\.1:\d+/export/[0-9a-f]+", card)
    code = re.search(r"\b[2-9A-Z]{5}-[2-9A-Z]{5}\b", card)
    assert address
    assert code
    form = urllib.parse.urlencode({"code": code[0], "form": "json"}).encode()
    with urllib.request.urlopen(address[0], data=form, timeout=10) as answer:  # noqa: S310 - our own bot on loopback
        body: bytes = answer.read()
    return body


def run(here: School, *arguments: str) -> bytes:
    """A verb of the command line; what it says."""
    verb = [command("protocolbot"), *arguments]
    done = subprocess.run(verb, env=here.environ, cwd=ROOT, capture_output=True, check=True, timeout=60)
    return done.stdout + done.stderr
