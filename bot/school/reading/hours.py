"""Reads when lessons are given, and when the bot may speak unasked."""

from datetime import date, time
from zoneinfo import ZoneInfo

from bot.school.facts import Location, SchoolHours
from bot.school.reading.place import Place, SchoolFileError

EARLIEST, LATEST = time(8), time(18)
"""Between these hours the bot may speak unasked at any school (design: section 2.4)."""


def read_hours(top: Place) -> SchoolHours:
    """The block `tijden`; raises SchoolFileError."""
    hours = top.sub("tijden")
    _refuse_unknown_words(hours)
    zone = hours.text("tijdzone", "de tijdzone", "Europe/Amsterdam")
    try:
        ZoneInfo(zone)
    except (KeyError, ValueError, OSError):  # OSError: "Europe" is a folder of the time zone database
        raise SchoolFileError("tijden > tijdzone: deze tijdzone bestaat niet; schrijf Europe/Amsterdam.") from None
    region = hours.text("regio", "de vakantieregio (noord, midden of zuid)").lower()
    if region not in {"noord", "midden", "zuid"}:
        raise SchoolFileError("tijden > regio: kies noord, midden of zuid.")
    speak_from = hours.hour("spreken_van", "vanaf wanneer de bot iets mag sturen")
    speak_until = hours.hour("spreken_tot", "tot wanneer de bot iets mag sturen")
    if not EARLIEST <= speak_from < speak_until <= LATEST:
        raise SchoolFileError(
            "tijden > spreken_van en spreken_tot: kies een begin en een later einde, van 8 tot 18 uur."
        )
    lessons_from, lessons_until, breaks = _lessons(hours)
    return SchoolHours(
        time_zone=zone,
        speak_from=speak_from,
        speak_until=speak_until,
        lessons_from=lessons_from,
        lessons_until=lessons_until,
        breaks=breaks,
        region=region,
        days_off=tuple(_days(row) for row in hours.rows("vrij", "de eigen vrije dagen")),
        quiet=tuple(_days(row) for row in hours.rows("stil", "de dagen zonder herinneringen")),
        locations=tuple(_location(row) for row in hours.rows("locatie", "de locaties")),
    )


def _refuse_unknown_words(hours: Place) -> None:
    times = ("spreken_van", "spreken_tot", "lessen_van", "lessen_tot")
    hours.only("tijdzone", "regio", *times, "pauze", "vrij", "stil", "locatie")
    places = hours.rows("locatie", "de locaties")
    for row in (row for place in (hours, *places) for row in place.rows("pauze", "de pauzes")):
        row.only("van", "tot")
    for row in (*hours.rows("vrij", "de eigen vrije dagen"), *hours.rows("stil", "de dagen zonder herinneringen")):
        row.only("van", "tot", "naam")
    for row in places:
        row.only("naam", "in_groepsnaam", "lessen_van", "lessen_tot", "pauze")


def _location(row: Place) -> Location:
    words = row.texts("in_groepsnaam", "aan welke woorden in de naam je haar groepen herkent")
    if not words or not all(words):
        raise SchoolFileError(
            f"{row.where} > in_groepsnaam: noem minstens één woord dat in de naam van haar groepen staat."
        )
    return Location(row.text("naam", "de naam van de locatie"), words, *_lessons(row))


def _lessons(place: Place) -> tuple[time, time, tuple[tuple[time, time], ...]]:
    start = place.hour("lessen_van", "het begin van de lessen")
    end = place.hour("lessen_tot", "het einde van de lessen")
    if not start < end:
        raise SchoolFileError(f"{place.where} > lessen_tot: de lessen eindigen na het begin van de lessen.")
    return start, end, tuple(_break(row, start, end) for row in place.rows("pauze", "de pauzes"))


def _break(row: Place, lessons_from: time, lessons_until: time) -> tuple[time, time]:
    start, end = row.hour("van", "het begin van de pauze"), row.hour("tot", "het einde van de pauze")
    if not lessons_from <= start < end <= lessons_until:
        raise SchoolFileError(f"{row.where}: een pauze begint voor haar einde en valt binnen de lestijd.")
    return start, end


def _days(row: Place) -> tuple[date, date, str]:
    first, last = row.day("van", "de eerste dag"), row.day("tot", "de laatste dag")
    if last < first:
        raise SchoolFileError(f"{row.where} > tot: de laatste dag komt niet voor de eerste.")
    return first, last, row.text("naam", "waarom")
