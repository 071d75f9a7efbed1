"""For whoever may not see a report everything is as if it did not exist; whoever may gets it, whatever fails."""

import functools
import json
import random
from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta

import pytest

from bot.outbox.delivery import State, to_person
from bot.reports.ports import SealedCase
from bot.reports.routing import candidates
from bot.school.people import UserId
from bot.school.spaces import Dialect
from handlers.job_runner import JobFailed
from tests.cast import EVERYBODY
from tests.dialogue import SCHOOL_DAY, Dialogue, start, words
from tests.scenarios.generated import everybody_else, made, told
from tests.wire_events import Json, Someone

SHORT, LONG = 120, 2000
COMMANDS = (3, 4, 9, 11, 12, 13)
"""/melden, /mijnberichten, /zaken and what tells about the bot: with a dialog and without."""

ACTIONS = (
    *("cases.look", "cases.read", "cases.involved", "cases.close", "cases.offer", "cases.urgency", "cases.write"),
    *(
        "cases.bundle",
        "cases.bundle_with",
        "cases.confirm",
        "cases.export",
        "cases.export_code",
        "cases.overview",
        "cases.history",
        "cases.steps",
        "cases.step",
        "cases.minutes",
        "trials.look",
        "trials.confirm",
        "privacy.show",
        "away.ask",
        "own.look",
        "own.earlier",
        "own.ask_withdraw",
    ),
)
STEPS = ("taken", "recused", "note", "closed", "held", "released", "urgency", "accepted")
AT_ONCE = 14
"""How many of all these one short case tries; two hundred of them try each many times."""

WORDS = {"words": ["x"], "reason": ["afgerond"], "urgency": ["U0"], "other": ["0" * 32]}
DAYS = 10
"""Long enough for school days to come and for the most failures that are made."""

AFTER = SCHOOL_DAY + timedelta(days=DAYS)

NO_CASE = "0" * 32


Tried = tuple[str, str]

EVERYTHING: tuple[Tried, ...] = (
    *(("command", str(command)) for command in COMMANDS),
    *(("dialog", str(command)) for command in COMMANDS),
    *(("action", action) for action in ACTIONS),
    *(("step", step) for step in STEPS),
)
"""What somebody can try."""


def seen_by(talk: Dialogue, who: Someone, case: str, tried: Sequence[Tried]) -> dict[Tried, str]:
    """What somebody gets out of the bot, and what it sent them; `case` is tried as a forged id."""
    shown = {each: json.dumps(_answer(talk, who, case, *each), sort_keys=True) for each in tried}
    return {**shown, ("sent", ""): json.dumps(talk.chat.in_space(who.direct), sort_keys=True)}


def _answer(talk: Dialogue, who: Someone, case: str, kind: str, name: str) -> Json:
    match kind:
        case "command" | "dialog":
            return talk.slash(who, who.direct, int(name), dialog=kind == "dialog")
        case "action":
            return talk.send(talk.wires.press(who, who.direct, name, {"case": case}, dialog="SUBMIT"))
        case _:
            given = {"case": case, "step": name}
            return talk.send(talk.wires.press(who, who.direct, "cases.act", given, WORDS, "SUBMIT"))


@functools.cache
def as_if_nothing(dialect: Dialect) -> dict[str, dict[Tried, str]]:
    """What everybody gets where nobody reported anything."""
    talk = start(dialect=dialect)
    talk.clock.moment = AFTER
    return {who.name: seen_by(talk, who, NO_CASE, EVERYTHING) for who in EVERYBODY}


def check(seed: int, tried: Sequence[Tried]) -> None:
    report, dialect = made(seed), list(Dialect)[seed % 2]
    talk = start(dialect=dialect)
    review = told(talk, report)
    assert "Verstuur" in json.dumps(review), "somebody eligible is always left of nine people"
    talk.chat.out_of_order = report.failures
    done = talk.press(report.who, report.who.direct, review, "Verstuur", dialog=True)
    assert "Je melding is opgeslagen" in words(done)
    case = next(sealed for who in EVERYBODY for sealed in granted_to(talk, who))
    deliver(talk, case)
    talk.clock.moment = AFTER
    with talk.bot.store.read() as transaction:
        grants = transaction.reports.readers(case.id)
        owed = transaction.deliveries.about(case.id)
        bindings = transaction.people.of_emails(candidates(talk.bot.school))
    kept_from = {person.email for person in (*report.about, report.who)}
    kept_from |= {person.email for person in report.named if person.name not in report.cleared}
    granted = {str(grant.user) for grant in grants}
    assert granted
    assert granted.isdisjoint(bindings[email].user for email in bindings if email in kept_from)
    assert {delivery.state for delivery in owed} == {State.DELIVERED}
    # Whoever may read it was told, of a copy too.
    assert {delivery.address for delivery in owed} >= {to_person(grant.user) for grant in grants if grant.sees_story}
    for who in everybody_else(granted, report.who):
        seen, nothing = seen_by(talk, who, case.id, tried), as_if_nothing(dialect)[who.name]
        assert seen == {each: nothing[each] for each in seen}, f"{who.name} notices"
    # Or the comparison above could not fail.
    reader = next(who for who in EVERYBODY if who.user in granted)
    seen, nothing = seen_by(talk, reader, case.id, [("dialog", "9")]), as_if_nothing(dialect)[reader.name]
    assert seen[("dialog", "9")] != nothing[("dialog", "9")]


def deliver(talk: Dialogue, case: SealedCase) -> None:
    """Let the timer tick on days that follow, until nothing is owed any more."""
    for _ in range(DAYS):
        # Leases and waits go by real time; what was put back is due again at once.
        with talk.bot.engine.begin() as connection:
            connection.exec_driver_sql("UPDATE deliveries SET retry_at = NULL, lease_until = NULL")
        # What Chat did not take in time is an alarm (tests/scenarios/test_heartbeat.py); the timer goes on.
        with suppress(JobFailed):
            talk.minute(days=1)
        if not talk.bot.owed_about(case.id):
            return


def granted_to(talk: Dialogue, who: Someone) -> list[SealedCase]:
    with talk.bot.store.read() as transaction:
        return [case for case, _ in transaction.reports.granted_to(UserId(who.user))]


@pytest.mark.parametrize("seed", range(SHORT))
def test_of_a_report_made_by_chance_readers_hear_and_nobody_else_notices(seed: int) -> None:
    check(seed, random.Random(seed).sample(EVERYTHING, AT_ONCE))  # noqa: S311 - chance, no secret


@pytest.mark.slow
def test_of_two_thousand_reports_made_by_chance_nobody_else_notices_one() -> None:
    for seed in range(SHORT, SHORT + LONG):
        check(seed, EVERYTHING)
