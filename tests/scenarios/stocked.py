"""Puts reports into a school at once, past the dialog: for what only shows when there are many."""

from collections.abc import Sequence
from datetime import datetime

from bot.reports import intake
from bot.reports.intake import Draft, Identity
from bot.reports.ports import SealedCase
from bot.reports.routing import Route
from bot.reports.submitting import Reporter
from bot.reports.text import ReportText
from bot.school.people import Email, UserId
from tests.cast import SANNE
from tests.dialogue import Dialogue
from tests.wire_events import Someone

STORY = "zwartbessenjam in de app"


def report(
    talk: Dialogue,
    topic: str,
    readers: Sequence[Someone],
    *,
    copied: Sequence[Someone] = (),
    who: Someone = SANNE,
    identity: Identity = Identity.NAMED,
    at: datetime | None = None,
) -> SealedCase:
    """One report, kept as if it had come by the dialog; nobody is told of it here."""
    now = at or talk.clock.now()
    draft = Draft(
        topic=topic, story=ReportText(STORY), safe=intake.Reply.YES, goes_on=intake.Reply.NO, identity=identity
    )
    route = Route(None, tuple(Email(each.email) for each in readers), tuple(Email(each.email) for each in copied))
    with talk.bot.store.write() as transaction:
        bindings = transaction.people.of_emails((*route.recipients, *route.copied))
        made = talk.bot.drafts.begin(draft, UserId(who.user), transaction.drafts, now=now)
        transaction.drafts.erase(made, talk.bot.keyring.blind_indexes(UserId(who.user)))
        reporter = Reporter(UserId(who.user), who.name)
        submission = talk.bot.intake.accept(made, draft, reporter, route, bindings, now=now)
        transaction.reports.add(submission.case, submission.grants)
    return submission.case
