"""Where things are sent and what they are about, found when it is sent; and the road of mail."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.etiquette.ports import Reminder
from bot.google_chat.ports import Place
from bot.groups.ports import Group
from bot.groups.sanction import may_say_goodbye, may_speak
from bot.mail.courier import MailCourier
from bot.mail.opening import MailMisconfigured, open_courier
from bot.outbox.delivery import Address
from bot.reports.ports import CaseId
from bot.reports.submitting import Intake
from bot.school.people import Email, UserId
from bot.school.spaces import SpaceName
from bot.settings import Settings, SettingsError
from bot.storage.transactions import Store, Transaction
from bot.wording.catalogue import Phrases


@dataclass(frozen=True, slots=True)
class StoredAddresses:
    """Finds the space of an address in what is kept now, so that nobody is written to where the bot was removed."""

    store: Store
    intake: Intake

    def place(self, address: Address) -> Place | None:
        """The direct message of a person or of a report's reporter, or a group in which the bot may speak."""
        kind, _, name = address.partition(":")
        with self.store.read() as transaction:
            if kind in {"person", "reporter"}:
                user = UserId(name) if kind == "person" else self._reporter(CaseId(name), transaction)
                binding = transaction.people.of_user(user) if user is not None else None
                if binding is None or binding.direct_message is None:
                    return None
                return Place(binding.direct_message, binding.dialect)
            space, _, viewer = name.partition(":")
            group = transaction.spaces.get(SpaceName(space))
        allowed = may_say_goodbye(group) if kind == "left" else may_speak(group)
        if group is None or not allowed:
            return None
        return Place(group.space, group.dialect, UserId(viewer) if viewer else None)

    def _reporter(self, case: CaseId, transaction: Transaction) -> UserId | None:
        found = transaction.reports.get(case)
        return None if found is None else self.intake.reporter_of(found)


@dataclass(frozen=True, slots=True)
class StoredMailboxes:
    """Finds the e-mail address that a Chat id is bound to now."""

    store: Store

    def of(self, user: UserId) -> Email | None:
        """The address that the school's directory or the first event bound to this id."""
        with self.store.read() as transaction:
            binding = transaction.people.of_user(user)
        return None if binding is None else binding.email

    def of_all(self, users: Collection[UserId]) -> Mapping[UserId, Email]:
        """The addresses of these Chat ids, those without one left out."""
        with self.store.read() as transaction:
            bound = transaction.people.of_users(users)
        return {user: binding.email for user, binding in bound.items()}


@dataclass(frozen=True, slots=True)
class StoredMemory:
    """What notices are about, read when they are sent."""

    store: Store

    def group_by_ref(self, ref: str) -> Group | None:
        """The group that an approval or welcome is about."""
        with self.store.read() as transaction:
            return transaction.spaces.by_ref(ref)

    def reminder(self, reminder_id: str) -> Reminder | None:
        """The reminder that is to be sent."""
        with self.store.read() as transaction:
            return transaction.reminders.get(reminder_id)


def open_mail(
    settings: Settings, store: Store, phrases: Phrases, real_now: Callable[[], datetime]
) -> MailCourier | None:
    """The courier for mailboxes, or None where the school set up no mail server; raises SettingsError."""
    words = (phrases("mail.subject"), phrases("mail.text"))
    try:
        return open_courier(settings.smtp_url, settings.smtp_from, words, StoredMailboxes(store), real_now)
    except MailMisconfigured as error:
        raise SettingsError(str(error)) from None
