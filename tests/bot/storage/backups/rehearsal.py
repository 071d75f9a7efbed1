"""A school with reports, its backups, and a database to restore them into."""

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from bot.reports.keeping.auditing import Auditor, Books, Findings
from bot.reports.ports import CaseId, SealedCase
from bot.reports.sealing import Keyring
from bot.storage.backups.keys_folder import KeysFolder
from bot.storage.backups.restoring import Restored, restore_backup
from bot.storage.backups.writing import Written, write_backup
from bot.storage.transactions import Store, Transaction
from tests.cast import DAAN, OLGA, SANNE
from tests.dialogue import KEYS, Dialogue, attach, start, words
from tests.scenarios.reading import read_story
from tests.scenarios.test_reporting import send, tell

REPORTS = 3


def books(transaction: Transaction) -> Books:
    return Books(transaction.reports, transaction.histories, transaction.audit)


@dataclass
class Rehearsal:
    """Three reports that leadership read, and whose histories are signed."""

    engine: Engine
    folder: Path
    talk: Dialogue = field(init=False)
    cases: list[SealedCase] = field(init=False)

    def __post_init__(self) -> None:
        self.talk = start(engine=self.engine)
        for reporter in (SANNE, DAAN, SANNE):
            assert "Je melding is opgeslagen" in words(send(self.talk, tell(self.talk, reporter), reporter))
        read_story(self.talk, OLGA)
        self.talk.minute(minutes=1)
        olga: Any = OLGA.user
        with self.talk.bot.store.read() as transaction:
            self.cases = sorted((case for case, _ in transaction.reports.granted_to(olga)), key=lambda case: case.id)
        assert len(self.cases) == REPORTS

    @property
    def keys(self) -> KeysFolder:
        return KeysFolder(self.folder / "keys")

    def write(self) -> Written:
        return write_backup(self.engine, self.folder / "data", self.keys, self.talk.clock.now())

    def close(self, case: SealedCase, **kept: float) -> None:
        """Over now, and kept for so long."""
        now = self.talk.clock.now()
        with self.talk.bot.store.write() as transaction:
            transaction.reports.close(case.id, now, now + timedelta(**kept))

    def purge(self, case: SealedCase) -> None:
        """Closed long ago, all of a sudden, and purged by the timer."""
        self.close(case, seconds=0)
        self.talk.minute(minutes=1)
        with self.talk.bot.store.read() as transaction:
            assert transaction.reports.get(case.id) is None

    def tell_folder(self) -> int:
        """What `protocolbot backup deletions` does."""
        with self.talk.bot.store.read() as transaction:
            purged = transaction.audit.purged_cases()
        return self.keys.let_go(purged, self.talk.clock.now())

    def restore(self, engine: Engine, written: Written, keys: str = KEYS) -> Restored:
        now = self.talk.clock.now()
        day = self.talk.bot.calendar.local(now).date()
        return restore_backup(engine, written.data, written.keys, Keyring.parse(keys), day=day, now=now)

    def bot_on(self, engine: Engine) -> Dialogue:
        """A bot that serves what was restored."""
        url = engine.url.render_as_string(hide_password=False)
        return attach(url, self.talk.chat, self.talk.clock, self.talk.wires)


def ids_in(engine: Engine) -> set[CaseId]:
    with Store(engine).read() as transaction:
        return set(transaction.audit.cases())


def audit(rehearsal: Rehearsal, engine: Engine) -> Findings:
    with Store(engine).read() as transaction:
        return Auditor(Keyring.parse(KEYS)).verify(books(transaction), rehearsal.talk.clock.now())


def is_empty(engine: Engine) -> bool:
    with Store(engine).read() as transaction:
        return not transaction.audit.cases() and not transaction.people.of_user(OLGA.user)  # type: ignore[arg-type]
