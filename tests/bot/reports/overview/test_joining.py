"""No number that is not shown follows from those that are, also for whoever knows how rows are joined."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import product

import pytest

from bot.reports.overview.joining import SHOWN_FROM, Row, joined

HIGHEST = 8
"""From this number on a row is no nearer to `SHOWN_FROM` than it was."""

Table = tuple[int, ...]
Published = tuple[int | None, tuple[Row, ...]]


def published(table: Table) -> Published:
    """All that a reader gets of a table: its rows, and its total where there is one."""
    total = sum(table)
    return total if total >= SHOWN_FROM else None, joined(zip("abcdefg", table, strict=False))


def tables(width: int) -> Iterator[Table]:
    return product(range(HIGHEST + 1), repeat=width)


def every_table_by_what_is_published(width: int) -> Mapping[Published, Sequence[Table]]:
    found: defaultdict[Published, list[Table]] = defaultdict(list)
    for table in tables(width):
        found[published(table)].append(table)
    return found


def alone(rows: Sequence[Row]) -> set[str]:
    """The names whose own number is shown."""
    return {row.names[0] for row in rows if len(row.names) == 1}


@pytest.mark.parametrize("width", [1, 2, 3, 4, 5])
def test_a_shown_number_is_never_smaller_than_five_and_nothing_is_left_out(width: int) -> None:
    for table in tables(width):
        total, rows = published(table)
        assert all(row.number >= SHOWN_FROM for row in rows)
        if total is None:
            assert rows == ()
        else:
            assert [name for row in rows for name in row.names] == list("abcdefg"[:width])
            assert sum(row.number for row in rows) == total


@pytest.mark.parametrize("width", [1, 2, 3, 4, 5])
def test_whoever_sees_all_that_is_shown_and_knows_the_rule_still_knows_no_joined_number(width: int) -> None:
    for (_, rows), possible in every_table_by_what_is_published(width).items():
        for place, name in enumerate("abcdefg"[:width]):
            if name in alone(rows):
                continue
            together = next((row.number for row in rows if name in row.names), 0)
            if together > HIGHEST:
                # Cut off by HIGHEST: some of the tables that look like this one were not made here.
                continue
            assert len({table[place] for table in possible}) >= SHOWN_FROM, (rows, name)


def test_the_numbers_behind_what_cannot_be_told_apart_are_really_that_many() -> None:
    # Or the property above could not fail: with the small row left out, the total tells it.
    naive: defaultdict[tuple[int, tuple[int | None, ...]], set[int]] = defaultdict(set)
    for table in tables(3):
        shown = tuple(number if number >= SHOWN_FROM else None for number in table)
        naive[sum(table), shown].add(table[0])
    assert any(len(numbers) == 1 for (_, shown), numbers in naive.items() if shown[0] is None)


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ((12, 5, 7), [(("a",), 12), (("b",), 5), (("c",), 7)]),
        ((12, 4, 7), [(("a",), 12), (("b", "c"), 11)]),
        ((12, 7, 4), [(("a",), 12), (("b", "c"), 11)]),
        ((20, 0, 0), [(("a", "b", "c"), 20)]),
        ((1, 1, 1), []),
        ((0, 0, 0), []),
        ((2, 2, 2), [(("a", "b", "c"), 6)]),
    ],
)
def test_neighbours_are_joined_until_they_can_be_shown(
    table: Table, expected: Sequence[tuple[tuple[str, ...], int]]
) -> None:
    assert [(row.names, row.number) for row in published(table)[1]] == expected
