"""How one step of a case's history is told, on the screen and on paper alike: by whom, when and what."""

from collections.abc import Callable
from datetime import date, datetime

from bot.reports import casefile
from bot.reports.casefile import Entry, Step
from bot.reports.ports import CaseId
from bot.reports.submitting import Story
from bot.school.calendar import SchoolCalendar
from bot.school.people import UserId
from bot.wording.catalogue import Phrases

WITH_WORDS = frozenset({Step.NOTE, Step.TO_REPORTER, Step.FROM_REPORTER, Step.HELD, *casefile.CHECKLIST})
"""Steps in which somebody wrote something that readers of the case may read."""

NameOf = Callable[[UserId], str]
CodeOf = Callable[[CaseId], str]


def who(t: Phrases, entry: Entry, story: Story, name_of: NameOf) -> str:
    """Who took a step; of a sealed reporter never the name."""
    if entry.step in casefile.BY_ITSELF:
        return t("bot.name")
    return name_of(entry.by) if entry.by else story.reporter or t("case.reporter_sealed")


def said(t: Phrases, entry: Entry, name_of: NameOf, code_of: CodeOf) -> str:
    """What was done, in a sentence; what somebody wrote comes beside it."""
    match entry.step:
        case Step.OFFERED if entry.to is not None:
            return t("case.did.offered", name=name_of(entry.to))
        case Step.ALERTED if entry.to is not None:
            return t("case.did.alerted", name=name_of(entry.to))
        case Step.BUNDLED:
            return t("case.did.bundled", codes=", ".join(code_of(CaseId(other)) for other in entry.detail.split()))
        case Step.URGENCY:
            return t("case.did.urgency", urgency=t(f"urgency.{entry.detail}"))
        case Step.EXPORTED:
            return t("case.did.exported", form=t(f"export.form.{entry.detail}"))
        case Step.CLOSING | Step.CLOSED:
            return t(f"case.ended.{entry.step}", reason=t(f"reason.{entry.detail}"))
        case step if step in WITH_WORDS:
            return t(f"case.kind.{entry.step}")
        case _:
            return t(f"case.did.{entry.step}")


def moment(entry: Entry, story: Story, calendar: SchoolCalendar) -> datetime | date:
    """When, at school; the day only where more is not known, or would tell when a sealed reporter was at it."""
    at = calendar.local(entry.at)
    # Of a sealed reporter only the day is known, also not from when the first of the readers was warned.
    of_reporter = not entry.by and (story.reporter is None or entry.step not in casefile.BY_ITSELF)
    return at.date() if (at.hour, at.minute) == (0, 0) or of_reporter else at
