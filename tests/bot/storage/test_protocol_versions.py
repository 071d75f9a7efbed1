"""Versions of the protocol come back from the database character for character, and a day keeps its first one."""

from dataclasses import replace
from datetime import UTC, date, datetime

from sqlalchemy import Engine

from bot.protocol.reading.files import FileKind
from bot.protocol.versions import Planned, ProtocolVersion, hash_of
from bot.school.articles import ArticleCode
from bot.storage.transactions import Store
from tests.bot.storage.racing import at_once

SOURCE = "\ufeffProtocol\r\n\r\nRegels\r\n1. Privé \u2013 ook \u2018online\u2019.\t\r\n\x0b\u2028  "
FIRST = ProtocolVersion(
    id="first",
    effective_on=date(2026, 5, 1),
    kind=FileKind.WORD,
    source=SOURCE,
    source_hash=hash_of(SOURCE),
    identities={ArticleCode("R1"): "R1", ArticleCode("Ra"): "R9-1a2b3c4d"},
    loaded_at=datetime(2026, 4, 1, 9, 30, tzinfo=UTC),
)
SECOND = replace(FIRST, id="second", effective_on=date(2026, 1, 1), kind=FileKind.TEXT)


def test_a_version_comes_back_as_it_was(engine: Engine) -> None:
    store = Store(engine)
    with store.write() as transaction:
        assert transaction.protocols.add(FIRST)
    with store.read() as transaction:
        assert transaction.protocols.get("first") == FIRST
        assert transaction.protocols.get("another") is None


def test_versions_come_in_the_order_of_their_days(engine: Engine) -> None:
    store = Store(engine)
    with store.write() as transaction:
        transaction.protocols.add(FIRST)
        transaction.protocols.add(SECOND)
    with store.read() as transaction:
        assert transaction.protocols.days() == [Planned("second", date(2026, 1, 1)), Planned("first", date(2026, 5, 1))]
        assert transaction.protocols.all() == [SECOND, FIRST]


def test_a_day_keeps_its_first_version_also_when_two_come_at_once(engine: Engine) -> None:
    store = Store(engine)

    def add(place: int) -> bool:
        with store.write() as transaction:
            return transaction.protocols.add(replace(FIRST, id=f"version {place}"))

    assert sorted(at_once(4, add)) == [False, False, False, True]
    with store.read() as transaction:
        assert len(transaction.protocols.days()) == 1
