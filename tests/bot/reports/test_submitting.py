"""From a finished draft to what one transaction keeps: a sealed case, who may see it, and the notices owed."""

import base64
from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from statistics import pstdev

import pytest

from bot.outbox.delivery import Kind, Priority, to_person
from bot.reports.categories import Categories
from bot.reports.intake import Draft, Identity, Reply
from bot.reports.ports import Urgency
from bot.reports.retention import OPEN_KEPT
from bot.reports.routing import Chain, Route
from bot.reports.sealing import CannotOpen, Keyring
from bot.reports.submitting import CODE_LETTERS, Intake, Reporter, Submission, new_code
from bot.reports.text import ReportText
from bot.school.bindings import Binding
from bot.school.calendar import SchoolCalendar
from bot.school.file import read_school
from bot.school.people import Email, UserId
from bot.school.spaces import SpaceName
from tests.dialogue import ROOT

FACTS = read_school((ROOT / "school.toml").read_text(encoding="utf-8"))
CALENDAR = SchoolCalendar(FACTS.hours)
KEYRING = Keyring.parse("k1:" + base64.b64encode(bytes(range(32))).decode())
INTAKE = Intake(KEYRING, Categories.load(), CALENDAR)

NOW = datetime(2026, 11, 24, 9, 15, 7, 123456, tzinfo=UTC)
SANNE = Reporter(UserId("users/101"), "Sanne Voorbeeld")
READERS = (Email("olga.overzicht@rgo.example"), Email("hans.hoofd@rgo.example"))
USERS = (UserId("users/107"), UserId("users/108"))
BINDINGS = {
    email: Binding(email, user, NOW, SpaceName("spaces/DM")) for email, user in zip(READERS, USERS, strict=True)
}
ROUTE = Route(Chain.LEADERSHIP, READERS)
CALM = Draft("C09", ReportText("de zwartbessenjam was op"), Reply.YES, Reply.NO, Reply.NO, identity=Identity.NAMED)
URGENT = replace(CALM, safe=Reply.NO)


def accept(draft: Draft = CALM, route: Route = ROUTE, *, draft_id: str = "d1", now: datetime = NOW) -> Submission:
    return INTAKE.accept(draft_id, draft, SANNE, route, BINDINGS, now=now)


def sealed(draft: Draft) -> Draft:
    return replace(draft, identity=Identity.SEALED)


def school(day: date, hour: time) -> datetime:
    return CALENDAR.at(day, hour)


def test_each_reader_gets_one_grant_and_one_notice_in_their_own_direct_message() -> None:
    done = accept()
    assert [grant.user for grant in done.grants] == list(USERS)
    assert {grant.case for grant in done.grants} == {done.case.id}
    assert all(grant.opened_at is None for grant in done.grants)
    assert [delivery.address for delivery in done.deliveries] == [to_person(user) for user in USERS]
    assert {delivery.subject for delivery in done.deliveries} == {done.case.id}
    assert len({delivery.message_id for delivery in done.deliveries}) == len(USERS)


def test_a_reader_sees_what_was_told() -> None:
    story = INTAKE.tell(accept().case)
    assert story.text.words == "de zwartbessenjam was op"
    assert (story.category, story.topic, story.safe) == ("C09", "C09", "ja")
    assert story.reporter == "Sanne Voorbeeld"


def test_a_report_without_a_name_shows_none_to_its_readers() -> None:
    story = INTAKE.tell(accept(sealed(CALM)).case)
    assert story.reporter is None
    assert "Sanne" not in repr(story)
    assert "zwartbessenjam" not in repr(story)


@pytest.mark.parametrize("draft", [CALM, URGENT, sealed(CALM), sealed(URGENT)])
def test_what_is_kept_shows_neither_words_nor_reporter_nor_category(draft: Draft) -> None:
    done = accept(draft)
    kept = repr(done).encode() + done.case.body + done.case.wrapped_key
    for told in (b"zwartbessenjam", b"Sanne", b"users/101", b"C09", b"met_naam", b"zonder_naam"):
        assert told not in kept


def test_doubt_about_a_sexual_matter_with_staff_is_kept_as_such_with_what_was_chosen() -> None:
    story = INTAKE.tell(accept(replace(CALM, by_staff=Reply.UNSURE, sexual=Reply.UNSURE)).case)
    assert (story.category, story.topic) == ("C01", "C09")
    assert (story.by_staff, story.sexual) == ("weet_niet", "weet_niet")


def test_the_case_opens_in_no_other_row() -> None:
    one, other = accept(draft_id="d1").case, accept(draft_id="d2").case
    with pytest.raises(CannotOpen):
        INTAKE.tell(replace(one, id=other.id))


def test_one_draft_becomes_one_case_and_its_id_leads_back_to_nothing() -> None:
    assert accept(draft_id="d1").case.id == accept(draft_id="d1").case.id == INTAKE.cases_of("d1")[0]
    assert accept(draft_id="d1").case.id != accept(draft_id="d2").case.id
    other_key = Keyring.parse("k1:" + base64.b64encode(bytes(32)).decode())
    assert Intake(other_key, INTAKE.categories, CALENDAR).cases_of("d1") != INTAKE.cases_of("d1")


def test_a_case_ends_a_year_after_it_came() -> None:
    case = accept().case
    assert case.retain_until == case.received_at + OPEN_KEPT == NOW + timedelta(days=365)


@pytest.mark.parametrize("safe", [Reply.NO, Reply.UNSURE])
def test_who_is_not_safe_or_does_not_know_alerts_at_once_at_any_hour(safe: Reply) -> None:
    at_night = datetime(2026, 12, 25, 2, 0, tzinfo=UTC)
    for identity in Identity:
        done = accept(replace(CALM, safe=safe, identity=identity), now=at_night)
        assert done.case.urgency is Urgency.NOW
        for delivery in done.deliveries:
            assert (delivery.kind, delivery.priority) == (Kind.REPORT_WAITS_URGENT, Priority.URGENT_REPORT)
            assert delivery.not_before <= at_night


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (school(date(2026, 11, 24), time(10, 15)), school(date(2026, 11, 24), time(10, 15))),
        (school(date(2026, 11, 24), time(21)), school(date(2026, 11, 25), time(8))),
        (school(date(2026, 11, 27), time(18)), school(date(2026, 11, 30), time(8))),
        (school(date(2026, 12, 18), time(22)), school(date(2027, 1, 4), time(8))),
    ],
)
def test_what_can_wait_reaches_staff_in_their_hours(now: datetime, expected: datetime) -> None:
    for delivery in accept(now=now).deliveries:
        assert (delivery.kind, delivery.priority) == (Kind.REPORT_WAITS, Priority.REPORT)
        assert delivery.not_before == expected


def test_of_a_report_without_a_name_only_the_day_is_kept() -> None:
    for draft in (sealed(CALM), sealed(URGENT)):
        done = accept(draft)
        day = datetime(2026, 11, 24, tzinfo=UTC)
        assert done.case.received_at == day
        assert done.case.retain_until == day + OPEN_KEPT
        assert {grant.granted_at for grant in done.grants} == {day}
        assert {delivery.created_at for delivery in done.deliveries} <= {day}


def test_its_notice_waits_five_minutes_to_an_hour_so_that_its_time_points_at_nobody() -> None:
    waits = [
        (delivery.not_before - NOW).total_seconds() / 60
        for _ in range(100)
        for delivery in accept(sealed(CALM)).deliveries
    ]
    assert min(waits) >= 5 - 1 / 60
    assert max(waits) <= 60
    assert pstdev(waits) > 8
    # The second of the press is not kept either.
    assert len({round(wait * 60) % 60 for wait in waits}) > 20


def test_its_waiting_does_not_end_outside_of_the_staffs_hours() -> None:
    almost_six = school(date(2026, 11, 24), time(17, 58))
    for delivery in accept(sealed(CALM), now=almost_six).deliveries:
        assert delivery.not_before == school(date(2026, 11, 25), time(8))


@pytest.mark.parametrize(
    "draft",
    [
        replace(CALM, story=ReportText("  ")),
        replace(CALM, safe=Reply.NONE),
        replace(CALM, by_staff=Reply.NONE),
        replace(CALM, sexual=Reply.NONE),
        replace(CALM, identity=None),
    ],
)
def test_an_unfinished_report_is_not_submitted_and_the_refusal_shows_nothing_of_it(draft: Draft) -> None:
    with pytest.raises(ValueError, match="unfinished") as refused:
        accept(draft)
    assert "zwartbessenjam" not in str(refused.value)


@pytest.mark.parametrize("recipients", [(), []])
def test_a_report_without_anybody_to_receive_it_is_refused_and_not_kept_unseen(recipients: Collection[Email]) -> None:
    with pytest.raises(ValueError, match="somebody to receive it"):
        accept(route=Route(None, tuple(recipients)))


def test_codes_can_be_read_out_spell_nothing_and_do_not_repeat() -> None:
    codes = {new_code() for _ in range(500)}
    assert len(codes) == 500
    assert all(len(code) == 9 and code[4] == "-" for code in codes)
    assert {letter for code in codes for letter in code} == {*CODE_LETTERS, "-"}
    assert not set(CODE_LETTERS) & set("AEIOUY01L")
