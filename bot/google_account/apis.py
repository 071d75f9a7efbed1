"""Builds Google's APIs from the descriptions that googleapiclient ships, without the network and without the prose."""

import json
from typing import Any

import httplib2
from googleapiclient.discovery import build_from_document  # type: ignore[attr-defined] # not in its stubs
from googleapiclient.discovery_cache import get_static_doc
from googleapiclient.model import JsonModel
from typing_extensions import override

_PROSE = frozenset({"description", "enumDescriptions"})


class Utf8Model(JsonModel):
    """Writes JSON as UTF-8; with the escapes that googleapiclient makes, 4,000 emoji are 48 kB instead of 16."""

    @override
    def serialize(self, body_value: Any) -> Any:
        """The body as bytes."""
        return json.dumps(body_value, ensure_ascii=False, separators=(",", ":")).encode()


def build_api(name: str, version: str, endpoint: str | None = None) -> Any:
    """What requests to an API are written with (a googleapiclient `Resource`); `endpoint` in place of Google's address.

    The prose is left out of the description: googleapiclient makes docstrings of it, which for Chat cost 25 MB and
    three quarters of the time. Raises LookupError when googleapiclient has no such API.
    """
    described = get_static_doc(name, version)  # type: ignore[no-untyped-call]
    if described is None:
        raise LookupError(f"googleapiclient has no description of {name} {version}; install the version that we pin.")
    return build_from_document(
        _without_prose(json.loads(described)),
        # Requests are sent by Calls; given no http, googleapiclient would look for credentials of its own.
        http=httplib2.Http(),
        model=Utf8Model(),
        client_options={"api_endpoint": f"{endpoint.rstrip('/')}/"} if endpoint else None,
    )


def _without_prose(part: Any) -> Any:
    if isinstance(part, dict):
        return {
            key: _without_prose(value)
            for key, value in part.items()
            # A field may itself be called `description`; then its value is an object.
            if key not in _PROSE or isinstance(value, dict)
        }
    return [_without_prose(value) for value in part] if isinstance(part, list) else part
