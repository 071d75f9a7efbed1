"""The versions of a school's protocol: from which day each is in force, and what changes from one to the next."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum, StrEnum, auto
from threading import Lock
from typing import Generic, Protocol, TypeVar

from bot.protocol.document import Article, Document
from bot.protocol.identity import Identities, Pair, new_identities, pairs_of
from bot.protocol.loader import load_document
from bot.protocol.reading.files import FileKind

LOOK_AGAIN = timedelta(minutes=1)
"""How long (real time) a process goes on without looking for new versions."""


class VersionRefused(ValueError):
    """A version that cannot be published; the message is Dutch and says what to do."""


@dataclass(frozen=True, slots=True)
class ProtocolVersion:
    """One version: the verbatim source, the school's day from which it is in force, and who its articles are.

    `loaded_at` is aware UTC, `source_hash` the SHA-256 of the source in hexadecimal digits.
    """

    id: str
    effective_on: date
    kind: FileKind
    source: str
    source_hash: str
    identities: Identities
    loaded_at: datetime


@dataclass(frozen=True, slots=True)
class Planned:
    """A version without its text: enough to know which one is in force."""

    id: str
    effective_on: date


class VersionStore(Protocol):
    """Keeps the versions; the day of a version is its own."""

    def days(self) -> Sequence[Planned]:
        """All versions without their texts, oldest day first."""
        ...

    def get(self, version_id: str) -> ProtocolVersion | None:
        """One version with its text."""
        ...

    def all(self) -> Sequence[ProtocolVersion]:
        """All versions, oldest day first."""
        ...

    def add(self, version: ProtocolVersion) -> bool:
        """Keep a version unless its day has one; tells whether it was kept."""
        ...


_Dated = TypeVar("_Dated", Planned, ProtocolVersion)


def in_force(versions: Iterable[_Dated], today: date) -> _Dated | None:
    """The version of the latest day that has come; None before the first one."""
    come = [version for version in versions if version.effective_on <= today]
    return max(come, key=lambda version: version.effective_on, default=None)


def hash_of(source: str) -> str:
    """By which two texts are known to be the same."""
    return hashlib.sha256(source.encode()).hexdigest()


def seed_version(version_id: str, source: str, today: date, now: datetime) -> ProtocolVersion:
    """The first version, of the text that came with the bot: an article's identity is its code.

    It counts from the day that the text itself names, else from today. Raises `ProtocolRefused`.
    """
    document = load_document(source)
    effective_on = document.version.effective_on or today
    identities = {article.code: str(article.code) for article in document.articles}
    return ProtocolVersion(version_id, effective_on, FileKind.TEXT, source, hash_of(source), identities, now)


def next_version(
    version_id: str,
    source: str,
    kind: FileKind,
    effective_on: date,
    known: Sequence[ProtocolVersion],
    now: datetime,
) -> ProtocolVersion:
    """A new version beside those that are known; raises `VersionRefused` and `ProtocolRefused`."""
    for version in known:
        if version.effective_on == effective_on and version.source_hash != hash_of(source):
            raise VersionRefused(f"Voor {effective_on} is al een andere versie geladen. Kies een andere dag.")
    document = load_document(source)
    before = neighbour(known, effective_on)
    if before is None:
        identities: Identities = {article.code: str(article.code) for article in document.articles}
    else:
        pairs = pairs_of(load_document(before.source).articles, document.articles)
        used = {identity for version in known for identity in version.identities.values()}
        identities = new_identities(pairs, before.identities, used)
    return ProtocolVersion(version_id, effective_on, kind, source, hash_of(source), identities, now)


def neighbour(known: Sequence[ProtocolVersion], day: date) -> ProtocolVersion | None:
    """The version that a version of this day is compared with: the one before it, else the first one after it."""
    earlier = [version for version in known if version.effective_on < day]
    later = [version for version in known if version.effective_on > day]
    if earlier:
        return max(earlier, key=lambda version: version.effective_on)
    return min(later, key=lambda version: version.effective_on, default=None)


class Trouble(Enum):
    """What went wrong in choosing a version; the one that was running goes on."""

    NOT_LOOKED_UP = auto()
    NOT_USABLE = auto()


_Loaded = TypeVar("_Loaded")


class InForce(Generic[_Loaded]):
    """Chooses the version by the school's day; looks for new ones at most once a minute. Threads share it.

    `look` tells which versions there are and `load` makes one ready; whatever either raises is handed to `say`, and
    the version that was running stays. `real_now` is the real time (aware UTC).
    """

    def __init__(
        self,
        seed: _Loaded,
        look: Callable[[], Sequence[Planned]],
        load: Callable[[str], _Loaded],
        real_now: Callable[[], datetime],
        say: Callable[[Trouble, Exception], None],
    ) -> None:
        self._seed = seed
        self._look_up = look
        self._load = load
        self._real_now = real_now
        self._say = say
        self._lock = Lock()
        self._planned: Sequence[Planned] = ()
        self._looked_at: datetime | None = None
        self._running: str | None = None
        self._failed: str | None = None
        self.current = seed

    def on(self, today: date) -> _Loaded:
        """The version of this day; while another thread is choosing, the one that was running."""
        if self._lock.acquire(blocking=False):
            try:
                self._look()
                self._choose(today)
            finally:
                self._lock.release()
        return self.current

    def _look(self) -> None:
        real = self._real_now()
        if self._looked_at is not None and real - self._looked_at < LOOK_AGAIN:
            return
        self._looked_at, self._failed = real, None
        try:
            self._planned = self._look_up()
        except Exception as error:  # noqa: BLE001 - what is running must go on, whatever the database says
            self._say(Trouble.NOT_LOOKED_UP, error)

    def _choose(self, today: date) -> None:
        planned = in_force(self._planned, today)
        wanted = None if planned is None else planned.id
        if wanted == self._running or (wanted is not None and wanted == self._failed):
            return
        try:
            self.current = self._seed if wanted is None else self._load(wanted)
        except Exception as error:  # noqa: BLE001 - what is running must go on, whatever is wrong with a new version
            self._failed = wanted
            self._say(Trouble.NOT_USABLE, error)
        else:
            self._running = wanted


class ChangeKind(StrEnum):
    """What happened to an article; a moved one has another code, a changed one another text (and perhaps code)."""

    SAME = "same"
    NEW = "new"
    GONE = "gone"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Change:
    """One article before and after; `sure` is False where somebody has to see whether it is the same article."""

    kind: ChangeKind
    old: Article | None
    new: Article | None
    sure: bool = True


def changes_between(old: Document, new: Document) -> tuple[Change, ...]:
    """Every article of both, in the order of the new one; those that went come last."""
    pairs = pairs_of(old.articles, new.articles)
    kept = {pair.old.code for pair in pairs if pair.old is not None}
    gone = (Change(ChangeKind.GONE, article, None) for article in old.articles if article.code not in kept)
    return (*(_change(pair) for pair in pairs), *gone)


def _change(pair: Pair) -> Change:
    if pair.old is None:
        return Change(ChangeKind.NEW, None, pair.new)
    if pair.old.text != pair.new.text:
        kind = ChangeKind.CHANGED
    elif pair.old.code != pair.new.code:
        kind = ChangeKind.MOVED
    else:
        kind = ChangeKind.SAME
    return Change(kind, pair.old, pair.new, pair.sure)
