"""The bot's environment in the demo: fresh random keys each time, and every address of Google replaced by ours."""

import base64
import json
import os
import secrets
import shlex
import shutil
import socket
from collections.abc import Mapping
from pathlib import Path

from simulator.records import ChatApp, Json

OURS = (
    "CHAT_",
    "REPORT_",
    "SCHOOL_",
    "PROTOCOL_",
    "SMTP_",
    "DIRECTORY_",
    "JOBS_",
    "CLOCK_",
    "GAE_",
    "GOOGLE_",
    "DATABASE_URL",
)
"""What the bot reads; the demo takes none of it from the surroundings in which it is started."""

KEY_BYTES = 32


MARK = ".demo"
"""The file that says that a folder was made by the demo; no other folder is ever emptied."""


def fresh_directory(directory: Path) -> Path:
    """The demo's folder, empty, and readable by its owner only; raises FileExistsError for somebody else's folder."""
    if directory.exists():
        if not (directory / MARK).exists():
            raise FileExistsError(f"{directory} is geen map van de demo en wordt niet leeggemaakt")
        shutil.rmtree(directory)
    directory.mkdir(parents=True, mode=0o700)
    (directory / MARK).touch()
    return directory


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def write_service_account(directory: Path, account: Json) -> Path:
    """Write the app's key file; its owner alone may read it."""
    path = directory / "service-account.json"
    path.touch(mode=0o600)
    path.write_text(json.dumps(account), encoding="utf-8")
    return path


def write_settings(directory: Path, environ: Mapping[str, str]) -> Path:
    """Write the bot's settings for a second terminal (`. settings.sh`); its owner alone may read them."""
    path = directory / "settings.sh"
    path.touch(mode=0o600)
    kept = {name: value for name, value in environ.items() if name.startswith((*OURS, "NO_PROXY"))}
    path.write_text("".join(f"export {name}={shlex.quote(value)}\n" for name, value in kept.items()), encoding="utf-8")
    return path


def bot_environ(
    directory: Path, simulator: str, app: ChatApp, service_account: Path, inherited: Mapping[str, str] | None = None
) -> dict[str, str]:
    """The environment for the bot's own processes; `simulator` is its address, `inherited` that of this process."""
    around = os.environ if inherited is None else inherited
    kept = {name: value for name, value in around.items() if not name.startswith(OURS)}
    key = base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()
    return kept | {
        "DATABASE_URL": f"sqlite:///{directory / 'protocolbot.db'}",
        "CHAT_AUDIENCE": app.endpoint,
        "CHAT_PROJECT_NUMBER": app.project_number,
        "CHAT_CERTS_URL": f"{simulator}/certs",
        "CHAT_API_ENDPOINT": simulator,
        "CLOCK_URL": f"{simulator}/clock",
        "GOOGLE_APPLICATION_CREDENTIALS": str(service_account),
        "REPORT_KEYS": f"k1:{key}",
        "SCHOOL_FILE": "school.toml",
        # Loopback only: a proxy set on this machine must not get in between.
        "NO_PROXY": "127.0.0.1,localhost",
        "no_proxy": "127.0.0.1,localhost",
    }
