"""Keeps which Chat id belongs to which address, once and for good."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from bot.school.bindings import Binding
from bot.school.people import Email, UserId
from bot.school.spaces import Dialect, SpaceName
from bot.storage.rows.people import PersonRow
from bot.storage.statements import changed, insert_into


class BoundElsewhere(Exception):
    """The address belongs to another Chat id, or the id to another address; only an admin may move it."""


class SqlBindings:
    """A `bot.school.bindings.Bindings`."""

    __slots__ = ("_session",)

    def __init__(self, session: Session) -> None:
        self._session = session

    def of_user(self, user: UserId) -> Binding | None:
        """What is bound to this Chat id."""
        return self._one(PersonRow.user_id == user)

    def of_email(self, email: Email) -> Binding | None:
        """What is bound to this address."""
        return self._one(PersonRow.email == email)

    def of_emails(self, emails: Sequence[Email]) -> Mapping[Email, Binding]:
        """The bindings of these addresses, those without one left out."""
        rows = self._session.scalars(select(PersonRow).where(PersonRow.email.in_(emails)))
        return {Email(row.email): _binding(row) for row in rows}

    def of_users(self, users: Collection[UserId]) -> Mapping[UserId, Binding]:
        """The bindings of these Chat ids, those without one left out."""
        rows = self._session.scalars(select(PersonRow).where(PersonRow.user_id.in_(users)))
        return {UserId(row.user_id): _binding(row) for row in rows}

    def save(self, binding: Binding) -> None:
        """Add it, or replace the direct message and dialect of what is bound; raises BoundElsewhere."""
        other = select(PersonRow.email).where(PersonRow.user_id == binding.user, PersonRow.email != binding.email)
        if self._session.scalar(other) is not None:
            raise BoundElsewhere("this Chat id is bound to another address")
        new = insert_into(self._session, PersonRow).values(
            email=binding.email,
            user_id=binding.user,
            bound_at=binding.bound_at,
            direct_message=binding.direct_message,
            dialect=binding.dialect.value,
        )
        saved = new.on_conflict_do_update(
            index_elements=[PersonRow.email],
            set_={name: new.excluded[name] for name in ("direct_message", "dialect")},
            where=PersonRow.user_id == binding.user,
        )
        if changed(self._session, saved) != 1:
            raise BoundElsewhere("this address is bound to another Chat id")

    def forget_direct_message(self, space: SpaceName) -> None:
        """The bot was removed from this direct message."""
        self._session.execute(update(PersonRow).where(PersonRow.direct_message == space).values(direct_message=None))

    def _one(self, condition: ColumnElement[bool]) -> Binding | None:
        row = self._session.scalar(select(PersonRow).where(condition))
        return None if row is None else _binding(row)


def _binding(row: PersonRow) -> Binding:
    return Binding(
        email=Email(row.email),
        user=UserId(row.user_id),
        bound_at=row.bound_at,
        direct_message=None if row.direct_message is None else SpaceName(row.direct_message),
        dialect=Dialect(row.dialect),
    )
