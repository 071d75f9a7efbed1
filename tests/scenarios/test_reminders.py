"""Groups are reminded of the etiquette: kindly, rarely, and never twice."""

import shutil
from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path

from sqlalchemy import text

from bot.etiquette.items import ItemId, Items
from bot.etiquette.schedule import Slot
from bot.etiquette.wishes import reminded
from bot.google_chat.cards import Wire
from bot.google_chat.notices import group_rules, reminder_message
from bot.protocol.loading import RGO_PROTOCOL, load
from bot.protocol.quoting import Quotations
from bot.school.spaces import Dialect, SpaceName
from bot.wording.catalogue import Wording
from tests.cast import FINN, KARIN, KLAS_2A, KLAS_3B, SANNE
from tests.dialogue import Dialogue, words

LESSON = time(13, 30)


def days_pass(talk: Dialogue, days: int) -> None:
    """Let the timer tick before lessons, in both breaks, after lessons and once at night."""
    for _ in range(days * 24):
        talk.clock.forward(hours=1)
        if talk.clock.now().hour in {3, 7, 9, 11, 15, 16}:
            talk.minute()


def upcoming(talk: Dialogue) -> Slot | None:
    with talk.bot.store.read() as transaction:
        group = transaction.spaces.get(SpaceName(KLAS_3B.name))
        assert group is not None
        asked = reminded(group, transaction.wishes.chosen_of(group.space))
    return talk.bot.schedule.upcoming(asked, talk.clock.now())


def go_to_next_reminder(talk: Dialogue) -> None:
    slot = upcoming(talk)
    assert slot is not None
    talk.clock.moment = slot.moment


def retry_now(talk: Dialogue) -> None:
    with talk.bot.engine.begin() as connection:
        connection.execute(text("UPDATE deliveries SET retry_at = NULL"))


def test_a_forwarded_clock_and_the_timer_bring_one_reminder_with_its_article(talk: Dialogue) -> None:
    go_to_next_reminder(talk)
    talk.minute()
    talk.minute(minutes=1)
    talk.minute(minutes=1)
    [reminder] = talk.chat.in_space(KLAS_3B)
    assert "Even herinneren" in words(reminder)
    assert "artikel" in words(reminder)


def test_in_eight_weeks_a_group_gets_at_most_three_and_never_the_same_twice(talk: Dialogue) -> None:
    days_pass(talk, 56)
    reminders = [words(reminder) for reminder in talk.chat.in_space(KLAS_3B)]
    assert 1 <= len(reminders) <= 3
    assert len(set(reminders)) == len(reminders)


def test_a_group_that_waits_is_not_reminded(talk: Dialogue) -> None:
    talk.send(talk.wires.added(FINN, KLAS_2A))
    days_pass(talk, 30)
    assert not talk.chat.in_space(KLAS_2A)


def test_a_timer_that_was_down_for_a_week_does_not_make_up_for_it(talk: Dialogue) -> None:
    go_to_next_reminder(talk)
    talk.clock.moment += timedelta(days=7)
    talk.minute()
    assert not talk.chat.in_space(KLAS_3B)


def test_a_reminder_that_google_cannot_take_before_the_lesson_is_not_sent_in_the_lesson(talk: Dialogue) -> None:
    go_to_next_reminder(talk)
    talk.chat.out_of_order = 1
    talk.minute()
    talk.clock.moment = talk.bot.calendar.at(talk.bot.calendar.local(talk.clock.moment).date(), LESSON)
    for _ in range(3):
        retry_now(talk)
        talk.minute(minutes=1)
    assert not talk.chat.in_space(KLAS_3B)


def test_the_staff_of_a_group_see_the_next_reminder_and_pupils_do_not(talk: Dialogue) -> None:
    assert "Volgende herinnering" in words(talk.slash(KARIN, KLAS_3B, 5))
    assert "Volgende herinnering" not in words(talk.slash(SANNE, KLAS_3B, 5))


def test_a_report_does_not_change_when_a_group_is_reminded(talk: Dialogue) -> None:
    before = upcoming(talk)
    talk.says(SANNE, KLAS_3B, "ik word gepest door Tim")
    assert upcoming(talk) == before


def test_with_another_schools_protocol_nothing_is_said_that_is_not_in_it(tmp_path: Path) -> None:
    """Our plain words belong to one text; beside another one they would be a rule that nobody made."""
    source = (RGO_PROTOCOL / "protocol.txt").read_text(encoding="utf-8")
    changed = "6. Foto's mogen alleen op vrijdag online."
    old = next(line for line in source.splitlines() if line.startswith("6. Het is voor betrokkenen"))
    (tmp_path / "protocol.txt").write_text(source.replace(old, changed), encoding="utf-8")
    shutil.copy(RGO_PROTOCOL / "reviewed.toml", tmp_path)
    quotations = Quotations(load(tmp_path).document, load(tmp_path).reviewed)
    t = Wording.load().dutch
    rules = words(group_rules(t, quotations).render(Wire(Dialect.CLASSIC, "")))
    assert "Foto's mogen alleen op vrijdag online." in rules
    assert t("rule.A6") not in rules
    assert t("rule.A1") in rules
    item = Items.load().rows[ItemId("A6")]
    reminder = words(reminder_message(t, quotations, item).render(Wire(Dialect.CLASSIC, "")))
    assert "Foto's mogen alleen op vrijdag online." in reminder
    assert item.dutch not in reminder


def test_another_protocol_without_our_articles_has_no_reminders_and_says_so_to_staff(talk: Dialogue) -> None:
    talk = talk.with_bot(replace(talk.bot, schedule=replace(talk.bot.schedule, items=())))
    assert "Voor dit protocol staan geen herinneringen klaar." in words(talk.slash(KARIN, KLAS_3B, 5))
    days_pass(talk, 30)
    assert not talk.chat.in_space(KLAS_3B)
