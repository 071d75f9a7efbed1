"""Starts `make demo`'s own program and a headless Chromium, and stops both."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, sync_playwright

ROOT = Path(__file__).parents[2]
PICTURES = ROOT / os.environ.get("PICTURES", "var/pictures")
"""Where the README's screenshots go; `make pictures` keeps them in the repository, a test run does not touch it."""

CARDS = ROOT / "var" / "pictures" / "cards"
"""Every card and dialog, to be looked at; never kept in the repository."""

STORIES = (
    "answer",
    "answer-going-on",
    "shared",
    "protocol-article",
    "magdit-verdict",
    "report-4-review",
    "practice",
    "case-3-story",
    "own-report",
    "case-6-handing-over",
    "approval",
    "reminders",
    "missing",
    "seats-3-change",
    "night-07-nobody-read-it",
)
"""The cards of the README's stories; `make pictures` keeps them for deploy/handleiding/beelden.md, one of each size."""

LAPTOP, PHONE = ViewportSize(width=1280, height=800), ViewportSize(width=390, height=844)
SIGHTS = [
    pytest.param("laptop", "classic", id="laptop-classic"),
    pytest.param("phone", "addon", id="phone-addon"),
    pytest.param("phone", "classic", id="phone-classic", marks=pytest.mark.slow),
    pytest.param("laptop", "addon", id="laptop-addon", marks=pytest.mark.slow),
]
"""Each story at each size and in each dialect: each of these once in `make test`, the other pairs in `make faults`."""

CHROMIUM_OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
INSTALL = "the browser walk needs Chromium; install it with: apt-get install chromium"
SECONDS_TO_STOP = 15


def chromium_path() -> str:
    """Where Chromium is; without one the test is skipped, or fails where `REQUIRE_BROWSER` is set (CI)."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        if os.environ.get("REQUIRE_BROWSER"):
            pytest.fail(f"REQUIRE_BROWSER is set, and {INSTALL}")
        pytest.skip(reason=INSTALL)
    return found


@contextmanager
def demo(folder: Path, dialect: str = "classic") -> Iterator[str]:
    """The demo on free ports with a folder of its own; its address."""
    command = [sys.executable, "-m", "simulator.demo", "--dialect", dialect, "--folder", str(folder)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        address = next((word for word in line.split() if word.startswith("http://127.0.0.1:")), None)
        assert address, f"the demo printed no address: {line} {process.stdout.read()}"
        yield address
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(SECONDS_TO_STOP)
        if process.stdout is not None:
            process.stdout.close()


@contextmanager
def browser(path: str) -> Iterator[Browser]:
    """A headless Chromium."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=list(CHROMIUM_OPTIONS))
        try:
            yield opened
        finally:
            opened.close()


class Visitor:
    """Somebody at the page, doing what a person does: by what is written on it, with mouse and keyboard."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address

    def be(self, user: str, space: str) -> None:
        """Open the page as this person, in this conversation."""
        self.page.goto("about:blank")
        self.page.goto(f"{self.address}/#as={user}&space={space}")
        self.page.wait_for_selector("body[data-ready=true]")
        self.page.wait_for_selector("#composer")

    def type(self, text: str) -> None:
        """Type a message and press Enter; Escape first closes the slash menu."""
        self.page.locator("#composer").fill(text)
        self.page.keyboard.press("Escape")
        self.page.keyboard.press("Enter")

    @property
    def conversation(self) -> Locator:
        return self.page.locator("#conversation")

    @property
    def dialog(self) -> Locator:
        return self.page.locator("dialog[data-dialog]")

    def press(self, label: str) -> None:
        """A button of the dialog."""
        self.dialog.get_by_role("button", name=label, exact=True).click()

    def picture(self, name: str, folder: Path = PICTURES) -> None:
        """Keep what can be seen now."""
        path = folder / f"{name}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=path)
        if "PICTURES" in os.environ and name.rpartition("-")[0] in STORIES:
            kept = PICTURES / "stories" / path.name
            kept.parent.mkdir(exist_ok=True)
            shutil.copy(path, kept)
