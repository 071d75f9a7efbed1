"""A year in numbers: the same for whoever may not see a case as if it did not exist, and never a small number."""

import json
import random
from datetime import UTC, datetime, timedelta

import pytest

from bot.reports.intake import Identity
from bot.reports.trials.trials import Trials
from bot.school.people import UserId
from bot.school.spaces import Dialect
from tests.cast import BEA, BRAM, CARLA, HANS, KARIN, OLGA, RUUD, SANNE, TINEKE, TOM, VERA
from tests.dialogue import Dialogue, start, words
from tests.scenarios.reading import inbox_of, read_story
from tests.scenarios.stocked import STORY, report
from tests.wire_events import Json, Someone

LEADERS, BOARD, SUPERVISORS = (OLGA, HANS), (BEA, BRAM, CARLA), (TOM, TINEKE, RUUD)
RECIPIENTS = (*LEADERS, *BOARD, *SUPERVISORS, VERA)
ADULTS = "Een volwassene van school gaat te ver"
TOPICS = ("C07", "C04", "C10", "C11", "C13", "C05", "C17", "C01")


def overview(talk: Dialogue, who: Someone) -> Json:
    return talk.press(who, who.direct, inbox_of(talk, who), "Jaaroverzicht", dialog=True)


def forged(talk: Dialogue, who: Someone, year: str = "2026") -> Json:
    return talk.send(talk.wires.press(who, who.direct, "cases.overview", {"year": year}, dialog="SUBMIT"))


def number_of(told: list[str], name: str) -> str:
    """What stands with this name: Chat's JSON has the text before its label."""
    return told[told.index(name) - 1]


def stocked(talk: Dialogue) -> None:
    """Enough that numbers are shown, to both rows."""
    for topic, times in (("C07", 6), ("C04", 5), ("C05", 2), ("C17", 3)):
        for _ in range(times):
            report(talk, topic, (*LEADERS, *BOARD, *SUPERVISORS, VERA))


def test_a_leader_sees_the_year_in_numbers_and_no_number_under_five(talk: Dialogue) -> None:
    stocked(talk)
    told = words(overview(talk, OLGA)).splitlines()
    assert told[0] == "Jaaroverzicht 2026 van de schoolleiding"
    for name, number in (
        ("Aantal meldingen", "16"),
        ("Pesten, buitensluiten, discriminatie", "6"),
        ("Bedreigen, volgen, extreme ideeën", "5"),
        (
            f"Iets seksueels + Beeld, gegevens en accounts + {ADULTS} + Zorg om iemand + Iets anders",
            "5",
        ),
        ("Op tijd + Te laat + Nog niet gelezen", "16"),
    ):
        assert number_of(told, name) == number
    assert STORY not in "\n".join(told)


def test_what_was_read_and_closed_counts_as_that(talk: Dialogue) -> None:
    for _ in range(5):
        report(talk, "C17", LEADERS)
    for _ in range(6):
        talk.clock.forward(minutes=1)
        report(talk, "C07", LEADERS)
        page = read_story(talk, OLGA)
        page = talk.press(OLGA, OLGA.direct, page, "Ik pak dit op", dialog=True)
        page = talk.press(OLGA, OLGA.direct, page, "Afsluiten", dialog=True)
        talk.press(OLGA, OLGA.direct, page, "Afsluiten", {"reason": ["afgerond"]}, dialog=True)
    told = words(overview(talk, OLGA)).splitlines()
    assert number_of(told, "Op tijd") == "6"
    assert number_of(told, "Te laat + Nog niet gelezen") == "5"
    assert number_of(told, "Nog niet klaar") == "5"


def test_the_people_of_a_row_see_the_same_numbers(talk: Dialogue) -> None:
    stocked(talk)
    report(talk, "C07", (OLGA,))
    report(talk, "C04", (BEA, CARLA))
    for row in (LEADERS, BOARD, SUPERVISORS):
        assert len({words(overview(talk, who)) for who in row}) == 1


def test_four_reports_look_like_none(talk: Dialogue) -> None:
    none = words(overview(talk, OLGA))
    for _ in range(4):
        report(talk, "C07", LEADERS)
    assert words(overview(talk, OLGA)) == none
    assert "minder dan 5" in none
    report(talk, "C07", LEADERS)
    assert words(overview(talk, OLGA)) != none


def test_advice_and_trials_count_nowhere(talk: Dialogue) -> None:
    stocked(talk)
    before = overview(talk, OLGA)
    for _ in range(6):
        report(talk, "C16", LEADERS, who=KARIN)
    with talk.bot.store.write() as transaction:
        bindings = transaction.people.of_emails(talk.bot.school.leadership)
        drill = Trials(talk.bot.keyring).drill
        for trial in drill(talk.bot.school, bindings, talk.bot.calendar, "oefening", now=talk.clock.now()):
            transaction.reports.add(trial.case, trial.grants)
    assert overview(talk, OLGA) == before


def test_a_year_is_the_school_s_own_and_last_year_is_one_press_away(talk: Dialogue) -> None:
    for _ in range(5):
        # At school it was the new year already, and where the clock of the world stands it was not.
        report(talk, "C07", LEADERS, at=datetime(2025, 12, 31, 23, 30, tzinfo=UTC))
    for _ in range(6):
        report(talk, "C07", LEADERS, at=datetime(2025, 12, 31, 22, 30, tzinfo=UTC))
    now = overview(talk, OLGA)
    assert number_of(words(now).splitlines(), "Aantal meldingen") == "5"
    last = talk.press(OLGA, OLGA.direct, now, "Bekijk 2025", dialog=True)
    assert words(last).splitlines()[0] == "Jaaroverzicht 2025 van de schoolleiding"
    assert number_of(words(last).splitlines(), "Aantal meldingen") == "6"
    assert words(talk.press(OLGA, OLGA.direct, last, "Bekijk 2026", dialog=True)) == words(now)


@pytest.mark.parametrize("year", ["1999", "2031", "", "alles", "٢٠٢٦", "2025 "])
def test_a_year_that_no_button_names_is_this_year(talk: Dialogue, year: str) -> None:
    assert forged(talk, OLGA, year) == forged(talk, OLGA)


def test_who_stands_in_no_row_has_no_overview(talk: Dialogue) -> None:
    for who in (SANNE, KARIN):
        assert "overzicht" not in json.dumps(forged(talk, who))
        assert forged(talk, who) == forged(talk, who, "2025")


def test_what_one_of_a_row_may_not_read_any_more_counts_for_none_of_them(talk: Dialogue) -> None:
    stocked(talk)
    before = [overview(talk, who) for who in LEADERS]
    case = report(talk, "C07", LEADERS)
    assert [forged(talk, who) for who in LEADERS] != before
    with talk.bot.store.write() as transaction:
        transaction.reports.revoke(case.id, UserId(OLGA.user))
    assert [words(overview(talk, who)) for who in LEADERS] == [words(page) for page in before]


@pytest.mark.parametrize("seed", range(30))
def test_one_report_more_changes_nothing_for_whoever_has_no_grant_to_its_story(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - chance, no secret
    talk = start(dialect=list(Dialect)[seed % 2])
    for _ in range(chance.randint(0, 14)):
        readers = chance.choice([LEADERS, BOARD, SUPERVISORS, (VERA,), RECIPIENTS, (*LEADERS, *BOARD)])
        report(talk, chance.choice(TOPICS), readers, at=talk.clock.now() - timedelta(days=chance.randint(0, 300)))
    pages = {who: [json.dumps(forged(talk, who, year)) for year in ("2026", "2025")] for who in RECIPIENTS}
    chosen = chance.sample(RECIPIENTS, chance.randint(1, len(RECIPIENTS) - 1))
    copied = [who for who in RECIPIENTS if who not in chosen and chance.random() < 0.5]
    identity = chance.choice(list(Identity))
    report(talk, chance.choice(TOPICS), chosen, copied=copied, identity=identity)
    for who in RECIPIENTS:
        if who not in chosen:
            assert [json.dumps(forged(talk, who, year)) for year in ("2026", "2025")] == pages[who], who.name


def test_the_property_above_could_fail(talk: Dialogue) -> None:
    stocked(talk)
    before = {who: forged(talk, who) for who in RECIPIENTS}
    report(talk, "C07", LEADERS)
    assert {who.name for who in RECIPIENTS if forged(talk, who) != before[who]} == {OLGA.name, HANS.name}
