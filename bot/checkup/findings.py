"""One thing that is not as it should be, with what to do about it, in words that an ICT teacher understands."""

from dataclasses import dataclass
from enum import StrEnum


class Weight(StrEnum):
    """Whether the bot may go live with it."""

    ERROR = "fout"
    WARNING = "let op"


@dataclass(frozen=True, slots=True)
class Finding:
    """`key` names the kind of finding for always; `what` and `fix` are Dutch sentences without anything private."""

    weight: Weight
    key: str
    what: str
    fix: str


def error(key: str, what: str, fix: str) -> Finding:
    """What must be mended before anybody uses the bot."""
    return Finding(Weight.ERROR, key, what, fix)


def warning(key: str, what: str, fix: str) -> Finding:
    """What somebody should look at, and may decide to leave."""
    return Finding(Weight.WARNING, key, what, fix)
