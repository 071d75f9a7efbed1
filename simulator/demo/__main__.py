"""Starts bot and simulated Chat, prints the page's address, and stops both on Ctrl-C: `python -m simulator.demo`."""

import argparse
import fcntl
import signal
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from simulator import seed
from simulator.control.jobs import Job
from simulator.demo.bot_process import BotProcess, DemoFailed, command, migrate
from simulator.demo.environment import bot_environ, free_port, fresh_directory, write_service_account, write_settings
from simulator.demo.own_school import write_scenario
from simulator.records import ChatApp, Dialect
from simulator.server import HOST, Running, start

ROOT = Path(__file__).resolve().parents[2]
JOBS = ("minute", "hour", "send", "reminders")
SECONDS_BETWEEN_JOBS = 60.0


def main(arguments: list[str] | None = None) -> int:
    """Run the demo until Ctrl-C or SIGTERM; 1 when something failed."""
    asked = _parser().parse_args(arguments)
    stopping = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda _number, _frame: stopping.set())
    try:
        folder = asked.folder.absolute()
        with _alone(folder):
            _demo(asked, folder, stopping)
    except DemoFailed as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    return 0


def _demo(asked: argparse.Namespace, folder: Path, stopping: threading.Event) -> None:
    own: Path | None = asked.school
    directory = _emptied(folder)
    scenario = write_scenario(own, directory / "scenario.toml") if own is not None else seed.SEED
    log = directory / "bot.log"
    bot_port = free_port()
    app = ChatApp(f"http://{HOST}:{bot_port}/chat/events", Dialect(asked.dialect))
    # Filled in once the simulator serves: the commands need its address.
    jobs: dict[str, Job] = {}
    running = _simulator(asked.port, scenario, app, jobs)
    try:
        account = write_service_account(directory, running.service_account())
        environ = bot_environ(directory, running.address, app, account)
        environ |= {"SCHOOL_FILE": str(own.absolute())} if own is not None else {}
        write_settings(directory, environ)
        jobs |= _job_commands(environ)
        migrate(environ, ROOT, log)
        with BotProcess(environ, ROOT, bot_port, log) as bot:
            bot.wait_until_ready()
            _greet(running, scenario)
            _keep_running(bot, jobs["minute"], stopping, log)
    finally:
        running.stop()


def _emptied(folder: Path) -> Path:
    try:
        return fresh_directory(folder)
    except FileExistsError as problem:
        raise DemoFailed(f"{problem}; kies een andere met --folder.") from None


def _simulator(port: int, scenario: Path, app: ChatApp, jobs: Mapping[str, Job]) -> Running:
    try:
        return start(seed.load(scenario), port, app=app, pause=1.0, jobs=jobs, scenario=scenario)
    except OSError as problem:
        why = problem.strerror or "bezet"
        raise DemoFailed(f"Poort {port} is niet vrij ({why}); kies een andere: make demo DEMO='--port 8902'") from None


def _job_commands(environ: Mapping[str, str]) -> dict[str, Job]:
    protocolbot = command("protocolbot")
    return {name: Job((protocolbot, "jobs", "run", name), environ, ROOT) for name in JOBS}


def _greet(running: Running, scenario: Path) -> None:
    failed = sum(1 for outcome in seed.introduce(running.chat, scenario) if not outcome.ok)
    if failed:
        sys.stderr.write(
            f"De bot antwoordde niet goed op {failed} begroetingen; de inspecteur op de pagina toont welke.\n"
        )
    sys.stdout.write(f"Open {running.address} in je browser\n")
    sys.stdout.flush()


def _keep_running(bot: BotProcess, minute: Job, stopping: threading.Event, log: Path) -> None:
    told, next_job = False, time.monotonic() + SECONDS_BETWEEN_JOBS
    while not stopping.wait(1):
        if not bot.is_running:
            raise DemoFailed(f"De bot is gestopt; kijk in {log}.")
        if time.monotonic() < next_job:
            continue
        next_job = time.monotonic() + SECONDS_BETWEEN_JOBS
        if minute.run().exit and not told:
            told = True
            sys.stderr.write("De taak van elke minuut mislukte; 'Taken draaien' op de pagina toont waarom.\n")


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One demo in a folder at a time: two would empty each other's database. Raises DemoFailed."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with folder.with_suffix(".lock").open("w", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise DemoFailed("Er draait hier al een demo; stop die eerst met Ctrl-C.") from None
        yield


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make demo", description="De bot en een nagemaakte Google Chat, samen hier.")
    parser.add_argument("--port", type=int, default=0, help="poort van de pagina; 0 kiest een vrije")
    parser.add_argument("--dialect", choices=[one.value for one in Dialect], default=Dialect.CLASSIC.value)
    parser.add_argument("--school", type=Path, help="een eigen schoolbestand (protocolbot init maakt er een)")
    parser.add_argument(
        "--folder", type=Path, default=ROOT / "var" / "demo", help="map voor geheimen en database; wordt leeggemaakt"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
