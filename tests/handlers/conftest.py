"""Keeps what a test set up about logging from the tests after it."""

from collections.abc import Iterator

import pytest
import structlog


@pytest.fixture(autouse=True)
def logs_of_its_own() -> Iterator[None]:
    """Processes configure their logging once, at the start; here many starts share one process."""
    yield
    structlog.reset_defaults()
