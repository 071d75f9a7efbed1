"""The only module that knows everybody: builds the bot from its settings, once, when the process starts."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

import requests
import structlog
from google.auth.exceptions import GoogleAuthError
from sqlalchemy import Engine

from bot.etiquette.items import Items
from bot.etiquette.schedule import Schedule
from bot.google_account.credentials import chat_credentials
from bot.google_chat.cards import Message, Wire
from bot.google_chat.client import ChatClient
from bot.google_chat.courier import ChatCourier
from bot.google_chat.members import ChatListing, ChatMembers, Listing
from bot.google_chat.notices import Notices, shared_article
from bot.google_chat.ports import Poster
from bot.groups.presence.ports import Listing as GroupListing
from bot.groups.rosters.ports import Members
from bot.mail.courier import TwoRoads
from bot.outbox.delivery import REPORT_KINDS, Delivery, DeliveryId, Kind, State
from bot.outbox.sending import Sender
from bot.posting import StoredAddresses, StoredMailboxes, StoredMemory, open_mail
from bot.protocol.bank import BankRefused
from bot.protocol.following import Lore
from bot.protocol.loader import ProtocolRefused, load_document
from bot.protocol.loading import RGO_PROTOCOL, LoadedProtocol, load, load_version, protocol_text
from bot.protocol.quoting import Quotations
from bot.protocol.reviewed import ReviewedRefused
from bot.protocol.versions import InForce, Planned, Trouble, seed_version
from bot.reports.categories import Categories
from bot.reports.checklist.table import Checklist
from bot.reports.drafting import Drafts
from bot.reports.histories import Histories
from bot.reports.routing import readers_of_anything
from bot.reports.sealing import Keyring, KeysMalformed
from bot.reports.submitting import Intake
from bot.school.calendar import SchoolCalendar
from bot.school.clock import Clock
from bot.school.facts import SchoolFacts
from bot.school.file import read_school
from bot.school.helplines import Helplines
from bot.school.people import Person
from bot.school.reading.place import SchoolFileError
from bot.settings import Settings, SettingsError
from bot.storage.delivery_store import SqlDeliveryStore
from bot.storage.engine import open_engine
from bot.storage.pace.kept import SqlPace
from bot.storage.seats.known import KnownSchool
from bot.storage.seen_events import SeenEvents
from bot.storage.transactions import Store
from bot.wording.catalogue import Phrases, Wording

CLOCK_SECONDS = 2.0

log = structlog.get_logger(__name__)


class Chat(Poster, Listing, Protocol):
    """What the bot asks of Google Chat."""


@dataclass(frozen=True, slots=True)
class Speaking:
    """One version of the protocol, with all that goes by its articles."""

    protocol: LoadedProtocol
    quotations: Quotations
    schedule: Schedule


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
    items: Items
    versions: InForce[Speaking]
    keyring: Keyring
    categories: Categories
    checklist: Checklist
    follow_ups: Lore
    drafts: Drafts
    intake: Intake
    histories: Histories
    sender: Sender
    members: Members
    presence: GroupListing
    known: KnownSchool

    def at(self, now: datetime) -> "Bot":
        """The bot with the protocol, the seats and the roles of a moment; one event keeps to one of these."""
        speaking, school = self.versions.on(self.calendar.local(now).date()), self.known.school()
        if speaking.protocol is self.protocol and school is self.school:
            return self
        heard = replace(self, protocol=speaking.protocol, quotations=speaking.quotations, schedule=speaking.schedule)
        return replace(heard, school=school)

    def is_recipient(self, person: Person) -> bool:
        """Whether the school's data name this person as somebody who can receive reports."""
        return person.email in readers_of_anything(self.school)

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
class NoticeDesk:
    """Words a delivery from the version of the protocol that is running; the words do not depend on the wire."""

    phrases: Phrases
    memory: StoredMemory
    versions: InForce[Speaking]
    items: Items

    def write(self, delivery: Delivery, wire: Wire) -> Message | None:  # noqa: ARG002 - the port hands it over
        """The message, or None when what it was about is gone, such as an article of an earlier version."""
        articles = self.versions.current.quotations
        about = self._article(delivery)
        if about is not None and not articles.has(about):
            return None
        return Notices(self.phrases, articles, self.memory, self.items).write(delivery)

    def _article(self, delivery: Delivery) -> str | None:
        if delivery.kind is Kind.SHARED_ANSWER:
            return shared_article(delivery.subject)
        reminder = self.memory.reminder(delivery.subject) if delivery.kind is Kind.REMINDER else None
        item = self.items.get(reminder.item) if reminder is not None else None
        return None if item is None else item.article


def assemble(
    settings: Settings,
    *,
    clock: Clock | None = None,
    client: Chat | None = None,
    protocol: LoadedProtocol | None = None,
) -> Bot:
    """Build the bot; tests give a clock, a client or a protocol of their own. Raises SettingsError."""
    school, keyring, engine = read_facts(settings), read_keys(settings), open_engine(settings.database_url)
    store, wording, items = Store(engine), Wording.load(), Items.load()
    clock, client, calendar = clock or open_clock(settings), client or open_chat(settings), open_calendar(school)
    versions = _follow_versions(protocol, settings.protocol_dir, store, calendar, school.reminder_seed, items)
    intake = Intake(keyring, Categories.load(), calendar, by_mail=settings.smtp_url is not None)
    return Bot(
        settings=settings,
        school=school,
        calendar=calendar,
        clock=clock,
        real_now=SystemClock().now,
        engine=engine,
        store=store,
        seen=SeenEvents(engine),
        wording=wording,
        helplines=Helplines.load(),
        protocol=versions.current.protocol,
        quotations=versions.current.quotations,
        schedule=versions.current.schedule,
        items=items,
        versions=versions,
        keyring=keyring,
        categories=intake.categories,
        checklist=Checklist.load(intake.categories),
        follow_ups=read_follow_ups(settings.protocol_dir),
        drafts=Drafts(keyring),
        intake=intake,
        histories=Histories(keyring),
        sender=_open_sender(settings, engine, client, intake, wording.dutch, versions, items),
        members=ChatMembers(client, StoredMailboxes(store).of_all),
        presence=ChatListing(client),
        known=KnownSchool(school, store, clock.now),
    )


def _open_sender(
    settings: Settings,
    engine: Engine,
    client: Chat,
    intake: Intake,
    phrases: Phrases,
    versions: InForce[Speaking],
    items: Items,
) -> Sender:
    store, real_now, pace = Store(engine), SystemClock().now, SqlPace(engine, intake.keyring.place_key)
    notices = NoticeDesk(phrases, StoredMemory(store), versions, items)
    chat = ChatCourier(client, StoredAddresses(store, intake), notices, settings.public_url, pace, real_now)
    roads = TwoRoads(chat, open_mail(settings, store, phrases, real_now))
    return Sender(SqlDeliveryStore(engine), roads, pace, real_now, _say_undeliverable)


def _follow_versions(
    given: LoadedProtocol | None,
    directory: Path | None,
    store: Store,
    calendar: SchoolCalendar,
    draw_from: str,
    items: Items,
) -> InForce[Speaking]:
    protocol = given or read_protocol(directory)

    def speaking(loaded: LoadedProtocol) -> Speaking:
        quotations = Quotations(loaded.document, loaded.reviewed)
        codes = [item.article for item in items.rows.values()]
        known = [code for code in codes if quotations.has(code)]
        usable = items.usable(known, [code for code in known if quotations.is_reviewed(code)])
        return Speaking(loaded, quotations, Schedule(calendar, draw_from, usable))

    def look() -> Sequence[Planned]:
        with store.read() as transaction:
            return transaction.protocols.days()

    def load_stored(wanted: str) -> Speaking:
        with store.read() as transaction:
            version = transaction.protocols.get(wanted)
        if version is None:
            raise LookupError("this version is not in the database any more")
        folder = directory or RGO_PROTOCOL
        return speaking(load_version(version.source, version.effective_on, version.identities, folder, protocol))

    return InForce(speaking(protocol), look, load_stored, SystemClock().now, _say_version_trouble)


def _say_version_trouble(trouble: Trouble, error: Exception) -> None:
    # The error's message may hold a text or the address of the database.
    if trouble is Trouble.NOT_USABLE:
        log.error("protocol.not_usable", number=secrets.token_hex(3).upper(), kind=type(error).__name__)
    else:
        log.warning("protocol.not_looked_up", kind=type(error).__name__)


def seed_protocol(engine: Engine, directory: Path | None, school: SchoolFacts, now: datetime) -> None:
    """Keep the protocol of the directory as the first version where there is none; raises SettingsError."""
    store = Store(engine)
    with store.read() as transaction:
        if transaction.protocols.days():
            return
    source = read_protocol_text(directory)
    today = SchoolCalendar(school.hours).local(now).date()
    with store.write() as transaction:
        transaction.protocols.add(seed_version(secrets.token_urlsafe(16), source, today, now))


def read_protocol_text(directory: Path | None) -> str:
    """The text in the directory of the protocol; raises SettingsError."""
    try:
        source = protocol_text(directory or RGO_PROTOCOL)
        load_document(source)
    except ProtocolRefused as error:
        raise SettingsError(f"PROTOCOL_DIR: {error}") from None
    return source


def open_calendar(school: SchoolFacts) -> SchoolCalendar:
    """The school's calendar, with a warning where its holidays are not known far enough ahead."""
    calendar = SchoolCalendar(school.hours)
    if calendar.runs_out(SystemClock().now().date()):
        log.warning("calendar.runs_out")
    return calendar


def open_clock(settings: Settings) -> Clock:
    """The school's business clock: that of the local Google Chat where there is one, else the real time."""
    return BusinessClock(settings.clock_url) if settings.clock_url else SystemClock()


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
    except (ProtocolRefused, BankRefused, ReviewedRefused) as error:
        raise SettingsError(f"PROTOCOL_DIR: {error}") from None


def read_follow_ups(directory: Path | None) -> Lore:
    """How questions go on about an article of the directory's protocol; raises SettingsError."""
    try:
        return Lore.load(directory or RGO_PROTOCOL)
    except BankRefused as error:
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
