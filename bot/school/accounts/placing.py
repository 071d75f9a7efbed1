"""Which role an account has by its unit or its groups; only roles that a whole unit may have."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from bot.school.accounts.ports import Account, Accounts
from bot.school.people import Email, Role

COUNTS_FIRST = (Role.PUPIL, Role.STAFF, Role.PARENT)
"""Of several roles the first one counts: a pupil who helps in a staff group stays a pupil.

There are no others: who leads, decides or administers is named in the school's file, never by where an account is.
"""


@dataclass(frozen=True, slots=True)
class AccountRules:
    """The roles of units (paths, with all units below them) and of Google groups (addresses)."""

    units: Mapping[str, Role] = field(default_factory=dict)
    groups: Mapping[str, Role] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Whether the school uses them at all."""
        return bool(self.units or self.groups)


def roles_by_account(accounts: Accounts, rules: AccountRules) -> Mapping[Email, Role]:
    """The role of every account that a rule is about; raises AccountsUnknown.

    Groups give a role to accounts of the school only: whoever else is in them is an outsider.
    """
    if not rules:
        return {}
    everybody = accounts.all()
    in_groups: dict[Email, list[Role]] = {}
    for group, role in rules.groups.items():
        for email in accounts.members_of(group):
            in_groups.setdefault(email, []).append(role)
    return _placed(everybody, rules, in_groups)


def _placed(
    everybody: Sequence[Account], rules: AccountRules, in_groups: Mapping[Email, Collection[Role]]
) -> Mapping[Email, Role]:
    placed: dict[Email, Role] = {}
    for account in everybody:
        found = [*in_groups.get(account.email, ())]
        by_unit = _of_unit(account.unit, rules.units)
        if by_unit is not None:
            found.append(by_unit)
        first = next((role for role in COUNTS_FIRST if role in found), None)
        if first is not None:
            placed[account.email] = first
    return placed


def _of_unit(unit: str, units: Mapping[str, Role]) -> Role | None:
    """The role of the nearest unit at or above this one; names differ by more than their letters' case."""
    path = unit.casefold().rstrip("/")
    while True:
        role = units.get(path or "/")
        if role is not None or not path:
            return role
        path = path.rpartition("/")[0]
