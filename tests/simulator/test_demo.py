"""`make demo` starts bot and simulator together, says one address, and stops both when asked."""

import base64
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

from simulator.demo.environment import bot_environ, fresh_directory, write_service_account
from simulator.records import ChatApp

ROOT = Path(__file__).parents[2]
APP = ChatApp("http://127.0.0.1:8080/chat/events")


@contextmanager
def demo(folder: Path, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """The demo as its own process, which is gone afterwards."""
    command = [sys.executable, "-m", "simulator.demo", "--folder", str(folder), *arguments]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait(30)


@pytest.mark.parametrize("dialect", ["classic", "addon"])
def test_a_stranger_gets_an_address_and_a_bot_that_answers(tmp_path: Path, dialect: str) -> None:
    with demo(tmp_path / "demo", "--dialect", dialect) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        found = re.fullmatch(r"Open (http://127\.0\.0\.1:\d+) in je browser\n", line)
        assert found, process.stderr.read() if process.stderr else ""
        control = f"{found[1]}/_sim"
        view = requests.get(f"{control}/view", params={"as": "users/101"}, timeout=10).json()
        assert (view["dialect"], len(view["spaces"])) == (dialect, 2)
        said = {"as": "users/101", "space": "spaces/DM101", "text": "/hulp"}
        outcome = requests.post(f"{control}/type", json=said, timeout=30).json()
        assert (outcome["ok"], len(outcome["messages"])) == (True, 2)
        assert requests.post(f"{control}/jobs/minute", json={}, timeout=60).json()["exit"] == 0
        log = requests.get(f"{control}/log", params={"since": 0}, timeout=10).json()
        assert [entry for entry in log if entry["kind"] == "fault" or entry["status"] != 200] == []
        process.send_signal(signal.SIGINT)
        rest, errors = process.communicate(timeout=30)
    assert (process.returncode, rest, errors) == (0, "", "")
    assert "Shutting down" in (tmp_path / "demo" / "bot.log").read_text(encoding="utf-8")


def test_a_taken_port_is_said_in_one_friendly_line(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with demo(tmp_path / "demo", "--port", str(taken.getsockname()[1])) as process:
            _said, errors = process.communicate(timeout=30)
    assert process.returncode == 1
    assert len(errors.splitlines()) == 1
    assert "is niet vrij" in errors


def test_somebody_elses_folder_is_never_emptied(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("bewaar mij", encoding="utf-8")
    with demo(tmp_path) as process:
        _said, errors = process.communicate(timeout=30)
    assert (process.returncode, len(errors.splitlines())) == (1, 1)
    assert (tmp_path / "mine.txt").exists()


def test_the_demos_folder_is_empty_each_time_and_for_its_owner_only(tmp_path: Path) -> None:
    folder = fresh_directory(tmp_path / "demo")
    secret = write_service_account(folder, {"private_key": "x"})
    assert (folder.stat().st_mode & 0o777, secret.stat().st_mode & 0o777) == (0o700, 0o600)
    assert not (fresh_directory(tmp_path / "demo") / secret.name).exists()


def test_the_bot_gets_fresh_keys_and_no_address_of_google(tmp_path: Path) -> None:
    around = {
        "PATH": os.environ["PATH"],
        "CHAT_AUDIENCE": "https://real.example",
        "GAE_ENV": "standard",
        "SMTP_URL": "x",
    }
    first, second = (bot_environ(tmp_path, "http://127.0.0.1:9", APP, tmp_path / "key.json", around) for _time in "ab")
    assert first["CHAT_AUDIENCE"] == APP.endpoint
    assert first["PATH"] == around["PATH"]
    assert not {"GAE_ENV", "SMTP_URL"} & set(first)
    identity, _, key = first["REPORT_KEYS"].partition(":")
    assert (identity, len(base64.b64decode(key))) == ("k1", 32)
    assert first["REPORT_KEYS"] != second["REPORT_KEYS"]
    for name in ("CHAT_CERTS_URL", "CHAT_API_ENDPOINT", "CLOCK_URL"):
        assert first[name].startswith("http://127.0.0.1:9")
