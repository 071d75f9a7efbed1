"""Where the world comes in: every route is guarded or known to be open, and what is deployed is what is tested."""

import ast
import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from bot.settings import VARIABLES
from handlers.app import create_app
from handlers.job_runner import JOBS
from tests.dialogue import environment, start
from tests.fakes.google_server import google_server

ROOT = Path(__file__).parents[2]
PRIVATE = ("sqlite", "postgres", "secret", "users/", "spaces/", "rgo", "@", "version", "error", "traceback")

OPEN_ROUTES = {
    "/health": "says only that the process lives",
    "/ready": "says only whether database, keys and protocol are there",
    "/_ah/warmup": "App Engine calls it before the first request; answers as /ready does",
}
"""Routes that anybody may call, each with its reason; everything else answers 401 with an empty body."""

FORM_ROUTE = "/export/<address>"
"""A form for people, who prove with a code that they may: tests/handlers/test_export.py. Alike for every address."""


@pytest.fixture(scope="module")
def app() -> Iterator[Flask]:
    talk = start(everybody=())
    yield create_app(talk.bot)
    talk.bot.engine.dispose()


def routes(app: Flask) -> list[tuple[str, str]]:
    return sorted(
        (method, rule.rule)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    )


def test_every_route_is_closed_to_strangers_or_stands_on_the_short_list(app: Flask) -> None:
    client = app.test_client()
    guarded = [(method, rule) for method, rule in routes(app) if rule not in {*OPEN_ROUTES, FORM_ROUTE}]
    assert {rule for _, rule in guarded} == {"/chat/events", "/jobs/<name>"}
    for method, rule in guarded:
        for name in (*JOBS, "no-such-job"):
            answer = client.open(rule.replace("<name>", name), method=method, json={"type": "MESSAGE"})
            assert (answer.status_code, answer.data) == (401, b""), f"{method} {rule}"


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer x", "Bearer a.b.c", "Basic dXNlcjp4", "bearer " + "x" * 5000])
@pytest.mark.parametrize(
    ("method", "path"), [("POST", "/chat/events"), ("GET", "/jobs/minute"), ("POST", "/jobs/send")]
)
def test_a_header_that_is_no_proof_opens_nothing(app: Flask, method: str, path: str, header: str) -> None:
    answer = app.test_client().open(path, method=method, headers={"Authorization": header, "X-Appengine-Cron": "true"})
    assert (answer.status_code, answer.data) == (401, b"")


@pytest.mark.parametrize("path", sorted(OPEN_ROUTES))
def test_an_open_route_only_reads_and_says_nothing_but_yes_and_no(app: Flask, path: str) -> None:
    assert [method for method, rule in routes(app) if rule == path] == ["GET"]
    answer = app.test_client().get(path)
    assert answer.status_code == 200
    assert all(isinstance(value, bool) for value in answer.get_json().values())
    shown = f"{answer.get_data(as_text=True)} {dict(answer.headers)}".lower()
    assert [word for word in PRIVATE if word in shown] == []
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_form_tells_strangers_nothing_whatever_they_send(app: Flask) -> None:
    client = app.test_client()
    assert sorted(method for method, rule in routes(app) if rule == FORM_ROUTE) == ["GET", "POST"]
    for answer in (client.get("/export/x"), client.post("/export/x"), client.post("/export/x", data={"code": "x"})):
        assert answer.status_code in {200, 403}
        page, _, rest = answer.get_data(as_text=True).partition("<style>")
        shown = f"{page} {rest.partition('</style>')[2]} {dict(answer.headers)}".lower()
        assert [word for word in PRIVATE if word in shown] == []
        assert answer.headers["Cache-Control"] == "no-store"
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", ["/", "/robots.txt", "/chat", "/jobs", "/jobs/", "/static/x", "/export", "/admin"])
def test_where_no_route_is_nothing_is_told(app: Flask, path: str) -> None:
    answer = app.test_client().get(path)
    assert answer.status_code == 404
    assert [word for word in PRIVATE if word in answer.get_data(as_text=True).lower()] == []


def test_no_route_can_be_called_with_a_method_that_nobody_meant(app: Flask) -> None:
    client = app.test_client()
    for method, path in [("GET", "/chat/events"), ("DELETE", "/jobs/minute"), ("POST", "/health"), ("PUT", "/ready")]:
        assert client.open(path, method=method).status_code == 405


def yaml_lines(name: str, pattern: str) -> list[str]:
    return re.findall(pattern, (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE)


def test_the_timer_calls_jobs_that_exist_and_among_them_the_net_under_every_report() -> None:
    called = yaml_lines("deploy/cron.yaml", r"^\s*url: (\S+)")
    assert called
    assert {path.removeprefix("/jobs/") for path in called} <= set(JOBS)
    assert "/jobs/minute" in called


def test_app_yaml_sets_only_settings_that_exist_and_keeps_every_secret_elsewhere() -> None:
    block = (ROOT / "app.yaml").read_text(encoding="utf-8").partition("env_variables:")[2]
    named = dict(re.findall(r"^  ([A-Z_]+): (.+)$", block, re.MULTILINE))
    assert named
    assert set(named) <= set(VARIABLES)
    for name in {"DATABASE_URL", "REPORT_KEYS", "SMTP_URL"} & set(named):
        assert named[name].startswith("secret://projects/"), name
    assert not {"CHAT_CERTS_URL", "CHAT_API_ENDPOINT", "CLOCK_URL"} & set(named)


def test_app_yaml_starts_the_entry_point_in_the_shape_that_the_design_asks_for() -> None:
    [entry] = yaml_lines("app.yaml", r"^entrypoint: (.+)$")
    assert entry.split()[-1] == "handlers.wsgi:app"
    for option in ("gunicorn", "-w 1", "--threads 8", "--timeout 0"):
        assert option in entry
    assert yaml_lines("app.yaml", r"^instance_class: (\S+)") == ["F2"]
    assert yaml_lines("app.yaml", r"^  max_instances: (\d+)")
    assert "- warmup" in (ROOT / "app.yaml").read_text(encoding="utf-8")


def test_the_command_line_that_is_installed_exists() -> None:
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["scripts"]
    module, _, function = scripts["protocolbot"].partition(":")
    tree = ast.parse((ROOT / (module.replace(".", "/") + ".py")).read_text(encoding="utf-8"))
    assert function in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def run_python(code: str, environ: dict[str, str]) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        cwd=ROOT,
        env=kept | environ,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_the_entry_point_that_is_deployed_starts_in_a_process_of_its_own(tmp_path: Path) -> None:
    with google_server() as google:
        account = tmp_path / "account.json"
        account.write_text(json.dumps(google.account_file()), encoding="utf-8")
        environ = environment(
            DATABASE_URL=f"sqlite:///{tmp_path}/bot.db",
            CHAT_API_ENDPOINT=google.address,
            GOOGLE_APPLICATION_CREDENTIALS=str(account),
        )
        done = run_python(
            "from handlers.wsgi import app\n"
            "client = app.test_client()\n"
            "import sys\n"
            "sys.stdout.write(' '.join(str(client.open(path, method=method).status_code) for method, path in"
            " [('GET', '/health'), ('GET', '/ready'), ('POST', '/chat/events'), ('GET', '/jobs/minute')]))",
            environ,
        )
    assert done.returncode == 0, done.stderr[-2000:]
    # Not ready: a web process never changes tables, and nobody migrated this database.
    assert done.stdout.split("\n")[-1].endswith("200 503 401 401"), done.stdout


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"REPORT_KEYS": ""}, "REPORT_KEYS is missing"),
        ({"REPORT_KEYS": "k1:geheim"}, "REPORT_KEYS: key number 1"),
        ({"DATABASE_URI": "geheim"}, "DATABASE_URI is not a setting; did you mean DATABASE_URL?"),
        ({"SCHOOL_FILE": "geheim.toml"}, "SCHOOL_FILE cannot be read"),
        ({"CHAT_API_ENDPOINT": "", "GAE_ENV": "standard"}, "SQLite is refused on App Engine"),
    ],
)
def test_a_start_that_cannot_work_ends_with_one_clear_line_and_no_traceback(changes: dict[str, str], said: str) -> None:
    done = run_python("import handlers.wsgi", environment(**changes))
    assert done.returncode == 1
    assert said in done.stderr
    assert done.stderr.startswith("Protocolbot cannot start. ")
    assert done.stderr.count("\n") == 1
    assert "geheim" not in done.stderr.replace("geheim.toml", "")


def test_to_import_any_module_but_the_entry_point_reads_no_settings_and_opens_nothing() -> None:
    names = sorted(
        path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".").removesuffix(".__init__")
        for room in ("bot", "handlers", "simulator")
        for path in (ROOT / room).rglob("*.py")
        if "migrations" not in path.parts and path.name not in {"wsgi.py", "__main__.py"}
    )
    code = (
        "import importlib, socket, os, threading\n"
        "def refuse(*args, **kwargs): raise SystemExit('a socket was opened')\n"
        # Not bind: urllib3 binds one once to see whether this machine knows IPv6.
        "socket.socket.connect = socket.socket.listen = refuse\n"
        f"for name in {names!r}: importlib.import_module(name)\n"
        "raise SystemExit(0 if threading.active_count() == 1 else 'a thread was started')"
    )
    done = run_python(code, {})
    assert done.returncode == 0, done.stderr[-2000:]
