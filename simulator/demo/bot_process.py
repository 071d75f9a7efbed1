"""The bot as its own processes: bring the database up to date, serve with gunicorn, stop by process id."""

import http.client
import subprocess
import sys
import time
from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path
from types import TracebackType
from typing import Self

SECONDS_TO_START = 60.0
SECONDS_TO_STOP = 10.0
SECONDS_TO_MIGRATE = 120.0


class DemoFailed(Exception):
    """The demo cannot go on; the message is one friendly line for whoever started it."""


def command(name: str) -> str:
    """A command of the same virtual environment; raises DemoFailed when it is not installed."""
    path = Path(sys.executable).with_name(name)
    if not path.exists():
        raise DemoFailed(f"De opdracht {name} ontbreekt in {path.parent}; begin opnieuw met: make clean demo")
    return str(path)


def migrate(environ: Mapping[str, str], root: Path, log: Path) -> None:
    """Make the database; raises DemoFailed."""
    with log.open("a", encoding="utf-8") as lines:
        try:
            done = subprocess.run(  # noqa: S603 - our own command
                [command("protocolbot"), "migrate"],
                env=dict(environ),
                cwd=root,
                stdin=subprocess.DEVNULL,
                stdout=lines,
                stderr=lines,
                timeout=SECONDS_TO_MIGRATE,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise DemoFailed(f"De database werd niet op tijd klaar; kijk in {log}.") from None
    if done.returncode:
        raise DemoFailed(f"De database kon niet gemaakt worden{_last_line(log)} (alles staat in {log}).")


class BotProcess:
    """The serving bot; leave the `with` block and it is stopped."""

    def __init__(self, environ: Mapping[str, str], root: Path, port: int, log: Path) -> None:
        self._log = log
        self._port = port
        self._lines = log.open("a", encoding="utf-8")
        serve = ["-w", "1", "--threads", "8", "--timeout", "0", "--bind", f"127.0.0.1:{port}"]
        # Without this gunicorn leaves a socket in the home directory.
        serve += ["--no-control-socket", "handlers.wsgi:app"]
        # In a session of its own, so that Ctrl-C reaches us alone and both are stopped in order.
        self._process = subprocess.Popen(  # noqa: S603 - our own command
            [command("gunicorn"), *serve],
            env=dict(environ),
            cwd=root,
            stdin=subprocess.DEVNULL,
            stdout=self._lines,
            stderr=self._lines,
            start_new_session=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def is_running(self) -> bool:
        """Whether it is still there."""
        return self._process.poll() is None

    def wait_until_ready(self) -> None:
        """Wait for `GET /ready`; raises DemoFailed when it does not come or the process ends."""
        until = time.monotonic() + SECONDS_TO_START
        status: int | None = None
        while time.monotonic() < until:
            if not self.is_running:
                raise DemoFailed(f"De bot is niet gestart{_last_line(self._log)} (alles staat in {self._log}).")
            status = self._status()
            if status == HTTPStatus.OK:
                return
            time.sleep(0.1)
        said = "antwoordt niet" if status is None else f"zegt dat hij niet klaar is ({status})"
        raise DemoFailed(f"De bot {said}; kijk in {self._log}.")

    def stop(self) -> None:
        """Ask it to stop, and insist after ten seconds."""
        if self.is_running:
            self._process.terminate()
        try:
            self._process.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._lines.close()

    def _status(self) -> int | None:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=5)
        try:
            connection.request("GET", "/ready")
            return connection.getresponse().status
        except (OSError, http.client.HTTPException):
            return None
        finally:
            connection.close()


def _last_line(log: Path) -> str:
    """What was said last, where settings errors stand; nothing when it says nothing a person could use."""
    lines = [line.strip() for line in log.read_text(encoding="utf-8", errors="replace").splitlines()]
    found = next((line for line in reversed(lines) if line.startswith("Error:") or "Error:" in line), "")
    return f": {found.split('Error:', 1)[1].strip()}" if found else ""
