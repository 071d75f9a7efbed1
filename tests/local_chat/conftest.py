"""A school for each dialogue, in both dialects; the simulator's keys are made once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from simulator.google.oauth import TokenEndpoint
from simulator.google.signing import Signer
from simulator.records import Dialect
from tests.local_chat.stage import LocalChat, local_chat


@pytest.fixture(scope="session")
def signer() -> Signer:
    return Signer()


@pytest.fixture(scope="session")
def tokens() -> TokenEndpoint:
    return TokenEndpoint()


@pytest.fixture(params=list(Dialect))
def school(
    request: pytest.FixtureRequest, tmp_path: Path, signer: Signer, tokens: TokenEndpoint
) -> Iterator[LocalChat]:
    with local_chat(tmp_path / "school", request.param, signer, tokens) as here:
        yield here
