"""Reads single fields out of somebody else's JSON: a wrong type is an absent value, never a crash."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

Fields = Mapping[str, Any]
"""A JSON object as it arrived."""

NOTHING: Fields = {}

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
"""NUL and lone surrogates: JSON can carry them, UTF-8 and PostgreSQL cannot, so they would break far from here."""

_INT64 = 2**63
_NUMERAL_AT_MOST = 40
"""Characters; any int64 and any sensible float fit, and Python's own limits on huge numerals stay untried."""


def part(fields: Fields, name: str) -> Fields:
    """The object under this name; empty when there is none."""
    value = fields.get(name)
    return value if isinstance(value, dict) else NOTHING


def parts(fields: Fields, name: str) -> Sequence[Fields]:
    """The objects in the list under this name; anything else in it is left out."""
    value = fields.get(name)
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else ()


def text(fields: Fields, name: str) -> str:
    """The string under this name, fit for UTF-8; empty when there is none."""
    return storable(fields.get(name))


def storable(value: Any) -> str:
    """This string without what no store can hold; empty for anything that is no string."""
    if not isinstance(value, str):
        return ""
    return _UNSTORABLE.sub("", value)


def flag(fields: Fields, name: str) -> bool:
    """Whether this is plainly true: proto3 leaves a false field out, and a doubtful one grants nothing."""
    return fields.get(name) is True


def whole_number(fields: Fields, name: str) -> int | None:
    """The number under this name, within int64; Google writes one field as 1, 1.0 and "1", and int64 as a string."""
    value = fields.get(name)
    if isinstance(value, str):
        value = _number_in(value) if len(value) <= _NUMERAL_AT_MOST else None
    # Not-a-number and the infinities are within no bounds either.
    if isinstance(value, bool) or not isinstance(value, int | float) or not -_INT64 <= value < _INT64:
        return None
    return int(value)


def _number_in(numeral: str) -> float | None:
    try:
        return float(numeral)
    except ValueError:
        return None


def moment(fields: Fields, name: str) -> datetime | None:
    """The RFC 3339 moment under this name, aware, in UTC."""
    value = fields.get(name)
    if not isinstance(value, str):
        return None
    try:
        read = datetime.fromisoformat(value)
        return read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
