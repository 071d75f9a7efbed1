"""A report that is being written: readable to its writer only, gone after an hour or at once."""

import base64
from datetime import UTC, datetime, timedelta

import pytest

from bot.reports.drafting import Drafts
from bot.reports.intake import DRAFT_LIVES, Draft, Identity, Reply
from bot.reports.sealing import CannotOpen, Keyring
from bot.reports.text import ReportText
from bot.school.people import Email, UserId
from bot.storage.reports.drafts import DraftOfSomebodyElse
from tests.fakes.cases import FakeDrafts

NOW = datetime(2026, 11, 24, 9, 15, tzinfo=UTC)
SANNE, DAAN = UserId("users/101"), UserId("users/102")
OLD, NEW = (f"{name}:{base64.b64encode(bytes([number]) * 32).decode()}" for number, name in enumerate(("old", "new")))
TOLD = Draft(
    "C07",
    ReportText("de zwartbessenjam was op"),
    Reply.YES,
    excluded=frozenset({Email("olga.overzicht@rgo.example")}),
    identity=Identity.SEALED,
)


@pytest.fixture
def store() -> FakeDrafts:
    return FakeDrafts()


def drafts(keys: str = OLD) -> Drafts:
    return Drafts(Keyring.parse(keys))


def test_what_was_told_comes_back_to_its_writer(store: FakeDrafts) -> None:
    draft_id = drafts().begin(Draft("C07"), SANNE, store, now=NOW)
    assert drafts().change(draft_id, TOLD, SANNE, store, now=NOW)
    assert drafts().find(draft_id, SANNE, store, now=NOW) == TOLD


def test_neither_the_words_nor_the_writer_nor_whom_it_is_about_can_be_read_in_the_store(store: FakeDrafts) -> None:
    draft_id = drafts().begin(TOLD, SANNE, store, now=NOW)
    [row] = store.rows.values()
    kept = repr(row).encode() + row.body + row.wrapped_key
    for told in (b"zwartbessenjam", b"olga", b"users/101", b"C07", b"zonder_naam"):
        assert told not in kept
    assert draft_id == row.id
    assert len(draft_id) == 32


def test_nobody_else_finds_changes_or_erases_it(store: FakeDrafts) -> None:
    draft_id = drafts().begin(TOLD, SANNE, store, now=NOW)
    assert drafts().find(draft_id, DAAN, store, now=NOW) is None
    assert not drafts().change(draft_id, Draft("C21"), DAAN, store, now=NOW)
    drafts().erase(draft_id, DAAN, store)
    assert drafts().find(draft_id, SANNE, store, now=NOW) == TOLD


def test_what_was_erased_does_not_come_back_with_a_page_that_was_on_its_way(store: FakeDrafts) -> None:
    draft_id = drafts().begin(TOLD, SANNE, store, now=NOW)
    drafts().erase(draft_id, SANNE, store)
    assert not drafts().change(draft_id, TOLD, SANNE, store, now=NOW)
    assert store.rows == {}


def test_it_lives_an_hour_and_not_a_moment_longer(store: FakeDrafts) -> None:
    draft_id = drafts().begin(TOLD, SANNE, store, now=NOW)
    just_before = NOW + DRAFT_LIVES - timedelta(microseconds=1)
    assert drafts().find(draft_id, SANNE, store, now=just_before) == TOLD
    assert drafts().find(draft_id, SANNE, store, now=NOW + DRAFT_LIVES) is None
    assert not drafts().change(draft_id, TOLD, SANNE, store, now=NOW + DRAFT_LIVES)
    assert store.purge(NOW + DRAFT_LIVES) == 1
    assert timedelta(minutes=60) == DRAFT_LIVES


def test_going_on_with_it_does_not_stretch_the_hour_that_was_promised(store: FakeDrafts) -> None:
    draft_id = drafts().begin(TOLD, SANNE, store, now=NOW)
    for minutes in (20, 40, 59):
        assert drafts().change(draft_id, TOLD, SANNE, store, now=NOW + timedelta(minutes=minutes))
    assert drafts().find(draft_id, SANNE, store, now=NOW + timedelta(minutes=60)) is None
    assert store.purge(NOW + timedelta(minutes=60)) == 1


class TestANewKeyCameFirst:
    """The keys were rotated while somebody was writing."""

    BOTH = f"{NEW},{OLD}"

    def test_the_writer_goes_on_where_they_were(self, store: FakeDrafts) -> None:
        draft_id = drafts(OLD).begin(Draft("C07"), SANNE, store, now=NOW)
        assert drafts(self.BOTH).find(draft_id, SANNE, store, now=NOW) == Draft("C07")
        assert drafts(self.BOTH).change(draft_id, TOLD, SANNE, store, now=NOW)
        assert drafts(self.BOTH).find(draft_id, SANNE, store, now=NOW) == TOLD

    def test_an_instance_that_still_has_the_old_key_alone_cannot_open_what_the_new_one_sealed(
        self, store: FakeDrafts
    ) -> None:
        draft_id = drafts(OLD).begin(Draft("C07"), SANNE, store, now=NOW)
        drafts(self.BOTH).change(draft_id, TOLD, SANNE, store, now=NOW)
        with pytest.raises(CannotOpen):
            drafts(OLD).find(draft_id, SANNE, store, now=NOW)

    def test_it_can_still_be_erased(self, store: FakeDrafts) -> None:
        draft_id = drafts(OLD).begin(TOLD, SANNE, store, now=NOW)
        drafts(self.BOTH).erase(draft_id, SANNE, store)
        assert store.rows == {}

    def test_when_the_old_key_is_gone_it_is_gone_too(self, store: FakeDrafts) -> None:
        draft_id = drafts(OLD).begin(TOLD, SANNE, store, now=NOW)
        assert drafts(NEW).find(draft_id, SANNE, store, now=NOW) is None


def test_a_body_that_was_put_into_another_row_does_not_open(store: FakeDrafts) -> None:
    first = drafts().begin(TOLD, SANNE, store, now=NOW)
    second = drafts().begin(Draft("C21"), SANNE, store, now=NOW)
    stolen, row = store.rows[first], store.rows[second]
    store.rows[second] = type(row)(row.id, row.owner, stolen.wrapped_key, stolen.body, row.expires_at)
    with pytest.raises(CannotOpen):
        drafts().find(second, SANNE, store, now=NOW)


def test_an_id_that_somebody_guessed_writes_over_nothing(store: FakeDrafts) -> None:
    draft_id = drafts().begin(TOLD, SANNE, store, now=NOW)
    row = store.rows[draft_id]
    with pytest.raises(DraftOfSomebodyElse):
        store.save(type(row)(row.id, Keyring.parse(OLD).blind_indexes(DAAN)[0], b"", b"", row.expires_at))
