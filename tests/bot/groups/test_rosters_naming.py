"""Of which class a group is, found from its name by the classes that are known."""

import pytest

from bot.groups.rosters.naming import ClassNames

KNOWN = ["2A", "2B", "2B-WI", "H3C", "3C", "12B", "3HAVO1", "V5 PLUS"]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("2B", ["2B"]),
        ("Klas 2b mentor", ["2B"]),
        ("H3C - mentorgroep", ["H3C"]),
        ("mentorgroep h3c!", ["H3C"]),
        ("klas 2 B", ["2B"]),
        ("12B", ["12B"]),
        ("2B-wi", ["2B-WI"]),
        ("2bwi", ["2B-WI"]),
        ("2B_wi 2026-2027", ["2B-WI"]),
        ("3havo1 📚", ["3HAVO1"]),
        ("V5 plus", ["V5 PLUS"]),
        ("2A en 2B naar Texel", ["2A", "2B"]),
        ("2B, met 2B-wi", ["2B", "2B-WI"]),
        ("2B (2B)", ["2B"]),
        ("Groep 4D", []),
        ("H2B", []),
        ("2BX", []),
        ("Docenten", []),
        ("", []),
    ],
)
def test_the_name_names_whole_classes_only(name: str, found: list[str]) -> None:
    assert ClassNames.of(KNOWN).in_name(name) == found


def test_with_no_class_known_no_group_is_of_one() -> None:
    assert ClassNames.of([]).in_name("Klas 2B") == []


def test_where_only_the_whole_class_has_a_list_its_lesson_group_is_of_that_class() -> None:
    assert ClassNames.of(["2B"]).in_name("2B-wi") == ["2B"]
