"""The only module that knows everybody: builds the bot from its settings, once, when the process starts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import requests
import structlog
from google.auth.exceptions import GoogleAuthError
from sqlalchemy import Engine

from bot.etiquette.ports import Reminder
from bot.etiquette.schedule import Schedule
from bot.google_account.credentials import chat_credentials
from bot.google_chat.cards import Message, Wire
from bot.google_chat.client import ChatClient
from bot.google_chat.courier import ChatCourier
from bot.google_chat.notices import Notices
from bot.google_chat.ports import Place, Poster
from bot.groups.ports import Group, GroupState
from bot.outbox.delivery import REPORT_KINDS, Address, Delivery, DeliveryId, State
from bot.outbox.sending import Sender
from bot.protocol.bank import BankRefused
from bot.protocol.loader import ProtocolRefused
from bot.protocol.loading import RGO_PROTOCOL, LoadedProtocol, load
from bot.protocol.quoting import Quotations
from bot.reports.categories import Categories
from bot.reports.drafting import Drafts
from bot.reports.routing import candidates
from bot.reports.sealing import Keyring, KeysMalformed
from bot.reports.submitting import Intake
from bot.school.articles import ArticleCode
from bot.school.calendar import SchoolCalendar
from bot.school.clock import Clock
from bot.school.facts import SchoolFacts
from bot.school.file import SchoolFileError, read_school
from bot.school.helplines import Helplines
from bot.school.people import Person, UserId
from bot.school.spaces import SpaceName
from bot.settings import Settings, SettingsError
from bot.storage.delivery_store import SqlDeliveryStore
from bot.storage.engine import open_engine
from bot.storage.seen_events import SeenEvents
from bot.storage.transactions import Store
from bot.wording.catalogue import Wording

CLOCK_SECONDS = 2.0

REMINDER_ITEMS = tuple(ArticleCode(code) for code in ("A1", "A2", "A3", "A4", "A5", "A6", "A7", "A9", "A10", "U3"))
"""What groups are reminded of; A8 speaks to staff alone and is left out of class groups."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Bot:
    """Everything that the bot is made of, ready to use; threads share it."""

    settings: Settings
    school: SchoolFacts
    calendar: SchoolCalendar
    clock: Clock
    real_now: Callable[[], datetime]
    engine: Engine
    store: Store
    seen: SeenEvents
    wording: Wording
    helplines: Helplines
    protocol: LoadedProtocol
    quotations: Quotations
    schedule: Schedule
    keyring: Keyring
    categories: Categories
    drafts: Drafts
    intake: Intake
    sender: Sender

    def is_recipient(self, person: Person) -> bool:
        """Whether the school's data name this person as somebody who can receive reports."""
        return person.email in candidates(self.school)

    def owed_about(self, subject: str) -> list[DeliveryId]:
        """What is still to be sent about a case or a group."""
        with self.store.read() as transaction:
            owed = transaction.deliveries.about(subject)
        return [delivery.id for delivery in owed if delivery.state is State.WAITING]


class SystemClock:
    """The real time."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class BusinessClock:
    """The clock of the local Google Chat (`CLOCK_URL`); asked once for each request or job step."""

    url: str

    def now(self) -> datetime:
        """What that clock says, aware, in UTC; raises requests.RequestException when it cannot be reached."""
        answer = requests.get(self.url, timeout=CLOCK_SECONDS)
        answer.raise_for_status()
        return datetime.fromisoformat(answer.json()["now"]).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class StoredAddresses:
    """Finds the space of an address in what is kept now, so that nobody is written to where the bot was removed."""

    store: Store

    def place(self, address: Address) -> Place | None:
        """The direct message of a person, or a group in which the bot may speak."""
        kind, _, name = address.partition(":")
        with self.store.read() as transaction:
            if kind == "person":
                binding = transaction.people.of_user(UserId(name))
                if binding is None or binding.direct_message is None:
                    return None
                return Place(binding.direct_message, binding.dialect)
            group = transaction.spaces.get(SpaceName(name))
        if group is None or group.state not in {GroupState.SANCTIONED, GroupState.REFUSED}:
            return None
        return Place(group.space, group.dialect)


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


@dataclass(frozen=True, slots=True)
class NoticeDesk:
    """Words a delivery; the words do not depend on the wire."""

    notices: Notices

    def write(self, delivery: Delivery, wire: Wire) -> Message | None:  # noqa: ARG002 - the port hands it over
        """The message, or None when what it was about is gone."""
        return self.notices.write(delivery)


def assemble(
    settings: Settings,
    *,
    clock: Clock | None = None,
    client: Poster | None = None,
    protocol: LoadedProtocol | None = None,
) -> Bot:
    """Build the bot; tests give a clock, a client or a protocol of their own. Raises SettingsError."""
    school = read_facts(settings)
    keyring = read_keys(settings)
    engine = open_engine(settings.database_url)
    store = Store(engine)
    wording = Wording.load()
    protocol = protocol or read_protocol(settings.protocol_dir)
    quotations = Quotations(protocol.document, protocol.reviewed)
    calendar = SchoolCalendar(school.hours)
    categories = Categories.load()
    notices = NoticeDesk(Notices(wording.dutch, quotations, StoredMemory(store)))
    courier = ChatCourier(client or open_chat(settings), StoredAddresses(store), notices, settings.public_url)
    return Bot(
        settings=settings,
        school=school,
        calendar=calendar,
        clock=clock or (BusinessClock(settings.clock_url) if settings.clock_url else SystemClock()),
        real_now=SystemClock().now,
        engine=engine,
        store=store,
        seen=SeenEvents(engine),
        wording=wording,
        helplines=Helplines.load(),
        protocol=protocol,
        quotations=quotations,
        schedule=Schedule(calendar, school.reminder_seed, tuple(filter(quotations.has, REMINDER_ITEMS))),
        keyring=keyring,
        categories=categories,
        drafts=Drafts(keyring),
        intake=Intake(keyring, categories, calendar),
        sender=Sender(SqlDeliveryStore(engine), courier, SystemClock().now, _say_undeliverable),
    )


def open_chat(settings: Settings) -> ChatClient:
    """The client of Google Chat, ready for its first call; raises SettingsError without the bot's own account."""
    try:
        credentials = chat_credentials()
    except GoogleAuthError:
        raise SettingsError(
            "GOOGLE_APPLICATION_CREDENTIALS is missing or cannot be used; expected: the service account's key file"
        ) from None
    client = ChatClient(credentials, settings.chat_api_endpoint)
    client.warm_up()
    return client


def read_facts(settings: Settings) -> SchoolFacts:
    """The school's facts; raises SettingsError, also for a demo school where real people are."""
    school = read_school_file(settings.school_file)
    if school.demo and (settings.on_app_engine or settings.chat_api_endpoint is None):
        raise SettingsError("SCHOOL_FILE is the demo school's; it works with the local Google Chat only")
    return school


def read_school_file(path: Path) -> SchoolFacts:
    """The facts in a school's file; raises SettingsError that names the line's meaning."""
    try:
        # Notepad begins a file with a byte order mark, which TOML does not know.
        return read_school(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise SettingsError(f"SCHOOL_FILE cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise SettingsError("SCHOOL_FILE is not text in UTF-8; save it again as UTF-8") from None
    except SchoolFileError as error:
        raise SettingsError(f"SCHOOL_FILE: {error}") from None


def read_protocol(directory: Path | None) -> LoadedProtocol:
    """The protocol that seeds the bot; raises SettingsError that names the line and the reason."""
    try:
        return load(directory or RGO_PROTOCOL)
    except (ProtocolRefused, BankRefused) as error:
        raise SettingsError(f"PROTOCOL_DIR: {error}") from None


def read_keys(settings: Settings) -> Keyring:
    """The report keys; raises SettingsError that shows nothing of them."""
    try:
        return Keyring.parse(settings.report_keys)
    except KeysMalformed as error:
        raise SettingsError(f"REPORT_KEYS: {error}") from None


def _say_undeliverable(delivery: Delivery, reason: Exception) -> None:
    # A report that does not reach somebody is an alarm; which report and whom it concerns stays out of the log.
    say = log.error if delivery.kind in REPORT_KINDS else log.warning
    say("outbox.undeliverable", kind=delivery.kind.value, reason=type(reason).__name__)
