"""A simulator that serves, with a bot of a few lines, for tests of the page alone: any card can be put there."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, Locator, Page, ViewportSize

from simulator import seed
from simulator.google.oauth import TokenEndpoint
from simulator.google.quota import UNLIMITED
from simulator.google.signing import Signer
from simulator.records import ChatApp, Dialect, Json
from simulator.server import Running, start
from tests.browser.demo import LAPTOP, PHONE, Visitor
from tests.simulator.stub_bot import CLASS_3B, ENDPOINT, SANNES_DM, StubBot, card, with_card

SIZES: dict[str, ViewportSize] = {"laptop": LAPTOP, "phone": PHONE}
OFFERED = ["dialect", "replay", "reset", "scenario", "recording", "coverage"]
"""What a server may offer beside the conversation (`can` of the view)."""


@dataclass
class PageStage:
    """The simulator, its bot, and a browser in which people look."""

    running: Running
    bot: StubBot
    chromium: Browser

    def somebody(self, user: str, space: str, *, size: str = "laptop", **given: Any) -> Visitor:
        """Somebody at the page, in a conversation."""
        visitor = self.nobody(size=size, **given)
        visitor.be(user, space)
        return visitor

    def nobody(self, *, size: str = "laptop", **given: Any) -> Visitor:
        """A fresh window in which nothing was opened yet."""
        page = self.chromium.new_page(viewport=SIZES[size], locale="nl-NL", **given)
        page.set_default_timeout(8000)
        return Visitor(page, self.running.address)

    def says(self, text: str, body: Json | None = None, *, space: str = SANNES_DM, **more: Any) -> str:
        """The bot posts a message, without being asked; its name."""
        content = {"text": text, **({} if body is None else with_card(text, body)), **more}
        return self.running.world.add_message(space, self.running.world.bot.user, content).name

    def shows(self, *widgets: Json, **more: Any) -> str:
        """The bot posts a card with these widgets, whatever they are: no check of Google's stands before the page."""
        return self.says("Zie de kaart.", card(*widgets, **more))


@contextmanager
def page_stage(
    signer: Signer, tokens: TokenEndpoint, chromium: Browser, dialect: Dialect = Dialect.CLASSIC
) -> Iterator[PageStage]:
    """The demo school with the bot in class 3B, on a free port."""
    bot = StubBot()
    world = seed.load()
    world.change_space(CLASS_3B, bot_member=True)
    running = start(
        world, app=ChatApp(ENDPOINT, dialect), send=bot, limits=UNLIMITED, signer=signer, tokens=tokens, retries=0
    )
    try:
        yield PageStage(running, bot, chromium)
    finally:
        for context in chromium.contexts:
            context.close()
        running.stop()


def rewrites(page: Page, path: str, change: str) -> None:
    """Let the page hear a changed answer: `change` is a JavaScript function of the answer's JSON.

    Done inside the page: a route that fetches by itself may still be at it when the window closes.
    """
    page.add_init_script(
        """(() => {
          const ask = window.fetch;
          window.fetch = async (path, given) => {
            const answer = await ask(path, given);
            if (!String(path).startsWith("PATH")) return answer;
            return new Response(JSON.stringify((CHANGE)(await answer.json())), { status: answer.status });
          };
        })()""".replace("PATH", f"/_sim/{path}").replace("CHANGE", change)
    )


def offers(page: Page, *names: str) -> None:
    """Let the server's view say that it offers these and nothing else, whatever it offers by itself."""
    rewrites(page, "view", f"(view) => ({{ ...view, can: {json.dumps(names)} }})")


def action(page: Page, name: str) -> Locator:
    """A control of the page by the name that is the same in every language."""
    return page.locator(f"[data-action='{name}']")
