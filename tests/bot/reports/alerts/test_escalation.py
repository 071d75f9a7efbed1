"""Who is alerted about a case and when its reporter hears that nobody read it: each rule, and what always holds."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.reports.alerts.escalation import Alert, Told, Waiting, Why, alerts, deadline, next_look
from bot.reports.ports import CaseId, Urgency
from bot.school.calendar import SchoolCalendar
from bot.school.duty import Duty
from bot.school.file import read_school
from bot.school.people import Email
from tests.dialogue import ROOT

HOURS = read_school((ROOT / "school.toml").read_text(encoding="utf-8")).hours
CALENDAR = SchoolCalendar(HOURS)
OLGA, HANS, INA, BEA, BRAM, OTHER = PEOPLE = [
    Email(f"{name}@rgo.example") for name in ("olga", "hans", "ina", "bea", "bram", "other")
]
ROUTE, BOARD = (OLGA, HANS, INA, BEA, BRAM), frozenset({BEA, BRAM})
DUTY = Duty(date(2026, 11, 23), date(2026, 11, 29), OLGA, HANS)
TUESDAY = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def school(day: int, hour: int, minute: int = 0, month: int = 11, year: int = 2026) -> datetime:
    return CALENDAR.at(date(year, month, day), time(hour, minute))


def waiting(urgency: Urgency = Urgency.NOW, *, without: tuple[Email, ...] = (), **changes: object) -> Waiting:
    case = Waiting(CaseId("c"), urgency, TUESDAY, ROUTE, BOARD, frozenset(ROUTE) - set(without), DUTY)
    return replace(case, **changes)  # type: ignore[arg-type]


def steps(case: Waiting, minutes: float = 31) -> list[tuple[Email, Why, float]]:
    owed = alerts(case, CALENDAR, now=case.received_at + minutes * MINUTE)
    return [(alert.whom, alert.why, (alert.due - case.received_at) / MINUTE) for alert in owed]


FIRST = [(OLGA, Why.FIRST, 0.0)]
DEPUTY = [*FIRST, (HANS, Why.DEPUTY, 15.0)]
ALL = [*DEPUTY, (BEA, Why.ABOVE, 30.0), (BRAM, Why.ABOVE, 30.0)]


@pytest.mark.parametrize(
    ("minutes", "expected"), [(0, FIRST), (14.99, FIRST), (15, DEPUTY), (29.99, DEPUTY), (30, ALL), (10_000, ALL)]
)
@pytest.mark.parametrize("received", [TUESDAY, school(28, 3), school(25, 2, month=12), school(24, 23, 59)])
def test_urgent_the_duty_leader_at_once_then_the_deputy_then_the_board_at_any_hour(
    minutes: float, expected: list[tuple[Email, Why, float]], received: datetime
) -> None:
    assert steps(waiting(received_at=received), minutes) == expected


@pytest.mark.parametrize("case", [waiting(duty=None), waiting(duty=replace(DUTY, person=OTHER, deputy=OTHER))])
def test_without_duty_on_the_route_all_readers_are_alerted_at_once_and_the_row_above_when_nobody_acts(
    case: Waiting,
) -> None:
    assert steps(case, 29) == [(whom, Why.FIRST, 0.0) for whom in (OLGA, HANS, INA)]
    assert steps(case, 30)[3:] == [(whom, Why.ABOVE, 30.0) for whom in (BEA, BRAM)]


def test_without_duty_and_without_a_row_above_all_are_alerted_again_when_nobody_reads() -> None:
    case = waiting(duty=None, above=frozenset())
    assert steps(case, 29) == [(whom, Why.FIRST, 0.0) for whom in ROUTE]
    assert steps(case, 30)[5:] == [(whom, Why.READING, 30.0) for whom in ROUTE]


@pytest.mark.parametrize(
    ("without", "expected"),
    [
        ((OLGA,), [(HANS, Why.FIRST, 0), (BEA, Why.ABOVE, 15), (BRAM, Why.ABOVE, 15)]),
        ((HANS,), [(OLGA, Why.FIRST, 0), (BEA, Why.ABOVE, 15), (BRAM, Why.ABOVE, 15)]),
        ((OLGA, HANS, INA), [(BEA, Why.FIRST, 0), (BRAM, Why.FIRST, 0)]),
        ((BEA,), [*DEPUTY, (BRAM, Why.ABOVE, 30)]),
        ((BEA, BRAM), [*DEPUTY, (INA, Why.ABOVE, 30)]),
        ((HANS, INA, BEA, BRAM), FIRST),
    ],
)
def test_no_minute_is_spent_waiting_for_somebody_who_may_not_know(
    without: tuple[Email, ...], expected: list[tuple[Email, Why, float]]
) -> None:
    assert [step for step in steps(waiting(without=without)) if step[1] is not Why.READING] == expected


def test_a_board_member_on_duty_is_alerted_once() -> None:
    case = waiting(duty=replace(DUTY, person=BEA))
    assert steps(case) == [(BEA, Why.FIRST, 0), (HANS, Why.DEPUTY, 15), (BRAM, Why.ABOVE, 30)]


def test_when_the_duty_leader_turns_out_to_be_involved_the_deputy_is_next_at_once() -> None:
    told = (Told(OLGA, Why.FIRST, TUESDAY),)
    assert steps(waiting(without=(OLGA,), told=told), 3) == [(HANS, Why.FIRST, 0)]


def test_taking_it_on_stops_everybody_and_opening_it_stops_nothing_of_an_urgent_case() -> None:
    assert steps(waiting(taken_by=OLGA)) == []
    assert steps(waiting(opened_by=frozenset({OLGA}))) == ALL
    all_told = waiting(duty=None, above=frozenset(), opened_by=frozenset({OLGA}))
    assert {why for _, why, _ in steps(all_told)} == {Why.FIRST}


def test_nobody_left_is_an_empty_answer_with_the_flag_that_routes_need_repair() -> None:
    for urgency in Urgency:
        case = waiting(urgency, without=ROUTE)
        assert alerts(case, CALENDAR, now=TUESDAY + 30 * DAY) == ()
        assert case.routes_need_repair
    assert not waiting(without=ROUTE[1:]).routes_need_repair


def test_of_a_sealed_urgent_case_minutes_count_from_when_the_first_was_told_not_from_midnight() -> None:
    midnight = TUESDAY.replace(hour=0)
    case = waiting(received_at=midnight, day_only=True)
    assert [alert.whom for alert in alerts(case, CALENDAR, now=TUESDAY)] == [OLGA]
    assert deadline(case, CALENDAR) == midnight + DAY + 30 * MINUTE
    case = replace(case, told=(Told(OLGA, Why.FIRST, TUESDAY),))
    assert alerts(case, CALENDAR, now=TUESDAY + 14 * MINUTE) == ()
    assert [alert.whom for alert in alerts(case, CALENDAR, now=TUESDAY + 15 * MINUTE)] == [HANS]
    assert deadline(case, CALENDAR) == TUESDAY + 30 * MINUTE


@pytest.mark.parametrize(
    ("urgency", "received", "expected"),
    [
        (Urgency.NOW, school(29, 3), school(29, 3, 30)),
        (Urgency.TODAY, school(24, 10), school(24, 17)),
        (Urgency.TODAY, school(24, 3), school(24, 17)),
        (Urgency.TODAY, school(24, 16, 45), school(24, 17, 45)),  # whoever reads it has at least an hour
        (Urgency.TODAY, school(24, 17), school(25, 17)),
        (Urgency.TODAY, school(27, 20), school(30, 17)),  # Friday evening: Monday
        (Urgency.TODAY, school(3, 18, month=12), school(7, 17, month=12)),  # the Friday is a day off
        (Urgency.TODAY, school(18, 12, month=12), school(18, 17, month=12)),  # the last day before Christmas
        (Urgency.TODAY, school(19, 12, month=12), school(4, 17, month=1, year=2027)),
        (Urgency.SOON, school(24, 10), school(25, 17)),
        (Urgency.SOON, school(27, 10), school(30, 17)),
        (Urgency.SOON, school(28, 10), school(30, 17)),
        (Urgency.SOON, school(18, 10, month=12), school(4, 17, month=1, year=2027)),
        (Urgency.CALM, school(24, 10), school(1, 17, month=12)),
        (Urgency.CALM, school(30, 10), school(8, 17, month=12)),  # over the day off of the fourth
        (Urgency.CALM, school(16, 10, month=12), school(6, 17, month=1, year=2027)),
        (Urgency.CALM, school(21, 10, month=7, year=2027), school(8, 17, month=9, year=2027)),  # over the summer
    ],
)
def test_a_case_must_be_read_within_its_school_days(urgency: Urgency, received: datetime, expected: datetime) -> None:
    assert deadline(waiting(urgency, received_at=received), CALENDAR) == expected


def test_a_sealed_case_is_late_only_where_it_is_so_whatever_its_hour_was() -> None:
    for urgency in (Urgency.TODAY, Urgency.SOON):
        case = waiting(urgency, received_at=TUESDAY.replace(hour=0), day_only=True)
        assert deadline(case, CALENDAR) == school(25, 17)


def test_when_nobody_read_it_the_board_hears_that_or_else_everybody_again() -> None:
    case = waiting(Urgency.SOON)
    late = school(25, 17)
    assert alerts(case, CALENDAR, now=late - MINUTE) == ()
    owed = alerts(case, CALENDAR, now=late)
    assert [(alert.whom, alert.why, alert.due, alert.urgent) for alert in owed] == [
        (whom, Why.READING, late, False) for whom in (BEA, BRAM)
    ]
    leaders = alerts(replace(case, eligible=case.eligible - BOARD), CALENDAR, now=late)
    assert [alert.whom for alert in leaders] == [OLGA, HANS, INA]


def test_who_read_it_ends_the_reading_alerts_unless_that_person_turned_out_to_be_involved() -> None:
    read = waiting(Urgency.TODAY, opened_by=frozenset({OLGA}))
    assert alerts(read, CALENDAR, now=TUESDAY + DAY) == ()
    involved = replace(read, eligible=read.eligible - {OLGA})
    assert [alert.whom for alert in alerts(involved, CALENDAR, now=TUESDAY + DAY)] == [BEA, BRAM]
    # The reporter is not told that nobody read it: somebody did.
    assert deadline(read, CALENDAR) is deadline(involved, CALENDAR) is None
    assert deadline(waiting(taken_by=OLGA), CALENDAR) is None


def test_a_calendar_without_school_days_and_one_with_a_short_day_have_deadlines_too() -> None:
    closed = SchoolCalendar(replace(HOURS, days_off=((date(2026, 1, 1), date(2029, 1, 1), "dicht"),)))
    assert deadline(waiting(Urgency.CALM), closed) == TUESDAY + 5 * DAY
    short = SchoolCalendar(replace(HOURS, speak_from=time(8), speak_until=time(8, 30)))
    assert deadline(waiting(Urgency.SOON), short) == school(25, 8, 15)
    assert deadline(waiting(Urgency.TODAY, received_at=school(24, 8, 10)), short) == school(24, 8, 25)


SOME = st.frozensets(st.sampled_from(PEOPLE))
AFTER = st.integers(0, 3 * 24 * 60).map(lambda minutes: minutes * MINUTE)
DUTIES = st.none() | st.permutations(PEOPLE).map(lambda two: replace(DUTY, person=two[0], deputy=two[1]))
CASES = st.builds(
    Waiting,
    case=st.sampled_from("abc").map(CaseId),
    urgency=st.sampled_from(Urgency),
    received_at=st.integers(0, 300 * 24 * 60).map(lambda minutes: datetime(2026, 9, 1, tzinfo=UTC) + minutes * MINUTE),
    recipients=st.lists(st.sampled_from(PEOPLE), max_size=6).map(tuple),
    above=SOME,
    eligible=SOME,
    duty=DUTIES,
)
SEALED = CASES.map(lambda case: replace(case, received_at=case.received_at.replace(hour=0, minute=0), day_only=True))
HISTORIES = st.lists(st.builds(Told, st.sampled_from(PEOPLE), st.sampled_from(Why), st.just(TUESDAY)), max_size=5)


@given(CASES | SEALED, HISTORIES.map(tuple), SOME, AFTER)
def test_nobody_is_alerted_who_is_not_eligible_and_on_the_route_whatever_happened(
    case: Waiting, told: tuple[Told, ...], opened: frozenset[Email], after: timedelta
) -> None:
    case = replace(case, told=told, opened_by=opened)
    owed = alerts(case, CALENDAR, now=case.received_at + after)
    assert {alert.whom for alert in owed} <= case.eligible & set(case.recipients)
    assert owed == alerts(case, CALENDAR, now=case.received_at + after)
    assert all(alert.due <= case.received_at + after for alert in owed)


@given(CASES | SEALED, st.sampled_from(PEOPLE), AFTER)
def test_nobody_is_alerted_after_somebody_took_it_on(case: Waiting, taker: Email, after: timedelta) -> None:
    assert alerts(replace(case, taken_by=taker), CALENDAR, now=case.received_at + after) == ()


@given(CASES | SEALED, AFTER)
def test_an_urgent_case_has_an_alert_at_once_exactly_when_somebody_is_eligible(case: Waiting, after: timedelta) -> None:
    case = replace(case, urgency=Urgency.NOW)
    for now in (case.received_at, case.received_at + after):
        first = [alert for alert in alerts(case, CALENDAR, now=now) if alert.due == case.received_at]
        assert bool(first) == bool(case.eligible & set(case.recipients)) == (not case.routes_need_repair)


@given(CASES, st.lists(AFTER, min_size=1, max_size=6).map(sorted))
def test_asked_late_or_often_everything_that_became_due_comes_once(case: Waiting, moments: list[timedelta]) -> None:
    late = alerts(case, CALENDAR, now=case.received_at + moments[-1])
    often: list[Alert] = []
    for after in moments:
        now = case.received_at + after
        told = tuple(Told(alert.whom, alert.why, alert.due) for alert in often)
        often += alerts(replace(case, told=told), CALENDAR, now=now)
    assert often == list(late)
    assert len({(alert.whom, alert.why is Why.READING) for alert in late}) == len(late)


@given(CASES | SEALED)
def test_when_a_reporter_hears_that_nobody_read_it_somebody_is_alerted_at_that_moment(case: Waiting) -> None:
    moment = deadline(case, CALENDAR)
    assert moment is not None
    assert moment > case.received_at
    due = [alert.due for alert in alerts(case, CALENDAR, now=moment)]
    assert (moment in due) != case.routes_need_repair
    if not case.urgency.is_urgent:
        assert CALENDAR.staff_moment(moment) == moment


@given(CASES | SEALED)
def test_what_is_more_urgent_is_never_read_later(case: Waiting) -> None:
    found = [
        deadline(replace(case, urgency=urgency), CALENDAR) for urgency in (Urgency.TODAY, Urgency.SOON, Urgency.CALM)
    ]
    assert all(sooner is not None and later is not None and sooner <= later for sooner, later in pairwise(found))


@given(CASES | SEALED, AFTER)
def test_between_now_and_the_next_look_nothing_becomes_due(case: Waiting, after: timedelta) -> None:
    now = case.received_at + after
    soon = next_look(case, CALENDAR, now=now)
    known = alerts(case, CALENDAR, now=now)
    if soon is None:
        assert alerts(case, CALENDAR, now=now + 400 * DAY) == known
    else:
        assert soon > now
        assert alerts(case, CALENDAR, now=soon - timedelta(seconds=1)) == known
        assert len(alerts(case, CALENDAR, now=soon)) > len(known) or soon == deadline(case, CALENDAR)


@settings(max_examples=50)
@given(CASES | SEALED)
def test_looking_only_when_it_is_time_tells_everybody_whom_looking_each_minute_tells(case: Waiting) -> None:
    told: tuple[Told, ...] = ()
    moment: datetime | None = case.received_at
    for _ in range(20):
        if moment is None:
            break
        now = moment
        known = replace(case, told=told)
        told += tuple(Told(alert.whom, alert.why, now) for alert in alerts(known, CALENDAR, now=now))
        moment = next_look(replace(case, told=told), CALENDAR, now=now)
    assert moment is None
    late = alerts(replace(case, told=told), CALENDAR, now=case.received_at + 400 * DAY)
    assert late == ()
