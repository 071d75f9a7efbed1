"""The house's five rooms in dialogues, over the local Google Chat: signed events, real tokens, the real client."""

from simulator import faults
from tests.local_chat.stage import LocalChat

STORY = "Iemand zet elke avond nare filmpjes van mij in een groepsapp."
A6 = "tenzij betrokkenen uitdrukkelijk toestemming voor plaatsing hebben gegeven"
WAITS = "Er staat iets voor je klaar."


def test_a_pupil_asks_goes_on_and_shares(school: LocalChat) -> None:
    sanne, daan = school.person("sanne"), school.person("daan")
    sanne.goes_to("Klas 3B").says("/vraag mag ik een foto van mijn klasgenoot op insta zetten?")
    sanne.sees("artikel 6 (A6)", "versie van 1 februari 2022")
    daan.goes_to("Klas 3B").does_not_see(A6, "insta")
    sanne.presses("Delen").sees("Gedeeld met de groep")
    daan.sees("Iemand deelt een artikel", A6).does_not_see("insta")
    sanne.goes_to("").says("mag ik een foto van mijn klasgenoot op insta zetten?").says("en voor docenten?")
    sanne.sees("Dit geldt ook voor medewerkers")


def test_a_question_in_the_group_is_answered_in_the_group_and_a_cry_for_help_is_not(school: LocalChat) -> None:
    sanne, daan = school.person("sanne").goes_to("Klas 3B"), school.person("daan").goes_to("Klas 3B")
    sanne.says("@Protocolbot mag ik een online les opnemen en delen?")
    daan.sees("artikel 7 (A7)")
    sanne.says("@Protocolbot ik wil niet meer leven").sees("113")
    daan.does_not_see("0800-0113")


def test_a_report_is_read_answered_and_closed(school: LocalChat) -> None:
    sanne, olga, hans, arie = (school.person(name) for name in ("sanne", "olga", "hans", "arie"))
    sanne.says("/melden").presses("Pesten of buitensluiten").fills(story=STORY, safe=["ja"]).presses("Verder")
    sanne.fills(identity=["met_naam"]).presses("Verder").sees("Alleen deze mensen lezen het", "Olga Overzicht", STORY)
    sanne.presses("Verstuur").sees("Je melding is opgeslagen", "Je code")
    for leader in (olga, hans):
        leader.hears(WAITS).does_not_see(STORY)
    arie.says("/zaken").sees("niet voor jou")
    olga.says("/zaken").presses("Openen").does_not_see(STORY).presses("Lees verhaal").sees(STORY, "Sanne Voorbeeld")
    olga.presses("Ik pak dit op").sees("Pakt dit op.").presses("Bericht aan melder")
    olga.fills(words="Goed dat je dit vertelt.").presses("Bericht versturen")
    school.tick()
    sanne.closes().hears(WAITS)
    sanne.says("/mijnberichten").presses("Bekijken").sees("Gelezen door een mens", "Goed dat je dit vertelt.")


def test_whom_it_is_about_hears_nothing_and_reads_nothing(school: LocalChat) -> None:
    sanne, hans, bea = school.person("sanne"), school.person("hans"), school.person("bea")
    before = hans.screen
    sanne.says("/melden").presses("Pesten of buitensluiten")
    sanne.fills(story=f"{STORY} Hans Hoofd lachte erom.", safe=["ja"]).presses("Verder")
    sanne.fills(identity=["zonder_naam"]).presses("Verder").sees("Hans Hoofd staat in je verhaal", "Bea Bestuur")
    sanne.presses("Verstuur").sees("Je code")
    # Without a name the notice leaves at a moment of its own, so that it does not tell when somebody reported.
    school.later(hours=1)
    bea.hears(WAITS)
    assert hans.screen == before
    hans.says("/zaken").sees("Er zijn geen zaken voor je.")


def test_a_pupil_adds_the_bot_an_admin_approves_and_then_it_speaks(school: LocalChat) -> None:
    finn, arie = school.person("finn").goes_to("Klas 2A"), school.person("arie")
    finn.adds_the_bot().sees("nog niet goedgekeurd")
    arie.hears("Mag ik daar meedoen?").presses("Goedkeuren").sees("Goedgekeurd")
    finn.sees("Zo gaan we met elkaar om")


def test_a_teacher_pauses_the_reminders_and_the_group_hears_nothing(school: LocalChat) -> None:
    karin, sanne = school.person("karin").goes_to("Klas 3B"), school.person("sanne").goes_to("Klas 3B")
    karin.says("/groepsregels").presses("Herinneringen aanpassen").sees("Hoe vaak?")
    karin.fills(rhythm=["0"]).presses("Bewaar").sees("Bewaard.")
    before = len(sanne.screen)
    for _ in range(10):
        school.later(days=1)
    assert len(sanne.screen) == before


def test_events_that_come_twice_or_late_change_nothing_twice(school: LocalChat) -> None:
    sanne, olga = school.person("sanne"), school.person("olga")
    for fault in (faults.DUPLICATE_EVENTS, faults.OUT_OF_ORDER):
        school.running.world.faults.set(fault, on=True)
    sanne.says("/melden").presses("Pesten of buitensluiten").fills(story=STORY, safe=["ja"]).presses("Verder")
    sanne.fills(identity=["met_naam"]).presses("Verder").presses("Verstuur").sees("Je code").closes()
    olga.says("/zaken")
    assert olga.screen.count("Openen") == 1


def test_a_teacher_asks_the_line_manager(school: LocalChat) -> None:
    karin, piet, olga = school.person("karin"), school.person("piet"), school.person("olga")
    karin.says("/overleg").sees("Alleen deze persoon leest het", "Piet Pen")
    karin.fills(words="Mag ik dit filmpje van de sportdag plaatsen?").presses("Verstuur")
    school.tick()
    piet.hears(WAITS).says("/zaken").presses("Openen").presses("Lees verhaal").sees("filmpje van de sportdag")
    olga.says("/zaken").sees("Er zijn geen zaken voor je.")
