"""Nobody sleeps through what is urgent: who is on duty, then the deputy, then the board, until somebody takes it on."""

from datetime import UTC, datetime

from tests.cast import BEA, BRAM, CARLA, EVERYBODY, HANS, OLGA, SANNE
from tests.dialogue import Dialogue, words
from tests.scenarios.reading import inbox_of, read_story
from tests.scenarios.test_reporting import STORY, tell
from tests.wire_events import Json, Someone

SATURDAY_NIGHT = datetime(2026, 11, 28, 21, 40, tzinfo=UTC)
BLACKMAIL = "Iemand dreigt met een foto of filmpje van mij"
NEXT_DUTY = datetime(2026, 11, 30, 20, 0, tzinfo=UTC)
NO_DUTY = datetime(2026, 12, 12, 20, 0, tzinfo=UTC)


def reported(talk: Dialogue, at: datetime = SATURDAY_NIGHT, who: Someone = SANNE, **told: object) -> Json:
    talk.clock.moment = at
    review = tell(talk, who, BLACKMAIL, safe="nee", by_staff="nee", sexual="nee", **told)  # type: ignore[arg-type]
    return talk.press(who, who.direct, review, "Verstuur", dialog=True)


def rung(talk: Dialogue) -> dict[str, int]:
    """How many messages each reader of reports has got so far, those without any left out."""
    counts = {who.name: len(talk.chat.in_space(who.direct)) for who in EVERYBODY if who is not SANNE}
    return {name: count for name, count in counts.items() if count}


def of_board() -> set[str]:
    return {BEA.name, BRAM.name, CARLA.name}


def take(talk: Dialogue, who: Someone) -> Json:
    return talk.press(who, who.direct, read_story(talk, who), "Ik pak dit op", dialog=True)


def test_on_saturday_night_who_is_on_duty_hears_at_once_then_the_deputy_then_the_board(talk: Dialogue) -> None:
    reported(talk)
    copies = of_board()
    assert rung(talk) == {OLGA.name: 1, **dict.fromkeys(copies, 1)}
    talk.minute(minutes=14)
    assert HANS.name not in rung(talk)
    talk.minute(minutes=1)
    assert rung(talk)[HANS.name] == 1
    assert rung(talk)[BEA.name] == 1
    talk.minute(minutes=15)
    assert rung(talk) == {OLGA.name: 1, HANS.name: 1, **dict.fromkeys(copies, 2)}
    assert STORY in words(read_story(talk, BEA))
    talk.minute(days=2)
    assert rung(talk) == {OLGA.name: 1, HANS.name: 1, **dict.fromkeys(copies, 2)}


def test_every_alert_says_the_same_words_and_nothing_of_the_report(talk: Dialogue) -> None:
    reported(talk)
    talk.minute(minutes=31)
    said = {words(message) for who in (OLGA, HANS, BEA) for message in talk.chat.in_space(who.direct)}
    assert len(said) == 1
    assert STORY not in said.pop()


def test_taking_it_on_stops_the_others_alerts(talk: Dialogue) -> None:
    reported(talk)
    take(talk, OLGA)
    before = rung(talk)
    for _ in range(4):
        talk.minute(minutes=15)
    assert rung(talk) == before
    assert "Nog niemand heeft dit gelezen" not in words(own(talk))


def test_reading_alone_is_not_taking_it_on(talk: Dialogue) -> None:
    reported(talk)
    read_story(talk, OLGA)
    talk.minute(minutes=16)
    assert rung(talk)[HANS.name] == 1


def own(talk: Dialogue) -> Json:
    page = talk.slash(SANNE, SANNE.direct, 4, dialog=True)
    return talk.press(SANNE, SANNE.direct, page, "Bekijken", dialog=True)


def test_when_nobody_read_it_the_reporter_hears_that_and_gets_a_way_to_talk_to_somebody_now(talk: Dialogue) -> None:
    reported(talk)
    talk.minute(minutes=29)
    assert "Nog niemand" not in words(own(talk))
    before = len(talk.chat.in_space(SANNE.direct))
    talk.minute(minutes=1)
    mine = words(own(talk))
    assert "Nog niemand heeft dit gelezen. We hebben iemand anders gewaarschuwd." in mine
    assert "/hulp" in mine
    assert len(talk.chat.in_space(SANNE.direct)) == before + 1
    assert not any(name in mine for name in (OLGA.name, HANS.name, BEA.name))
    talk.minute(days=3)
    assert words(own(talk)).count("Nog niemand heeft dit gelezen") == 1


def test_readers_see_in_the_history_who_was_warned_and_when(talk: Dialogue) -> None:
    reported(talk)
    talk.minute(minutes=31)
    history = words(read_story(talk, BEA))
    for who in (OLGA, HANS, BEA, BRAM, CARLA):
        assert f"Heeft {who.name} gewaarschuwd." in history
    assert "Niemand had dit op tijd gelezen." in history


def test_another_week_another_duty_and_without_duty_all_readers_at_once(talk: Dialogue) -> None:
    reported(talk, NEXT_DUTY)
    assert HANS.name in rung(talk)
    assert OLGA.name not in rung(talk)


def test_without_anybody_on_duty_all_who_read_it_hear_at_once(talk: Dialogue) -> None:
    reported(talk, NO_DUTY)
    assert {OLGA.name, HANS.name} <= set(rung(talk))
    talk.minute(minutes=30)
    assert rung(talk)[BEA.name] == 2


def test_who_is_on_duty_and_is_involved_is_never_alerted(talk: Dialogue) -> None:
    reported(talk, about=(OLGA,))
    talk.minute(minutes=31)
    talk.minute(days=5)
    assert OLGA.name not in rung(talk)
    assert "Openen" not in words(inbox_of(talk, OLGA))
    assert STORY in words(read_story(talk, BEA))


def test_who_is_crossed_off_of_the_board_keeps_the_whole_board_out(talk: Dialogue) -> None:
    reported(talk, about=(BEA,))
    talk.minute(minutes=31)
    talk.minute(days=5)
    assert not of_board() & set(rung(talk))


def test_two_urgent_reports_within_ten_minutes_ring_once_and_then_once_more(talk: Dialogue) -> None:
    reported(talk)
    talk.minute(minutes=4)
    done = reported(talk, talk.clock.moment, story="Nu ook bij mij thuis.")
    # What its reporter sees does not tell that somebody else was first.
    assert "Opgeslagen en afgeleverd" in words(done)
    assert rung(talk)[OLGA.name] == 1
    talk.minute(minutes=5)
    assert rung(talk)[OLGA.name] == 1
    talk.minute(minutes=2)
    assert rung(talk)[OLGA.name] == 2


def test_a_calm_message_just_before_does_not_hold_up_an_urgent_one(talk: Dialogue) -> None:
    talk.press(SANNE, SANNE.direct, tell(talk), "Verstuur", dialog=True)
    before = rung(talk)[OLGA.name]
    reported(talk, talk.clock.moment)
    assert rung(talk)[OLGA.name] == before + 1


def test_a_timer_that_comes_late_warns_everybody_once(talk: Dialogue) -> None:
    reported(talk)
    talk.minute(hours=9)
    assert rung(talk) == {OLGA.name: 1, HANS.name: 1, **dict.fromkeys(of_board(), 2)}


def test_when_who_had_it_turns_out_to_be_involved_the_others_are_warned_anew(talk: Dialogue) -> None:
    reported(talk)
    page = take(talk, OLGA)
    sure = talk.press(OLGA, OLGA.direct, page, "Ik ben hierbij betrokken", dialog=True)
    talk.clock.forward(hours=2)
    talk.press(OLGA, OLGA.direct, sure, "Ja, ik ben betrokken", dialog=True)
    assert rung(talk)[HANS.name] == 1
    talk.minute(minutes=31)
    assert rung(talk)[BEA.name] == 2
    assert rung(talk)[OLGA.name] == 1


def test_what_can_wait_is_heard_of_again_by_the_board_when_its_school_day_is_over(talk: Dialogue) -> None:
    talk.press(SANNE, SANNE.direct, tell(talk), "Verstuur", dialog=True)
    assert set(rung(talk)) == {OLGA.name, HANS.name}
    talk.minute(hours=6)
    assert set(rung(talk)) == {OLGA.name, HANS.name}
    talk.minute(days=1)
    assert of_board() <= set(rung(talk))
    assert "Nog niemand heeft dit gelezen" in words(own(talk))


def test_what_was_read_in_time_is_not_heard_of_again(talk: Dialogue) -> None:
    talk.press(SANNE, SANNE.direct, tell(talk), "Verstuur", dialog=True)
    read_story(talk, HANS)
    talk.minute(days=12)
    assert set(rung(talk)) == {OLGA.name, HANS.name}
