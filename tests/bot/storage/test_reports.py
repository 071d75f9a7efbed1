"""Cases are shown to whoever holds a grant or made them, and to nobody else; drafts to their owner."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.reports.ports import BlindIndex, CaseId, Grant, SealedCase, SealedDraft, Urgency
from bot.school.people import UserId
from bot.storage.reports.drafts import DraftOfSomebodyElse
from tests.bot.storage.kept import Kept

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
LEADER, BOARD = UserId("users/leader"), UserId("users/board")
REPORTER = BlindIndex("11" * 32)
DRAFT = SealedDraft("draft-1", REPORTER, b"\x00wrapped", b"\xffsealed", NOW + timedelta(hours=1))


def case(number: int, *, received_at: datetime = NOW, reporter: BlindIndex = REPORTER) -> SealedCase:
    return SealedCase(
        id=CaseId(f"case-{number}"),
        code=f"code-{number}",
        urgency=Urgency.TODAY,
        wrapped_key=b"k1:\x00\x01",
        body=bytes(range(256)),
        reporter=reporter,
        received_at=received_at,
        retain_until=received_at + timedelta(days=365),
    )


def grant(number: int, user: UserId = LEADER) -> Grant:
    return Grant(case=CaseId(f"case-{number}"), user=user, granted_at=NOW)


def keep(kept: Kept, sealed: SealedCase, *grants: Grant) -> None:
    with kept.store.write() as change:
        change.reports.add(sealed, grants)


def save(kept: Kept, draft: SealedDraft) -> None:
    with kept.store.write() as change:
        change.drafts.save(draft)


class TestCases:
    """Reports that were sent."""

    def test_who_holds_a_grant_sees_the_case_and_others_see_nothing(self, kept: Kept) -> None:
        keep(kept, case(1), grant(1, LEADER))
        with kept.store.read() as look:
            assert look.reports.granted_case(CaseId("case-1"), LEADER) == (case(1), grant(1))
            assert list(look.reports.granted_to(LEADER)) == [(case(1), grant(1))]
            assert look.reports.granted_case(CaseId("case-1"), BOARD) is None
            assert list(look.reports.granted_to(BOARD)) == []

    def test_a_case_that_one_may_not_see_and_one_that_is_not_there_look_the_same(self, kept: Kept) -> None:
        keep(kept, case(1), grant(1, LEADER))
        with kept.store.read() as look:
            hidden = look.reports.granted_case(CaseId("case-1"), BOARD)
            missing = look.reports.granted_case(CaseId("case-2"), BOARD)
        assert hidden is None
        assert missing is None

    def test_a_grant_shows_ones_own_grant_and_not_who_else_holds_one(self, kept: Kept) -> None:
        keep(kept, case(1), grant(1, LEADER), grant(1, BOARD))
        with kept.store.read() as look:
            assert list(look.reports.granted_to(BOARD)) == [(case(1), grant(1, BOARD))]

    def test_the_newest_case_comes_first_for_readers_and_for_the_reporter(self, kept: Kept) -> None:
        older, newer = case(2, received_at=NOW - timedelta(days=1)), case(1)
        keep(kept, older, replace(grant(2), granted_at=older.received_at))
        keep(kept, newer, grant(1))
        with kept.store.read() as look:
            assert [sealed.id for sealed, _ in look.reports.granted_to(LEADER)] == ["case-1", "case-2"]
            assert [sealed.id for sealed, _ in look.reports.of_reporter(REPORTER)] == ["case-1", "case-2"]

    def test_a_long_list_comes_in_parts(self, kept: Kept) -> None:
        for number in range(7):
            moment = NOW + timedelta(minutes=number)
            keep(kept, case(number, received_at=moment), replace(grant(number), granted_at=moment))
        with kept.store.read() as look:
            parts = [look.reports.granted_to(LEADER, start=start, most=3) for start in (0, 3, 6, 9)]
        assert [[str(sealed.id) for sealed, _ in part] for part in parts] == [
            ["case-6", "case-5", "case-4"],
            ["case-3", "case-2", "case-1"],
            ["case-0"],
            [],
        ]

    def test_a_closed_case_goes_at_its_end_and_an_open_one_stays_as_an_alarm(self, kept: Kept) -> None:
        keep(kept, case(1), grant(1, LEADER), grant(1, BOARD))
        keep(kept, case(2), grant(2, LEADER))
        over = NOW + timedelta(days=365)
        with kept.store.write() as change:
            change.reports.mark_opened(CaseId("case-2"), LEADER, NOW)
            change.reports.close(CaseId("case-1"), NOW, NOW + timedelta(days=30))
            assert change.reports.purge(NOW + timedelta(days=30) - timedelta(seconds=1)) == 0
            assert change.reports.purge(NOW + timedelta(days=30)) == 1
            assert change.reports.purge(over) == 0
            assert change.reports.open_past_end(over) == 1
        with kept.store.read() as look:
            assert [sealed.id for sealed, _ in look.reports.granted_to(LEADER)] == ["case-2"]
            assert list(look.reports.granted_to(BOARD)) == []

    def test_the_first_opening_is_remembered_per_person(self, kept: Kept) -> None:
        keep(kept, case(1), grant(1, LEADER), grant(1, BOARD))
        for minutes in (5, 10):
            with kept.store.write() as change:
                change.reports.mark_opened(CaseId("case-1"), LEADER, NOW + timedelta(minutes=minutes))
        with kept.store.read() as look:
            opened = replace(grant(1), opened_at=NOW + timedelta(minutes=5))
            assert look.reports.granted_case(CaseId("case-1"), LEADER) == (case(1), opened)
            assert look.reports.granted_case(CaseId("case-1"), BOARD) == (case(1), grant(1, BOARD))

    def test_opening_without_a_grant_leaves_no_trace(self, kept: Kept) -> None:
        keep(kept, case(1), grant(1, LEADER))
        with kept.store.write() as change:
            change.reports.mark_opened(CaseId("case-1"), BOARD, NOW)
            change.reports.mark_opened(CaseId("case-2"), BOARD, NOW)
            assert list(change.reports.of_reporter(REPORTER)) == [(case(1), [grant(1)])]

    def test_a_reporter_finds_own_cases_with_who_may_see_them_and_no_others(self, kept: Kept) -> None:
        keep(kept, case(1), grant(1, BOARD), grant(1, LEADER))
        keep(kept, case(2, reporter=BlindIndex("22" * 32)), grant(2))
        with kept.store.read() as look:
            assert list(look.reports.of_reporter(REPORTER)) == [(case(1), [grant(1, BOARD), grant(1, LEADER)])]
            assert list(look.reports.of_reporter(BlindIndex("33" * 32))) == []


class TestDrafts:
    """Reports that are being written."""

    def test_a_draft_is_found_by_its_owner_until_it_expires(self, kept: Kept) -> None:
        save(kept, DRAFT)
        with kept.store.read() as look:
            assert look.drafts.get("draft-1", [REPORTER], NOW) == DRAFT
            assert look.drafts.get("draft-1", [REPORTER], DRAFT.expires_at) is None
            assert look.drafts.get("draft-1", [BlindIndex("22" * 32)], NOW) is None
            assert look.drafts.get("draft-2", [REPORTER], NOW) is None

    def test_saving_again_replaces_the_draft(self, kept: Kept) -> None:
        again = replace(DRAFT, body=b"more", wrapped_key=b"other", expires_at=NOW + timedelta(hours=2))
        with kept.store.write() as change:
            change.drafts.save(DRAFT)
            assert change.drafts.get("draft-1", [REPORTER], NOW) == DRAFT
            change.drafts.save(again)
            assert change.drafts.get("draft-1", [REPORTER], NOW) == again

    def test_nobody_writes_over_or_erases_the_draft_of_somebody_else(self, kept: Kept) -> None:
        stranger = BlindIndex("22" * 32)
        save(kept, DRAFT)
        with pytest.raises(DraftOfSomebodyElse):
            save(kept, replace(DRAFT, owner=stranger, body=b"forged"))
        with kept.store.write() as change:
            change.drafts.erase("draft-1", [stranger])
            assert change.drafts.get("draft-1", [REPORTER], NOW) == DRAFT

    def test_a_draft_is_erased_at_once_by_its_owner(self, kept: Kept) -> None:
        save(kept, DRAFT)
        with kept.store.write() as change:
            change.drafts.erase("draft-1", [REPORTER])
            assert change.drafts.get("draft-1", [REPORTER], NOW) is None

    def test_what_has_expired_is_purged_and_the_rest_stays(self, kept: Kept) -> None:
        save(kept, DRAFT)
        save(kept, replace(DRAFT, id="draft-2", expires_at=NOW + timedelta(hours=3)))
        with kept.store.write() as change:
            assert change.drafts.purge(DRAFT.expires_at) == 1
            assert change.drafts.purge(DRAFT.expires_at) == 0
            assert change.drafts.get("draft-2", [REPORTER], NOW) is not None
