"""The cost of one outgoing message: leased, written, sent and marked by the bot's own sender, in a process of its own.

Run as a module it is that process: it sends what is owed and prints its CPU.
"""

import json
import subprocess
import sys
import time
from dataclasses import dataclass

from bot.school.spaces import SpaceName
from handlers.start import start_bot
from tests.bench.worker import ROOT
from tests.databases import opened
from tests.processes.school import School
from tests.processes.test_many_groups import fill

SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class Outgoing:
    """Milliseconds a message: CPU of the bot, without waiting for Google's pace; and how many were sent."""

    cpu: float
    messages: int


def measure_outgoing(school: School, count: int) -> Outgoing:
    """Owe a reminder to this many groups and have them sent."""
    world = school.running.world
    members = ("users/101", "users/201")
    groups = tuple(SpaceName(world.add_space(f"Uit {n}", members, bot_member=True).name) for n in range(count))
    with opened(school.environ["DATABASE_URL"]) as engine:
        fill(engine, groups, world.clock.now())
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.outgoing"],
        # Reminders go by the school's clock, which here is the simulated one.
        env={**school.environ, "CLOCK_URL": f"{school.running.address}/clock"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    spent = json.loads(done.stdout.splitlines()[-1])
    arrived = sum(len(world.messages_in(group)) for group in groups)
    assert arrived == count, (arrived, spent)
    return Outgoing(spent["cpu"] / count * 1000, count)


def main() -> None:
    """Send all that is owed."""
    bot = start_bot(sys.stderr)
    before = time.process_time()
    bot.sender.send(now=bot.clock.now(), seconds=SECONDS)
    sys.stdout.write(json.dumps({"cpu": time.process_time() - before}) + "\n")
    bot.engine.dispose()


if __name__ == "__main__":
    main()
