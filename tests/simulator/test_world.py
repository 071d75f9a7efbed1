"""The world keeps what people said, and shows to each only what is theirs to see."""

import threading
from datetime import UTC, datetime, timedelta

import pytest

from simulator import seed
from simulator.clock import SCHOOL_DAY, Clock, rfc3339
from simulator.logbook import Logbook
from simulator.people_act import Chat
from simulator.records import SpaceKind
from simulator.world import Unknown, World
from tests.simulator.stub_bot import CLASS_2A, CLASS_3B, DAAN, KARIN, SANNE, SANNES_DM, Stage


def world() -> World:
    return seed.load()


def test_the_demo_school_is_as_the_file_says() -> None:
    school = world()
    assert len(school.people()) == 17
    assert all(school.direct_message(person.user) for person in school.people())
    assert school.space(CLASS_3B).members == (KARIN, SANNE, DAAN, "users/103")
    assert not school.space(CLASS_3B).bot_member
    assert {command.id for command in school.commands.values() if command.quick} == {103, 111}
    assert all(len(command.description) <= 50 for command in school.commands.values())
    assert all(person.email.endswith("rgo.example") for person in school.people())


def test_the_seed_introduces_the_bot_to_everybody(classic: Stage) -> None:
    classic.world.change_space(CLASS_3B, bot_member=False)
    told = seed.introduce(classic.chat)
    assert len(told) == 18
    assert classic.world.space(CLASS_3B).bot_member
    assert not classic.world.space(CLASS_2A).bot_member
    by = {event["space"]["name"]: event for event in classic.bot.heard}
    assert by[SANNES_DM]["space"]["adminInstalled"] is True
    assert by[CLASS_3B]["user"]["displayName"] == "Karin Krijtje"


def test_the_business_clock_starts_on_a_school_day_and_runs_on() -> None:
    seconds = [100.0]
    clock = Clock(monotonic=lambda: seconds[0])
    seconds[0] += 90
    assert clock.now() == SCHOOL_DAY + timedelta(seconds=90)
    clock.forward(60)
    assert clock.now() == SCHOOL_DAY + timedelta(minutes=61, seconds=30)
    clock.set(datetime(2027, 1, 4, 8, tzinfo=UTC))
    assert rfc3339(clock.now()) == "2027-01-04T08:00:00.000000Z"
    with pytest.raises(ValueError, match="time zone"):
        clock.set(datetime(2027, 1, 4, 8))  # noqa: DTZ001 - the mistake that is refused


def test_unread_messages_of_others_are_counted_until_they_are_seen() -> None:
    school = world()
    school.add_message(CLASS_3B, DAAN, {"text": "hoi"})
    school.add_message(CLASS_3B, SANNE, {"text": "dag"})
    school.add_message(CLASS_3B, school.bot.user, {"text": "stil"}, silent=True)
    assert (school.unread(SANNE, CLASS_3B), school.unread(KARIN, CLASS_3B)) == (1, 2)
    school.mark_read(SANNE, CLASS_3B)
    assert school.unread(SANNE, CLASS_3B) == 0


def test_looking_again_at_what_was_seen_changes_nothing() -> None:
    school = world()
    school.add_message(CLASS_3B, DAAN, {"text": "hoi"})
    school.mark_read(SANNE, CLASS_3B)
    version = school.version
    school.mark_read(SANNE, CLASS_3B)
    assert school.version == version


def test_a_deleted_message_leaves_its_place_and_nothing_else() -> None:
    school = world()
    message = school.add_message(CLASS_3B, DAAN, {"text": "hoi"})
    school.delete_message(message.name)
    with pytest.raises(Unknown):
        school.message(message.name)
    (left,) = school.visible_to(SANNE, CLASS_3B)
    assert (left.text, left.deleted is not None) == ("", True)


def test_who_waits_for_a_change_hears_of_it_at_once() -> None:
    school, heard = world(), list[int]()
    version = school.version
    waiting = threading.Thread(target=lambda: heard.append(school.wait_for_change(version, 10)))
    waiting.start()
    school.add_message(CLASS_3B, DAAN, {"text": "hoi"})
    waiting.join(5)
    assert heard
    assert heard[0] > version
    assert school.wait_for_change(0, 10) == school.version


def test_closing_lets_go_of_everybody_who_waits() -> None:
    school = world()
    waiting = threading.Thread(target=lambda: school.wait_for_change(school.version, 60))
    waiting.start()
    school.close()
    waiting.join(5)
    assert not waiting.is_alive()


def test_what_is_not_there_is_said_to_be_unknown(classic: Stage) -> None:
    school: World = classic.world
    chat: Chat = classic.chat
    with pytest.raises(Unknown):
        school.add_space("Klas", ["users/999"])
    with pytest.raises(Unknown):
        chat.type(SANNE, "spaces/NOWHERE", "hoi")
    assert school.add_space("Drie", [SANNE, DAAN], kind=SpaceKind.GROUP_CHAT).managers == {SANNE}


def test_the_log_keeps_the_last_entries_only() -> None:
    log = Logbook(kept=3)
    for number in range(5):
        log.add("event", f"nummer {number}")
    assert [entry["id"] for entry in log.since(0)] == [3, 4, 5]
    assert [entry["title"] for entry in log.since(4)] == ["nummer 4"]
