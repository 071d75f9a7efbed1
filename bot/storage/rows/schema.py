"""All tables together, which migrations are written from and compared with."""

from sqlalchemy import MetaData

from bot.storage.rows import (
    answers,
    audit,
    events,
    exports,
    outbox,
    people,
    protocols,
    reports,
    rosters,
    spaces,
)
from bot.storage.rows.base import Base

ROWS: tuple[type[Base], ...] = (
    outbox.DeliveryRow,
    outbox.LaneRow,
    outbox.SpaceWriteRow,
    events.SeenEventRow,
    people.PersonRow,
    people.AbsenceRow,
    people.AccountRoleRow,
    people.SeatListRow,
    people.SeatConfirmationRow,
    people.SeatProposalRow,
    spaces.SpaceRow,
    spaces.ReminderRow,
    spaces.WishesRow,
    spaces.MembershipRow,
    spaces.RoundRow,
    reports.ReportRow,
    reports.GrantRow,
    reports.CaseStepRow,
    reports.DraftRow,
    exports.ExportRow,
    audit.AuditHeadRow,
    audit.PurgeRow,
    audit.PurgedCaseRow,
    protocols.ProtocolVersionRow,
    answers.QuestionMemoryRow,
    answers.ArticleCountRow,
    answers.OpinionRow,
    rosters.ClassRow,
    rosters.ClassPupilRow,
    rosters.LookRow,
)


def schema() -> MetaData:
    """The tables as this version of the bot expects them."""
    return Base.metadata
