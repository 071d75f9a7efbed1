"""Runs the bot's jobs as its timer would: the commands that the starter of the simulator gave, without a shell."""

import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

SECONDS_AT_MOST = 600


@dataclass(frozen=True, slots=True)
class JobRun:
    """How a job ended; `exit` is -1 when it did not."""

    exit: int
    output: str


@dataclass(frozen=True, slots=True)
class Job:
    """A command as an argument list; without `environ` and `directory` it has the simulator's own."""

    arguments: tuple[str, ...]
    environ: Mapping[str, str] | None = field(default=None, repr=False)
    directory: Path | None = None

    def run(self) -> JobRun:
        """Run it to its end, 10 minutes at most."""
        try:
            done = subprocess.run(  # noqa: S603 - the command comes from whoever started the simulator
                self.arguments,
                env=None if self.environ is None else dict(self.environ),
                cwd=self.directory,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                timeout=SECONDS_AT_MOST,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as problem:
            return JobRun(-1, f"The job did not end well: {type(problem).__name__}")
        return JobRun(done.returncode, (done.stdout + done.stderr).strip())
