"""The staff of a group see what comes and change it: how often, about what, not for a while, the first one now."""

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.cast import KARIN, KLAS_3B, SANNE
from tests.dialogue import Dialogue, dialog, words
from tests.scenarios.test_reminders import go_to_next_reminder, upcoming
from tests.wire_events import Json

TOPICS = ["telefoon", "delen", "beeld", "omgang"]


def settings(talk: Dialogue) -> Json:
    return talk.press(KARIN, KLAS_3B, talk.slash(KARIN, KLAS_3B, 5), "Herinneringen aanpassen", dialog=True)


def save(talk: Dialogue, rhythm: str = "4", pause: str = "geen", topics: list[str] | None = None) -> Json:
    given: dict[str, Any] = {"rhythm": [rhythm], "pause": [pause], "topics": TOPICS if topics is None else topics}
    return talk.press(KARIN, KLAS_3B, settings(talk), "Bewaar", given, dialog=True)


def listen(talk: Dialogue, days: int) -> None:
    """Let days pass, with a tick of the timer at each moment that was drawn, and one at the end."""
    end = talk.clock.now() + timedelta(days=days)
    while (slot := upcoming(talk)) is not None and slot.moment < end:
        talk.clock.moment = slot.moment
        talk.minute()
    talk.clock.moment = end
    talk.minute()


def test_staff_see_the_five_reminders_that_come_with_their_days_and_articles(talk: Dialogue) -> None:
    page = words(settings(talk))
    assert "Elke vier weken" in page
    assert page.count("artikel") >= 5


def test_a_group_that_chose_every_week_hears_every_week_and_nothing_twice(talk: Dialogue) -> None:
    save(talk, "1")
    listen(talk, 28)
    said = [words(message) for message in talk.chat.in_space(KLAS_3B)]
    assert 3 <= len(said) <= 4
    assert len(set(said)) == len(said)


def test_a_group_that_chose_never_hears_nothing_and_can_choose_again(talk: Dialogue) -> None:
    assert "komen geen herinneringen" in words(save(talk, "0"))
    listen(talk, 30)
    assert not talk.chat.in_space(KLAS_3B)
    assert "Sla de eerste over" in words(save(talk, "2"))


def test_a_pause_is_kept_to_and_ends_by_itself(talk: Dialogue) -> None:
    save(talk, "1", pause="2026-12-06")
    listen(talk, 12)
    assert not talk.chat.in_space(KLAS_3B)
    assert "Pauze tot en met 6 december 2026" in words(settings(talk))
    listen(talk, 9)
    assert talk.chat.in_space(KLAS_3B)


def test_a_topic_that_was_left_out_is_not_said(talk: Dialogue) -> None:
    page = words(save(talk, "1", topics=["telefoon"]))
    assert page.count("artikel 1 ") + page.count("artikel 1,") + page.count("artikel 1)") >= 1 or "les" in page
    for other in ("foto", "film"):
        assert other not in page.split("Wat er komt")[1]


def test_without_a_topic_the_page_asks_for_one(talk: Dialogue) -> None:
    assert "Kies minstens één onderwerp" in words(save(talk, topics=[]))


def test_the_first_one_now_then_its_own_day_brings_the_next_one(talk: Dialogue) -> None:
    talk.clock.moment = datetime(2026, 11, 24, 11, 15, tzinfo=UTC)
    before = upcoming(talk)
    talk.press(KARIN, KLAS_3B, settings(talk), "Stuur de eerste nu", dialog=True)
    [sent] = talk.chat.in_space(KLAS_3B)
    after = upcoming(talk)
    assert before is not None
    assert after is not None
    assert after.moment == before.moment
    assert after.item != before.item
    assert talk.bot.items.rows[before.item].dutch in words(sent)
    again = talk.press(KARIN, KLAS_3B, settings(talk), "Stuur de eerste nu", dialog=True)
    assert "Vandaag is er al een herinnering gestuurd" in words(again)
    assert len(talk.chat.in_space(KLAS_3B)) == 1


def test_in_a_lesson_nothing_is_sent_now(talk: Dialogue) -> None:
    talk.clock.moment = datetime(2026, 11, 24, 9, 45, tzinfo=UTC)
    assert "Nu is het les" in words(talk.press(KARIN, KLAS_3B, settings(talk), "Stuur de eerste nu", dialog=True))
    assert not talk.chat.in_space(KLAS_3B)


def test_the_first_one_can_be_passed_over(talk: Dialogue) -> None:
    before = upcoming(talk)
    talk.press(KARIN, KLAS_3B, settings(talk), "Sla de eerste over", dialog=True)
    go_to_next_reminder(talk)
    talk.minute()
    [sent] = talk.chat.in_space(KLAS_3B)
    assert before is not None
    assert talk.bot.items.rows[before.item].dutch not in words(sent)


def test_a_pupil_changes_nothing_also_not_with_a_forged_button(talk: Dialogue) -> None:
    assert "Herinneringen aanpassen" not in words(talk.slash(SANNE, KLAS_3B, 5))
    before = upcoming(talk)
    for action in ("reminders.ask", "reminders.save", "reminders.skip", "reminders.now"):
        forged = talk.wires.press(SANNE, KLAS_3B, action, {}, {"rhythm": ["0"], "topics": TOPICS}, "SUBMIT")
        assert "Hoe vaak" not in words(dialog(talk.send(forged)))
    assert upcoming(talk) == before


def test_in_a_direct_message_there_is_no_group_to_change(talk: Dialogue) -> None:
    assert "Herinneringen aanpassen" not in words(talk.slash(KARIN, KARIN.direct, 5))
    forged = talk.wires.press(KARIN, KARIN.direct, "reminders.save", {}, {"rhythm": ["0"]}, "SUBMIT")
    assert "Hoe vaak" not in words(talk.send(forged))
    assert upcoming(talk) is not None
    assert talk.clock.now() + timedelta(weeks=9) > upcoming(talk).moment  # type: ignore[union-attr]
