"""What the tests of the simulator share: one signer (keys are slow to make), and a stage for each dialect."""

from collections.abc import Iterator

import pytest

from simulator import seed
from simulator.google.oauth import TokenEndpoint
from simulator.google.quota import UNLIMITED
from simulator.google.signing import Signer
from simulator.records import ChatApp, Dialect
from simulator.server import Running, start
from tests.simulator.stub_bot import CLASS_3B, ENDPOINT, Stage, StubBot, stage


@pytest.fixture(scope="session")
def signer() -> Signer:
    return Signer()


@pytest.fixture
def classic(signer: Signer) -> Stage:
    return stage(signer, Dialect.CLASSIC)


@pytest.fixture
def addon(signer: Signer) -> Stage:
    return stage(signer, Dialect.ADDON)


@pytest.fixture(scope="session")
def tokens() -> TokenEndpoint:
    return TokenEndpoint()


@pytest.fixture
def running(signer: Signer, tokens: TokenEndpoint) -> Iterator[Running]:
    """A serving simulator with the demo school, the bot in class 3B, and no quota."""
    world = seed.load()
    world.change_space(CLASS_3B, bot_member=True)
    simulator = start(world, app=ChatApp(ENDPOINT), send=StubBot(), limits=UNLIMITED, signer=signer, tokens=tokens)
    yield simulator
    simulator.stop()
