"""One gunicorn worker that is watched: the CPU that it used, its memory, and requests to it over one connection."""

import http.client
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

from simulator.demo.bot_process import command
from simulator.demo.environment import free_port

ROOT = Path(__file__).parents[2]
SECONDS_TO_START = 60.0


@dataclass(frozen=True, slots=True)
class Worker:
    """A serving process: `pid` is the one that answers, not gunicorn's own."""

    pid: int
    port: int

    def cpu(self) -> float:
        """Seconds of CPU of all its threads until now, to the nanosecond (`schedstat` of each thread)."""
        spent = 0
        for task in Path(f"/proc/{self.pid}/task").iterdir():
            spent += int((task / "schedstat").read_text(encoding="ascii").split()[0])
        return spent / 1e9

    def memory(self) -> float:
        """Megabytes that it holds (resident)."""
        lines = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


@dataclass(slots=True)
class Line:
    """One connection that stays open, as Google's front end keeps its own."""

    port: int
    _connection: http.client.HTTPConnection | None = None

    def post(self, headers: Mapping[str, str], body: bytes) -> bytes:
        """The answer; raises AssertionError for anything but 200."""
        connection = self._connection or http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        self._connection = connection
        try:
            connection.request("POST", "/chat/events", body, dict(headers))
            answer = connection.getresponse()
            content = answer.read()
        except (http.client.RemoteDisconnected, ConnectionError):
            # gunicorn lets go of a connection that was idle for two seconds.
            self.close()
            return self.post(headers, body)
        assert answer.status == HTTPStatus.OK, answer.status
        return content

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection = None


def worker_of(gunicorn: int, port: int) -> Worker:
    """The one worker of this gunicorn."""
    children = Path(f"/proc/{gunicorn}/task/{gunicorn}/children").read_text(encoding="ascii").split()
    assert len(children) == 1, children
    return Worker(int(children[0]), port)


@contextmanager
def bare_flask(environ: Mapping[str, str], log: Path) -> Iterator[Worker]:
    """The app of tests/bench/bare.py, served exactly as the bot is."""
    port = free_port()
    serve = ["-w", "1", "--threads", "8", "--timeout", "0", "--no-control-socket", "--bind", f"127.0.0.1:{port}"]
    extra = {"BENCH_CERTS": environ["CHAT_CERTS_URL"], "BENCH_AUDIENCE": environ["CHAT_AUDIENCE"]}
    with log.open("a", encoding="utf-8") as lines:
        process = subprocess.Popen(
            [command("gunicorn"), *serve, "tests.bench.bare:make_app()"],
            env={**environ, **extra},
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=lines,
            stderr=lines,
            start_new_session=True,
        )
    try:
        _wait(port, process, log)
        yield worker_of(process.pid, port)
    finally:
        process.terminate()
        process.wait(10)


def _wait(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until:
        assert process.poll() is None, log.read_text(encoding="utf-8")[-2000:]
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/ready")
            if connection.getresponse().status == HTTPStatus.OK:
                return
        except OSError:
            time.sleep(0.05)
        finally:
            connection.close()
    raise AssertionError("it does not serve")
