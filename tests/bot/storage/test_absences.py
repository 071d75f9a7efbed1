"""Who is away is kept once for each person, until they are back or the last day is over."""

from datetime import date, timedelta

from bot.school.absence import Absence
from bot.school.people import Email
from tests.bot.storage.kept import Kept

OLGA, HANS, BEA = (Email(f"{name}@school.example") for name in ("olga", "hans", "bea"))
MONDAY = date(2026, 11, 23)
DAY = timedelta(days=1)


def save(kept: Kept, *absences: Absence) -> None:
    with kept.store.write() as change:
        for absence in absences:
            change.absences.save(absence)


def away_on(kept: Kept, day: date) -> list[Email]:
    with kept.store.read() as look:
        return [absence.person for absence in look.absences.on(day)]


def test_both_ends_of_an_absence_belong_to_it(kept: Kept) -> None:
    save(kept, Absence(OLGA, MONDAY, MONDAY + DAY, HANS), Absence(HANS, MONDAY + DAY, MONDAY + 9 * DAY, BEA))
    assert [away_on(kept, MONDAY + ahead * DAY) for ahead in (-1, 0, 1, 2)] == [[], [OLGA], [HANS, OLGA], [HANS]]


def test_a_new_absence_takes_the_place_of_the_one_before(kept: Kept) -> None:
    save(kept, Absence(OLGA, MONDAY, MONDAY, HANS))
    save(kept, Absence(OLGA, MONDAY + DAY, MONDAY + DAY, BEA))
    assert away_on(kept, MONDAY) == []
    with kept.store.read() as look:
        assert look.absences.of(OLGA) == Absence(OLGA, MONDAY + DAY, MONDAY + DAY, BEA)
        assert look.absences.of(HANS) is None


def test_who_is_back_and_what_is_over_is_forgotten(kept: Kept) -> None:
    save(kept, Absence(OLGA, MONDAY, MONDAY + DAY, HANS), Absence(HANS, MONDAY, MONDAY, BEA))
    with kept.store.write() as change:
        assert change.absences.purge(MONDAY + DAY) == 1
        change.absences.forget(OLGA)
        change.absences.forget(BEA)
    assert away_on(kept, MONDAY) == []
