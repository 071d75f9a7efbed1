"""Holds JSON against Google's published schema: the discovery document and the strict types of google-apps-chat."""

import json
from functools import cache
from importlib.resources import files
from typing import Any

from google.apps import chat_v1
from google.protobuf.json_format import ParseError  # type: ignore[import-untyped]

Json = dict[str, Any]

BYTES_AT_MOST = 28_000

_JSON_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "boolean": (bool,),
    "integer": (int,),
    "number": (int, float),
    "array": (list,),
    "object": (dict,),
    "any": (object,),
}


class NotGoogles(AssertionError):
    """Google would refuse, drop or hide this; says where and why."""


def conform(value: Any, schema: Json, where: str) -> None:
    """Hold a value against a schema of the discovery document."""
    if "$ref" in schema:
        schema = _schemas()[schema["$ref"]]
    kind = schema.get("type", "any")
    right = isinstance(value, _JSON_TYPES[kind]) and (kind == "boolean" or not isinstance(value, bool) or kind == "any")
    need(right, where, f"must be {kind}")
    if "enum" in schema:
        need(value in schema["enum"], where, "not one of Google's values")
    if kind == "array":
        for place, item in enumerate(value):
            conform(item, schema["items"], f"{where}[{place}]")
    if kind == "object" and "properties" in schema:
        for key, inner in value.items():
            known = schema["properties"].get(key)
            if known is None:
                raise NotGoogles(f"{where}.{key}: Google has no such field")
            need(not known.get("readOnly", False), f"{where}.{key}", "is for Google to fill in")
            conform(inner, known, f"{where}.{key}")


def parse_strictly(body: Json, where: str) -> None:
    """Parse a message as google.apps.chat_v1.Message, which knows every field that we use as of version 0.10.7."""
    try:
        chat_v1.Message.from_json(json.dumps(body), ignore_unknown_fields=False)
    except ParseError as refused:
        raise NotGoogles(f"{where}: {refused}") from None


def check_size(body: Json, where: str) -> None:
    """Refuse what is over our own limit, which leaves Google's 32,000 bytes some room."""
    size = len(json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode())
    need(size <= BYTES_AT_MOST, where, f"{size} bytes is too large")


def need(holds: bool, where: str, why: str) -> None:  # noqa: FBT001 - reads as "need this"
    """Raise NotGoogles unless it holds."""
    if not holds:
        raise NotGoogles(f"{where}: {why}")


@cache
def _schemas() -> Json:
    document = files("googleapiclient.discovery_cache").joinpath("documents/chat.v1.json")
    schemas: Json = json.loads(document.read_text(encoding="utf-8"))["schemas"]
    return schemas
