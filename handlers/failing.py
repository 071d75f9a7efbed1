"""What happens when something inside breaks: a friendly sentence with a number, and a log line without content."""

import secrets
import traceback

import structlog

from bot.google_chat.replies import Reply
from bot.wording.catalogue import Phrases
from handlers.conversations.sentence import answer_with
from handlers.events.model import Event

FRAMES_AT_MOST = 6
LIBRARIES = "site-packages"

log = structlog.get_logger(__name__)


def incident(error: Exception) -> str:
    """Log where it broke and return the number that the person can mention.

    Neither the error's message nor any value goes into the log: either may hold what somebody typed.
    """
    number = secrets.token_hex(3).upper()
    frames = traceback.extract_tb(error.__traceback__)
    # What a library did inside says little; our own line that called it says where to look.
    ours = [frame for frame in frames[:-1] if not frame.filename.startswith("<") and LIBRARIES not in frame.filename]
    told = [*ours[1 - FRAMES_AT_MOST :], *frames[-1:]]
    places = [f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}" for frame in told]
    log.error("incident", number=number, kind=type(error).__name__, at=places)
    return number


def sorry(event: Event, t: Phrases, number: str) -> Reply:
    """The friendly sentence with the number."""
    return answer_with(event, t, t("failure", number=number))


def busy(event: Event, t: Phrases) -> Reply:
    """Another worker is still at this very event."""
    return answer_with(event, t, t("busy"))
