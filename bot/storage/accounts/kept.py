"""Keeps which account has which role, in the caller's transaction."""

from collections.abc import Mapping

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bot.school.people import Email, Role
from bot.storage.rows.people import AccountRoleRow


class SqlAccountRoles:
    """Addresses with their role, and nothing else about anybody."""

    __slots__ = ("_session",)

    def __init__(self, session: Session) -> None:
        self._session = session

    def all(self) -> Mapping[Email, Role]:
        """The role of every account."""
        rows = self._session.execute(select(AccountRoleRow.email, AccountRoleRow.role))
        return {Email(email): Role(role) for email, role in rows}

    def replace(self, roles: Mapping[Email, Role]) -> tuple[int, int, int]:
        """Keep these in the place of what was there; how many came, changed and went."""
        before = self.all()
        gone = before.keys() - roles.keys()
        changed = {email for email, role in roles.items() if email in before and before[email] is not role}
        new = roles.keys() - before.keys()
        if out := gone | changed:
            self._session.execute(delete(AccountRoleRow).where(AccountRoleRow.email.in_(out)))
        self._session.add_all(AccountRoleRow(email=email, role=roles[email].value) for email in new | changed)
        self._session.flush()
        return len(new), len(changed), len(gone)
