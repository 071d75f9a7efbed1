"""Places in Google Chat, as every room names them."""

from enum import StrEnum
from typing import NewType

SpaceName = NewType("SpaceName", str)
"""A space as Google names it: `spaces/AAA`."""


class SpaceKind(StrEnum):
    """What a space is; the value is Google's `Space.spaceType`."""

    DIRECT_MESSAGE = "DIRECT_MESSAGE"
    GROUP_CHAT = "GROUP_CHAT"
    SPACE = "SPACE"


class Dialect(StrEnum):
    """Which of Google's two wire formats a Chat app speaks."""

    CLASSIC = "classic"
    ADDON = "addon"
