"""What deploy/ says is what the software is: the table of commands, the units of systemd, the scripts of a release."""

import os
import re
import shutil
import stat
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from handlers.dispatch import COMMANDS
from handlers.job_runner import JOBS

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"
UNITS = sorted(path for path in (DEPLOY / "systemd").iterdir() if path.suffix in {".service", ".timer"})
ROW = re.compile(r"^\| (\d+) \| `?([^|`]+?)`? \| (slash|quick) \| (yes)? ?\| (.+) \|$", re.MULTILINE)


def test_the_table_of_commands_is_that_of_the_code_and_of_the_local_google_chat() -> None:
    table = ROW.findall((DEPLOY / "chat-app.md").read_text(encoding="utf-8"))
    assert {int(row[0]) for row in table} == set(COMMANDS)
    seed = tomllib.loads((ROOT / "simulator" / "seed.toml").read_text(encoding="utf-8"))["commands"]
    known = {
        (
            str(each["id"]),
            each["name"],
            "quick" if each.get("quick") else "slash",
            "yes" if each.get("opens_dialog") else "",
            each["description"],
        )
        for each in seed
    }
    assert set(table) == known


def test_every_job_of_the_timer_has_a_unit_and_every_unit_a_job() -> None:
    asked = set(re.findall(r"/jobs/(\w+)", (DEPLOY / "cron.yaml").read_text(encoding="utf-8")))
    timers = {path.stem.removeprefix("protocolbot-") for path in UNITS if path.suffix == ".timer"}
    assert timers == asked
    assert asked <= set(JOBS)
    for name in timers:
        service = (DEPLOY / "systemd" / f"protocolbot-{name}.service").read_text(encoding="utf-8")
        assert f"/protocolbot jobs run {name}\n" in service


def test_one_machine_serves_with_the_same_command_as_app_engine() -> None:
    entry = re.search(r"^entrypoint: gunicorn -b :\$PORT (.+)$", (ROOT / "app.yaml").read_text(), re.MULTILINE)
    assert entry is not None
    service = (DEPLOY / "systemd" / "protocolbot.service").read_text(encoding="utf-8")
    assert f"/gunicorn -b 127.0.0.1:8080 {entry[1]}\n" in service


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not on this machine")
def test_systemd_takes_the_units(tmp_path: Path) -> None:
    for path in UNITS:
        text = path.read_text(encoding="utf-8").replace("/opt/protocolbot/.venv/bin", str(Path(sys.executable).parent))
        (tmp_path / path.name).write_text(text, encoding="utf-8")
    units = [str(tmp_path / path.name) for path in UNITS]
    done = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False)
    complaints = [line for line in done.stderr.splitlines() if "protocolbot" in line]
    assert complaints == []


def stand_ins(folder: Path, *, ready: bool) -> Path:
    """Commands gcloud and curl that only write down what they were asked; returns where."""
    told = folder / "told.txt"
    scripts = {
        "gcloud": f'echo "gcloud $*" >> {told}; case "$*" in *defaultHostname*) echo school.example;; esac',
        "curl": f'echo "curl ${{@: -1}}" >> {told}; exit {0 if ready else 22}',
    }
    for name, text in scripts.items():
        path = folder / name
        path.write_text(f"#!/usr/bin/env bash\n{text}\n", encoding="utf-8")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return told


def release(folder: Path, answers: str) -> subprocess.CompletedProcess[str]:
    # The script takes the program from the folder that it stands in.
    place = folder / "checkout"
    shutil.copytree(DEPLOY, place / "deploy", ignore=shutil.ignore_patterns("pictures"))
    file = (ROOT / "school.toml").read_text(encoding="utf-8").replace("demo = true\n", "")
    (place / "school.toml").write_text(file, encoding="utf-8")
    binaries = place / ".venv" / "bin"
    binaries.mkdir(parents=True)
    (binaries / "protocolbot").symlink_to(Path(sys.executable).with_name("protocolbot"))
    environ = os.environ | {"PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"}
    environ["DATABASE_URL"] = f"sqlite:///{folder / 'bot.db'}"
    command = [str(place / "deploy" / "app-engine" / "release.sh"), "our-project", "v2"]
    return subprocess.run(command, input=answers, env=environ, capture_output=True, text=True, check=False)


def test_a_release_migrates_uploads_without_traffic_asks_ready_and_only_then_promotes(tmp_path: Path) -> None:
    told = stand_ins(tmp_path, ready=True)
    done = release(tmp_path, "y\ny\ny\n")
    assert done.returncode == 0, done.stderr
    assert "De database is bij" in done.stdout
    said = told.read_text(encoding="utf-8").splitlines()
    assert [line.split("--project")[0].strip() for line in said] == [
        "gcloud app deploy app.yaml",
        "gcloud app describe",
        "curl https://v2-dot-school.example/ready",
        "gcloud app services set-traffic default",
        "gcloud app deploy deploy/cron.yaml",
    ]
    assert "--no-promote" in said[0]
    assert "--splits=v2=1" in said[3]


def test_a_version_that_is_not_ready_gets_no_traffic(tmp_path: Path) -> None:
    told = stand_ins(tmp_path, ready=False)
    assert release(tmp_path, "y\ny\ny\n").returncode != 0
    assert "set-traffic" not in told.read_text(encoding="utf-8")


@pytest.mark.parametrize("answers", ["n\n", "y\nn\n", "y\ny\nn\n"])
def test_no_means_no(tmp_path: Path, answers: str) -> None:
    told = stand_ins(tmp_path, ready=True)
    done = release(tmp_path, answers)
    assert done.returncode == 1
    assert not told.exists() or "set-traffic" not in told.read_text(encoding="utf-8")


@pytest.mark.parametrize("script", sorted((DEPLOY / "app-engine").glob("*.sh")), ids=lambda path: path.name)
def test_a_script_without_its_words_says_which(script: Path) -> None:
    done = subprocess.run([str(script)], capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "name the Google Cloud project first" in done.stderr
