"""What the browser tests of the page alone share: one Chromium for a file, and keys (slow to make) for all."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from simulator.google.oauth import TokenEndpoint
from simulator.google.signing import Signer
from tests.browser.demo import browser, chromium_path
from tests.browser.page_stage import PageStage, page_stage


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """For one file only: the tests of whole walks start a Chromium of their own, and two at once cannot be."""
    with browser(chromium_path()) as opened:
        yield opened


@pytest.fixture(scope="session")
def page_signer() -> Signer:
    return Signer()


@pytest.fixture(scope="session")
def page_tokens() -> TokenEndpoint:
    return TokenEndpoint()


@pytest.fixture
def stage(page_signer: Signer, page_tokens: TokenEndpoint, chromium: Browser) -> Iterator[PageStage]:
    with page_stage(page_signer, page_tokens, chromium) as made:
        yield made
