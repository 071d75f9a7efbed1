"""`python -m simulator` serves alone, beside a bot that somebody else started."""

import json
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import requests

from simulator import seed

ROOT = Path(__file__).parents[2]


def simulator(*arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "simulator", "--app", "http://127.0.0.1:9/chat/events", *arguments]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_it_serves_until_it_is_told_to_stop(tmp_path: Path) -> None:
    key_file = tmp_path / "key.json"
    with simulator("--dialect", "addon", "--service-account", str(key_file)) as process:
        assert process.stdout is not None
        found = re.fullmatch(r"Open (http://127\.0\.0\.1:\d+) in je browser\n", process.stdout.readline())
        assert found
        view = requests.get(f"{found[1]}/_sim/view", params={"as": "users/101"}, timeout=5).json()
        assert view["dialect"] == "addon"
        assert json.loads(key_file.read_text(encoding="utf-8"))["token_uri"] == f"{found[1]}/token"
        assert key_file.stat().st_mode & 0o777 == 0o600
        process.send_signal(signal.SIGTERM)
        rest, errors = process.communicate(timeout=10)
    assert (process.returncode, rest, errors) == (0, "", "")


def test_a_taken_port_is_said_in_one_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, simulator("--port", str(taken.getsockname()[1])) as process:
        _said, errors = process.communicate(timeout=10)
    assert (process.returncode, len(errors.splitlines())) == (1, 1)
    assert "another --port" in errors


def recording(folder: Path, step: str) -> str:
    path = folder / "recording.toml"
    path.write_text(f"{seed.SEED.read_text(encoding='utf-8')}\n[[steps]]\n{step}\n", encoding="utf-8")
    return str(path)


def test_a_recording_is_played_and_then_it_serves_on(tmp_path: Path) -> None:
    step = 'do = "type"\nas = "users/101"\nspace = "spaces/KLAS3B"\ntext = "goedemorgen"'
    with simulator("--seed", recording(tmp_path, step), "--play") as process:
        assert process.stdout is not None
        address = process.stdout.readline().split()[1]
        assert process.stdout.readline() == "1 steps were done.\n"
        asked = {"as": "users/102", "space": "spaces/KLAS3B"}
        [message] = requests.get(f"{address}/_sim/messages", params=asked, timeout=5).json()
        assert message["text"] == "goedemorgen"
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=10)
    assert process.returncode == 0


def test_a_step_that_cannot_be_played_is_named(tmp_path: Path) -> None:
    with simulator("--seed", recording(tmp_path, 'do = "cancel"\nas = "users/101"'), "--play") as process:
        _said, errors = process.communicate(timeout=10)
    assert process.returncode == 1
    assert errors == "Step 1 of 1: The dialog of this step is not open.\n"
