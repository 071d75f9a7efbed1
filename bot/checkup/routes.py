"""Looks whether every kind of report reaches somebody, whoever of the recipients it is about; cases play no part."""

from collections.abc import Collection, Iterator
from itertools import combinations

from bot.checkup.findings import Finding, error, warning
from bot.reports.categories import Categories
from bot.reports.routing import ORDER, Chain, candidates, members, readers_of_anything, route
from bot.school.facts import SchoolFacts
from bot.school.people import Email

LEAST_REACHABLE = 2


def check_routes(facts: SchoolFacts, categories: Categories, reachable: Collection[Email]) -> Iterator[Finding]:
    """`reachable` are the addresses with a direct message with the bot."""
    silent = [email for email in readers_of_anything(facts) if email not in reachable]
    if silent:
        yield error(
            "ontvanger_onbereikbaar",
            f"{len(silent)} van de mensen die meldingen kunnen krijgen, heeft nog geen privégesprek met de bot.",
            "Laat de beheerder van Google de app bij hen installeren, of vraag hun de bot een keer iets te sturen.",
        )
    for chain in ORDER:
        here = [email for email in members(facts, chain) if email in reachable]
        if not here:
            yield error(
                "rij_leeg",
                f"In de rij {chain.value} is niemand bereikbaar.",
                "Kijk de adressen na in [ontvangers], en of deze mensen de bot al gesproken hebben.",
            )
        elif len(here) < LEAST_REACHABLE and chain is not Chain.LAST_RESORT:
            yield warning(
                "rij_van_een",
                f"In de rij {chain.value} is maar één persoon bereikbaar.",
                "Zorg dat er minstens twee zijn: een dringende zaak sluiten twee mensen samen.",
            )
    lost = sum(
        not route(category, facts, excluded=about, reachable=reachable).recipients
        for category in categories.rows.values()
        if category.sendable
        for size in (0, 1, 2)
        for about in combinations(candidates(facts), size)
    )
    if lost:
        yield error(
            "melding_zonder_lezer",
            f"Bij {lost} combinaties van onderwerp en betrokkenen leest niemand de melding.",
            "Zet meer mensen in [ontvangers], en zorg dat ze de bot gesproken hebben.",
        )
