"""Looks whether who reads reports by the school's file is who reads them in truth."""

from collections.abc import Iterator

from bot.checkup.findings import Finding, warning
from bot.school.facts import SchoolFacts
from bot.school.seats.agreeing import InForce
from bot.school.seats.seats import REPORT_PARTS, differences, seats_in


def check_seats(facts: SchoolFacts, in_force: InForce | None) -> Iterator[Finding]:
    """What waits for a yes: of everybody on the first list, or of somebody who sits, for a change."""
    if in_force is None or not in_force.is_open:
        if facts.parts_on & REPORT_PARTS and not facts.demo:
            yield warning(
                "lijst_niet_bevestigd",
                "Niet iedereen die meldingen gaat lezen, heeft de lijst bevestigd. Tot dan kan niemand iets melden.",
                "Vraag hun /zaken te openen en de lijst te bevestigen; protocolbot leadership list toont wie nog moet.",
            )
        return
    if differences(in_force.seats, seats_in(facts)):
        yield warning(
            "ontvangers_wachten",
            "Het schoolbestand noemt andere lezers van meldingen dan er nu gelden.",
            "Zie protocolbot school diff. Iemand van de schoolleiding of het bestuur geeft akkoord in /zaken, of niet.",
        )
