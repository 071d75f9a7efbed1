"""Chat's own description (the discovery document that google-api-python-client ships), used to refuse what it lacks."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from simulator.records import Json

_JSON_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "boolean": (bool,),
    "integer": (int,),
    "number": (int, float),
    "array": (list,),
    "object": (dict,),
    "any": (object,),
}
_INT_AS_TEXT = frozenset({"int64", "uint64"})


class Refused(ValueError):
    """Google would not take this; the message says where and why, in Google's words where they are known."""


@dataclass(frozen=True, slots=True)
class Method:
    """A REST method: its id (`chat.spaces.messages.create`), its parameters, and the schema of its body."""

    id: str
    http_method: str
    pattern: re.Pattern[str]
    parameters: Mapping[str, Json]
    body: str | None


@cache
def document() -> Json:
    """The whole document; read once, never changed."""
    path = files("googleapiclient").joinpath("discovery_cache/documents/chat.v1.json")
    found: Json = json.loads(path.read_text(encoding="utf-8"))
    return found


@cache
def methods() -> tuple[Method, ...]:
    """Every method that Chat has."""
    return tuple(_methods(document()["resources"]))


def conform(value: Any, schema: str, where: str) -> Any:
    """The value with camelCase names and without what only Google fills in; raises Refused.

    Both spellings of a name are taken, as protobuf's JSON does (`action_response` and `actionResponse`).
    """
    return _conform(value, {"$ref": schema}, where)


def check_parameter(value: str, described: Json, where: str) -> None:
    """Hold a query parameter against its description; raises Refused."""
    kind = described.get("type", "string")
    if kind == "boolean" and value not in {"true", "false"}:
        raise Refused(f'Invalid value at "{where}" (TYPE_BOOL)')
    if kind == "integer" and not re.fullmatch(r"-?\d{1,10}", value):
        raise Refused(f'Invalid value at "{where}" (TYPE_INT32)')
    if "enum" in described and value not in described["enum"]:
        raise Refused(f'Invalid value at "{where}" (TYPE_ENUM), "{value}"')


def _conform(value: Any, described: Json, where: str) -> Any:
    if "$ref" in described:
        described = document()["schemas"][described["$ref"]]
    kind = described.get("type", "any")
    fits = isinstance(value, _JSON_TYPES[kind]) and (kind in {"boolean", "any"} or not isinstance(value, bool))
    if described.get("format") in _INT_AS_TEXT and isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not fits:
        raise Refused(f'Invalid value at "{where}": it must be {kind}')
    if "enum" in described and value not in described["enum"]:
        raise Refused(f'Invalid value at "{where}": "{value}" is none of Google\'s values')
    if kind == "array":
        return [_conform(inner, described["items"], f"{where}[{place}]") for place, inner in enumerate(value)]
    if kind == "object" and "properties" in described:
        return _conform_object(value, described["properties"], where)
    return value


_UNDESCRIBED = frozenset({"retentionSettings"})
"""What events carry and the description lacks: apps send a thread back as they got it, and Google takes it."""


def _conform_object(value: Json, properties: Json, where: str) -> Json:
    taken: Json = {}
    if where.endswith(".thread"):
        value = {name: inner for name, inner in value.items() if name not in _UNDESCRIBED}
    for given, inner in value.items():
        name = given if given in properties else _camel(given)
        if name not in properties:
            raise Refused(f'Unknown name "{given}" at "{where}": Cannot find field.')
        if name in taken:
            raise Refused(f'Invalid value at "{where}": "{name}" is given twice')
        # A field that only Google fills in is ignored, and null is the same as not given.
        if inner is not None and not properties[name].get("readOnly", False):
            taken[name] = _conform(inner, properties[name], f"{where}.{name}")
    return taken


def _camel(name: str) -> str:
    return re.sub(r"_([a-z0-9])", lambda found: found[1].upper(), name)


def _methods(resources: Json) -> list[Method]:
    found: list[Method] = []
    for resource in resources.values():
        for described in resource.get("methods", {}).values():
            path = re.sub(r"\\\{\w+\\\}", "([^/:]+)", re.escape(described.get("flatPath", described["path"])))
            body = described.get("request", {}).get("$ref")
            parameters = described.get("parameters", {})
            found.append(Method(described["id"], described["httpMethod"], re.compile(path), parameters, body))
        found += _methods(resource.get("resources", {}))
    return found
