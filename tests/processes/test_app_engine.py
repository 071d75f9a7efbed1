"""The app as App Engine starts it: the very command of app.yaml, `GAE_ENV` set, PostgreSQL behind a unix socket."""

import http.client
import json
import os
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from simulator import seed
from simulator.demo.bot_process import migrate
from simulator.demo.environment import bot_environ, free_port
from simulator.records import ChatApp, Dialect
from simulator.server import start
from tests.databases import PostgresServer
from tests.processes.school import ROOT

SECONDS = 60.0
HOST = "https://demo-project.ew.r.appspot.example"


@dataclass(frozen=True, slots=True)
class Instance:
    """One instance that serves."""

    process: subprocess.Popen[bytes]
    port: int
    log: Path

    def get(self, path: str, **headers: str) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=90)
        try:
            connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def wait(self) -> None:
        until = time.monotonic() + SECONDS
        while time.monotonic() < until:
            assert self.process.poll() is None, self.log.read_text(encoding="utf-8")[-2000:]
            try:
                self.get("/health")
            except OSError:
                time.sleep(0.1)
            else:
                return
        pytest.fail("it does not serve")


def entry_point() -> str:
    """The command of app.yaml; on loopback only, because this is no machine of Google's."""
    found = re.search(r"^entrypoint: (.+)$", (ROOT / "app.yaml").read_text(encoding="utf-8"), re.MULTILINE)
    assert found is not None
    return "exec " + found[1].replace("-b :$PORT", "-b 127.0.0.1:$PORT")


@pytest.fixture
def instance(tmp_path: Path, postgres_server: PostgresServer) -> Iterator[Instance]:
    app = ChatApp(f"{HOST}/chat/events", Dialect.CLASSIC)
    google = start(seed.load(), app=app)
    account, log = tmp_path / "account.json", tmp_path / "app.log"
    account.write_text(json.dumps(google.service_account()), encoding="utf-8")
    school = (ROOT / "school.toml").read_text(encoding="utf-8")
    (tmp_path / "school.toml").write_text(re.sub(r"(?m)^demo = true\n", "", school), encoding="utf-8")
    port = free_port()
    with postgres_server.database("template0") as name, log.open("w", encoding="utf-8") as lines:
        environ = bot_environ(tmp_path, google.address, app, account)
        environ |= {"DATABASE_URL": postgres_server.url(name), "SCHOOL_FILE": str(tmp_path / "school.toml")}
        environ |= dict.fromkeys(("CHAT_CERTS_URL", "CHAT_API_ENDPOINT", "CLOCK_URL"), "")
        migrate(environ, ROOT, log)
        environ |= {"GAE_ENV": "standard", "PORT": str(port)}
        # App Engine finds gunicorn on the path.
        environ["PATH"] = f"{ROOT / '.venv' / 'bin'}{os.pathsep}{environ['PATH']}"
        process = subprocess.Popen(
            ["sh", "-c", entry_point()], env=environ, cwd=ROOT, stdout=lines, stderr=lines, start_new_session=True
        )
        try:
            yield Instance(process, port, log)
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            google.stop()


def test_it_starts_is_ready_lets_only_the_timer_run_jobs_and_stops_when_told(instance: Instance) -> None:
    instance.wait()
    ready = json.loads(instance.get("/ready")[1])
    assert ready == {"ready": True, "database": True, "keys": True, "protocol": True}
    assert instance.get("/_ah/warmup")[0] == 200
    assert instance.get("/jobs/minute") == (401, b"")
    assert instance.get("/jobs/minute", X_Appengine_Cron="true")[0] == 200
    begun = time.monotonic()
    instance.process.send_signal(signal.SIGTERM)
    assert instance.process.wait(20) == 0
    assert time.monotonic() - begun < 10
    lines = instance.log.read_text(encoding="utf-8").splitlines()
    told = [json.loads(line) for line in lines if line.startswith("{")]
    assert {"job.done", "heartbeat"} <= {line["event"] for line in told}
    assert all(line["severity"] in {"INFO", "WARNING"} for line in told), told
