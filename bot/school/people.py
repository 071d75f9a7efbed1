"""Who somebody is to the school: a role, a class, and never what they typed about themselves."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

UserId = NewType("UserId", str)
"""A person in Google Chat, as Google names them: `users/123`."""

Email = NewType("Email", str)
"""An address in lower case, as the school's own data write it."""


class Role(StrEnum):
    """What somebody is at the school; the value is the protocol's own word."""

    PUPIL = "leerling"
    STAFF = "medewerker"
    LEADER = "schoolleiding"
    BOARD = "bestuur"
    SUPERVISOR = "toezicht"
    CONFIDANT = "vertrouwenspersoon"
    ADMIN = "beheerder"
    PARENT = "ouder"
    UNKNOWN = "onbekend"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the school's own data.

    `aliases` are other names: a staff code, a nickname, a former name. `line_manager` is whom W3 and W4 send them to.
    """

    email: Email
    name: str
    roles: frozenset[Role]
    classes: frozenset[str] = frozenset()
    aliases: tuple[str, ...] = ()
    line_manager: Email | None = None

    def is_any(self, *roles: Role) -> bool:
        """Whether the person has at least one of these roles."""
        return not self.roles.isdisjoint(roles)

    @property
    def main_role(self) -> Role:
        """The one role that an answer speaks to."""
        return next((role for role in _SPEAKS_AS if role in self.roles), Role.UNKNOWN)

    @property
    def is_pupil(self) -> bool:
        """Whether the person is addressed as a pupil."""
        return Role.PUPIL in self.roles

    @property
    def is_staff(self) -> bool:
        """Whether the person works for the school, whatever the function."""
        return self.is_any(Role.STAFF, Role.LEADER, Role.BOARD, Role.CONFIDANT, Role.ADMIN)


_SPEAKS_AS = (
    Role.PUPIL,
    Role.PARENT,
    Role.LEADER,
    Role.BOARD,
    Role.SUPERVISOR,
    Role.CONFIDANT,
    Role.ADMIN,
    Role.STAFF,
)
"""Which of several roles an answer speaks to; a pupil is a pupil first."""


def unknown_person(email: Email, name: str) -> Person:
    """Somebody whom the school's data do not know: the least rights."""
    return Person(email=email, name=name, roles=frozenset({Role.UNKNOWN}))
