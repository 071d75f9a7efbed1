"""What may be done with a case, and by whom: two for what is urgent, one handler, and who is involved never again."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reports import casefile
from bot.reports.casefile import Casefile, Entry, NotAllowed, Reason, Refusal, Step
from bot.reports.ports import Urgency
from bot.reports.text import ReportText
from bot.school.people import UserId

NOW = datetime(2026, 11, 24, 9, 15, tzinfo=UTC)
OLGA, HANS, BEA = UserId("users/107"), UserId("users/108"), UserId("users/109")
WORDS = ReportText("Dank je wel, we gaan ermee aan de slag.")
NEW = Casefile(Urgency.SOON)
URGENT = Casefile(Urgency.NOW)


def after(case: Casefile, *entries: Entry) -> Casefile:
    return Casefile(case.first_urgency, (*case.entries, *entries))


def taken(case: Casefile, by: UserId = OLGA) -> Casefile:
    return after(case, casefile.take(case, by, NOW))


def refused(act: Callable[[], object]) -> Refusal:
    with pytest.raises(NotAllowed) as caught:
        act()
    return caught.value.refusal


def test_who_takes_it_on_handles_it_and_nobody_else_can_take_it() -> None:
    case = taken(NEW)
    assert case.handler == OLGA
    assert refused(lambda: casefile.take(case, HANS, NOW)) is Refusal.OTHER_HANDLER


def test_only_the_handler_writes_to_the_reporter_and_closes() -> None:
    case = taken(NEW)
    assert refused(lambda: casefile.write_to_reporter(case, HANS, NOW, WORDS)) is Refusal.NOT_HANDLER
    assert refused(lambda: casefile.close(case, HANS, NOW, Reason.HANDLED)) is Refusal.NOT_HANDLER
    assert refused(lambda: casefile.close(NEW, OLGA, NOW, Reason.HANDLED)) is Refusal.NOT_HANDLER
    assert casefile.write_to_reporter(case, OLGA, NOW, WORDS).text is WORDS


def test_only_the_handler_takes_it_out_also_when_it_is_closed() -> None:
    case = taken(NEW)
    assert refused(lambda: casefile.export(case, HANS, NOW, "pdf")) is Refusal.NOT_HANDLER
    assert refused(lambda: casefile.export(NEW, OLGA, NOW, "pdf")) is Refusal.NOT_HANDLER
    closed = after(case, casefile.close(case, OLGA, NOW, Reason.HANDLED))
    assert closed.is_closed
    assert casefile.export(closed, OLGA, NOW, "pdf") == Entry(Step.EXPORTED, OLGA, NOW, detail="pdf")
    assert Step.EXPORTED not in {
        entry.step for entry in after(case, casefile.export(case, OLGA, NOW, "pdf")).messages()
    }


def test_what_was_not_urgent_is_closed_by_one() -> None:
    case = taken(NEW)
    closed = after(case, casefile.close(case, OLGA, NOW, Reason.NOT_CONFIRMED))
    assert closed.is_closed
    assert refused(lambda: casefile.note(closed, OLGA, NOW, WORDS)) is Refusal.CLOSED
    assert refused(lambda: casefile.add(closed, NOW, WORDS)) is Refusal.CLOSED


@pytest.mark.parametrize("urgency", [Urgency.NOW, Urgency.TODAY])
def test_what_is_urgent_is_closed_by_two(urgency: Urgency) -> None:
    case = taken(Casefile(urgency))
    asked = after(case, casefile.close(case, OLGA, NOW, Reason.HANDLED))
    assert not asked.is_closed
    assert refused(lambda: casefile.confirm_closing(asked, OLGA, NOW)) is Refusal.SECOND_PERSON
    assert refused(lambda: casefile.confirm_closing(case, HANS, NOW)) is Refusal.SECOND_PERSON
    assert after(asked, casefile.confirm_closing(asked, HANS, NOW)).is_closed


def test_a_lower_urgency_does_not_make_one_person_enough() -> None:
    case = taken(URGENT)
    case = after(case, casefile.change_urgency(case, OLGA, NOW, Urgency.CALM))
    assert case.urgency is Urgency.CALM
    assert casefile.close(case, OLGA, NOW, Reason.HANDLED).step is Step.CLOSING


def test_what_the_reporter_says_after_a_closing_was_proposed_is_read_before_it_closes() -> None:
    case = taken(URGENT)
    case = after(case, casefile.close(case, OLGA, NOW, Reason.HANDLED))
    case = after(case, casefile.add(case, NOW, ReportText("Het gebeurt weer.")))
    assert refused(lambda: casefile.confirm_closing(case, HANS, NOW)) is Refusal.SECOND_PERSON
    again = after(case, casefile.close(case, OLGA, NOW, Reason.HANDLED))
    assert after(again, casefile.confirm_closing(again, HANS, NOW)).is_closed


def test_a_case_changes_hands_only_when_the_other_accepts() -> None:
    case = taken(NEW)
    case = after(case, casefile.offer(case, OLGA, NOW, HANS))
    assert (case.handler, case.offered_to) == (OLGA, HANS)
    assert refused(lambda: casefile.accept(case, BEA, NOW)) is Refusal.NOT_OFFERED
    case = after(case, casefile.accept(case, HANS, NOW))
    assert (case.handler, case.offered_to) == (HANS, None)
    assert refused(lambda: casefile.note(NEW, OLGA, NOW, ReportText(" "))) is Refusal.EMPTY


def test_who_is_involved_handles_it_no_more_and_what_was_offered_by_or_to_them_is_gone() -> None:
    case = taken(NEW)
    offered = after(case, casefile.offer(case, OLGA, NOW, HANS))
    for who in (OLGA, HANS):
        without = after(offered, casefile.recuse(who, NOW))
        assert without.offered_to is None
        assert without.recused == {who}
    assert after(case, casefile.recuse(OLGA, NOW)).handler is None


def test_a_withdrawn_report_is_still_closed_by_who_handles_it() -> None:
    case = taken(NEW)
    case = after(case, casefile.withdraw(case, NOW))
    assert case.is_withdrawn
    assert not case.is_closed
    assert refused(lambda: casefile.withdraw(case, NOW)) is Refusal.CLOSED
    assert after(case, casefile.close(case, OLGA, NOW, Reason.WITHDRAWN)).is_closed


def test_the_reporter_sees_what_was_written_and_no_note() -> None:
    case = taken(NEW)
    case = after(case, casefile.note(case, OLGA, NOW, ReportText("bellen met thuis")))
    case = after(case, casefile.write_to_reporter(case, OLGA, NOW, WORDS))
    case = after(case, casefile.add(case, NOW, ReportText("oke")))
    assert [entry.step for entry in case.messages()] == [Step.TO_REPORTER, Step.FROM_REPORTER]
    assert case.messages()[1].by is None


def test_reading_is_kept_once_for_each_reader() -> None:
    first = casefile.read(NEW, OLGA, NOW)
    assert first is not None
    case = after(NEW, first)
    assert casefile.read(case, OLGA, NOW + timedelta(days=1)) is None
    assert casefile.read(case, HANS, NOW) is not None


ACTS: list[Callable[[Casefile, UserId], Entry]] = [
    lambda case, who: casefile.take(case, who, NOW),
    lambda case, who: casefile.offer(case, who, NOW, HANS),
    lambda case, who: casefile.accept(case, who, NOW),
    lambda case, who: casefile.recuse(who, NOW),
    lambda case, who: casefile.note(case, who, NOW, WORDS),
    lambda case, who: casefile.add(case, NOW, WORDS),
    lambda case, who: casefile.withdraw(case, NOW),
    lambda case, who: casefile.change_urgency(case, who, NOW, Urgency.CALM),
    lambda case, who: casefile.close(case, who, NOW, Reason.HANDLED),
    lambda case, who: casefile.confirm_closing(case, who, NOW),
]
WHO = st.sampled_from([OLGA, HANS, BEA])


@given(st.sampled_from(list(Urgency)), st.lists(st.tuples(st.sampled_from(ACTS), WHO), max_size=20))
def test_whatever_people_try_one_handles_it_and_two_close_what_was_urgent(
    urgency: Urgency, tries: list[tuple[Callable[[Casefile, UserId], Entry], UserId]]
) -> None:
    case = Casefile(urgency)
    for act, who in tries:
        # Access of who is involved ends with the grant, which is the caller's part.
        if who in case.recused:
            continue
        try:
            case = after(case, act(case, who))
        except NotAllowed:
            continue
        assert case.handler not in case.recused
    ends = [place for place, entry in enumerate(case.entries) if entry.step is Step.CLOSED]
    assert len(ends) <= 1
    if ends:
        assert all(entry.step is Step.RECUSED for entry in case.entries[ends[0] + 1 :])
        if case.needs_second:
            proposers = {entry.by for entry in case.entries if entry.step is Step.CLOSING}
            assert proposers - {case.entries[ends[0]].by}
