"""Several reports about one event: one person handles them, exclusions unite, each reporter sees only their own."""

from tests.cast import BEA, DAAN, HANS, OLGA, SANNE
from tests.dialogue import Dialogue, words
from tests.scenarios.reading import inbox_of
from tests.scenarios.test_reporting import tell
from tests.wire_events import Json, Someone

FIRST, SECOND = "Ze filmden het in de kleedkamer.", "Ik zag dat er gefilmd werd."


def report(talk: Dialogue, who: Someone, story: str, **told: object) -> str:
    talk.press(who, who.direct, tell(talk, who, story=story, **told), "Verstuur", dialog=True)  # type: ignore[arg-type]
    talk.clock.forward(minutes=11)
    with talk.bot.store.read() as transaction:
        index = talk.bot.keyring.blind_indexes(who.user)[0]  # type: ignore[arg-type]
        return str(transaction.reports.of_reporter(index)[0][0].id)


def read(talk: Dialogue, who: Someone, case: str) -> Json:
    return talk.send(talk.wires.press(who, who.direct, "cases.read", {"case": case}, dialog="SUBMIT"))


def take(talk: Dialogue, who: Someone, case: str) -> Json:
    return talk.press(who, who.direct, read(talk, who, case), "Ik pak dit op", dialog=True)


def join(talk: Dialogue, who: Someone, case: str, other: str) -> Json:
    page = talk.press(who, who.direct, read(talk, who, case), "Hoort bij een andere zaak", dialog=True)
    return talk.press(who, who.direct, page, "Samenvoegen", {"other": [other]}, dialog=True)


def test_one_person_handles_both_and_each_reporter_sees_their_own(talk: Dialogue) -> None:
    first, second = report(talk, SANNE, FIRST), report(talk, DAAN, SECOND)
    take(talk, OLGA, first)
    after = words(join(talk, OLGA, first, second))
    assert "Hoort samen met" in after
    page = words(read(talk, OLGA, second))
    assert "Bericht aan melder" in page
    assert SECOND in page
    assert FIRST not in page
    for who, own, not_own in ((SANNE, FIRST, SECOND), (DAAN, SECOND, FIRST)):
        mine = talk.slash(who, who.direct, 4, dialog=True)
        shown = words(talk.press(who, who.direct, mine, "Bekijken", dialog=True))
        assert "In behandeling" in shown
        assert not_own not in shown
        assert "Hoort samen" not in shown
        assert own not in words(mine)


def test_who_is_kept_from_one_is_kept_from_each(talk: Dialogue) -> None:
    first = report(talk, SANNE, FIRST)
    second = report(talk, DAAN, SECOND, about=(HANS,))
    # With a leader struck out it left the leadership: the board puts them together.
    for _ in range(2):
        talk.minute(days=2)
    take(talk, BEA, first)
    join(talk, BEA, first, second)
    assert FIRST not in words(read(talk, HANS, first))
    assert "Openen" not in words(inbox_of(talk, HANS))


def test_who_is_kept_from_one_gets_the_other_by_no_way_back(talk: Dialogue) -> None:
    first = report(talk, SANNE, FIRST)
    second = report(talk, DAAN, SECOND, about=(HANS,))
    for _ in range(2):
        talk.minute(days=2)
    take(talk, BEA, first)
    before = talk.press(BEA, BEA.direct, read(talk, BEA, first), "Overdragen", dialog=True)
    assert HANS.name in words(before)
    join(talk, BEA, first, second)
    page = talk.press(BEA, BEA.direct, read(talk, BEA, first), "Overdragen", dialog=True)
    assert HANS.name not in words(page)


def test_a_case_that_somebody_else_handles_stays_theirs(talk: Dialogue) -> None:
    first, second = report(talk, SANNE, FIRST), report(talk, DAAN, SECOND)
    take(talk, OLGA, first)
    take(talk, HANS, second)
    assert "Iemand anders" in words(join(talk, OLGA, first, second))
    assert "Hoort samen met" not in words(read(talk, OLGA, first))


def test_a_case_that_one_may_not_read_cannot_be_named(talk: Dialogue) -> None:
    first = report(talk, SANNE, FIRST)
    hidden = report(talk, DAAN, SECOND, about=(OLGA,))
    take(talk, OLGA, first)
    page = talk.press(OLGA, OLGA.direct, read(talk, OLGA, first), "Hoort bij een andere zaak", dialog=True)
    assert "Er is geen andere open zaak" in words(page)
    forged = {
        other: talk.send(
            talk.wires.press(OLGA, OLGA.direct, "cases.bundle_with", {"case": first}, {"other": [other]}, "SUBMIT")
        )
        for other in (hidden, "0" * 32)
    }
    assert len({words(answer) for answer in forged.values()}) == 1


def test_who_takes_over_one_takes_over_what_belongs_to_it(talk: Dialogue) -> None:
    first, second = report(talk, SANNE, FIRST), report(talk, DAAN, SECOND)
    take(talk, OLGA, first)
    join(talk, OLGA, first, second)
    page = talk.press(OLGA, OLGA.direct, read(talk, OLGA, first), "Overdragen", dialog=True)
    talk.press(OLGA, OLGA.direct, page, "Aanbieden", {"to": [HANS.email]}, dialog=True)
    talk.press(HANS, HANS.direct, read(talk, HANS, second), "Ik neem dit over", dialog=True)
    for case, story in ((first, FIRST), (second, SECOND)):
        assert "Bericht aan melder" in words(read(talk, HANS, case))
        assert story not in words(read(talk, OLGA, case))


def test_three_belong_together_when_two_do_and_a_third_joins(talk: Dialogue) -> None:
    first, second = report(talk, SANNE, FIRST), report(talk, DAAN, SECOND)
    third = report(talk, SANNE, "Het filmpje gaat nu rond.")
    take(talk, OLGA, first)
    join(talk, OLGA, first, second)
    take(talk, OLGA, third)
    join(talk, OLGA, third, first)
    with talk.bot.store.read() as transaction:
        known = {
            case.id: talk.bot.histories.load(case, transaction.histories)
            for case, _ in transaction.reports.granted_to(OLGA.user)  # type: ignore[arg-type]
        }
    assert {len(each.bundled) for each in known.values()} == {2}
