"""What of a case counts in the year, and that the tables together tell no more than each of them."""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.reports import casefile
from bot.reports.casefile import Casefile, Entry, Reason, Step
from bot.reports.categories import ADVICE, Categories
from bot.reports.overview.counting import ENDS, OPEN, TOPICS, Counted, Overview, Read, Topic, count, overview
from bot.reports.overview.joining import Row
from bot.reports.ports import Urgency
from bot.school.people import UserId

NOW = datetime(2026, 11, 24, 9, 15, tzinfo=UTC)
OLGA = UserId("users/107")
ATTRIBUTES = {"topic": tuple(Topic), "urgency": tuple(Urgency), "read": tuple(Read), "end": ENDS}


def known(*entries: Entry) -> Casefile:
    return Casefile(Urgency.SOON, entries)


READ = Entry(Step.READ, OLGA, NOW)
TAKEN = Entry(Step.TAKEN, OLGA, NOW)
UNREAD = casefile.unread(NOW, others=True)
CLOSED = Entry(Step.CLOSED, OLGA, NOW, detail=Reason.PASSED_ON)


def test_a_case_counts_under_its_topic_its_urgency_of_now_its_reading_and_its_end() -> None:
    later = Entry(Step.URGENCY, OLGA, NOW, detail=Urgency.TODAY.value)
    assert count("C07", known(READ, TAKEN, later, CLOSED)) == Counted(
        Topic.BULLYING, Urgency.TODAY, Read.IN_TIME, Reason.PASSED_ON
    )


@pytest.mark.parametrize(
    ("entries", "expected"),
    [((), Read.NOT_YET), ((READ,), Read.IN_TIME), ((UNREAD,), Read.LATE), ((UNREAD, READ), Read.LATE)],
)
def test_late_is_what_the_bot_itself_found_late(entries: Sequence[Entry], expected: Read) -> None:
    assert count("C07", known(*entries)).read is expected


def test_read_by_a_second_reader_after_the_first_one_stays_in_time() -> None:
    assert count("C07", known(READ, Entry(Step.READ, UserId("users/108"), NOW))).read is Read.IN_TIME


def test_what_was_withdrawn_ended_so_whatever_its_handler_chose_and_is_open_until_somebody_closes_it() -> None:
    withdrawn = Entry(Step.WITHDRAWN, None, NOW)
    assert count("C07", known(withdrawn)).end == OPEN
    assert count("C07", known(TAKEN, withdrawn, CLOSED)).end == Reason.WITHDRAWN


def test_every_category_has_a_topic_and_one_of_a_school_s_own_is_something_else() -> None:
    assert set(Categories.load().rows) - TOPICS.keys() == {"C17", "C18", "C19", "C20", "C21", ADVICE}
    assert TOPICS.keys() <= set(Categories.load().rows)
    assert count("X99", known()).topic is Topic.OTHER


def test_too_few_reports_show_nothing_at_all() -> None:
    few = overview(2026, [Counted(Topic.CARE, Urgency.NOW, Read.LATE, OPEN)] * 4)
    none = overview(2026, [])
    assert few == none == Overview(2026, None, (), (), (), ())


def drawn(seed: int) -> list[Counted]:
    """A year as chance makes it, some of its attributes rare."""
    chance = random.Random(seed)  # noqa: S311 - chance, no secret
    weights = {name: [chance.choice([0, 1, 3, 9]) + 0.01 for _ in values] for name, values in ATTRIBUTES.items()}
    return [
        Counted(**{name: chance.choices(values, weights[name])[0] for name, values in ATTRIBUTES.items()})
        for _ in range(chance.randint(0, 40))
    ]


def rows_of(made: Overview) -> dict[str, Sequence[Row]]:
    return {"topic": made.topics, "urgency": made.urgencies, "read": made.readings, "end": made.ends}


def other_years(cases: Sequence[Counted], attribute: str, name: str, row: Row) -> list[list[Counted]]:
    """The same year with one case less, or one more, under this name, and nothing else changed."""
    found = []
    for place, case in enumerate(cases):
        held = str(getattr(case, attribute))
        targets = [other for other in row.names if other != name] if held == name else [name]
        if held in row.names:
            for target in targets:
                value = next(value for value in ATTRIBUTES[attribute] if str(value) == target)
                found.append([*cases[:place], replace(case, **{attribute: value}), *cases[place + 1 :]])
    return found


@pytest.mark.parametrize("seed", range(300))
def test_of_every_joined_number_another_year_with_another_number_looks_exactly_alike(seed: int) -> None:
    cases = drawn(seed)
    made = overview(2026, cases)
    for attribute, rows in rows_of(made).items():
        numbers = Counter(str(getattr(case, attribute)) for case in cases)
        for row in rows:
            if len(row.names) == 1:
                assert row.number == numbers[row.names[0]]
                continue
            for name in row.names:
                alike = [year for year in other_years(cases, attribute, name, row) if overview(2026, year) == made]
                others = {Counter(str(getattr(case, attribute)) for case in year)[name] for year in alike}
                assert others - {numbers[name]}, (attribute, row, name)
