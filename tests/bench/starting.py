"""What starting costs: importing and building the whole app, each time in a fresh process."""

import json
import statistics
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass

from tests.bench.worker import ROOT

START = """
import json, sys, time
wall = time.perf_counter()
from handlers.start import start_app
imported = time.process_time()
start_app()
spent = {"import_cpu": imported, "cpu": time.process_time(), "wall": time.perf_counter() - wall}
sys.stdout.write(json.dumps(spent) + "\\n")
"""


@dataclass(frozen=True, slots=True)
class Start:
    """Seconds, medians: CPU of the process until its app was there, of which importing; and by the clock."""

    cpu: float
    import_cpu: float
    wall: float


def measure_start(environ: Mapping[str, str], times: int) -> Start:
    """Start the app this often."""
    runs = [_once(environ) for _ in range(times)]
    return Start(*(statistics.median(run[name] for run in runs) for name in ("cpu", "import_cpu", "wall")))


def _once(environ: Mapping[str, str]) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-c", START], env=dict(environ), cwd=ROOT, capture_output=True, text=True, check=True
    )
    spent: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return spent
