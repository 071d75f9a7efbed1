"""Versions of the protocol: one for a day, in force from that day; when something is wrong the running one stays."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.protocol.loader import ProtocolRefused, load_document
from bot.protocol.reading.files import FileKind
from bot.protocol.versions import (
    ChangeKind,
    InForce,
    Planned,
    ProtocolVersion,
    Trouble,
    VersionRefused,
    changes_between,
    in_force,
    neighbour,
    next_version,
    seed_version,
)

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
MAY, JUNE, JULY = date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1)
FIRST = "Protocol\n\nRegels\n1. Je filmt niemand zonder te vragen.\n2. Je blijft altijd netjes tegen elkaar.\n"
SECOND = (
    "Protocol\n\nRegels\n1. Je telefoon is weg.\n2. Je filmt niemand zonder te vragen.\n3. Je blijft altijd netjes.\n"
)


def seed() -> ProtocolVersion:
    return seed_version("first", FIRST, MAY, NOW)


def following(source: str = SECOND, day: date = JUNE, known: Sequence[ProtocolVersion] = ()) -> ProtocolVersion:
    return next_version("second", source, FileKind.TEXT, day, known or [seed()], NOW)


def told(version: ProtocolVersion) -> dict[str, str]:
    return {str(code): identity for code, identity in version.identities.items()}


def test_the_first_version_has_its_codes_as_identities_and_counts_from_the_day_that_the_text_names() -> None:
    assert told(seed()) == {"R1": "R1", "R2": "R2"}
    assert seed().effective_on == MAY
    dated = FIRST.replace("Regels", "Versiebeheer\ndef\tInwerkingtreding\t1 maart 2024\n\nRegels")
    assert seed_version("x", dated, MAY, NOW).effective_on == date(2024, 3, 1)


def test_the_next_version_keeps_the_identities_of_the_one_before_it() -> None:
    identities = told(following())
    assert (identities["R2"], identities["R3"]) == ("R1", "R2"), identities
    assert identities["R1"] not in {"R1", "R2"}


def test_an_identity_of_an_earlier_version_never_comes_back_for_another_article() -> None:
    short = following("Protocol\n\nRegels\n1. Je filmt niemand zonder te vragen.\n", JUNE)
    more = FIRST.replace("Je blijft altijd netjes tegen elkaar.", "Smartwatches gaan in de kluis bij de conciërge.")
    third = next_version("third", more, FileKind.TEXT, JULY, [seed(), short], NOW)
    assert told(third)["R1"] == "R1"
    assert told(third)["R2"] != "R2"


def test_a_day_has_one_version_and_the_same_text_again_is_no_second_one() -> None:
    assert following(FIRST, MAY).effective_on == MAY
    with pytest.raises(VersionRefused, match="2026-05-01 is al een andere versie"):
        following(SECOND, MAY)


def test_a_text_that_cannot_be_placed_is_no_version() -> None:
    with pytest.raises(ProtocolRefused):
        following("zomaar iets")


def test_a_version_is_compared_with_the_one_before_it_or_else_the_first_after_it() -> None:
    known = [seed(), following()]
    assert neighbour(known, JULY) == known[1]
    assert neighbour(known, JUNE) == known[0]
    assert neighbour(known, date(2020, 1, 1)) == known[0]
    assert neighbour([], JUNE) is None


@pytest.mark.parametrize(
    ("today", "expected"),
    [(date(2026, 4, 30), None), (MAY, "a"), (date(2026, 5, 31), "a"), (JUNE, "b"), (date(2030, 1, 1), "b")],
)
def test_the_version_in_force_is_the_latest_whose_day_has_come(today: date, expected: str | None) -> None:
    found = in_force([Planned("b", JUNE), Planned("a", MAY)], today)
    assert (None if found is None else found.id) == expected


def test_the_changes_name_what_is_new_gone_changed_and_moved() -> None:
    old = load_document(
        "Protocol\n\nRegels\n1. Je filmt niemand.\n2. Wees aardig voor elkaar online.\n3. Oud en weg.\n"
    )
    new = load_document(
        "Protocol\n\nRegels\n1. Telefoons in de tas bij binnenkomst.\n2. Je filmt niemand.\n"
        "3. Wees aardig voor elkaar, ook online.\n"
    )
    found = {
        change.kind: (change.old and change.old.code, change.new and change.new.code)
        for change in changes_between(old, new)
    }
    assert found[ChangeKind.MOVED] == ("R1", "R2")
    assert found[ChangeKind.CHANGED] == ("R2", "R3")
    assert found[ChangeKind.NEW] == (None, "R1")
    assert found[ChangeKind.GONE] == ("R3", None)


@dataclass
class Shelf:
    """Versions as a database would have them, and what went wrong."""

    planned: list[Planned] = field(default_factory=list)
    looked: int = 0
    loaded: list[str] = field(default_factory=list)
    unreachable: bool = False
    spoilt: set[str] = field(default_factory=set)
    trouble: list[Trouble] = field(default_factory=list)
    real: datetime = NOW

    def look(self) -> Sequence[Planned]:
        self.looked += 1
        if self.unreachable:
            raise ConnectionError
        return tuple(self.planned)

    def load(self, wanted: str) -> str:
        self.loaded.append(wanted)
        if wanted in self.spoilt:
            raise ProtocolRefused(1, "kapot")
        return wanted

    def choosing(self) -> InForce[str]:
        return InForce("seed", self.look, self.load, lambda: self.real, lambda what, _: self.trouble.append(what))


def test_a_version_comes_into_force_on_its_day_without_another_look() -> None:
    shelf = Shelf([Planned("may", MAY), Planned("june", JUNE)])
    choosing = shelf.choosing()
    assert [choosing.on(day) for day in (date(2026, 4, 1), MAY, JUNE)] == ["seed", "may", "june"]
    assert (shelf.looked, shelf.loaded) == (1, ["may", "june"])


def test_new_versions_are_looked_for_once_a_minute_at_most() -> None:
    shelf = Shelf()
    choosing = shelf.choosing()
    assert choosing.on(JUNE) == "seed"
    shelf.planned = [Planned("june", JUNE)]
    shelf.real += timedelta(seconds=59)
    assert choosing.on(JUNE) == "seed"
    shelf.real += timedelta(seconds=1)
    assert choosing.on(JUNE) == "june"
    assert shelf.looked == 2


def test_a_version_that_cannot_be_loaded_leaves_the_running_one_and_is_tried_again_after_a_minute() -> None:
    shelf = Shelf([Planned("may", MAY), Planned("june", JUNE)], spoilt={"june"})
    choosing = shelf.choosing()
    choosing.on(MAY)
    assert [choosing.on(JUNE), choosing.on(JUNE)] == ["may", "may"]
    assert shelf.trouble == [Trouble.NOT_USABLE]
    shelf.spoilt.clear()
    shelf.real += timedelta(minutes=1)
    assert choosing.on(JUNE) == "june"


def test_a_database_that_cannot_be_asked_leaves_the_running_one() -> None:
    shelf = Shelf([Planned("may", MAY)])
    choosing = shelf.choosing()
    choosing.on(MAY)
    shelf.unreachable = True
    shelf.real += timedelta(minutes=5)
    assert choosing.on(MAY) == "may"
    assert shelf.trouble == [Trouble.NOT_LOOKED_UP]


def test_who_asks_while_another_is_choosing_gets_the_running_one_at_once() -> None:
    shelf = Shelf([Planned("may", MAY)])
    choosing = shelf.choosing()
    meanwhile: list[str] = []

    def slow(wanted: str) -> str:
        meanwhile.append(choosing.on(MAY))
        return wanted

    shelf.load = slow  # type: ignore[method-assign]
    choosing = shelf.choosing()
    assert choosing.on(MAY) == "may"
    assert meanwhile == ["seed"]
