"""What the matcher takes of a worker's memory, in a process of its own."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

MEASURE = """
from pathlib import Path

def resident() -> int:
    return next(
        int(line.split()[1]) for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmRSS")
    )

before = resident()
from bot.protocol.loading import RGO_PROTOCOL, load
from bot.school.people import Role

protocol = load(RGO_PROTOCOL)
for text in ("mag dat", "may I post this", "هل يمكنني نشر صورة", "czy wolno", "чи можна", "darf ich das", "x " * 2000):
    for number in range(20):
        protocol.answer(f"{text} {number}", Role.PUPIL, "nl")
print(resident() - before)
"""

MOST_KILOBYTES = 110 * 1024


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells a process its memory like this")
def test_the_matcher_takes_less_than_110_megabytes() -> None:
    run = subprocess.run([sys.executable, "-c", MEASURE], capture_output=True, text=True, check=True, cwd=ROOT)
    assert int(run.stdout) < MOST_KILOBYTES
