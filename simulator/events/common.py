"""The part of an event about the person's own surroundings, which both dialects carry under different names."""

from datetime import datetime
from zoneinfo import ZoneInfo

from simulator.events.happening import Happening, Kind
from simulator.records import Json

LOCALE = "nl"
TIME_ZONE = "Europe/Amsterdam"

CLICKS = frozenset({Kind.CLICK, Kind.HOME_CLICK, Kind.SUGGEST})
"""What carries parameters and what was filled in."""


def surroundings(happening: Happening) -> Json:
    """Google's `CommonEventObject` without `invokedFunction`, which add-on events do not have."""
    written: Json = {
        "hostApp": "CHAT",
        "platform": "WEB",
        "userLocale": LOCALE,
        "timeZone": {"id": TIME_ZONE, "offset": _offset_ms(happening.at)},
    }
    if happening.kind in CLICKS:
        written["parameters"] = dict(happening.parameters)
        written["formInputs"] = dict(happening.inputs)
    return written


def _offset_ms(at: datetime) -> int:
    offset = at.astimezone(ZoneInfo(TIME_ZONE)).utcoffset()
    return 0 if offset is None else int(offset.total_seconds() * 1000)
