"""Keys are slow to make, so the tests of this room share three."""

import pytest

from tests.handlers.authenticity.signing import Door, Key, door


@pytest.fixture(scope="session")
def google_key() -> Key:
    return Key.named("google-1")


@pytest.fixture(scope="session")
def chat_key() -> Key:
    return Key.named("chat-1")


@pytest.fixture(scope="session")
def strange_key() -> Key:
    return Key.named("strange-1")


@pytest.fixture
def our_door(google_key: Key, chat_key: Key) -> Door:
    return door(google_key, chat_key)
