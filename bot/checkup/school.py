"""Looks at the school's facts: decisions, people, duties, calendar, telephone numbers."""

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta

from bot.checkup.findings import Finding, error, warning
from bot.school.calendar import SchoolCalendar
from bot.school.duty import on_duty
from bot.school.facts import Part, SchoolFacts
from bot.school.people import Role

DUTY_AHEAD = 14
"""Days for which somebody should be on duty."""

NO_NUMBER = re.compile(r"[0\s-]*0{3,}[0\s-]*\d{0,2}")
"""A number of noughts, as in an example."""

ACCEPTED = "sleutels_en_uitrol"
"""The decision that says who holds the keys and who deploys, and that this was accepted when it is one person."""


def check_decisions(
    facts: SchoolFacts, wanted: Collection[Part], needed: Mapping[Part, tuple[str, ...]], today: date
) -> Iterator[Finding]:
    """Parts that are wanted and stay off, and decisions that cannot be."""
    decided = {decision.name for decision in facts.decisions}
    for part in Part:
        missing = [name for name in needed[part] if name not in decided]
        if part in wanted and missing:
            yield error(
                "besluit_ontbreekt",
                f"Het onderdeel {part.value} blijft uit, want deze besluiten ontbreken: {', '.join(missing)}.",
                "Laat de school ze nemen, en zet ze met wie en wanneer in [besluiten] van het schoolbestand.",
            )
    for decision in facts.decisions:
        if decision.on > today:
            yield error(
                "besluit_in_de_toekomst",
                f"Het besluit {decision.name} heeft een datum die nog moet komen.",
                "Vul de dag in waarop het besluit genomen is, of haal het weg tot het zover is.",
            )
    if facts.parts_on & {Part.STAFF_REPORTS, Part.PUPIL_REPORTS} and ACCEPTED not in decided:
        yield error(
            "sleutels_niet_geregeld",
            "Nergens staat dat de school weet wie de sleutels van de meldingen heeft en wie de bot uitrolt.",
            f"Is dat één persoon, laat het bestuur dat dan aanvaarden. Zet het besluit {ACCEPTED} in [besluiten].",
        )
    if not facts.parts_on:
        yield error(
            "alles_uit",
            "Geen enkel onderdeel staat aan: de bot doet niets.",
            "Begin met antwoorden: zet antwoorden = true in [onderdelen], met de besluiten hosting en onder_18.",
        )


def check_people(facts: SchoolFacts) -> Iterator[Finding]:
    """Whether the people who are needed stand in the file, each in one place."""
    admins = facts.admins
    if not admins:
        yield error(
            "geen_beheerder",
            "Niemand heeft de rol beheerder: een groep die wacht, kan niemand goedkeuren.",
            'Geef minstens twee mensen in [[mensen]] de rol "beheerder".',
        )
    elif len(admins) == 1:
        yield warning(
            "een_beheerder",
            "Er is één beheerder. Is die ziek, dan wachten alle groepen.",
            'Geef nog iemand in [[mensen]] de rol "beheerder".',
        )
    both = set(facts.leadership) & {*facts.board, *facts.supervisors}
    if both:
        yield warning(
            "twee_rijen",
            f"{len(both)} van de ontvangers staat in twee rijen: gaat een melding daarover, dan vallen beide weg.",
            "Zet in elke rij van [ontvangers] andere mensen.",
        )
    if facts.last_resort in {*facts.leadership, *facts.board}:
        yield error(
            "laatste_is_partij",
            "De laatste die een melding krijgt, zit zelf in de schoolleiding of het bestuur.",
            "Kies bij ontvangers > laatste iemand van buiten die rijen, zoals een vertrouwenspersoon.",
        )
    yield from _addresses(facts)


def _addresses(facts: SchoolFacts) -> Iterator[Finding]:
    domains = set(facts.domain_roles)
    outside = sum(email.rpartition("@")[2] not in domains for email in facts.people)
    if outside:
        yield warning(
            "adres_buiten_school",
            f"{outside} van de mensen heeft een adres buiten de domeinen van de school.",
            "Klopt dat adres? Zo niet, verbeter het in [[mensen]]; zo ja, zet het domein in [domeinen].",
        )
    unled = sum(
        person.line_manager is None and Role.STAFF in person.roles and email not in facts.leadership
        for email, person in facts.people.items()
    )
    if facts.line_managers and unled:
        yield warning(
            "geen_leidinggevende",
            f"Van {unled} medewerkers in het schoolbestand is geen leidinggevende bekend: /overleg kan dan niet.",
            "Zet bij hen in [[mensen]] leidinggevende, met een adres.",
        )


def check_reach(facts: SchoolFacts, calendar: SchoolCalendar, today: date) -> Iterator[Finding]:
    """Whether somebody is on duty and can be called, and whether the calendar knows the days to come."""
    days = [today + timedelta(days=ahead) for ahead in range(DUTY_AHEAD)]
    nobody = [day for day in days if on_duty(facts.duties, day) is None]
    if nobody:
        yield warning(
            "geen_dienst",
            f"Op {len(nobody)} van de komende {DUTY_AHEAD} dagen heeft niemand dienst: dan krijgt iedereen die een "
            "dringende melding mag lezen 's nachts tegelijk een seintje.",
            "Vul de diensten aan in [[piket.dienst]].",
        )
    if not facts.contacts:
        yield error(
            "geen_telefoon",
            "Er staat niemand die je op school kunt bellen. De bot noemt dan alleen landelijke nummers.",
            "Zet minstens één [[contact]] in het schoolbestand.",
        )
    for contact in facts.contacts:
        if NO_NUMBER.fullmatch(contact.phone):
            yield error(
                "nepnummer",
                "Bij een [[contact]] staat een telefoonnummer van nullen, zoals in het voorbeeld.",
                "Vul het echte nummer in en bel het een keer.",
            )
    yield from _days(facts, calendar, today)


def _days(facts: SchoolFacts, calendar: SchoolCalendar, today: date) -> Iterator[Finding]:
    if calendar.runs_out(today):
        yield warning(
            "vakanties_onbekend",
            "De schoolvakanties van het komende half jaar zijn niet allemaal bekend.",
            "Werk de bibliotheek holidays bij (make requirements), of zet de vakanties in [[tijden.vrij]].",
        )
    if facts.hours.days_off and all(last < today for _, last, _ in facts.hours.days_off):
        yield warning(
            "vrije_dagen_voorbij",
            "Alle eigen vrije dagen in het schoolbestand zijn voorbij.",
            "Zet de studiedagen van dit schooljaar in [[tijden.vrij]].",
        )
    if not calendar.free_times():
        yield warning(
            "geen_vrije_tijd",
            "Er is geen moment buiten de lessen waarop de bot iets mag sturen: herinneringen komen dan nooit.",
            "Kijk de lestijden en pauzes na in [tijden].",
        )
    if facts.reminder_seed == "protocol":
        yield warning(
            "zaad_standaard",
            "De herinneringen worden geloot uit de standaardtekst, zoals bij elke school die niets invult.",
            "Zet bij [school] een eigen tekst in zaad_herinneringen.",
        )
