"""A drill goes the way of a report to every recipient, says that it is one, and leaves nothing after a week."""

from datetime import timedelta

from sqlalchemy import text

from bot.reports.keeping.auditing import Auditor, Books
from bot.reports.ports import CaseId
from bot.reports.routing import ORDER, Chain, members
from bot.reports.trials.trials import KEPT, Trials
from bot.school.people import Email, UserId
from handlers.verbs.reports import last_drill, send_drill
from tests.cast import BEA, BRAM, CARLA, EVERYBODY, HANS, KARIN, OLGA, RECIPIENTS, SANNE, VERA
from tests.dialogue import Dialogue, words
from tests.scenarios.reading import inbox_of
from tests.scenarios.stocked import report
from tests.wire_events import Json, Someone

WAITS = "Er staat iets voor je klaar."


def drill(talk: Dialogue) -> None:
    send_drill(talk.bot.store, talk.bot.school, Trials(talk.bot.keyring), talk.clock.now(), again=True)
    talk.minute(minutes=1)


def opened(talk: Dialogue, who: Someone) -> Json:
    return talk.press(who, who.direct, inbox_of(talk, who), "Bekijken", dialog=True)


def confirm(talk: Dialogue, who: Someone) -> Json:
    return talk.press(who, who.direct, opened(talk, who), "Dit is bij mij aangekomen", dialog=True)


def confirmed(talk: Dialogue) -> dict[str, set[str]]:
    """Who confirmed the trial of each row."""
    with talk.bot.store.read() as transaction:
        found = last_drill(Trials(talk.bot.keyring), transaction, talk.clock.now())
    names = {who.user: who.name for who in EVERYBODY}
    return {trial.chain: {names[grant.user] for grant in trial.grants if grant.opened_at} for trial in found}


def trial_of(talk: Dialogue, chain: Chain) -> CaseId:
    with talk.bot.store.read() as transaction:
        kept = transaction.overview.over_at_once(talk.clock.now())
    return next(case.id for case in kept if Trials(talk.bot.keyring).chain_of(case) is chain)


def test_every_recipient_gets_the_message_of_a_report_and_nobody_else_gets_anything(talk: Dialogue) -> None:
    drill(talk)
    for who in EVERYBODY:
        said = [message["text"] for message in talk.chat.in_space(who.direct)]
        assert said == ([WAITS] if who in RECIPIENTS else []), who.name


def test_it_says_on_every_page_that_it_is_a_drill_and_by_which_way_it_came(talk: Dialogue) -> None:
    drill(talk)
    assert "Oefening van 24 november 2026" in words(inbox_of(talk, OLGA))
    page = words(opened(talk, OLGA))
    assert "Dit is een oefening" in page
    assert "ging naar de schoolleiding." in page
    assert words(inbox_of(talk, BEA)).count("Oefening van") == 2
    assert words(inbox_of(talk, VERA)).count("Oefening van") == 1


def test_the_board_gets_the_copy_too_and_confirms_it_apart(talk: Dialogue) -> None:
    drill(talk)
    case = trial_of(talk, Chain.LEADERSHIP)
    event = talk.wires.press(BEA, BEA.direct, "trials.look", {"case": case}, dialog="SUBMIT")
    page = talk.send(event)
    assert "waarvan je het verhaal niet leest" in words(page)
    talk.press(BEA, BEA.direct, page, "Dit is bij mij aangekomen", dialog=True)
    assert confirmed(talk)[Chain.LEADERSHIP] == {BEA.name}
    assert confirmed(talk)[Chain.BOARD] == set()


def test_each_confirms_for_themselves_and_once_is_enough(talk: Dialogue) -> None:
    drill(talk)
    assert "Je hebt laten weten" in words(confirm(talk, OLGA))
    assert confirmed(talk)[Chain.LEADERSHIP] == {OLGA.name}
    assert "Dit is bij mij aangekomen" not in words(opened(talk, OLGA))
    confirm(talk, HANS)
    assert confirmed(talk)[Chain.LEADERSHIP] == {OLGA.name, HANS.name}


def test_who_was_not_sent_it_cannot_see_or_confirm_it(talk: Dialogue) -> None:
    drill(talk)
    case = trial_of(talk, Chain.BOARD)
    for who in (OLGA, VERA, SANNE, KARIN):
        for action in ("trials.look", "trials.confirm"):
            said = words(talk.send(talk.wires.press(who, who.direct, action, {"case": case}, dialog="SUBMIT")))
            assert "Dit is een oefening" not in said
    assert confirmed(talk)[Chain.BOARD] == set()


def test_a_real_report_is_no_trial(talk: Dialogue) -> None:
    real = report(talk, "C07", (OLGA, HANS))
    before = inbox_of(talk, OLGA)
    for action in ("trials.look", "trials.confirm"):
        assert talk.send(talk.wires.press(OLGA, OLGA.direct, action, {"case": real.id}, dialog="SUBMIT")) == before
    with talk.bot.store.read() as transaction:
        assert all(grant.opened_at is None for grant in transaction.reports.readers(real.id))


def test_nobody_is_alerted_about_it_nobody_can_take_it_on_and_it_breaks_no_audit(talk: Dialogue) -> None:
    drill(talk)
    sent = len(talk.chat.posted)
    for _ in range(6):
        talk.minute(days=1)
    assert len(talk.chat.posted) == sent
    case = trial_of(talk, Chain.LEADERSHIP)
    for step in ("taken", "note", "closed", "urgency"):
        given = {"words": ["x"], "reason": ["afgerond"], "urgency": ["U0"]}
        talk.send(talk.wires.press(OLGA, OLGA.direct, "cases.act", {"case": case, "step": step}, given, "SUBMIT"))
    with talk.bot.store.read() as transaction:
        sealed = transaction.reports.get(case)
        assert sealed is not None
        known = talk.bot.histories.load(sealed, transaction.histories)
        books = Books(transaction.reports, transaction.histories, transaction.audit)
        assert Auditor(talk.bot.keyring).verify(books, talk.clock.now()).is_sound
    assert [entry.step.value for entry in known.entries] == ["closed"]


def test_after_a_week_nothing_of_it_is_left(talk: Dialogue) -> None:
    before = inbox_of(talk, OLGA)
    drill(talk)
    confirm(talk, OLGA)
    talk.minute(days=KEPT.days - 1)
    assert confirmed(talk) != {}
    talk.minute(days=1, minutes=1)
    assert confirmed(talk) == {}
    assert inbox_of(talk, OLGA) == before
    with talk.bot.engine.connect() as connection:
        for table in ("reports", "grants", "case_steps"):
            assert connection.execute(text(f"SELECT count(*) FROM {table}")).scalar() == 0  # noqa: S608 - ours


def test_it_is_in_nobody_s_own_reports(talk: Dialogue) -> None:
    before = {who.name: talk.slash(who, who.direct, 4, dialog=True) for who in EVERYBODY}
    drill(talk)
    assert {who.name: talk.slash(who, who.direct, 4, dialog=True) for who in EVERYBODY} == before


def test_in_the_evening_it_waits_for_staff_hours(talk: Dialogue) -> None:
    talk.clock.forward(hours=10)
    drill(talk)
    assert talk.chat.posted == []
    talk.minute(hours=14)
    assert len(talk.chat.in_space(OLGA.direct)) == 1


def test_every_row_has_a_trial_and_a_second_drill_is_the_one_that_counts(talk: Dialogue) -> None:
    drill(talk)
    confirm(talk, OLGA)
    talk.clock.forward(hours=1)
    drill(talk)
    assert set(confirmed(talk)) == set(ORDER)
    assert all(names == set() for names in confirmed(talk).values())


def test_somebody_without_a_direct_message_is_named_as_not_reached(talk: Dialogue) -> None:
    talk.send(talk.wires.removed(CARLA, CARLA.direct))
    with talk.bot.store.read() as transaction:
        bindings = transaction.people.of_emails(members(talk.bot.school, Chain.BOARD))
    reachable = {email: bound for email, bound in bindings.items() if bound.direct_message is not None}
    drawn = Trials(talk.bot.keyring).drill(
        talk.bot.school, reachable, talk.bot.calendar, "oefening", now=talk.clock.now()
    )
    board = next(trial for trial in drawn if trial.chain is Chain.BOARD)
    assert board.unreached == (Email(CARLA.email),)
    assert {grant.user for grant in board.grants} == {UserId(BEA.user), UserId(BRAM.user)}
    nobody = next(trial for trial in drawn if trial.chain is Chain.LAST_RESORT)
    assert (nobody.grants, nobody.deliveries) == ((), ())
    assert nobody.case.retain_until - nobody.case.received_at == timedelta(days=7)


def test_a_case_that_cannot_be_opened_stands_in_the_list_like_any_other(talk: Dialogue) -> None:
    drill(talk)
    with talk.bot.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE reports SET body = X'00'")
    assert "Oefening" not in words(inbox_of(talk, OLGA))
    assert words(inbox_of(talk, OLGA)).count("Openen") == 1
