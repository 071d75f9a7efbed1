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


@dataclass(frozen=True, slots=True)
class Draft:
    """What was told so far; `excluded` are the people whom it is about or whom the reporter struck out.

    `shown_readers` are those whom the review page named: to nobody else it is ever sent.
    """

    topic: str
    story: ReportText = field(default_factory=lambda: ReportText(""))
    safe: Reply = Reply.NONE
    decisive: Reply = Reply.NONE
    excluded: frozenset[Email] = frozenset()
    identity: Identity | None = None
    shown_readers: tuple[Email, ...] = ()

    def category(self, table: Categories) -> Category:
        """The row that decides route and urgency; doubt about a sexual matter by staff counts as one."""
        chosen = table[self.topic]
        sexual_by_staff = (chosen.question is Question.SEXUAL and self.decisive is not Reply.NO) or (
            chosen.question is Question.STAFF and chosen.sexual and self.decisive is not Reply.NO
        )
        return table[ABUSE_BY_STAFF] if sexual_by_staff else chosen

    def urgency(self, table: Categories) -> Urgency:
        """How soon somebody must look; who is not safe now, or does not know, is never kept waiting."""
        category = self.category(table)
        own = table[self.topic].urgency
        if self.safe is Reply.NO:
            return Urgency.NOW
        return min(own, category.urgency)

    def missing(self, table: Categories) -> frozenset[str]:
        """The names of what must still be told before it can be sent."""
        missing = set()
        if not self.story:
            missing.add("story")
        if self.safe is Reply.NONE:
            missing.add("safe")
        if table[self.topic].question is not Question.NONE and self.decisive is Reply.NONE:
            missing.add("decisive")
        if self.identity is None:
            missing.add("identity")
        return frozenset(missing)

    def told(self, *, story: str, safe: str, decisive: str) -> Self:
        """The draft after the page that asks what happened; text beyond the limit is refused by the caller."""
        return replace(self, story=ReportText(story), safe=_reply(safe), decisive=_reply(decisive))

    def to_bytes(self) -> bytes:
        """For sealing; never for anything else."""
        content = {
            "topic": self.topic,
            "story": self.story.words,
            "safe": self.safe.value,
            "decisive": self.decisive.value,
            "excluded": sorted(self.excluded),
            "shown_readers": list(self.shown_readers),
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
            decisive=Reply(told["decisive"]),
            excluded=frozenset(Email(email) for email in told["excluded"]),
            shown_readers=tuple(Email(email) for email in told["shown_readers"]),
            identity=Identity(told["identity"]) if told["identity"] else None,
        )


def _reply(value: str) -> Reply:
    # The value comes from a form that anybody could have changed.
    return Reply(value) if value in set(Reply) else Reply.NONE
