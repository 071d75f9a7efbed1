"""Turns a finished draft into a sealed case, grants and the notices that are owed: stored first, told afterwards."""

import json
import random
import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta

from bot.outbox.delivery import Delivery, Kind, Priority, owe, to_person, with_mail
from bot.reports.categories import Categories, Category
from bot.reports.intake import Draft, Identity, OnBehalf
from bot.reports.ports import CaseId, Grant, SealedCase
from bot.reports.retention import OPEN_KEPT
from bot.reports.routing import Route
from bot.reports.sealing import Keyring, Sealed
from bot.reports.text import ReportText
from bot.school.bindings import Binding
from bot.school.calendar import SchoolCalendar
from bot.school.people import Email, UserId

TABLE = "cases"
CODE_LETTERS = "23456789BCDFGHJKMNPQRSTVWXZ"
"""No vowels and nothing that looks like something else, so that a code can be read out and spells nothing."""

SEALED_WAIT_MINUTES = (5, 60)
"""A sealed reporter's notice waits a random while, so that its time does not say who was just in the dialog."""


@dataclass(frozen=True, slots=True)
class Reporter:
    """Who reports: Google's id for finding the case again, and the name for who reports by name."""

    user: UserId
    name: str


@dataclass(frozen=True, slots=True)
class Submission:
    """Everything that one transaction must keep together."""

    case: SealedCase
    grants: tuple[Grant, ...]
    deliveries: tuple[Delivery, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """What a reader with a grant sees in the dialog; `reporter` is None for a sealed reporter."""

    category: str
    topic: str
    excluded: frozenset[Email]
    quiet: bool
    by_staff: str
    sexual: str
    goes_on: str
    on_behalf: str
    text: ReportText
    safe: str
    reporter: str | None


@dataclass(frozen=True, slots=True)
class Intake:
    """Accepts reports for one school."""

    keyring: Keyring
    categories: Categories
    calendar: SchoolCalendar
    by_mail: bool = False

    def accept(
        self,
        draft_id: str,
        draft: Draft,
        reporter: Reporter,
        route: Route,
        bindings: Mapping[Email, Binding],
        *,
        excluded: Collection[Email] = (),
        now: datetime,
    ) -> Submission:
        """Seal the draft and address it; raises ValueError when the draft is unfinished or nobody can receive it.

        `excluded` are all who must not read it: kept with the story, for whoever is to receive it later.
        """
        if draft.missing(self.categories):
            raise ValueError("an unfinished report is not submitted")
        readers = [bindings[email].user for email in route.recipients]
        copied = [bindings[email].user for email in route.copied]
        if not readers:
            raise ValueError("a report needs somebody to receive it")
        case = self._seal(self.cases_of(draft_id)[0], draft, reporter, excluded, now=now)
        return Submission(
            case=case,
            # The case's own moment, which for a sealed reporter is the day only.
            grants=(
                *(Grant(case.id, user, granted_at=case.received_at) for user in readers),
                *(Grant(case.id, user, granted_at=case.received_at, sees_story=False) for user in copied),
            ),
            # Who reads what is urgent is alerted one after another (`bot.reports.alerts`).
            deliveries=tuple(
                delivery
                for user in ((*readers, *copied) if not case.urgency.is_urgent else copied)
                for delivery in self.by_every_road(self._notice(case, user, draft, now=now))
            ),
        )

    def by_every_road(self, notice: Delivery) -> tuple[Delivery, ...]:
        """The notice, and a mail beside it where the school has a mail server."""
        return with_mail(notice) if self.by_mail else (notice,)

    def tell(self, case: SealedCase) -> Story:
        """Open a case for somebody whose grant was checked; raises CannotOpen."""
        told = json.loads(self.keyring.open(Sealed(case.wrapped_key, case.body), table=TABLE, row=case.id))
        return Story(
            category=told["category"],
            topic=told["topic"],
            excluded=frozenset(Email(email) for email in told.get("excluded", ())),
            quiet=bool(told.get("quiet", False)),
            by_staff=told["by_staff"],
            sexual=told["sexual"],
            goes_on=told.get("goes_on", ""),
            on_behalf=told.get("on_behalf", OnBehalf.SELF.value),
            text=ReportText(told["story"]),
            safe=told["safe"],
            reporter=told["reporter"]["name"] if told["identity"] == Identity.NAMED else None,
        )

    def cases_of(self, draft_id: str) -> Sequence[CaseId]:
        """The ids that the case of a draft can have: the same each time, linked to the draft by the keys alone.

        A new case gets the first; the others are of a draft that was sent when another key came first.
        """
        return [CaseId(case) for case in self.keyring.case_ids(draft_id)]

    def reporter_of(self, case: SealedCase) -> UserId:
        """To whom an answer goes, for the moment of sending and for nothing else; raises CannotOpen."""
        told = json.loads(self.keyring.open(Sealed(case.wrapped_key, case.body), table=TABLE, row=case.id))
        return UserId(told["reporter"]["user"])

    def category_of(self, story: Story) -> Category:
        """The row that decides who may receive a case, as it did when it came in."""
        category = self.categories[story.category]
        staff = story.by_staff not in {"", "nee"}
        return replace(category, to_board=True) if staff and category.to_board_if_staff else category

    def _seal(
        self, case_id: CaseId, draft: Draft, reporter: Reporter, excluded: Collection[Email], *, now: datetime
    ) -> SealedCase:
        content = {
            "category": draft.category(self.categories).code,
            "topic": draft.topic,
            "by_staff": draft.by_staff.value,
            "sexual": draft.sexual.value,
            "goes_on": draft.goes_on.value,
            "on_behalf": draft.on_behalf.value,
            "story": draft.story.words,
            "safe": draft.safe.value,
            "identity": draft.identity,
            "excluded": sorted(excluded),
            "quiet": draft.quiet,
            "reporter": {"user": reporter.user, "name": reporter.name},
        }
        sealed = self.keyring.seal(json.dumps(content, ensure_ascii=False).encode(), table=TABLE, row=case_id)
        received = now if draft.identity is Identity.NAMED else datetime.combine(now.date(), time(), UTC)
        return SealedCase(
            id=case_id,
            code=new_code(),
            urgency=draft.urgency(self.categories),
            wrapped_key=sealed.wrapped_key,
            body=sealed.body,
            reporter=self.keyring.blind_indexes(reporter.user)[0],
            received_at=received,
            retain_until=received + OPEN_KEPT,
        )

    def _notice(self, case: SealedCase, reader: UserId, draft: Draft, *, now: datetime) -> Delivery:
        if case.urgency.is_urgent:
            return owe(
                Kind.REPORT_WAITS_URGENT, to_person(reader), case.id, Priority.URGENT_REPORT, now=case.received_at
            )
        moment = now
        if draft.identity is Identity.SEALED:
            seconds = random.randint(*(minutes * 60 for minutes in SEALED_WAIT_MINUTES))  # noqa: S311 - no secret
            moment = moment.replace(microsecond=0) + timedelta(seconds=seconds)
        return owe(
            Kind.REPORT_WAITS,
            to_person(reader),
            case.id,
            Priority.REPORT,
            now=case.received_at,
            not_before=self.calendar.staff_moment(moment),
        )


def new_code() -> str:
    """A code that a reporter can write down, such as 7KX2-M9QF."""
    letters = [secrets.choice(CODE_LETTERS) for _ in range(8)]
    return "".join(letters[:4]) + "-" + "".join(letters[4:])
