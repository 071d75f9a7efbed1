"""A leader works on a case, its reporter follows it, and nobody else notices."""

import pytest

from tests.cast import BEA, EVERYBODY, HANS, OLGA, SANNE
from tests.dialogue import Dialogue, words
from tests.scenarios.reading import inbox_of, read_story
from tests.scenarios.test_reporting import STORY, WAITS, send, tell
from tests.wire_events import Json, Someone


def reported(talk: Dialogue, **told: str) -> None:
    send(talk, tell(talk, **told))  # type: ignore[arg-type]


def press(talk: Dialogue, who: Someone, page: Json, label: str, **inputs: str) -> Json:
    given = {name: [value] for name, value in inputs.items()}
    return talk.press(who, who.direct, page, label, given, dialog=True)


def taken(talk: Dialogue, who: Someone = OLGA) -> Json:
    return press(talk, who, read_story(talk, who), "Ik pak dit op")


def own(talk: Dialogue) -> Json:
    page = talk.slash(SANNE, SANNE.direct, 4, dialog=True)
    return talk.press(SANNE, SANNE.direct, page, "Bekijken", dialog=True)


def heard(talk: Dialogue, who: Someone) -> int:
    return len(talk.chat.in_space(who.direct))


def test_a_case_opens_closed_and_who_is_involved_never_reads_it(talk: Dialogue) -> None:
    reported(talk)
    closed = press(talk, OLGA, inbox_of(talk, OLGA), "Openen")
    assert STORY not in words(closed)
    sure = press(talk, OLGA, closed, "Ik ben hierbij betrokken")
    after = press(talk, OLGA, sure, "Ja, ik ben betrokken")
    assert "Er zijn geen zaken voor je" in words(after)
    assert STORY not in words(after)
    assert STORY in words(read_story(talk, HANS))


def test_when_the_last_reader_is_involved_it_goes_on_to_the_board(talk: Dialogue) -> None:
    reported(talk)
    for who in (OLGA, HANS):
        sure = press(talk, who, press(talk, who, inbox_of(talk, who), "Openen"), "Ik ben hierbij betrokken")
        press(talk, who, sure, "Ja, ik ben betrokken")
    talk.minute(days=4)
    assert STORY in words(read_story(talk, BEA))
    for who in (OLGA, HANS):
        assert "Openen" not in words(inbox_of(talk, who))


def test_two_take_it_on_at_the_same_moment_and_one_is_told_that_the_other_was_first(talk: Dialogue) -> None:
    reported(talk)
    page_of_olga, page_of_hans = read_story(talk, OLGA), read_story(talk, HANS)
    assert "Bericht aan melder" in words(press(talk, OLGA, page_of_olga, "Ik pak dit op"))
    late = press(talk, HANS, page_of_hans, "Ik pak dit op")
    assert "Iemand anders was net eerder" in words(late)
    assert "Olga Overzicht" in words(late)


def test_the_handler_and_the_reporter_write_to_each_other_and_no_notice_says_a_word_of_it(talk: Dialogue) -> None:
    reported(talk)
    page = press(talk, OLGA, taken(talk), "Bericht aan melder")
    before = heard(talk, SANNE)
    press(talk, OLGA, page, "Bericht versturen", words="Kun je morgen langskomen, kersenpit?")
    assert heard(talk, SANNE) == before + 1
    notice = talk.chat.in_space(SANNE.direct)[-1]
    assert notice["text"] == WAITS
    assert "kersenpit" not in words(notice)
    mine = own(talk)
    assert "kersenpit" in words(mine)
    assert "In behandeling" in words(mine)
    assert "Olga" not in words(mine)
    answered = press(talk, SANNE, mine, "Versturen", words="Ja, in de pauze, pruimtaart.")
    assert "Het is opgeslagen" in words(answered)
    talk.minute(days=4)
    assert "pruimtaart" in words(read_story(talk, OLGA))
    assert "pruimtaart" not in words(talk.chat.in_space(OLGA.direct))


def test_a_note_is_for_readers_and_never_for_the_reporter(talk: Dialogue) -> None:
    reported(talk)
    page = press(talk, OLGA, taken(talk), "Notitie")
    press(talk, OLGA, page, "Notitie bewaren", words="Bellen met thuis, mispel.")
    assert "mispel" in words(read_story(talk, HANS))
    assert "mispel" not in words(own(talk))


def test_an_empty_note_is_asked_again_in_words(talk: Dialogue) -> None:
    reported(talk)
    page = press(talk, OLGA, taken(talk), "Notitie")
    assert "Vul nog iets in" in words(press(talk, OLGA, page, "Notitie bewaren", words="  "))


def test_a_case_changes_hands_when_the_other_takes_it_over_and_the_first_then_sees_nothing(talk: Dialogue) -> None:
    reported(talk)
    page = press(talk, OLGA, taken(talk), "Overdragen")
    assert "Hans Hoofd" in words(page)
    assert "Olga Overzicht" not in words(page)
    press(talk, OLGA, page, "Aanbieden", to=HANS.email)
    assert STORY in words(read_story(talk, OLGA))
    press(talk, HANS, read_story(talk, HANS), "Ik neem dit over")
    assert "Openen" not in words(inbox_of(talk, OLGA))
    assert "Bericht aan melder" in words(read_story(talk, HANS))


def test_nobody_can_be_chosen_whom_the_page_did_not_offer(talk: Dialogue) -> None:
    send(talk, tell(talk, about=(BEA,)))
    page = press(talk, OLGA, taken(talk), "Overdragen")
    assert "Bea Bestuur" not in words(page)
    assert "Vul nog iets in" in words(press(talk, OLGA, page, "Aanbieden", to=BEA.email))
    talk.minute(days=4)
    assert heard(talk, BEA) == 0


def test_what_was_not_urgent_is_closed_by_one_and_its_reporter_reads_that_it_is_over(talk: Dialogue) -> None:
    reported(talk, topic="Iets anders, of ik weet het niet", by_staff="nee", sexual="nee")
    page = press(talk, OLGA, taken(talk), "Afsluiten")
    assert "met zijn tweeën" not in words(page)
    closed = press(talk, OLGA, page, "Afsluiten", reason="afgerond")
    assert "Heeft afgesloten: Afgerond." in words(closed)
    assert "Afgerond" in words(own(talk))
    assert "Wil je iets toevoegen" not in words(own(talk))


def test_what_is_urgent_is_closed_by_two(talk: Dialogue) -> None:
    reported(talk, topic="Iemand bedreigt mij of een ander")
    page = press(talk, OLGA, taken(talk), "Afsluiten")
    assert "met zijn tweeën" in words(page)
    asked = press(talk, OLGA, page, "Afsluiten", reason="doorgezet")
    assert "Een tweede persoon moet akkoord gaan" in words(asked)
    assert "Akkoord met afsluiten" not in words(asked)
    agreed = press(talk, HANS, read_story(talk, HANS), "Akkoord met afsluiten")
    assert "Heeft afgesloten: Doorgezet naar iemand anders." in words(agreed)


@pytest.mark.parametrize("reason", ["", "vals", "ingetrokken"])
def test_a_case_is_not_closed_without_a_reason_that_exists(talk: Dialogue, reason: str) -> None:
    reported(talk)
    page = press(talk, OLGA, taken(talk), "Afsluiten")
    after = press(talk, OLGA, page, "Afsluiten", **({"reason": reason} if reason else {}))
    assert "Vul nog iets in" in words(after)


def test_the_reporter_takes_it_back_and_readers_see_that(talk: Dialogue) -> None:
    reported(talk)
    taken(talk)
    sure = press(talk, SANNE, own(talk), "Intrekken")
    assert "Soms moet school er toch mee verder" in words(sure)
    back = press(talk, SANNE, sure, "Ja, trek in")
    assert "Ingetrokken" in words(back)
    talk.minute(days=4)
    assert "De melder heeft de melding ingetrokken" in words(read_story(talk, OLGA))


def test_how_urgent_it_is_can_change_and_two_still_close_what_was_urgent(talk: Dialogue) -> None:
    reported(talk, topic="Iemand bedreigt mij of een ander")
    page = press(talk, OLGA, taken(talk), "Hoe dringend")
    changed = press(talk, OLGA, page, "Veranderen", urgency="U3")
    assert "Veranderde hoe dringend het is" in words(changed)
    assert "met zijn tweeën" in words(press(talk, OLGA, changed, "Afsluiten"))
    page = press(talk, OLGA, read_story(talk, OLGA), "Hoe dringend")
    assert "Vul nog iets in" in words(press(talk, OLGA, page, "Veranderen", urgency="U9"))


def test_who_wants_no_message_gets_none_and_still_finds_the_answer(talk: Dialogue) -> None:
    page = talk.slash(SANNE, SANNE.direct, 3, dialog=True)
    page = press(talk, SANNE, page, "Pesten of buitensluiten")
    page = press(talk, SANNE, page, "Verder", story=STORY, safe="ja", goes_on="nee")
    review = press(talk, SANNE, page, "Verder", identity="met_naam", quiet="stil")
    press(talk, SANNE, review, "Verstuur")
    talk.minute(days=4)
    page = press(talk, OLGA, taken(talk), "Bericht aan melder")
    press(talk, OLGA, page, "Bericht versturen", words="Kom je langs?")
    talk.minute(days=4)
    assert heard(talk, SANNE) == 0
    assert "Kom je langs?" in words(own(talk))


def test_of_a_sealed_reporter_only_the_day_is_shown_and_no_name(talk: Dialogue) -> None:
    reported(talk, identity="zonder_naam")
    taken(talk)
    press(talk, SANNE, own(talk), "Versturen", words="Nog iets: het was dinsdag.")
    page = words(read_story(talk, OLGA))
    assert "Melder, 24 november 2026\nNog iets" in page or "Nog iets: het was dinsdag." in page
    assert "Melder, 24 november 2026" in page
    assert "Melder, 24 november 2026," not in page
    assert SANNE.name not in page


def test_a_forged_press_of_somebody_without_a_grant_is_as_if_the_case_were_not_there(talk: Dialogue) -> None:
    reported(talk)
    taken(talk)
    with talk.bot.store.read() as transaction:
        [(sealed, _)] = transaction.reports.granted_to(OLGA.user)  # type: ignore[arg-type]
    for action in ("cases.look", "cases.read", "cases.write", "cases.offer", "cases.close", "cases.involved"):
        for who in (BEA, SANNE):
            for case in (sealed.id, "no such case"):
                event = talk.wires.press(who, who.direct, action, {"case": case, "step": "note"}, dialog="SUBMIT")
                shown = words(talk.send(event))
                assert STORY not in shown
                assert sealed.code not in shown
    for step in ("taken", "recused", "closed", "to_reporter", "offered", "nonsense"):
        told = {"words": ["x"], "reason": ["afgerond"], "to": [HANS.email]}
        given = {"case": sealed.id, "step": step}
        talk.send(talk.wires.press(BEA, BEA.direct, "cases.act", given, told, "SUBMIT"))
    assert "Bericht aan melder" in words(read_story(talk, OLGA))


def test_nobody_but_readers_and_reporter_hears_anything_of_it(talk: Dialogue) -> None:
    reported(talk)
    page = press(talk, OLGA, taken(talk), "Bericht aan melder")
    press(talk, OLGA, page, "Bericht versturen", words="Dank je.")
    talk.minute(days=4)
    told = {who.name for who in EVERYBODY if heard(talk, who)}
    assert told == {OLGA.name, HANS.name, SANNE.name}
