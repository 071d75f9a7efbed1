"""Somebody sees what is kept about them and has it removed; nobody learns from it what others reported."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.reports.casefile import Step
from bot.reports.intake import Identity
from bot.reports.ports import CaseId
from bot.school.people import UserId
from tests.cast import BEA, DAAN, EVERYBODY, HANS, KARIN, KLAS_3B, OLGA, SANNE
from tests.dialogue import Dialogue, words
from tests.scenarios.reading import inbox_of, read_story
from tests.scenarios.stocked import STORY, report
from tests.scenarios.test_reporting import send, tell
from tests.wire_events import Json, Someone

SHOW, ERASE, YES = "Laat zien wat je over mij bewaart", "Wis mijn gegevens", "Ja, wis mijn gegevens"
LEADERS = (OLGA, HANS)


def shown(talk: Dialogue, who: Someone) -> Json:
    return talk.press(who, who.direct, talk.slash(who, who.direct, 13), SHOW, dialog=True)


def erase(talk: Dialogue, who: Someone) -> Json:
    sure = talk.press(who, who.direct, shown(talk, who), ERASE, dialog=True)
    return talk.press(who, who.direct, sure, YES, dialog=True)


def steps(talk: Dialogue, case: CaseId) -> list[Step]:
    with talk.bot.store.read() as transaction:
        sealed = transaction.reports.get(case)
        assert sealed is not None
        return [entry.step for entry in talk.bot.histories.load(sealed, transaction.histories).entries]


def is_bound(talk: Dialogue, who: Someone) -> bool:
    with talk.bot.store.read() as transaction:
        return transaction.people.of_user(UserId(who.user)) is not None


def tables(talk: Dialogue) -> str:
    """All that lies in the database, as text."""
    with talk.bot.engine.connect() as connection:
        names = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars().all()
        return "\n".join(
            str([tuple(row) for row in connection.execute(text(f'SELECT * FROM "{name}"'))])  # noqa: S608 - ours
            for name in names
            if name != "seen_events"
        )


def test_somebody_sees_their_address_since_when_and_that_nothing_else_is_there(talk: Dialogue) -> None:
    page = words(shown(talk, SANNE)).splitlines()
    assert f"{SANNE.email}, sinds 24 november 2026" in page
    assert page.count("Niets") == 3


def test_somebody_sees_what_they_asked_about_and_how_many_reports_they_made_but_no_story(talk: Dialogue) -> None:
    talk.says(SANNE, SANNE.direct, "mag ik een foto van mijn klasgenoot op insta zetten?")
    send(talk, tell(talk))
    tell(talk)
    page = words(shown(talk, SANNE))
    assert "A6" in page
    assert "Ik bewaar er 1. Nog niet klaar: 1." in page
    assert "Meldingen die niet af zijn" in page
    assert STORY not in page
    assert page.count("Niets") == 0


def test_a_teacher_sees_the_group_that_she_added_the_bot_to(talk: Dialogue) -> None:
    assert "Klas 3B" in words(shown(talk, KARIN))
    assert "Klas 3B" not in words(shown(talk, SANNE))


@pytest.mark.parametrize("who", [DAAN, OLGA, BEA, KARIN], ids=lambda who: str(who.name))
def test_being_named_in_a_report_of_another_changes_nothing_of_what_is_shown(talk: Dialogue, who: Someone) -> None:
    before = json.dumps([talk.slash(who, who.direct, 13), shown(talk, who)])
    about = (who,) if who in (OLGA, BEA) else ()
    send(talk, tell(talk, story=f"{who.name} zegt iets gemeens", about=about))
    assert json.dumps([talk.slash(who, who.direct, 13), shown(talk, who)]) == before


def test_the_sentence_about_reports_of_others_is_the_same_for_everybody(talk: Dialogue) -> None:
    told = {
        line for who in EVERYBODY for line in words(shown(talk, who)).splitlines() if "een ander jou in een" in line
    }
    assert len(told) == 1


def test_erasing_asks_a_second_time_and_says_what_goes_what_stays_and_what_others_see(talk: Dialogue) -> None:
    sure = talk.press(SANNE, SANNE.direct, talk.slash(SANNE, SANNE.direct, 13), ERASE, dialog=True)
    assert "Weet je het zeker?" in words(sure)
    for said in ("trek ik in", "Wie ze leest, ziet dat", "blijft bij de school", "op dezelfde dag", "Google Chat"):
        assert said in words(sure)
    assert is_bound(talk, SANNE)
    back = talk.press(SANNE, SANNE.direct, sure, "Terug", dialog=True)
    assert words(back) == words(shown(talk, SANNE))


def test_after_erasing_nothing_of_somebody_is_left_not_even_by_closing_the_page_or_the_same_event_again(
    talk: Dialogue,
) -> None:
    talk.says(SANNE, SANNE.direct, "mag ik een foto van mijn klasgenoot op insta zetten?")
    tell(talk)
    done = erase(talk, SANNE)
    assert "Ik heb gewist wat ik kan wissen." in words(done)
    talk.send(talk.last_event)
    talk.press(SANNE, SANNE.direct, done, "Sluiten", dialog=True)
    left = tables(talk)
    for trace in (SANNE.email, SANNE.user, *talk.bot.keyring.blind_indexes(UserId(SANNE.user))):
        assert trace not in left
    assert DAAN.email in left
    with talk.bot.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM question_memory")).scalar() == 0


def test_who_comes_back_is_known_again(talk: Dialogue) -> None:
    erase(talk, SANNE)
    assert not is_bound(talk, SANNE)
    talk.says(SANNE, SANNE.direct, "hoi")
    assert is_bound(talk, SANNE)


def test_an_open_report_becomes_a_withdrawal_that_its_readers_see_and_nothing_is_destroyed(talk: Dialogue) -> None:
    send(talk, tell(talk))
    sent = len(talk.chat.in_space(OLGA.direct))
    talk.clock.forward(hours=1)
    erase(talk, SANNE)
    talk.minute(minutes=1)
    assert len(talk.chat.in_space(OLGA.direct)) == sent + 1
    story = words(read_story(talk, OLGA))
    assert "zwartbessenjam" in story
    assert "De melder heeft de melding ingetrokken." in story


def test_reports_that_are_over_or_were_taken_back_stay_as_they_are(talk: Dialogue) -> None:
    case = report(talk, "C07", LEADERS)
    page = read_story(talk, OLGA)
    page = talk.press(OLGA, OLGA.direct, page, "Ik pak dit op", dialog=True)
    page = talk.press(OLGA, OLGA.direct, page, "Afsluiten", dialog=True)
    talk.press(OLGA, OLGA.direct, page, "Afsluiten", {"reason": ["afgerond"]}, dialog=True)
    taken_back = report(talk, "C07", LEADERS)
    erase(talk, SANNE)
    talk.says(SANNE, SANNE.direct, "hoi")
    erase(talk, SANNE)
    assert Step.WITHDRAWN not in steps(talk, case.id)
    assert steps(talk, taken_back.id).count(Step.WITHDRAWN) == 1


def test_of_a_sealed_report_only_the_day_is_kept_and_the_message_about_it_comes_apart(talk: Dialogue) -> None:
    talk.clock.forward(minutes=7)
    sealed = report(talk, "C07", LEADERS, identity=Identity.SEALED)
    named = report(talk, "C07", LEADERS)
    erase(talk, SANNE)
    with talk.bot.store.read() as transaction:
        known = talk.bot.histories.load(sealed, transaction.histories)
        apart = {delivery.not_before for delivery in transaction.deliveries.about(sealed.id)}
        at_once = {delivery.not_before for delivery in transaction.deliveries.about(named.id)}
        created = {delivery.created_at for delivery in transaction.deliveries.about(sealed.id)}
    now = talk.clock.now()
    withdrawn = next(entry for entry in known.entries if entry.step is Step.WITHDRAWN)
    assert (withdrawn.at.hour, withdrawn.at.minute, withdrawn.at.date()) == (0, 0, now.date())
    assert at_once == {now}
    assert all(now + timedelta(minutes=5) <= moment <= now + timedelta(minutes=60) for moment in apart)
    assert created == {sealed.received_at}


def test_who_is_gone_is_owed_nothing_and_no_alarm_comes_of_it(talk: Dialogue) -> None:
    send(talk, tell(talk))
    page = read_story(talk, OLGA)
    page = talk.press(OLGA, OLGA.direct, page, "Ik pak dit op", dialog=True)
    erase(talk, SANNE)
    page = talk.press(OLGA, OLGA.direct, inbox_of(talk, OLGA), "Openen", dialog=True)
    page = talk.press(OLGA, OLGA.direct, page, "Lees verhaal", dialog=True)
    page = talk.press(OLGA, OLGA.direct, page, "Afsluiten", dialog=True)
    talk.press(OLGA, OLGA.direct, page, "Afsluiten", {"reason": ["afgerond"]}, dialog=True)
    # The minute raises when a notice about a report is late.
    talk.minute(hours=1)
    talk.minute(hours=1)
    assert talk.chat.in_space(SANNE.direct) == []


def test_a_recipient_stays_reachable_and_is_told_so(talk: Dialogue) -> None:
    page = talk.press(OLGA, OLGA.direct, shown(talk, OLGA), ERASE, dialog=True)
    assert "Zolang dat zo is, bewaar ik je adres" in words(page)
    erase(talk, OLGA)
    assert is_bound(talk, OLGA)
    send(talk, tell(talk))
    assert talk.chat.in_space(OLGA.direct)


def test_erasing_one_s_own_data_takes_nothing_from_anybody_else(talk: Dialogue) -> None:
    case = report(talk, "C07", LEADERS, who=DAAN)
    before = json.dumps([shown(talk, DAAN), inbox_of(talk, OLGA)])
    erase(talk, SANNE)
    assert json.dumps([shown(talk, DAAN), inbox_of(talk, OLGA)]) == before
    assert steps(talk, case.id) == []


def test_in_a_group_the_dialog_is_the_person_s_own(talk: Dialogue) -> None:
    card = talk.slash(SANNE, KLAS_3B, 13)
    assert SANNE.email not in json.dumps(card)
    assert f"{SANNE.email}, sinds" in words(talk.press(SANNE, KLAS_3B, card, SHOW, dialog=True))
    # Where a client opens no dialog nothing of it may stand in the chat.
    without = talk.press(SANNE, KLAS_3B, card, SHOW)
    assert f"{SANNE.email}, sinds" not in words(without)
    talk.press(SANNE, KLAS_3B, card, ERASE)
    assert is_bound(talk, SANNE)
