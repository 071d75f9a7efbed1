"""Who handles a case sees what to do now, and ticks what protocol and law ask; nobody else notices."""

from typing import Any

from tests.cast import BEA, HANS, OLGA, SANNE
from tests.dialogue import Dialogue, dialog, words
from tests.scenarios.reading import inbox_of, read_story
from tests.scenarios.test_casework import heard, own, press, reported, taken
from tests.scenarios.test_reporting import send, tell
from tests.wire_events import Json, Someone

STEPS = "Stappen volgens het protocol"
NOTICE = "Eerste tien minuten"


def steps(talk: Dialogue, who: Someone = OLGA) -> Json:
    return press(talk, who, read_story(talk, who), STEPS)


def row(shown: Any, title: str) -> Json:
    """The step with this title on the page, whose only button opens it."""
    if isinstance(shown, dict) and shown.get("text") == title:
        return shown
    parts = shown.values() if isinstance(shown, dict) else shown if isinstance(shown, list) else ()
    return next((found for part in parts if (found := row(part, title))), {})


def opened(talk: Dialogue, title: str, who: Someone = OLGA) -> Json:
    return press(talk, who, row(steps(talk, who), title), "Openen")


def test_who_takes_it_on_reads_first_what_to_do_now_and_later_behind_a_button(talk: Dialogue) -> None:
    reported(talk, topic="Iemand dreigt met een foto of filmpje van mij", by_staff="nee")
    assert "Stuur de beelden niet door" not in words(read_story(talk, OLGA))
    page = words(taken(talk))
    assert page.index("Stuur de beelden niet door") < page.index("zwartbessenjam")
    assert "0900-8844" in page
    assert "Stuur de beelden niet door" not in words(read_story(talk, OLGA))
    again = press(talk, OLGA, read_story(talk, OLGA), NOTICE)
    assert "Stuur de beelden niet door" in words(again)
    assert "Bericht aan melder" in words(press(talk, OLGA, again, "Terug"))


def test_who_was_second_in_taking_it_on_is_not_shown_what_to_do_as_if_it_were_theirs(talk: Dialogue) -> None:
    reported(talk)
    page = read_story(talk, HANS)
    taken(talk)
    assert "1. " not in words(press(talk, HANS, page, "Ik pak dit op"))


def test_each_step_stands_there_with_its_article_letter_for_letter_or_its_law_and_its_day(talk: Dialogue) -> None:
    reported(talk)
    page = words(steps(talk))
    assert "Alle correspondentie omtrent dit onderwerp wordt opgenomen in het leerlingendossier." in page
    assert "artikel 5 (S5)" in page
    assert "AVG, artikel 14" in page
    assert "(uit de wet)" in page
    assert "(voorstel, geen vaste regel)" in page
    assert "personeelsdossier" not in page


def test_a_step_that_was_done_says_by_whom_and_can_be_opened_again(talk: Dialogue) -> None:
    reported(talk)
    after = press(talk, OLGA, opened(talk, "Beide kanten gehoord"), "Gedaan")
    assert "Gedaan, Olga Overzicht" in words(after)
    assert "Gedaan, Olga Overzicht" in words(steps(talk, HANS))
    assert "Stap gedaan." in words(read_story(talk, HANS))
    again = press(talk, HANS, opened(talk, "Beide kanten gehoord", HANS), "Toch weer open")
    assert "Gedaan, Olga Overzicht" not in words(again)
    assert "Stap staat weer open." in words(read_story(talk, OLGA))


def test_a_step_that_is_not_needed_wants_a_reason_that_other_readers_see(talk: Dialogue) -> None:
    reported(talk)
    page = opened(talk, "Herstel besproken")
    asked = press(talk, OLGA, page, "Niet nodig", why=" ")
    assert "Vul nog iets in" in words(asked)
    assert "Waarom is deze stap niet nodig?" in words(asked)
    long = press(talk, OLGA, page, "Niet nodig", why="a" * 301)
    assert "300" in words(long)
    after = press(talk, OLGA, page, "Niet nodig", why="Sanne wil dat niet, kruisbes.")
    assert "Niet nodig, Olga Overzicht" in words(after)
    assert "kruisbes" in words(steps(talk, HANS))
    assert "kruisbes" in words(read_story(talk, HANS))


def test_neither_the_reporter_nor_a_notice_says_a_word_of_it(talk: Dialogue) -> None:
    reported(talk)
    page = opened(talk, "Herstel besproken")
    before = [heard(talk, who) for who in (SANNE, OLGA, HANS, BEA)]
    mine = own(talk)
    press(talk, OLGA, page, "Niet nodig", why="kruisbes")
    press(talk, OLGA, opened(talk, "Beide kanten gehoord"), "Gedaan")
    assert [heard(talk, who) for who in (SANNE, OLGA, HANS, BEA)] == before
    assert words(own(talk)) == words(mine)


def test_the_board_reads_first_what_not_to_do_and_whom_to_call(talk: Dialogue) -> None:
    reported(talk, topic="Een volwassene van school gaat te ver", sexual="ja")
    page = words(steps(talk, BEA))
    stop, call = "Nog niet doen: zelf onderzoeken, of de medewerker horen", "Het bestuur overlegt met"
    assert page.index(stop) < page.index(call) < page.index("Is iedereen nu veilig?")
    assert "Landelijke Vertrouwensinspecteur" in page
    assert "Beide kanten gehoord, als het overleg daar ruimte voor geeft" in page


def test_who_has_no_grant_gets_what_they_would_get_if_the_case_did_not_exist(talk: Dialogue) -> None:
    nothing = inbox_of(talk, OLGA)
    send(talk, tell(talk, about=(OLGA,)))
    ticked = opened(talk, "Beide kanten gehoord", BEA)
    presses: list[tuple[Json, str]] = [(read_story(talk, BEA), STEPS), (read_story(talk, BEA), NOTICE)]
    presses += [(row(steps(talk, BEA), "Herstel besproken"), "Openen"), (ticked, "Gedaan")]
    for page, label in presses:
        press(talk, BEA, page, label)
        stolen = talk.last_event.replace(BEA.user.encode(), OLGA.user.encode())
        assert talk.send(stolen.replace(BEA.email.encode(), OLGA.email.encode())) == nothing
    press(talk, BEA, ticked, "Gedaan")
    refused = talk.last_event.replace(BEA.user.encode(), SANNE.user.encode()).replace(
        BEA.email.encode(), SANNE.email.encode()
    )
    assert "Beide kanten" not in words(talk.send(refused))


def test_a_case_that_is_over_still_shows_its_steps_and_takes_no_ticks(talk: Dialogue) -> None:
    reported(talk, topic="Iets anders, of ik weet het niet", by_staff="nee", sexual="nee")
    ticked = opened(talk, "Beide kanten gehoord")
    press(talk, OLGA, press(talk, OLGA, taken(talk), "Afsluiten"), "Afsluiten", reason="afgerond")
    assert "Gedaan, Olga" not in words(press(talk, OLGA, ticked, "Gedaan"))
    assert "Niet nodig" not in words(opened(talk, "Beide kanten gehoord"))
    assert "Beide kanten gehoord" in words(steps(talk))


def test_the_page_holds_the_most_steps_with_the_longest_reasons_and_so_does_the_case(talk: Dialogue) -> None:
    reported(talk, topic="Iets anders, of ik weet het niet", by_staff="weet_niet", sexual="nee")
    page = steps(talk)
    titles = [found["widgets"][0]["decoratedText"]["text"] for found in dialog(page)["sections"][1:-1]]
    assert len(titles) > 15
    for title in titles:
        page = press(talk, OLGA, press(talk, OLGA, row(page, title), "Openen"), "Niet nodig", why="é" * 300)
    assert f"Nog open: 0 van de {len(titles)} stappen" in words(page)
    assert titles[-1] in words(read_story(talk, OLGA))


def test_a_step_ticked_back_and_forth_stands_once_on_the_case(talk: Dialogue) -> None:
    reported(talk)
    for _ in range(2):
        page = press(talk, OLGA, opened(talk, "Herstel besproken"), "Gedaan")
        press(talk, OLGA, press(talk, OLGA, row(page, "Herstel besproken"), "Openen"), "Toch weer open")
    assert words(read_story(talk, OLGA)).count("Herstel besproken") == 1
