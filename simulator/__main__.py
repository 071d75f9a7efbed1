"""Command line of the simulator alone: `python -m simulator --app URL` plays Google for any Chat app."""

import argparse
import json
import signal
import sys
import threading
from pathlib import Path

from simulator import seed
from simulator.people_act import NotPossible
from simulator.records import Audience, ChatApp, Dialect
from simulator.scenarios.recording import play, steps_in
from simulator.server import HOST, Running, start
from simulator.world import Unknown


def main(arguments: list[str] | None = None) -> int:
    """Serve until Ctrl-C or SIGTERM."""
    asked = _parser().parse_args(arguments)
    world = seed.load(asked.seed)
    app = ChatApp(asked.app, Dialect(asked.dialect), asked.project_number, Audience(asked.audience))
    try:
        running = start(world, asked.port, app=app, pause=1.0, scenario=asked.seed)
    except OSError as problem:
        sys.stderr.write(
            f"The simulator cannot serve on {HOST}:{asked.port}: {problem.strerror}. Try another --port.\n"
        )
        return 1
    if asked.service_account is not None:
        asked.service_account.touch(mode=0o600)
        asked.service_account.write_text(json.dumps(running.service_account()), encoding="utf-8")
    stopping = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda _number, _frame: stopping.set())
    sys.stdout.write(f"Open {running.address} in je browser\n")
    sys.stdout.flush()
    if asked.introduce:
        seed.introduce(running.chat, asked.seed)
    if asked.play and not _played(running, asked.seed):
        running.stop()
        return 1
    stopping.wait()
    running.stop()
    return 0


def _played(running: Running, path: Path) -> bool:
    """Do the steps of a recording; says which one could not be done."""
    steps = steps_in(path.read_text(encoding="utf-8"))
    done = 0
    try:
        for outcome in play(running.chat, steps):
            done += 1
            if not outcome.ok:
                sys.stderr.write(f"Step {done}: {outcome.error}\n")
    except (NotPossible, Unknown) as problem:
        sys.stderr.write(f"Step {done + 1} of {len(steps)}: {problem}\n")
        return False
    sys.stdout.write(f"{done} steps were done.\n")
    sys.stdout.flush()
    return True


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m simulator", description=__doc__)
    address = "the app's address for events, such as http://127.0.0.1:8080/chat/events"
    parser.add_argument("--app", "--bot", dest="app", required=True, help=address)
    parser.add_argument("--port", type=int, default=0, help="where to serve; 0 takes a free one")
    parser.add_argument("--dialect", choices=[one.value for one in Dialect], default=Dialect.CLASSIC.value)
    parser.add_argument("--audience", choices=[one.value for one in Audience], default=Audience.ENDPOINT.value)
    parser.add_argument("--project-number", default="123456789012")
    parser.add_argument("--seed", type=Path, default=seed.SEED, help="people, spaces and commands")
    parser.add_argument("--service-account", type=Path, help="write the app's key file here")
    parser.add_argument("--play", action="store_true", help="do the steps that stand in the seed (a recording)")
    parser.add_argument("--introduce", action="store_true", help="send the seed's events once serving")
    return parser


if __name__ == "__main__":
    sys.exit(main())
