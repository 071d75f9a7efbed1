"""A report while it is being told: what is known, what is still needed, and nothing of how it is asked."""

import json
from dataclasses import dataclass, field, replace
from datetime import timedelta
from enum import StrEnum
from typing import Any, Self

from bot.reports.categories import ABUSE_BY_STAFF, Categories, Category, Question
from bot.reports.ports import Urgency
from bot.reports.text import ReportText
from bot.school.people import Email

DRAFT_LIVES = timedelta(minutes=60)
STORY_AT_MOST = 2000
"""Characters, as the field on the card says (responsible-use.md R11)."""


class Reply(StrEnum):
    """An answer to a plain question; not answered is an answer too."""

    YES = "ja"
    NO = "nee"
    UNSURE = "weet_niet"
    NONE = ""


class Identity(StrEnum):
    """How the reporter wants to be known; never a promise of anonymity (responsible-use.md R14)."""

    NAMED = "met_naam"
    SEALED = "zonder_naam"


class OnBehalf(StrEnum):
    """For whom somebody reports."""

    SELF = "mezelf"
    PUPIL = "leerling"
    PARENT = "ouder"


@dataclass(frozen=True, slots=True)
class Draft:
    """What was told so far; `excluded` are the people whom it is about or whom the reporter struck out.

    `cleared` are those whose name stands in the story and of whom the reporter said that it is not about them; `quiet`
    means that the reporter wants no message when there is news.
    `shown_readers` and `shown_copied` are those whom the review page named: to nobody else it is ever sent.
    """

    topic: str
    story: ReportText = field(default_factory=lambda: ReportText(""))
    safe: Reply = Reply.NONE
    by_staff: Reply = Reply.NONE
    sexual: Reply = Reply.NONE
    goes_on: Reply = Reply.NONE
    on_behalf: OnBehalf = OnBehalf.SELF
    excluded: frozenset[Email] = frozenset()
    cleared: frozenset[Email] = frozenset()
    quiet: bool = False
    identity: Identity | None = None
    shown_readers: tuple[Email, ...] = ()
    shown_copied: tuple[Email, ...] = ()

    def category(self, table: Categories) -> Category:
        """The row that decides route and urgency; doubt about a sexual matter by staff counts as one."""
        chosen, asked = table[self.topic], self.questions(table)
        by_staff = chosen.by_staff or (Question.STAFF in asked and self.by_staff is not Reply.NO)
        sexual = chosen.sexual or (Question.SEXUAL in asked and self.sexual is not Reply.NO)
        if by_staff and sexual:
            return table[ABUSE_BY_STAFF]
        return replace(chosen, to_board=True) if by_staff and chosen.to_board_if_staff else chosen

    def urgency(self, table: Categories) -> Urgency:
        """How soon somebody must look; who is not safe now, or does not know, is never kept waiting."""
        category, chosen = self.category(table), table[self.topic]
        if self.safe in {Reply.NO, Reply.UNSURE}:
            return Urgency.NOW
        own = chosen.urgency
        if chosen.may_go_on and self.goes_on is not Reply.NO:
            own = own.sooner
        return min(own, category.urgency)

    def missing(self, table: Categories) -> frozenset[str]:
        """The names of what must still be told before it can be sent."""
        missing = set()
        if not self.story:
            missing.add("story")
        if self.safe is Reply.NONE:
            missing.add("safe")
        asked = self.questions(table)
        if Question.STAFF in asked and self.by_staff is Reply.NONE:
            missing.add("by_staff")
        if Question.SEXUAL in asked and self.sexual is Reply.NONE:
            missing.add("sexual")
        if self.identity is None:
            missing.add("identity")
        return frozenset(missing)

    def told(
        self, *, story: str, safe: str, by_staff: str, sexual: str, goes_on: str = "", on_behalf: str = ""
    ) -> Self:
        """The draft after the page that asks what happened; text beyond the limit is refused by the caller."""
        return replace(
            self,
            story=ReportText(story),
            safe=_reply(safe),
            by_staff=_reply(by_staff),
            sexual=_reply(sexual),
            goes_on=_reply(goes_on),
            on_behalf=_on_behalf(on_behalf),
        )

    def questions(self, table: Categories) -> tuple[Question, ...]:
        """What must be asked to find the route: what the category says, and both when the story sounds sexual."""
        chosen = table[self.topic]
        if not table.sounds_sexual(self.story.words):
            return chosen.questions
        known = {Question.STAFF: chosen.by_staff, Question.SEXUAL: chosen.sexual}
        return tuple(question for question in Question if not known[question])

    def to_bytes(self) -> bytes:
        """For sealing; never for anything else."""
        content = {
            "topic": self.topic,
            "story": self.story.words,
            "safe": self.safe.value,
            "by_staff": self.by_staff.value,
            "sexual": self.sexual.value,
            "goes_on": self.goes_on.value,
            "on_behalf": self.on_behalf.value,
            "excluded": sorted(self.excluded),
            "cleared": sorted(self.cleared),
            "quiet": self.quiet,
            "shown_readers": list(self.shown_readers),
            "shown_copied": list(self.shown_copied),
            "identity": self.identity.value if self.identity else None,
        }
        return json.dumps(content, ensure_ascii=False).encode()

    @classmethod
    def from_bytes(cls, content: bytes) -> Self:
        """What `to_bytes` made."""
        told: dict[str, Any] = json.loads(content)
        return cls(
            topic=told["topic"],
            story=ReportText(told["story"]),
            safe=Reply(told["safe"]),
            by_staff=Reply(told["by_staff"]),
            sexual=Reply(told["sexual"]),
            goes_on=Reply(told.get("goes_on", "")),
            on_behalf=_on_behalf(told.get("on_behalf", "")),
            excluded=frozenset(Email(email) for email in told["excluded"]),
            quiet=bool(told.get("quiet", False)),
            cleared=frozenset(Email(email) for email in told.get("cleared", ())),
            shown_readers=tuple(Email(email) for email in told["shown_readers"]),
            shown_copied=tuple(Email(email) for email in told.get("shown_copied", ())),
            identity=Identity(told["identity"]) if told["identity"] else None,
        )


def _reply(value: str) -> Reply:
    # The value comes from a form that anybody could have changed.
    return Reply(value) if value in set(Reply) else Reply.NONE


def _on_behalf(value: str) -> OnBehalf:
    return OnBehalf(value) if value in set(OnBehalf) else OnBehalf.SELF
