"""Shows numbers without small ones: neighbours are joined until together they are big enough to be shown.

Hiding a small number beside a total hides nothing: the total less the others tells it. So nothing is left out; rows
become one row with the sum of their numbers. Whoever knows this rule, the total and every shown row still cannot tell
any number inside a joined row: each of them can be at least five different ones (tests/bot/reports/overview proves it
for every table of a kind). Nought is a small number too.

Several tables about the same reports share their total and nothing else, as long as what one of them divides by can go
together with everything that another one divides by.
"""

from collections.abc import Iterable
from dataclasses import dataclass

SHOWN_FROM = 5
"""A smaller number could be about somebody in particular (responsible-use.md R31)."""


@dataclass(frozen=True, slots=True)
class Row:
    """A number with what it counts; with several names it is their sum."""

    names: tuple[str, ...]
    number: int


def joined(numbers: Iterable[tuple[str, int]]) -> tuple[Row, ...]:
    """The rows of a table, in order, each at least `SHOWN_FROM`; none when the whole table is less than that.

    Neighbours should be like one another: they are what is joined. What is left at the end joins the last row.
    """
    rows: list[Row] = []
    names: tuple[str, ...] = ()
    total = 0
    for name, number in numbers:
        names, total = (*names, name), total + number
        if total >= SHOWN_FROM:
            rows.append(Row(names, total))
            names, total = (), 0
    if names and rows:
        last = rows.pop()
        rows.append(Row((*last.names, *names), last.number + total))
    return tuple(rows)
