"""app.yaml and cron.yaml load with Google's own parsers, in an environment of their own that CI makes.

The package conflicts with ours (urllib3), so it cannot be a dependency. `REQUIRE_GOOGLE_PARSERS=1` makes the
environment once, in `var/`; without it, and where it is not there, the test is skipped.
"""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
WANTED = Path(__file__).with_name("google_parsers.txt")
PLACE = ROOT / "var" / "google-parsers"
MADE = PLACE / "made.txt"
HOW = "Google's parsers are not here; make their environment with: REQUIRE_GOOGLE_PARSERS=1 make test"

READ = """
import json, sys
from pathlib import Path
from google.appengine.api import appinfo, croninfo

app = appinfo.LoadSingleAppInfo(Path(sys.argv[1]).read_text())
cron = croninfo.LoadSingleCron(Path(sys.argv[2]).read_text())
print(json.dumps({
    "runtime": app.runtime,
    "entrypoint": app.entrypoint,
    "variables": dict(app.env_variables),
    "inbound": list(app.inbound_services),
    "most": app.automatic_scaling.max_instances,
    "cron": {job.url: job.schedule for job in cron.cron},
}))
"""


@pytest.fixture(scope="module")
def parsers() -> Path:
    """The python that has them."""
    python = PLACE / "bin" / "python"
    if MADE.exists() and MADE.read_text(encoding="utf-8") == WANTED.read_text(encoding="utf-8"):
        return python
    if not os.environ.get("REQUIRE_GOOGLE_PARSERS"):
        pytest.skip(reason=HOW)
    PLACE.parent.mkdir(exist_ok=True)
    subprocess.run([sys.executable, "-m", "venv", "--clear", str(PLACE)], check=True)
    subprocess.run([python, "-m", "pip", "install", "--quiet", "--no-deps", "-r", str(WANTED)], check=True)
    MADE.write_text(WANTED.read_text(encoding="utf-8"), encoding="utf-8")
    return python


def read(python: Path, app: Path, cron: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([python, "-c", READ, str(app), str(cron)], capture_output=True, text=True, check=False)


def test_both_files_load_and_say_what_we_mean(parsers: Path) -> None:
    done = read(parsers, ROOT / "app.yaml", ROOT / "deploy" / "cron.yaml")
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    assert found["runtime"] == "python313"
    assert found["entrypoint"].endswith("handlers.wsgi:app")
    assert "DATABASE_URL" in found["variables"]
    assert found["inbound"] == ["warmup"]
    assert found["most"] >= 1
    assert set(found["cron"]) == {"/jobs/minute", "/jobs/send", "/jobs/hour"}


def test_each_schedule_is_of_the_form_every_so_many_minutes() -> None:
    # Google's package leaves out the grammar of schedules: its parser lets any text through.
    lines = (ROOT / "deploy" / "cron.yaml").read_text(encoding="utf-8").splitlines()
    schedules = [line.split(":", 1)[1].strip() for line in lines if line.strip().startswith("schedule:")]
    assert schedules
    assert all(re.fullmatch(r"every [1-9]\d? minutes", schedule) for schedule in schedules)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("app.yaml", "max_instances: 4", "max_instances: many"),
        ("app.yaml", "inbound_services:", "inbound_service:"),
        ("deploy/cron.yaml", "job_retry_limit", "job_retries"),
    ],
)
def test_a_mistake_in_them_is_refused(parsers: Path, tmp_path: Path, name: str, old: str, new: str) -> None:
    spoilt = tmp_path / "spoilt.yaml"
    before = (ROOT / name).read_text(encoding="utf-8")
    assert old in before
    spoilt.write_text(before.replace(old, new), encoding="utf-8")
    app = spoilt if name == "app.yaml" else ROOT / "app.yaml"
    cron = spoilt if name == "deploy/cron.yaml" else ROOT / "deploy" / "cron.yaml"
    assert read(parsers, app, cron).returncode != 0
