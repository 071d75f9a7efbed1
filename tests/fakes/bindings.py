"""Bindings of addresses to Chat ids in a dictionary."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.school.bindings import Binding
from bot.school.people import Email, UserId
from bot.school.spaces import SpaceName
from bot.storage.bindings import BoundElsewhere


class FakeBindings:
    """A `bot.school.bindings.Bindings`."""

    def __init__(self) -> None:
        self.rows: dict[Email, Binding] = {}

    def of_user(self, user: UserId) -> Binding | None:
        return next((row for row in self.rows.values() if row.user == user), None)

    def of_email(self, email: Email) -> Binding | None:
        return self.rows.get(email)

    def of_emails(self, emails: Sequence[Email]) -> Mapping[Email, Binding]:
        return {email: self.rows[email] for email in emails if email in self.rows}

    def save(self, binding: Binding) -> None:
        known, of_user = self.rows.get(binding.email), self.of_user(binding.user)
        if (known and known.user != binding.user) or (of_user and of_user.email != binding.email):
            raise BoundElsewhere
        self.rows[binding.email] = replace(binding, bound_at=known.bound_at) if known else binding

    def forget_direct_message(self, space: SpaceName) -> None:
        for email, row in self.rows.items():
            if row.direct_message == space:
                self.rows[email] = replace(row, direct_message=None)
