"""A school in each dialect; every scenario runs in both."""

import pytest

from bot.school.spaces import Dialect
from tests.dialogue import Dialogue, start


@pytest.fixture(params=list(Dialect))
def talk(request: pytest.FixtureRequest) -> Dialogue:
    return start(dialect=request.param)
