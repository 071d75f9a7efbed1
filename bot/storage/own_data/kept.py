"""Finds and removes what lies about one person outside of reports: groups, messages, memory, drafts, the binding."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, func, or_, select
from sqlalchemy.orm import Session

from bot.outbox.delivery import REPORT_KINDS, State, to_person, to_reporter
from bot.reports.ports import BlindIndex, CaseId
from bot.school.articles import ArticleCode
from bot.school.people import UserId
from bot.storage.rows.answers import QuestionMemoryRow
from bot.storage.rows.outbox import DeliveryRow
from bot.storage.rows.people import PersonRow
from bot.storage.rows.reports import DraftRow
from bot.storage.rows.spaces import MembershipRow, SpaceRow


class SqlOwnData:
    """One person's rows, inside the caller's transaction; who may ask is for the caller to know."""

    __slots__ = ("_session",)

    def __init__(self, session: Session) -> None:
        self._session = session

    def groups_of(self, user: UserId) -> Sequence[str]:
        """The names of the groups to which this person added the bot, or about which they decided."""
        theirs = or_(SpaceRow.added_by == user, SpaceRow.decided_by == user)
        return list(self._session.scalars(select(SpaceRow.display_name).where(theirs).order_by(SpaceRow.display_name)))

    def member_of(self, user: UserId) -> Sequence[str]:
        """The names of the groups in which this person is or lately was."""
        asked = select(SpaceRow.display_name).join(MembershipRow, MembershipRow.space == SpaceRow.name)
        return list(self._session.scalars(asked.where(MembershipRow.user_id == user).order_by(SpaceRow.display_name)))

    def messages_to(self, user: UserId) -> int:
        """How many messages about other things than reports are remembered as sent to this person, or as owed."""
        asked = select(func.count()).where(_to_them(user), _not_about_reports())
        return self._session.scalar(asked) or 0

    def remembered(self, keys: Collection[str], now: datetime) -> Sequence[ArticleCode]:
        """The articles that are remembered under these keyed hashes."""
        asked = select(QuestionMemoryRow.codes).where(QuestionMemoryRow.key.in_(keys), QuestionMemoryRow.until > now)
        found = self._session.scalars(asked.order_by(QuestionMemoryRow.key))
        return [ArticleCode(code) for codes in found for code in codes.split(",") if code]

    def drafts_of(self, owner: Collection[BlindIndex], now: datetime) -> int:
        """How many reports this person is writing."""
        asked = select(func.count()).where(DraftRow.owner_index.in_(owner), DraftRow.expires_at > now)
        return self._session.scalar(asked) or 0

    def forget_memory(self, keys: Collection[str]) -> None:
        """Remove what is remembered under these keyed hashes."""
        self._session.execute(delete(QuestionMemoryRow).where(QuestionMemoryRow.key.in_(keys)))

    def erase_drafts(self, owner: Collection[BlindIndex]) -> None:
        """Remove all reports that this person is writing."""
        self._session.execute(delete(DraftRow).where(DraftRow.owner_index.in_(owner)))

    def forget_messages(self, user: UserId) -> None:
        """Remove what was sent to this person, or can be sent no more, but for reports: that belongs to the case."""
        settled = and_(DeliveryRow.state != State.WAITING.value, _not_about_reports())
        self._session.execute(delete(DeliveryRow).where(_to_them(user), settled))

    def tell_no_more(self, cases: Collection[CaseId]) -> None:
        """Owe the reporter of these cases nothing any more: there is nowhere to send it."""
        addresses = [to_reporter(case) for case in cases]
        self._session.execute(delete(DeliveryRow).where(DeliveryRow.address.in_(addresses)))

    def forget_binding(self, user: UserId) -> None:
        """Remove which address this Chat id has, and where the direct message is."""
        self._session.execute(delete(PersonRow).where(PersonRow.user_id == user))


def _to_them(user: UserId) -> ColumnElement[bool]:
    """In their own direct message, or in a group for them alone."""
    in_a_group = DeliveryRow.address.endswith(f":{user}", autoescape=True)
    return or_(DeliveryRow.address == to_person(user), and_(DeliveryRow.address.startswith("member:"), in_a_group))


def _not_about_reports() -> ColumnElement[bool]:
    return DeliveryRow.kind.not_in([kind.value for kind in REPORT_KINDS])
