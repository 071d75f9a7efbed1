"""Ticking a step is an entry in the case's history; by when it should be done is counted from when the case came in."""

from datetime import UTC, date, datetime

import pytest

from bot.reports import casefile
from bot.reports.casefile import Casefile, Entry, NotAllowed, Refusal, Step
from bot.reports.checklist.deadlines import Deadline
from bot.reports.checklist.states import Mark, state_of
from bot.reports.ports import Urgency
from bot.reports.text import ReportText
from bot.school.people import UserId
from tests.dialogue import start

NOW = datetime(2026, 3, 2, 10, 12, tzinfo=UTC)
OLGA, HANS = UserId("users/102"), UserId("users/103")


def known(*entries: Entry | None) -> Casefile:
    return Casefile(Urgency.SOON, tuple(entry for entry in entries if entry is not None))


def test_the_last_word_about_a_step_counts_and_other_steps_stay_as_they_were() -> None:
    done = casefile.check(known(), OLGA, NOW, "horen", "Beide kanten gehoord")
    assert state_of(known(done), "horen").mark is Mark.DONE
    assert state_of(known(done), "S1").mark is Mark.OPEN
    opened = casefile.uncheck(known(done), HANS, NOW, "horen", "Beide kanten gehoord")
    assert state_of(known(done, opened), "horen").mark is Mark.OPEN
    again = casefile.check(known(done, opened), HANS, NOW, "horen", "Beide kanten gehoord")
    assert state_of(known(done, opened, again), "horen").entry == again


def test_ticking_twice_or_opening_what_is_open_says_nothing_new() -> None:
    done = casefile.check(known(), OLGA, NOW, "horen", "Gehoord")
    assert casefile.check(known(done), HANS, NOW, "horen", "Gehoord") is None
    assert casefile.uncheck(known(), HANS, NOW, "horen", "Gehoord") is None


def test_that_a_step_is_not_needed_wants_a_reason() -> None:
    with pytest.raises(NotAllowed) as refused:
        casefile.not_needed(known(), OLGA, NOW, "S7", "Politie", ReportText("  "))
    assert refused.value.refusal is Refusal.EMPTY
    skipped = casefile.not_needed(known(), OLGA, NOW, "S7", "Politie", ReportText("Geen beelden."))
    assert state_of(known(skipped), "S7").mark is Mark.NOT_NEEDED
    assert skipped.text.words == "Politie: Geen beelden."


def test_nothing_is_ticked_in_a_case_that_is_over() -> None:
    over = known(Entry(Step.CLOSED, OLGA, NOW, detail="afgerond"))
    with pytest.raises(NotAllowed, match=Refusal.CLOSED):
        casefile.check(over, OLGA, NOW, "horen", "Gehoord")
    with pytest.raises(NotAllowed, match=Refusal.CLOSED):
        casefile.uncheck(over, OLGA, NOW, "horen", "Gehoord")
    with pytest.raises(NotAllowed, match=Refusal.CLOSED):
        casefile.not_needed(over, OLGA, NOW, "horen", "Gehoord", ReportText("nee"))


@pytest.mark.parametrize(
    ("within", "received", "last"),
    [
        ("direct", datetime(2026, 3, 2, 10, tzinfo=UTC), date(2026, 3, 2)),
        # Half past eleven at night in UTC is the next day at school.
        ("direct", datetime(2026, 3, 2, 23, 30, tzinfo=UTC), date(2026, 3, 3)),
        ("72 uur", datetime(2026, 3, 2, 10, tzinfo=UTC), date(2026, 3, 5)),
        ("7 dag", datetime(2026, 3, 2, 10, tzinfo=UTC), date(2026, 3, 9)),
        ("1 maand", datetime(2026, 1, 31, 10, tzinfo=UTC), date(2026, 2, 28)),
        ("1 maand", datetime(2026, 12, 15, 10, tzinfo=UTC), date(2027, 1, 15)),
        # A Friday: the weekend does not count.
        ("1 schooldag", datetime(2026, 3, 6, 10, tzinfo=UTC), date(2026, 3, 9)),
        ("5 schooldag", datetime(2026, 3, 6, 10, tzinfo=UTC), date(2026, 3, 13)),
    ],
)
def test_a_deadline_is_a_day_at_school(within: str, received: datetime, last: date) -> None:
    talk = start(everybody=())
    assert Deadline.parse(within, "wet").day(received, talk.bot.calendar) == last
    talk.bot.engine.dispose()
