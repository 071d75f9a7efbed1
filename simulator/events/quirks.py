"""Peculiarities seen on the wire, each on a switch: odd numbers, and fields that are nowhere documented."""

from typing import Any

from simulator.records import Json

_FLOATS = frozenset({"startIndex", "length", "offset", "appCommandId", "joinedDirectHumanUserCount"})


def odd_numbers(event: Json) -> Json:
    """Indexes and offsets as floats, `appCommandId` as a string; both were captured from Google."""
    odd: Json = _odd(event)
    return odd


def extra_fields(event: Json) -> Json:
    """The same event with fields that no document names, at the top and inside; an app must not mind."""
    more: Json = _more(event)
    return more | {"_simulated_message_id": "21339851456542226"}


def _odd(value: Any, name: str = "") -> Any:
    if isinstance(value, dict):
        return {key: _odd(inner, key) for key, inner in value.items()}
    if isinstance(value, list):
        return [_odd(inner) for inner in value]
    if name in _FLOATS and isinstance(value, int):
        return str(value) if name == "appCommandId" else float(value)
    return value


def _more(value: Any, name: str = "") -> Any:
    if isinstance(value, list):
        return [_more(inner) for inner in value]
    if not isinstance(value, dict):
        return value
    grown = {key: _more(inner, key) for key, inner in value.items()}
    if name in {"space", "user", "sender", "message", "chat", "common", "commonEventObject"}:
        grown["simulatedExtra"] = {"state": "PERMANENT", "numbers": [1, 2.5, None]}
    return grown
