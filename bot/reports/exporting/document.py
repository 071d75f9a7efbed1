"""What leaves with an export: exactly what its handler sees in the dialog, and nothing that is not shown there.

Who must not read a case stands nowhere in it, as it stands nowhere in clear.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from bot.reports.casefile import Casefile, Entry, Step
from bot.reports.exporting.telling import WITH_WORDS, CodeOf, NameOf, moment, said, who
from bot.reports.intake import OnBehalf
from bot.reports.ports import SealedCase
from bot.reports.submitting import Story
from bot.reports.text import ReportText
from bot.school.calendar import SchoolCalendar
from bot.wording.catalogue import Phrases

FORMAT = "protocolbot.case"
VERSION = 1
"""Goes up when a field changes its meaning or goes away; a new field changes nothing."""

_TELLING_DETAIL = frozenset({Step.URGENCY, Step.CLOSING, Step.CLOSED, Step.EXPORTED, Step.ALERTED, Step.UNREAD})
"""Steps whose detail is a word of ours; of others it may be the id of another case."""


class Form(StrEnum):
    """As what a case is exported."""

    PDF = "pdf"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that is known: its name in the data, its label and value in words, and its value in the data."""

    name: str
    label: str
    says: str
    value: str


@dataclass(frozen=True, slots=True)
class Happened:
    """One step; `at` is at school, and a day where no more may be told."""

    step: Step
    at: datetime | date
    by: str
    says: str
    to: str | None
    detail: str
    text: ReportText


@dataclass(frozen=True, slots=True)
class CaseDocument:
    """A case as it leaves; `exported_at` is at school."""

    code: str
    received: datetime | date
    exported_at: datetime
    exported_by: str
    closed: bool
    story: ReportText
    facts: tuple[Fact, ...]
    history: tuple[Happened, ...]


@dataclass(frozen=True, slots=True)
class Author:
    """Writes documents in the words of one language, at one school."""

    phrases: Phrases
    calendar: SchoolCalendar
    name_of: NameOf
    code_of: CodeOf

    def write(self, case: SealedCase, story: Story, known: Casefile, *, by: str, now: datetime) -> CaseDocument:
        """The document of a case whose reader's grant was checked."""
        received = self.calendar.local(case.received_at)
        return CaseDocument(
            code=case.code,
            received=received if story.reporter is not None else received.date(),
            exported_at=self.calendar.local(now),
            exported_by=by,
            closed=known.is_closed,
            story=story.text,
            facts=tuple(self._facts(story, known)),
            history=tuple(self._happened(entry, story) for entry in known.entries),
        )

    def _facts(self, story: Story, known: Casefile) -> Iterator[Fact]:
        t = self.phrases
        yield Fact("topic", t("case.about"), t(f"topic.{story.topic}"), story.topic)
        yield Fact("urgency", t("case.urgency"), t(f"urgency.{known.urgency}"), known.urgency.value)
        handler = self.name_of(known.handler) if known.handler is not None else t("case.nobody")
        yield Fact("handler", t("case.handler"), handler, handler)
        if story.on_behalf != OnBehalf.SELF:
            yield Fact("on_behalf", t("report.for_whom"), t(f"for_whom.{story.on_behalf}"), story.on_behalf)
        yield Fact("safe", t("case.safe"), t(f"reply.{story.safe}"), story.safe)
        yield Fact("reporter", t("case.reporter"), story.reporter or t("case.sealed"), story.reporter or "")
        if story.goes_on:
            yield Fact("goes_on", t("report.goes_on"), t(f"reply.{story.goes_on}"), story.goes_on)
        asked = (("by_staff", "personeel", story.by_staff), ("sexual", "seksueel", story.sexual))
        for name, question, reply in asked:
            if reply:
                yield Fact(name, t(f"report.question.{question}"), t(f"reply.{reply}"), reply)

    def _happened(self, entry: Entry, story: Story) -> Happened:
        return Happened(
            step=entry.step,
            at=moment(entry, story, self.calendar),
            by=who(self.phrases, entry, story, self.name_of),
            says=said(self.phrases, entry, self.name_of, self.code_of),
            to=self.name_of(entry.to) if entry.to is not None else None,
            detail=entry.detail if entry.step in _TELLING_DETAIL else "",
            # What the other steps hold there is no text of anybody: who must not read a case, for one.
            text=entry.text if entry.step in WITH_WORDS else ReportText(""),
        )


def as_json(document: CaseDocument) -> bytes:
    """The document for a machine, in UTF-8; moments are ISO 8601 with the school's offset, days are days."""
    content: dict[str, Any] = {
        "format": FORMAT,
        "version": VERSION,
        "exported": {"at": _iso(document.exported_at), "by": document.exported_by},
        "case": {"code": document.code, "received": _iso(document.received), "closed": document.closed},
        "story": document.story.words,
        "facts": [
            {"name": fact.name, "value": fact.value, "label": fact.label, "says": fact.says} for fact in document.facts
        ],
        "history": [
            {
                "step": each.step.value,
                "at": _iso(each.at),
                "by": each.by,
                "says": each.says,
                "to": each.to,
                "detail": each.detail,
                "text": each.text.words,
            }
            for each in document.history
        ],
    }
    # A lone half of an emoji, which a phone can send, has no UTF-8: it goes as the escape that JSON has for it.
    return json.dumps(content, ensure_ascii=False, indent=2).encode("utf-8", errors="backslashreplace")


def _iso(at: datetime | date) -> str:
    return at.isoformat(timespec="seconds") if isinstance(at, datetime) else at.isoformat()
