"""Writes a table's rows as lines: cells with tabs between them, and a table of numbered rules as that list."""

import re
from collections.abc import Sequence

_NUMBER = re.compile(r"([0-9]{1,3})[.)]?")
_RULE_COLUMNS = 2
_FEWEST_RULES = 2


def rows_as_lines(rows: Sequence[Sequence[Sequence[str]]]) -> tuple[list[str], list[str]]:
    """The lines of a table whose cells hold paragraphs, and what was unsure about it (Dutch)."""
    doubts = []
    if any(len(cell) > 1 for row in rows for cell in row):
        doubts.append("tabel: alinea's in een cel zijn achter elkaar gezet, met een schuine streep ertussen")
    cells = [[" / ".join(cell) for cell in row] for row in rows]
    cells = [row for row in cells if any(row)]
    if rules := _rules(cells):
        if len(rules) < len(cells):
            doubts.append(f"tabel: de kopregel \u201c{' | '.join(cells[0])}\u201d is weggelaten")
        return rules, doubts
    return ["\t".join(row) if len(row) > 1 else f"{row[0]}\t" for row in cells], doubts


def _rules(cells: Sequence[Sequence[str]]) -> list[str]:
    """The rows as numbered rules, when that is what they are: two columns, the first counting up."""
    if not all(len(row) == _RULE_COLUMNS for row in cells):
        return []
    body = cells if cells and _NUMBER.fullmatch(cells[0][0]) else cells[1:]
    numbers = [int(found[1]) for row in body if (found := _NUMBER.fullmatch(row[0]))]
    counts = len(numbers) == len(body) >= _FEWEST_RULES and numbers == list(range(numbers[0], numbers[0] + len(body)))
    starts_large = all(row[1][:1].isupper() or not row[0].isdecimal() for row in body)
    return [f"{row[0]} {row[1]}" for row in body] if counts and starts_large and all(row[1] for row in body) else []
