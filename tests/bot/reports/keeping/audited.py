"""Two cases with a signed history, and hands that reach into the database behind the bot's back."""

from datetime import timedelta
from typing import Any

from sqlalchemy import Engine, text

from bot.reports import casefile
from bot.reports.casefile import Reason
from bot.reports.keeping.auditing import Auditor, Books, Findings
from bot.reports.ports import SealedCase
from bot.reports.sealing import Keyring
from bot.reports.text import ReportText
from bot.storage.transactions import Transaction
from tests.cast import OLGA, SANNE
from tests.dialogue import KEYS, Dialogue, start
from tests.scenarios.test_reporting import send, tell

SECRET = "bessenjam"


def books(transaction: Transaction) -> Books:
    return Books(transaction.reports, transaction.histories, transaction.audit)


class Audited:
    """Two cases, the first with four steps, signed today."""

    def __init__(self, engine: Engine) -> None:
        self.talk: Dialogue = start(engine=engine)
        self.engine = engine
        for _ in range(2):
            send(self.talk, tell(self.talk, SANNE), SANNE)
        with self.talk.bot.store.read() as transaction:
            found = transaction.reports.granted_to(OLGA.user)  # type: ignore[arg-type]
        self.first, self.second = sorted((case for case, _ in found), key=lambda case: case.id)
        self.step(self.first)
        for _ in range(3):
            self.step(self.first)
        self.sign()

    def step(self, case: SealedCase) -> None:
        histories = self.talk.bot.histories
        with self.talk.bot.store.write() as transaction:
            known = histories.load(case, transaction.histories)
            note = casefile.note(known, OLGA.user, self.talk.clock.now(), ReportText(SECRET))  # type: ignore[arg-type]
            assert histories.append(case, known, note, transaction.histories)

    def sign(self) -> None:
        self.talk.minute(minutes=1)

    def sign_tomorrow(self) -> None:
        self.talk.clock.forward(days=1)
        self.sign()

    def sql(self, statement: str, **values: Any) -> int:
        with self.engine.begin() as connection:
            return connection.execute(text(statement), values).rowcount

    def verify(self, keys: str = KEYS) -> Findings:
        with self.talk.bot.store.read() as transaction:
            return Auditor(Keyring.parse(keys)).verify(books(transaction), self.talk.clock.now())

    def close_first(self) -> None:
        """Closed now; its time is over in half a year."""
        bot, now = self.talk.bot, self.talk.clock.now()
        with bot.store.write() as transaction:
            known = bot.histories.load(self.first, transaction.histories)
            olga: Any = OLGA.user
            taken = casefile.take(known, olga, now)
            assert bot.histories.append(self.first, known, taken, transaction.histories)
            known = bot.histories.load(self.first, transaction.histories)
            closed = casefile.close(known, olga, now, Reason.HANDLED)
            assert bot.histories.append(self.first, known, closed, transaction.histories)
            transaction.reports.close(self.first.id, now, now + timedelta(days=182))
