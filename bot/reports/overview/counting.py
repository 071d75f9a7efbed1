"""Counts a year of reports: what they were about, how urgent, whether they were read in time, and how they ended."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.reports.casefile import Casefile, Reason, Step
from bot.reports.overview.joining import SHOWN_FROM, Row, joined
from bot.reports.ports import Urgency


class Topic(StrEnum):
    """A group of categories, those beside one another most alike."""

    BULLYING = "pesten"
    THREATS = "bedreigen"
    SEXUAL = "seksueel"
    PICTURES = "beeld"
    ADULTS = "volwassene"
    CARE = "zorg"
    OTHER = "anders"


TOPICS: Mapping[str, Topic] = {
    "C07": Topic.BULLYING,
    "C12": Topic.BULLYING,
    "C04": Topic.THREATS,
    "C08": Topic.THREATS,
    "C13": Topic.THREATS,
    "C15": Topic.THREATS,
    "C01": Topic.SEXUAL,
    "C02": Topic.SEXUAL,
    "C03": Topic.SEXUAL,
    "C09": Topic.PICTURES,
    "C10": Topic.PICTURES,
    "C11": Topic.PICTURES,
    "C14": Topic.ADULTS,
    "C05": Topic.CARE,
    "C06": Topic.CARE,
}
"""In which group a category counts; what a school adds itself, and all that is not named here, is something else."""


class Read(StrEnum):
    """Whether somebody read it within its deadline, by what its history says happened."""

    IN_TIME = "op_tijd"
    LATE = "te_laat"
    NOT_YET = "nog_niet"


OPEN = "open"
"""How a case ended that has not."""

ENDS = (OPEN, *Reason)


@dataclass(frozen=True, slots=True)
class Counted:
    """All that the overview takes from one case; `end` is one of `ENDS`."""

    topic: Topic
    urgency: Urgency
    read: Read
    end: str


@dataclass(frozen=True, slots=True)
class Overview:
    """The numbers of one year; `total` is None and every table empty when there are too few to show anything."""

    year: int
    total: int | None
    topics: tuple[Row, ...]
    urgencies: tuple[Row, ...]
    readings: tuple[Row, ...]
    ends: tuple[Row, ...]


def count(category: str, known: Casefile) -> Counted:
    """What counts of a case.

    Its urgency is the one that it has now: its handler may have changed that into any other, so that how urgent cases
    are tells nothing about their topics, which the urgency that a topic begins with would do.
    """
    return Counted(TOPICS.get(category, Topic.OTHER), known.urgency, _read(known), _end(known))


def overview(year: int, cases: Iterable[Counted]) -> Overview:
    """The overview of these cases, which are all of one year."""
    counted = tuple(cases)
    return Overview(
        year=year,
        total=len(counted) if len(counted) >= SHOWN_FROM else None,
        topics=_table((case.topic for case in counted), Topic),
        urgencies=_table((case.urgency for case in counted), Urgency),
        readings=_table((case.read for case in counted), Read),
        ends=_table((case.end for case in counted), ENDS),
    )


def _table(found: Iterable[str], names: Iterable[str]) -> tuple[Row, ...]:
    numbers = Counter(found)
    return joined((str(name), numbers[name]) for name in names)


def _read(known: Casefile) -> Read:
    """The bot wrote down itself that a deadline passed before anybody had read it (`bot.reports.alerts.escalation`)."""
    steps = [entry.step for entry in known.entries if entry.step in {Step.READ, Step.UNREAD}]
    if not steps:
        return Read.NOT_YET
    return Read.LATE if steps[0] is Step.UNREAD else Read.IN_TIME


def _end(known: Casefile) -> str:
    if not known.is_closed:
        return OPEN
    closed = next(entry for entry in known.entries if entry.step is Step.CLOSED)
    return Reason.WITHDRAWN if known.is_withdrawn else closed.detail
