"""A pupil reports privately; the right people hear of it, and nobody else."""

import pytest

from bot.school.spaces import Dialect
from tests.cast import BEA, BRAM, CARLA, DAAN, EVERYBODY, HANS, KARIN, KLAS_3B, OLGA, RECIPIENTS, SANNE, VERA
from tests.dialogue import Dialogue, dialog, start, words
from tests.scenarios.reading import read_story
from tests.wire_events import Json, Someone

STORY = "Iemand stuurt zwartbessenjam-berichten en dreigt."
WAITS = "Er staat iets voor je klaar."
WAITS_URGENT = "Er staat iets voor je klaar dat niet kan wachten."


def tell(
    talk: Dialogue,
    who: Someone = SANNE,
    topic: str = "Pesten of buitensluiten",
    story: str = STORY,
    *,
    safe: str = "ja",
    by_staff: str = "",
    sexual: str = "",
    about: tuple[Someone, ...] = (),
    identity: str = "met_naam",
) -> Json:
    """Go through the dialog up to the review page."""
    topics = talk.slash(who, KLAS_3B, 3, dialog=True)
    page = talk.press(who, KLAS_3B, topics, topic, dialog=True)
    told = {"story": [story], "safe": [safe], "by_staff": [by_staff], "sexual": [sexual]}
    page = talk.press(who, KLAS_3B, page, "Verder", told, dialog=True)
    chosen = {"about": [someone.email for someone in about], "identity": [identity]}
    return talk.press(who, KLAS_3B, page, "Verder", chosen, dialog=True)


def send(talk: Dialogue, review: Json, who: Someone = SANNE) -> Json:
    return talk.press(who, KLAS_3B, review, "Verstuur", dialog=True)


def told_to(talk: Dialogue) -> set[str]:
    """Who got a notice in their own direct message."""
    return {someone.name for someone in EVERYBODY if talk.chat.in_space(someone.direct)}


def test_a_report_ends_as_a_message_without_content_with_each_leader_who_opens_it_in_a_dialog(talk: Dialogue) -> None:
    done = send(talk, tell(talk))
    assert "Je melding is opgeslagen" in words(done)
    assert "Opgeslagen en afgeleverd" in words(done)
    assert told_to(talk) == {OLGA.name, HANS.name}
    [notice] = talk.chat.in_space(OLGA.direct)
    assert notice["text"] == WAITS
    assert notice["fallbackText"] == WAITS
    assert "zwartbessenjam" not in words(notice)
    inbox = talk.slash(OLGA, OLGA.direct, 9, dialog=True)
    assert "zwartbessenjam" not in words(inbox)
    case = read_story(talk, OLGA, inbox)
    assert STORY in words(case)
    assert SANNE.name in words(case)


def test_the_reporter_sees_that_a_person_read_it(talk: Dialogue) -> None:
    send(talk, tell(talk))
    inbox = talk.slash(OLGA, OLGA.direct, 9, dialog=True)
    read_story(talk, OLGA, inbox)
    own = words(talk.slash(SANNE, SANNE.direct, 4, dialog=True))
    assert "Gelezen door een mens." in own
    assert "zwartbessenjam" not in own


def test_before_sending_the_reporter_sees_who_reads_it_what_is_sent_and_how_long_it_is_kept(talk: Dialogue) -> None:
    review = words(tell(talk))
    for expected in (OLGA.name, HANS.name, STORY, "Je naam staat erbij.", "182 dagen", "0800-0432"):
        assert expected in review
    # The board reads it only when nobody does anything, and that stands there.
    assert f"Doet niemand op tijd iets, dan waarschuwen we ook: {BEA.name}" in review


def test_a_sealed_report_does_not_show_the_name_and_its_day_only(talk: Dialogue) -> None:
    send(talk, tell(talk, identity="zonder_naam"))
    # The notice of a sealed report waits a random while, so that its time tells nothing.
    assert told_to(talk) == set()
    talk.minute(minutes=61)
    assert told_to(talk) == {OLGA.name, HANS.name}
    inbox = talk.slash(OLGA, OLGA.direct, 9, dialog=True)
    case = words(read_story(talk, OLGA, inbox))
    assert STORY in case
    assert SANNE.name not in case
    assert "Heeft zonder naam gemeld" in case


@pytest.mark.parametrize("way", ["ticked", "named", "misspelt"])
def test_whom_it_is_about_is_no_recipient_and_sees_nothing(talk: Dialogue, way: str) -> None:
    stories = {"ticked": STORY, "named": "mevrouw Overzicht deed rot", "misspelt": "mevrouw Overzigt deed rot"}
    before = talk.slash(OLGA, OLGA.direct, 9, dialog=True)
    send(talk, tell(talk, story=stories[way], about=(OLGA,) if way == "ticked" else ()))
    assert told_to(talk) == {BEA.name, BRAM.name, CARLA.name}
    assert talk.slash(OLGA, OLGA.direct, 9, dialog=True) == before
    case_of_bea = read_story(talk, BEA)
    stolen = talk.last_event.replace(BEA.user.encode(), OLGA.user.encode()).replace(
        BEA.email.encode(), OLGA.email.encode()
    )
    assert stories[way] in words(case_of_bea)
    assert talk.send(stolen) == before


def test_her_colleague_who_works_under_her_does_not_get_it_either(talk: Dialogue) -> None:
    send(talk, tell(talk, about=(OLGA,)))
    assert HANS.name not in told_to(talk)


@pytest.mark.parametrize("answer", ["ja", "weet_niet"])
def test_a_sexual_matter_with_staff_goes_to_the_board_only_also_in_doubt(talk: Dialogue, answer: str) -> None:
    send(talk, tell(talk, topic="Een volwassene van school gaat te ver", sexual=answer))
    assert told_to(talk) == {BEA.name, BRAM.name, CARLA.name}
    assert all(notice["text"] == WAITS_URGENT for notice in talk.chat.in_space(BEA.direct))


def test_a_blackmailed_pupil_reads_first_that_it_is_not_their_fault(talk: Dialogue) -> None:
    topics = talk.slash(SANNE, KLAS_3B, 3, dialog=True)
    page = words(talk.press(SANNE, KLAS_3B, topics, "Iemand dreigt met een foto of filmpje van mij", dialog=True))
    assert page.index("niet jouw schuld") < page.index("Wat is er gebeurd?")
    assert "020-261 52 75" in page


def test_who_is_not_safe_now_is_never_kept_waiting(talk: Dialogue) -> None:
    talk.clock.forward(hours=12)
    send(talk, tell(talk, safe="nee"))
    [notice] = talk.chat.in_space(OLGA.direct)
    assert notice["text"] == WAITS_URGENT


def test_what_can_wait_does_not_wake_a_leader_at_night(talk: Dialogue) -> None:
    talk.clock.forward(hours=12)
    done = send(talk, tell(talk))
    assert "nog niet afgeleverd" in words(done)
    assert told_to(talk) == set()
    talk.minute(hours=11)
    assert told_to(talk) == {OLGA.name, HANS.name}


def test_advice_only_keeps_and_sends_nothing(talk: Dialogue) -> None:
    page = tell(talk, identity="alleen_advies")
    assert "Er is niets bewaard en niets verstuurd" in words(page)
    talk.minute(hours=2)
    assert told_to(talk) == set()
    assert "Je hebt hier geen meldingen" in words(talk.slash(SANNE, SANNE.direct, 4, dialog=True))


def test_stop_and_erase_leaves_nothing_to_send(talk: Dialogue) -> None:
    review = tell(talk)
    assert "gewist" in words(talk.press(SANNE, KLAS_3B, review, "Stoppen en wissen", dialog=True))
    assert "staat er niet meer" in words(send(talk, review))
    assert told_to(talk) == set()


def test_a_draft_is_gone_after_an_hour(talk: Dialogue) -> None:
    review = tell(talk)
    talk.clock.forward(minutes=61)
    assert "staat er niet meer" in words(send(talk, review))


def test_going_back_keeps_what_was_told(talk: Dialogue) -> None:
    review = tell(talk)
    who = talk.press(SANNE, KLAS_3B, review, "Terug", dialog=True)
    told = talk.press(SANNE, KLAS_3B, who, "Terug", dialog=True)
    fields = [widget for section in dialog(told)["sections"] for widget in section["widgets"] if "textInput" in widget]
    assert fields[0]["textInput"]["value"] == STORY


def test_what_is_missing_is_asked_again_in_words_and_nothing_is_lost(talk: Dialogue) -> None:
    page = talk.press(
        SANNE, KLAS_3B, talk.slash(SANNE, KLAS_3B, 3, dialog=True), "Pesten of buitensluiten", dialog=True
    )
    again = talk.press(SANNE, KLAS_3B, page, "Verder", {"story": [STORY]}, dialog=True)
    assert "Geef nog antwoord op de vragen hieronder" in words(again)
    assert STORY in str(again)


def test_a_story_that_is_too_long_is_not_cut_off(talk: Dialogue) -> None:
    page = talk.press(
        SANNE, KLAS_3B, talk.slash(SANNE, KLAS_3B, 3, dialog=True), "Pesten of buitensluiten", dialog=True
    )
    long = "woord " * 400
    again = talk.press(SANNE, KLAS_3B, page, "Verder", {"story": [long], "safe": ["ja"]}, dialog=True)
    assert "te lang" in words(again)
    assert long.strip() in str(again)


def test_verstuur_pressed_twice_makes_one_report_and_shows_it_twice(talk: Dialogue) -> None:
    first = send(talk, tell(talk))
    assert talk.send(talk.last_event) == first
    assert len(talk.chat.in_space(OLGA.direct)) == 1


def test_nobody_else_can_send_or_read_a_draft(talk: Dialogue) -> None:
    review = tell(talk)
    assert "staat er niet meer" in words(send(talk, review, who=DAAN))
    assert told_to(talk) == set()


def test_a_leader_who_reports_does_not_receive_the_own_report(talk: Dialogue) -> None:
    review = tell(talk, who=HANS)
    send(talk, review, who=HANS)
    assert HANS.name not in told_to(talk)
    assert told_to(talk)


def test_when_google_fails_the_report_is_stored_and_honestly_not_delivered_until_the_sweep(talk: Dialogue) -> None:
    review = tell(talk)
    talk.chat.out_of_order = 2
    done = send(talk, review)
    assert "nog niet afgeleverd" in words(done)
    assert told_to(talk) == set()
    _retry_now(talk)
    assert talk.minute()["delivered"] == 2
    assert told_to(talk) == {OLGA.name, HANS.name}
    assert "afgeleverd" in words(talk.slash(SANNE, SANNE.direct, 4, dialog=True))


def _retry_now(talk: Dialogue) -> None:
    from sqlalchemy import text  # noqa: PLC0415 - only this test looks under the floor

    with talk.bot.engine.begin() as connection:
        connection.execute(text("UPDATE deliveries SET retry_at = NULL"))


@pytest.mark.parametrize("dialect", list(Dialect))
def test_with_nobody_left_the_reporter_hears_it_at_once_and_the_text_stays(dialect: Dialect) -> None:
    talk = start(dialect=dialect, everybody=[SANNE, KARIN])
    page = words(tell(talk))
    assert "Er is niets verstuurd" in page
    assert "0000 - 00 00 01" in page
    assert STORY in page


def test_everybody_excluded_but_the_last_resort_still_reaches_the_last_resort(talk: Dialogue) -> None:
    send(talk, tell(talk, about=tuple(someone for someone in RECIPIENTS if someone is not VERA)))
    assert told_to(talk) == {VERA.name}


def test_what_was_typed_behind_the_command_is_not_looked_at(talk: Dialogue) -> None:
    shown = talk.slash(SANNE, KLAS_3B, 3, "zwartbessenjam", dialog=True)
    assert "zwartbessenjam" not in str(shown)


def test_the_command_without_a_dialog_gives_a_button_that_opens_one_privately(talk: Dialogue) -> None:
    answer = talk.slash(SANNE, KLAS_3B, 3)
    opened = talk.send(talk.wires.press(SANNE, KLAS_3B, "report.start", {}, dialog="REQUEST"))
    assert "Privé melden" in str(answer)
    assert "Waar gaat het over?" in words(opened)


def test_the_quick_command_opens_the_same_dialog(talk: Dialogue) -> None:
    assert "Waar gaat het over?" in words(talk.quick(SANNE, KLAS_3B, 103, dialog=True))


def test_with_reports_off_people_and_numbers_are_shown(tmp_path_factory: pytest.TempPathFactory) -> None:
    text = (start().bot.settings.school_file).read_text(encoding="utf-8")
    off = tmp_path_factory.mktemp("school") / "school.toml"
    off.write_text(text.replace("route_ouders = {", "iets_anders = {"), encoding="utf-8")
    talk = start(SCHOOL_FILE=str(off))
    shown = words(talk.slash(SANNE, KLAS_3B, 3, dialog=True))
    assert "0000 - 00 00 01" in shown
    assert "Waar gaat het over?" not in shown
    assert "Waar gaat het over?" in words(talk.slash(KARIN, KARIN.direct, 3, dialog=True))


def test_erasing_while_the_next_page_is_on_its_way_brings_nothing_back(talk: Dialogue) -> None:
    page = talk.press(
        SANNE, KLAS_3B, talk.slash(SANNE, KLAS_3B, 3, dialog=True), "Pesten of buitensluiten", dialog=True
    )
    talk.press(SANNE, KLAS_3B, page, "Stoppen en wissen", dialog=True)
    late = talk.press(SANNE, KLAS_3B, page, "Verder", {"story": [STORY], "safe": ["ja"]}, dialog=True)
    assert "staat er niet meer" in words(late)
    assert "zwartbessenjam" not in str(late)


def test_a_notice_that_nobody_seems_to_be_there_for_is_never_given_up(talk: Dialogue) -> None:
    """An app that an admin switched off for a minute looks the same as somebody who left."""
    talk.chat.gone |= {OLGA.direct.name, HANS.direct.name}
    done = words(send(talk, tell(talk)))
    assert "nog niet afgeleverd" in done
    talk.chat.gone.clear()
    _retry_now(talk)
    talk.minute()
    assert told_to(talk) == {OLGA.name, HANS.name}


def test_pressed_again_as_a_new_event_verstuur_shows_the_report_that_was_sent(talk: Dialogue) -> None:
    review = tell(talk)
    first = send(talk, review)
    again = send(talk, review)
    assert words(again) == words(first)
    assert len(talk.chat.in_space(OLGA.direct)) == 1


def test_what_breaks_after_the_report_was_stored_is_not_told_as_a_failure_of_the_report(talk: Dialogue) -> None:
    review = tell(talk)
    talk.chat.breaks = True
    assert "Je melding is opgeslagen" in words(send(talk, review))
    talk.chat.breaks = False
    _retry_now(talk)
    talk.minute()
    assert told_to(talk) == {OLGA.name, HANS.name}


def test_the_answers_about_staff_reach_the_reader_and_the_board_is_told_what_not_to_do_yet(talk: Dialogue) -> None:
    send(talk, tell(talk, topic="Iets anders, of ik weet het niet", by_staff="ja", sexual="weet_niet"))
    assert told_to(talk) == {BEA.name, BRAM.name, CARLA.name}
    case = words(read_story(talk, BEA))
    assert "Iets anders, of ik weet het niet" in case
    assert "Nog niet doen: zelf onderzoeken" in case
    assert "Hoor eerst beide kanten" not in case


def test_who_works_here_and_reports_abuse_by_staff_reads_the_duty_and_cannot_be_sealed(talk: Dialogue) -> None:
    topics = talk.slash(KARIN, KLAS_3B, 3, dialog=True)
    page = talk.press(KARIN, KLAS_3B, topics, "Een volwassene van school gaat te ver", dialog=True)
    told = {"story": [STORY], "safe": ["ja"], "sexual": ["ja"]}
    who = talk.press(KARIN, KLAS_3B, page, "Verder", told, dialog=True)
    assert "volgens de wet" in words(who)
    assert "zonder_naam" not in str(who)
    forged = talk.press(KARIN, KLAS_3B, who, "Verder", {"identity": ["zonder_naam"]}, dialog=True)
    assert "Kies nog hoe je bekend wilt zijn" in words(forged)


def test_who_would_read_it_changed_after_the_review_so_it_is_shown_again_and_not_sent(talk: Dialogue) -> None:
    review = tell(talk)
    talk.send(talk.wires.removed(OLGA, OLGA.direct))
    again = send(talk, review)
    assert OLGA.name not in words(again)
    assert "Kijk het nog even na" in words(again)
    assert told_to(talk) == set()
    send(talk, again)
    assert told_to(talk) == {HANS.name}
